"""A council's own CSV, read by a mapping that says which column is which and is remembered for the next file.

    columns = suggest(header)                       # from the names of the columns, to be looked at
    rows = read_own(Path("early help.csv"), columns)

The rows come as those of a Fingertips export do, so that everything that reads one reads the other. A value that
the file does not hold is worked out from its count and denominator, and so is an interval, each said in the note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import IO, Any

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed
from wherewithal.sources.files import LARGEST_BYTES, Row, TextFile, read_csv, read_text
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.sources.periods import Period, read_period
from wherewithal.sources.symbols import EXPLORE_EDUCATION, read_number

KIND = "a table by this mapping"
SHAPES = ("percentage", "rate", "value", "people")
VALUE_WORKED_OUT = "value and interval worked out here"
INTERVAL_WORKED_OUT = "interval worked out here"
"""Notes of ours, not of whoever published the table."""
_MOST_PROBLEMS = 10


@dataclass(frozen=True)
class Columns:
    """Which column holds what, by the names in the file; an empty name means that there is no such column.

    ``shape`` says what the values are: a "percentage" of a denominator, a "rate" per ``multiplier``, a plain "value" (a
    mean, a cost) of which nothing can be worked out, or "people" who live there (an estimate, a projection). A row with
    a ``category`` is about a part of its area (an ethnic group, a deprivation tenth). ``indicator``, ``area_name`` and
    so on may stand for the whole file instead: ``always`` gives a fixed word for what has no column; its "parent_code"
    is the area that all areas of the file lie in, its "category_type" what the categories are of.
    """

    period: str
    area_code: str = ""
    area_name: str = ""
    indicator: str = ""
    value: str = ""
    low: str = ""
    high: str = ""
    count: str = ""
    denominator: str = ""
    sex: str = ""
    age: str = ""
    category: str = ""
    note: str = ""
    shape: str = "value"
    multiplier: float = 100.0
    always: Mapping[str, str] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be kept; ``from_dict`` reads them back."""
        return {**asdict(self), "always": dict(self.always or {})}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Columns:
        """The mapping that ``as_dict`` gave; keys of a later version are left aside."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in kept.items() if key in known})

    def said(self, role: str) -> str:
        return (self.always or {}).get(role, "")


ROLES = ("period", "area_code", "area_name", "indicator", "value", "low", "high", "count", "denominator")
_OTHER_ROLES = ("sex", "age", "category", "note")
_EVERYBODY = frozenset({"", "all", "total", "everybody", "persons"})

_NAMES: Mapping[str, str] = {
    "period": r"(time )?period|year|date|time",
    "area_code": r"(area|la|ward|lsoa|msoa|gss|ons|new la|geography)?_? ?code",
    "area_name": r"(area|la|local authority|ward|council|geography|place)( name)?|name",
    "indicator": r"indicator( name)?|measure( name)?",
    "value": r"value|rate|percent(age)?|%|obs value",
    "low": r"(lower|low)( (95%? ?)?(ci|cl|limit|confidence.*))?|l?lci|lcl|ci low(er)?",
    "high": r"(upper|high)( (95%? ?)?(ci|cl|limit|confidence.*))?|u?uci|ucl|ci (high|upper)",
    "count": r"count|numerator|number|n|events",
    "denominator": r"denominator|population|base|total|out of",
    "sex": r"sex|gender",
    "age": r"age( (group|band))?",
    "category": r"category|ethnicity|ethnic group|(imd|deprivation) (decile|quintile|fifth|tenth)",
    "note": r"notes?|value notes?|comments?",
}


def suggest(header: Sequence[str]) -> Columns:
    """A mapping from the names of the columns, for a person to look at before it is used.

    Raises BadInput where no column looks like a period, naming the columns there are.
    """
    found: dict[str, str] = {}
    for role, pattern in _NAMES.items():
        for column in header:
            plain = re.sub(r"[\s_.-]+", " ", column).strip().lower()
            if column not in found.values() and re.fullmatch(pattern, plain):
                found[role] = column
                break
    if "period" not in found:
        raise BadInput(
            "No column looks like a year or period.",
            [
                Problem(
                    "row 1",
                    listed(list(header), "and"),
                    "a column of years",
                    "Say which column holds the period.",
                )
            ],
        )
    columns = Columns.from_dict(found)
    named = re.sub(r"\W", "", found.get("value", "")).lower()
    if named.startswith("percent") or found.get("value") == "%":
        return replace(columns, shape="percentage")
    return replace(columns, shape="rate", multiplier=10_000.0) if named == "rate" else columns


Worked = Callable[[float, float, float], tuple[float, float | None, float]]
"""Value and limits from a count, a denominator and a multiplier."""


def read_own(
    source: Path | bytes | IO[bytes],
    columns: Columns,
    *,
    work_out: Worked | None = None,
    name: str = "",
    largest: int = LARGEST_BYTES,
) -> tuple[TextFile, tuple[IndicatorRow, ...]]:
    """The rows of a council's own table.

    ``work_out`` gives the value and its limits where the file has counts and denominators instead. Raises
    BadInput for a column that is not there, a period that is not a year, a cell that is not a number, a
    denominator of nought, a count above its denominator in a percentage, limits that do not lie round their
    value, a percentage above 100 or below nought, percentages given as shares in some rows, and two rows about
    the same thing. Every problem names its row and column; nothing is half taken.
    """
    file = read_text(source, name=name, largest=largest)
    if columns.shape not in SHAPES:
        raise BadInput(
            "The mapping says what kind of value it is in no way that is known.",
            [Problem("shape", f"'{columns.shape}'", listed(SHAPES, "or"), "Choose one of these.")],
        )
    named = [getattr(columns, role) for role in (*ROLES, *_OTHER_ROLES)]
    _, found = read_csv(file, required=[column for column in named if column], kind=KIND)
    reader = _Reader(file, columns, work_out)
    rows = tuple(row for each in found if (row := reader.row(each)) is not None)
    reader.finish(rows)
    return file, rows


def _agrees(value: float, low: float | None, worked: float, high: float) -> bool:
    """Whether a value may be what its counts give: within the interval worked out from them."""
    return (worked if low is None else low) <= value <= high


def _rounded(value: float, worked: float) -> bool:
    """Whether a value may be another one rounded to whole numbers or to one decimal."""
    return abs(value - worked) <= (0.5 if value == round(value) and value else 0.05)


class _Reader:
    def __init__(self, file: TextFile, columns: Columns, work_out: Worked | None) -> None:
        self.file = file
        self.columns = columns
        self.work_out = work_out
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, ...], int] = {}

    def row(self, row: Row) -> IndicatorRow | None:
        if len(self.problems) >= _MOST_PROBLEMS:
            return None
        before = len(self.problems)
        period = read_period(self._text(row, "period"))
        if period is None:
            self._wrong(row, "period", f"'{self._text(row, 'period')[:40]}', which is not a year", "a year")
        area = self._text(row, "area_name") or self._text(row, "area_code")
        if not area:
            self._wrong(row, "area_name", "no area", "a name or a code, in a column or for the whole file")
        numbers = {role: self._number(row, role) for role in ("value", "low", "high", "count", "denominator")}
        if len(self.problems) > before or period is None:
            return None
        typed = self._typed(row, period, area, numbers)
        if typed is None or len(self.problems) > before:
            return None
        earlier = self._seen.setdefault(typed.key, row.number)
        if earlier != row.number:
            self._wrong(row, "period", f"the same area and period as row {earlier}", "one row for each")
            return None
        return typed

    def _typed(
        self, row: Row, period: Period, area: str, numbers: dict[str, tuple[float | None, str]]
    ) -> IndicatorRow | None:
        value, low, high, count, denominator = (numbers[role][0] for role in numbers)
        notes = [self._text(row, "note"), *(mark for _, mark in numbers.values())]
        if denominator is not None and denominator <= 0:
            self._wrong(row, "denominator", f"{denominator:g}", "people above nought, or an empty cell")
        elif count is not None and denominator and self.columns.shape in ("percentage", "rate"):
            if self.columns.shape == "percentage" and count > denominator:
                self._wrong(row, "count", f"{count:g} of {denominator:g}", "no more than the denominator")
            elif self.work_out and (value is None or low is None or high is None) and not any(notes[1:]):
                worked, worked_low, worked_high = self.work_out(count, denominator, self.columns.multiplier)
                notes.append(VALUE_WORKED_OUT if value is None else INTERVAL_WORKED_OUT)
                if value is not None and not _agrees(value, worked_low, worked, worked_high):
                    if not _rounded(value, worked):
                        self._not_its_counts(row, value, worked, count, denominator)
                        return None
                    # Of very many, chance moves the value by less than its rounding does.
                    value = worked
                value, low, high = (worked if value is None else value), worked_low, worked_high
        if value is not None:
            if self.columns.shape == "percentage" and not 0 <= value <= 100:
                self._wrong(row, "value", f"{value:g}", "a percentage between 0 and 100")
            if low is not None and high is not None and not low <= value <= high:
                self._wrong(
                    row, "value", f"{value:g}, outside {low:g} to {high:g}", "a value within its interval"
                )
        category = self._text(row, "category")
        category = "" if category.casefold() in _EVERYBODY else category
        return IndicatorRow(
            row=row.number,
            # A slash would end an identifier in the address of its page.
            indicator_id=f"own:{self._text(row, 'indicator') or self.file.name}".replace("/", "-"),
            indicator=self._text(row, "indicator") or self.file.name,
            parent_code=self.columns.said("parent_code"),
            parent_name="",
            area_code=self._text(row, "area_code") or area,
            area_name=area,
            area_type=self.columns.said("area_type") or "Own areas",
            sex=self._text(row, "sex") or "Persons",
            age=self._text(row, "age"),
            category_type=(self.columns.said("category_type") or self.columns.category) if category else "",
            category=category,
            period=period.label,
            order=period.order,
            value=value,
            low95=low,
            high95=high,
            count=count,
            denominator=denominator,
            note="; ".join(dict.fromkeys(note for note in notes if note)),
            period_range=period.range,
        )

    def _not_its_counts(
        self, row: Row, value: float, worked: float, count: float, denominator: float
    ) -> None:
        """A value that its own count and denominator do not give: mostly another unit, which is then named."""
        of = f"{count:g} of {denominator:g}"
        if self.columns.shape == "percentage" and abs(100 * value - worked) <= abs(worked) / 10:
            found = f"{value:g}, a share, where {of} is {worked:.1f}%"
            expected = "percentages throughout, not shares in some rows"
        else:
            found = f"{value:g}, where {of} gives {worked:,.1f}"
            expected = "the value that its own count gives, in the unit that the mapping says"
        self._wrong(row, "value", found, expected)

    def finish(self, rows: Sequence[IndicatorRow]) -> None:
        if not self.problems and rows and self.columns.shape == "percentage":
            self._one_unit(rows)
        if self.problems:
            raise BadInput(
                f"{self.file.name} could not be read: {counted(len(self.problems), 'cell is', 'cells are')} wrong. "
                "Nothing was taken from it.",
                self.problems,
            )
        if not rows:
            raise BadInput(
                f"{self.file.name} has a header and no rows.",
                [Problem(self.file.name, "no rows", "at least one", "Export it again with its rows.")],
            )

    def _one_unit(self, rows: Sequence[IndicatorRow]) -> None:
        """Shares (0.23) among percentages (23): the counts tell, where there are counts."""
        for row in rows:
            if row.value and row.count and row.denominator:
                share = row.count / row.denominator
                if share > 0.005 and abs(row.value - share) < abs(row.value - 100 * share) / 10:
                    self.problems.append(
                        Problem(
                            f"row {row.row}, column '{self.columns.value}'",
                            f"{row.value:g}, a share, where {row.count:g} of {row.denominator:g} is {share:.1%}",
                            "percentages throughout",
                            "Multiply the shares by 100, or bring them as plain values.",
                        )
                    )

    def _text(self, row: Row, role: str) -> str:
        column = getattr(self.columns, role)
        return row.cells[column].strip() if column else self.columns.said(role)

    def _number(self, row: Row, role: str) -> tuple[float | None, str]:
        column = getattr(self.columns, role)
        if not column:
            return None, ""
        read = read_number(row.cells[column].strip().removesuffix("%"), EXPLORE_EDUCATION)
        if read is None:
            self._wrong(
                row, role, f"'{row.cells[column].strip()[:40]}' is not a number", "a number, or an empty cell"
            )
            return None, ""
        if read[0] is not None and read[0] < 0 and role in ("count", "denominator"):
            self._wrong(row, role, f"{read[0]:g}", "nought or more")
        return read

    def _wrong(self, row: Row, role: str, found: str, expected: str) -> None:
        column = getattr(self.columns, role, "") or role.replace("_", " ")
        self.problems.append(
            Problem(
                f"row {row.number}, column '{column}'", found, expected, "Correct that cell, or the mapping."
            )
        )
