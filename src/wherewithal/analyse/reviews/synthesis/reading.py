"""A CSV of studies, read cell by cell: columns by name, numbers or blanks, and every wrong cell with its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wherewithal.analyse.reviews.synthesis.studies import Floats
from wherewithal.errors import BadInput, Problem
from wherewithal.sources.files import read_text

BLANK = frozenset({"", "na", "n/a", "nan", "."})
"""What programs write where there is no number."""
LABELS = ("label", "slab", "author", "authors", "trial", "study", "name", "id")


@dataclass(frozen=True)
class Table:
    """Rows of a CSV as text. ``columns`` in their order; ``rows`` of the same width."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def texts(self, column: str) -> list[str]:
        """One column. Raises BadInput with the columns there are."""
        if column not in self.columns:
            raise BadInput(
                f"{self.name} has no column called {column!r}.",
                [
                    Problem(
                        self.name,
                        f"the columns {', '.join(self.columns)}",
                        f"a column {column!r}",
                        "Name one.",
                    )
                ],
            )
        place = self.columns.index(column)
        return [row[place].strip() for row in self.rows]

    def numbers(self, column: str, problems: list[Problem]) -> Floats:
        """One column as numbers, not-a-number where blank; what is neither is added to ``problems``."""
        values = np.full(len(self.rows), np.nan)
        for number, text in enumerate(self.texts(column)):
            if text.lower() in BLANK:
                continue
            try:
                values[number] = float(text)
            except ValueError:
                problems.append(
                    Problem(
                        f"{self.name}, row {number + 2}, column '{column}'",
                        repr(text[:40]),
                        "a number with a point for decimals, or blank",
                        "Correct the cell.",
                    )
                )
        return values

    def labels(self, column: str = "") -> list[str]:
        """What to call each row in messages: its row, and its study where a column gives it."""
        return [
            f"{self.name}, row {number + 2}" + (f" ({text})" if text else "")
            for number, text in enumerate(self._named(column))
        ]

    def names(self, column: str, rows: Sequence[int]) -> list[str]:
        """What charts and tables call these rows: as ``titles``, told apart by a letter where they are the same."""
        plain = self.titles(column, rows)
        seen: dict[str, int] = {}
        told = []
        for name in plain:
            seen[name] = seen.get(name, 0) + 1
            told.append(name if plain.count(name) == 1 else f"{name} ({_letters(seen[name])})")
        return told

    def titles(self, column: str, rows: Sequence[int]) -> list[str]:
        """These rows' studies, each with its year where that is a column, or their row."""
        named = self._named(column)
        years = self.texts("year") if "year" in self.columns else [""] * len(self.rows)
        return [
            " ".join(
                part for part in (named[row], years[row] if years[row] not in named[row] else "") if part
            )
            or f"row {row + 2}"
            for row in rows
        ]

    def _named(self, column: str) -> list[str]:
        found = column or next((name for name in LABELS if name in self.columns), "")
        return self.texts(found) if found else [""] * len(self.rows)


def _letters(number: int) -> str:
    """1 is a, 26 z, 27 aa."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def read_table(path: Path) -> Table:
    """Read a CSV with a row of column names, in whatever encoding. Raises BadInput where it is none."""
    text = read_text(path).text
    if "\0" in text:
        raise BadInput(f"{path.name} is not a CSV file: save the sheet as CSV and give that.")
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
    except csv.Error as error:
        raise BadInput(f"{path.name} is not a CSV file that can be read: {error}.") from error
    if len(rows) < 2:
        raise BadInput(
            f"{path.name} has no rows: expected column names in row 1 and a study in each row below."
        )
    columns = tuple(name.strip() for name in rows[0])
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise BadInput(f"{path.name} has columns of the same name: {', '.join(twice)}.")
    problems = [
        Problem(
            f"{path.name}, row {number}",
            f"{len(row)} cells",
            f"{len(columns)}",
            "Look for a comma outside quotes.",
        )
        for number, row in enumerate(rows[1:], start=2)
        if len(row) != len(columns)
    ]
    if problems:
        raise BadInput(f"Some rows of {path.name} are not as wide as its first.", problems)
    return Table(path.name, columns, tuple(tuple(row) for row in rows[1:]))


def effects_of(
    table: Table, effect: str, variance: str = "", se: str = "", label: str = ""
) -> tuple[Floats, Floats, list[str], list[str]]:
    """Effects, variances and labels of the rows that have both, and the labels of rows left out as blank.

    Raises BadInput, cell by cell, for what is not a number, for a row with only one of the two, and for a
    variance or standard error that is not above 0.
    """
    problems: list[Problem] = []
    spread = se or variance
    y, s = table.numbers(effect, problems), table.numbers(spread, problems)
    named = table.labels(label)
    wrong = {problem.where for problem in problems}
    for number, where in enumerate(named):
        cells = [f"{table.name}, row {number + 2}, column '{column}'" for column in (effect, spread)]
        if wrong & set(cells):
            continue
        if np.isfinite(y[number]) != np.isfinite(s[number]):
            missing = spread if np.isfinite(y[number]) else effect
            problems.append(
                Problem(
                    f"{where}, column '{missing}'",
                    "blank",
                    "a number beside the other",
                    "Fill it, or blank both.",
                )
            )
        elif s[number] <= 0:
            problems.append(
                Problem(
                    f"{where}, column '{spread}'",
                    f"{s[number]:g}",
                    "a number above 0",
                    "No study knows its effect exactly, and no variance is negative: correct the cell.",
                )
            )
    if problems:
        raise BadInput("These rows cannot be put together as they are.", problems)
    there = np.isfinite(y)
    kept, left = _split(named, there.tolist())
    v = s[there] ** 2 if se else s[there]
    return y[there], v, kept, left


def _split(labels: Sequence[str], there: Sequence[bool]) -> tuple[list[str], list[str]]:
    kept = [label for label, is_there in zip(labels, there, strict=True) if is_there]
    return kept, [label for label, is_there in zip(labels, there, strict=True) if not is_there]
