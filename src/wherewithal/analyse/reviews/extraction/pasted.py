"""A table pasted from a PDF or a spreadsheet, and results read from its rows by what a person says its columns are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.extraction.cells import Cell, decimal_mark, read_cell
from wherewithal.analyse.reviews.extraction.forms_of_results import form_named
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.errors import BadInput, Problem

LARGEST = 200_000
MOST_COLUMNS = 40

ROLES: Mapping[str, str] = {
    "": "Leave out",
    "label": "What the row is",
    "n": "People",
    "m": "Mean",
    "sd": "Standard deviation",
    "se": "Standard error",
    "m-sd": "Mean and standard deviation in one cell",
    "m-se": "Mean and standard error in one cell",
    "m-ci": "Mean and interval in one cell",
    "events": "People with the event (also “45/120”, “45 (37.5%)”)",
    "percent": "Per cent with the event",
    "value": "Difference or estimate",
    "value-ci": "Difference of means with its interval",
    "or-ci": "Odds ratio with its interval",
    "rr-ci": "Risk ratio with its interval",
    "ci": "Interval of the difference",
    "p": "p",
}
"""What a column can hold."""
OF_AN_ARM = ("n", "m", "sd", "se", "m-sd", "m-se", "m-ci", "events", "percent")


@dataclass(frozen=True)
class Pasted:
    """A table as rows of text, all of one width. ``decimal`` is its mark for decimals; ``separator`` in words."""

    rows: tuple[tuple[str, ...], ...]
    decimal: str
    separator: str

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def cells(self, row: int) -> tuple[Cell, ...]:
        return tuple(read_cell(text, decimal=self.decimal) for text in self.rows[row])

    @property
    def heads(self) -> tuple[str, ...]:
        """The first row, where it holds no numbers; empty words otherwise."""
        first = self.cells(0)
        words = sum(cell.kind in ("text", "nothing") or "n =" in cell.text.lower() for cell in first)
        return self.rows[0] if words >= len(first) - 1 and len(self.rows) > 1 else ("",) * self.width

    @property
    def body(self) -> tuple[int, ...]:
        """The numbers of the rows below the heads."""
        return tuple(range(1 if any(self.heads) else 0, len(self.rows)))


def side_by_side(table: Pasted, first: int, second: int) -> Pasted:
    """A table whose arms stand in rows, as one row with both: the columns of ``first``, then those of ``second``.

    Raises BadInput where the two rows are one, or are not below the heads.
    """
    if first == second or not {first, second} <= set(table.body):
        raise BadInput("Choose two different rows of the table: arm 1 and arm 2.")
    heads = (table.heads[0], *(f"{head} (arm {side})" for side in (1, 2) for head in table.heads[1:]))
    named = f"{table.rows[first][0]} / {table.rows[second][0]}"
    return Pasted(
        (heads, (named, *table.rows[first][1:], *table.rows[second][1:])), table.decimal, table.separator
    )


def as_text(table: Pasted) -> str:
    """The table as it can be pasted again, its columns parted by tabs."""
    return "\n".join("\t".join(row) for row in table.rows)


def read_pasted(text: str) -> Pasted:
    """The table in pasted text: columns parted by tabs, semicolons, commas with quotes, or two and more spaces.

    Rows that are shorter are filled up. Raises BadInput for text without columns, without rows, or that is too large.
    """
    if len(text) > LARGEST:
        raise BadInput(
            f"This is {len(text):,} characters; a table of at most {LARGEST:,} can be pasted at once."
        )
    lines = [line.rstrip("\r") for line in text.replace("\x00", "").split("\n") if line.strip()]
    if not lines:
        raise BadInput(
            "Nothing was pasted. Copy the table from the PDF or the spreadsheet and paste it here."
        )
    rows, separator = _parted(lines)
    width = max(len(row) for row in rows)
    if width < 2:
        raise BadInput(
            "The text has no columns.",
            [
                Problem(
                    "pasted text",
                    "one column",
                    "columns parted by tabs, semicolons, commas or two spaces",
                    "Copy it through a spreadsheet, or put two spaces between the columns.",
                )
            ],
        )
    if width > MOST_COLUMNS:
        raise BadInput(f"The table has {width} columns; at most {MOST_COLUMNS} can be read.")
    filled = tuple((*row, *("" for _ in range(width - len(row)))) for row in rows)
    mark = decimal_mark(cell for row in filled for cell in row)
    return Pasted(filled, mark, separator)


def _parted(lines: Sequence[str]) -> tuple[list[list[str]], str]:
    if any("\t" in line.strip() for line in lines):
        return [[cell.strip() for cell in line.split("\t")] for line in lines], "tabs"
    for mark, words in ((";", "semicolons"), (",", "commas")):
        if _steady(lines, mark):
            read = csv.reader(io.StringIO("\n".join(lines)), delimiter=mark, skipinitialspace=True)
            return [[cell.strip() for cell in row] for row in read if row], words
    return [re.split(r"\s{2,}|\s*\|\s*", line.strip().strip("|")) for line in lines], "spaces"


def _steady(lines: Sequence[str], mark: str) -> bool:
    """Whether every line has the same number of columns, two or more, parted by ``mark`` outside brackets."""
    if (
        mark == ","
        and not any('"' in line for line in lines)
        and any(re.search(r"\s{2,}", line.strip()) for line in lines)
    ):
        return False
    try:
        read = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark, strict=True))
    except csv.Error:
        return False
    widths = {len(row) for row in read if row}
    return len(widths) == 1 and widths.pop() > 1


@dataclass(frozen=True)
class Column:
    """What one column holds: a role, and of which arm ("1", "2", or "" where it is of neither)."""

    role: str = ""
    arm: str = ""


_HEADS: tuple[tuple[str, str], ...] = (
    (r"mean.*\bsd\b|m\s*\(\s*sd\s*\)", "m-sd"),
    (r"mean.*\bse(m)?\b", "m-se"),
    (r"\bor\b.*(\bci\b|95\s?%)|odds", "or-ci"),
    (r"\brr\b.*(\bci\b|95\s?%)|risk ratio|relative risk", "rr-ci"),
    (r"(difference|\bmd\b|\bb\b|estimate).*\bci\b|95\s?%", "value-ci"),
    (r"difference|estimate|\bb\b", "value"),
    (r"\bmean\b|^m$", "m"),
    (r"\bsd\b|standard dev", "sd"),
    (r"\bsem?\b|standard err", "se"),
    (r"^n$|\bn\b|sample|people|number", "n"),
    (r"event|cases", "events"),
    (r"^p$|p[- ]value", "p"),
    (r"%|per ?cent", "percent"),
)


def guess(table: Pasted) -> tuple[Column, ...]:
    """What the columns probably hold, by heads and cells, for a person to look over. The first arm comes first."""
    columns: list[Column] = []
    seen: dict[str, int] = {}
    for place, head in enumerate(table.heads):
        kinds = [table.cells(row)[place].kind for row in table.body]
        role = _guessed(head, kinds, first=place == 0)
        arm = ""
        if role in OF_AN_ARM:
            seen[role] = seen.get(role, 0) + 1
            arm = str(seen[role]) if seen[role] < 3 else ""
            role = role if arm else ""
        columns.append(Column(role, arm))
    return tuple(columns)


def _guessed(head: str, kinds: Sequence[str], *, first: bool) -> str:
    if first and kinds.count("text") * 2 >= max(len(kinds), 1):
        return "label"
    common = max(set(kinds), key=kinds.count) if kinds else "nothing"
    for pattern, role in _HEADS:
        if re.search(pattern, head.casefold()):
            if role == "m" and common == "number-number":
                return "m-sd"
            return role
    return {
        "number-number": "m-sd",
        "of": "events",
        "number-percent": "events",
        "percent": "percent",
        "number-interval": "value-ci",
        "p": "p",
        "p-below": "p",
    }.get(common, "")


def given_of(
    table: Pasted,
    row: int,
    columns: Sequence[Column],
    *,
    people: tuple[float | None, float | None] = (None, None),
) -> Given:
    """The result in a row. ``people`` are those in each arm, for rows that do not say it themselves.

    Where the columns give more than a form needs, the form that is closest to the data is taken, and a p beside it is
    left. Raises BadInput, with one Problem a cell, for what does not fit its column, and where they make no form.
    """
    numbers: dict[str, float] = {}
    problems: list[Problem] = []
    roles: set[str] = set()
    for place, (cell, column) in enumerate(zip(table.cells(row), columns, strict=True)):
        if column.role in ("", "label") or cell.kind == "nothing":
            continue
        taken = _taken(cell, column)
        if taken is None and column.role == "p":
            continue
        if taken is None:
            problems.append(
                Problem(
                    f"row {row + 1}, column {place + 1}",
                    f"“{cell.text[:40]}”",
                    ROLES[column.role].lower(),
                    "Correct the cell, or leave the column out.",
                )
            )
            continue
        roles.add(column.role)
        numbers |= taken
    if problems:
        raise BadInput("Some cells do not fit what their column holds.", problems)
    for side, known in zip(("1", "2"), people, strict=True):
        if known is not None:
            numbers.setdefault(f"n{side}", known)
    form = _form_of(roles, numbers)
    choices = {"ratio": "RR"} if "rr-ci" in roles and form == "ratio" else {}
    asked = form_named(form).numbers
    return Given(form, {key: value for key, value in numbers.items() if key in asked}, choices)


def _taken(cell: Cell, column: Column) -> dict[str, float] | None:
    """The numbers of a cell by the form's keys, or None where the cell does not fit the column."""
    arm, found = column.arm, cell.numbers
    fits: dict[tuple[str, str], tuple[str, ...]] = {
        ("n", "number"): ("n#",),
        ("m", "number"): ("m#",),
        ("sd", "number"): ("sd#",),
        ("se", "number"): ("se#",),
        ("m-sd", "number-number"): ("m#", "sd#"),
        ("m-se", "number-number"): ("m#", "se#"),
        ("m-ci", "number-interval"): ("m#", "low#", "high#"),
        ("events", "number"): ("events#",),
        ("events", "of"): ("events#", "n#"),
        ("events", "number-percent"): ("events#",),
        ("percent", "percent"): ("percent#",),
        ("percent", "number"): ("percent#",),
        ("value", "number"): ("value",),
        ("value-ci", "number-interval"): ("value", "low", "high"),
        ("or-ci", "number-interval"): ("value", "low", "high"),
        ("rr-ci", "number-interval"): ("value", "low", "high"),
        ("ci", "interval"): ("low", "high"),
        ("p", "number"): ("p",),
        ("p", "p"): ("p",),
    }
    keys = fits.get((column.role, cell.kind))
    if keys is None:
        return None
    return {key.replace("#", arm): value for key, value in zip(keys, found, strict=False)}


def _form_of(roles: set[str], numbers: Mapping[str, float]) -> str:
    """The form that the filled columns make: what is closest to the data."""
    if {"m", "sd"} <= roles or "m-sd" in roles:
        return _only(numbers, "means", ("n", "m", "sd"))
    if {"m", "se"} <= roles or "m-se" in roles:
        return _only(numbers, "means-se", ("n", "m", "se"))
    if "m-ci" in roles:
        return "means-ci"
    if "events" in roles:
        return "counts"
    if "percent" in roles:
        return "percentages"
    if roles & {"or-ci", "rr-ci"}:
        return "ratio"
    if "value-ci" in roles or {"value", "ci"} <= roles:
        return "difference"
    if roles == {"p"} or roles == {"p", "n"}:
        return "p-value"
    raise BadInput(
        "These columns make no result.",
        [
            Problem(
                "columns",
                ", ".join(sorted(ROLES[role].lower() for role in roles)) or "none chosen",
                "for example people, mean and standard deviation of both arms",
                "Say what each column holds.",
            )
        ],
    )


def _only(numbers: Mapping[str, float], form: str, names: tuple[str, ...]) -> str:
    gone = [f"{name}{side}" for side in "12" for name in names if f"{name}{side}" not in numbers]
    if gone and all(key.startswith("n") for key in gone):
        raise BadInput(
            "The number of people is missing.",
            [Problem("people", "not in the table", "people of both arms", "Write them beside the table.")],
        )
    return form
