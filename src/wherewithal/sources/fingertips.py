"""Fingertips, the public health profiles of England: a CSV export as downloaded.

The header and its variations are those that Fingertips' own code writes
(``CsvBuilderIndicatorDataHeaderWriter`` of ukhsa-collaboration/fingertips-open, MIT): the column that
compares with the parent area carries the parent's name, 'Compared to goal' was once called 'Target data', and the last
column came later. One area is repeated once for each kind of parent and category asked for, so rows repeat.

    export = read_export(Path("indicators.csv"))
    export.rows           # one typed row for each area, sex, age, category and period
    export.description    # what the file holds, so that "no such area" can say what exists
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal.sources.files import LARGEST_BYTES, Row, TextFile, read_csv, read_text

ENGLAND = "E92000001"
"""The code of England in the ONS register of geography codes."""

LICENCE = "Open Government Licence v3.0"
SITE = "https://fingertips.phe.org.uk/"
KIND = "a Fingertips export"

COLUMNS = (
    "Indicator ID",
    "Indicator Name",
    "Parent Code",
    "Parent Name",
    "Area Code",
    "Area Name",
    "Area Type",
    "Sex",
    "Age",
    "Category Type",
    "Category",
    "Time period",
    "Value",
    "Lower CI 95.0 limit",
    "Upper CI 95.0 limit",
    "Lower CI 99.8 limit",
    "Upper CI 99.8 limit",
    "Count",
    "Denominator",
    "Value note",
    "Recent Trend",
    "Compared to England value or percentiles",
    "Time period Sortable",
    "New data",
)
"""The columns whose names never vary. Two more do, and one is missing from older files: see ``_header``."""

_PARENT_COMPARISON = re.compile(r"Compared to (.+ value or )?percentiles", re.IGNORECASE)
_GOAL = ("Compared to goal", "Target data")
_RANGE = "Time period range"
LONGEST_TEXT = 300
"""The longest text cell, notes aside: longer ones mean that a row ran into the next."""

_LONGEST = {"Indicator ID": 40, "Area Code": 40, "Sex": 60, "Age": 100, "Value note": sys.maxsize}

_MISSING = frozenset({"", "na", "nan", "null"})
_MOST_PROBLEMS = 10


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One published value: one indicator, area, sex, age, category and period.

    ``value`` and the limits are in the indicator's own unit (the file does not say which); ``None`` is a
    value that was not published, and ``note`` then says why, where the publisher did. ``order`` sorts periods
    in time. ``category`` is empty for the whole area and names a part of it otherwise (a deprivation decile).
    ``row`` is the line of the file, counted as a spreadsheet does. What a publisher does not say is left out.
    """

    row: int
    indicator_id: str
    indicator: str
    parent_code: str
    parent_name: str
    area_code: str
    area_name: str
    area_type: str
    sex: str
    age: str
    category_type: str
    category: str
    period: str
    order: int
    value: float | None
    low95: float | None = None
    high95: float | None = None
    low998: float | None = None
    high998: float | None = None
    count: float | None = None
    denominator: float | None = None
    note: str = ""
    recent_trend: str = ""
    compared_to_england: str = ""
    compared_to_parent: str = ""
    compared_to_goal: str = ""
    new_data: str = ""
    period_range: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes a row the same row: repeats of it are dropped."""
        return (
            self.indicator_id,
            self.area_code,
            self.area_type,
            self.sex,
            self.age,
            self.category_type,
            self.category,
            self.period,
        )

    @property
    def figures(self) -> tuple[float | None, ...]:
        """The numbers, in the order of the columns: what two repeats of one row must agree about."""
        return (
            self.value,
            self.low95,
            self.high95,
            self.low998,
            self.high998,
            self.count,
            self.denominator,
        )


@dataclass(frozen=True)
class Description:
    """What one export holds.

    ``indicators`` and ``areas`` are names by identifier, in the order of the file; ``periods`` are in order
    of time; ``repeated`` counts rows dropped because they said the same again; ``without_value`` those whose
    value was not published.
    """

    indicators: Mapping[str, str]
    areas: Mapping[str, str]
    area_types: tuple[str, ...]
    periods: tuple[str, ...]
    rows: int
    repeated: int
    without_value: int


@dataclass(frozen=True)
class Export:
    """One export read whole: its file, its rows without repeats, and what it holds."""

    file: TextFile
    rows: tuple[IndicatorRow, ...]
    description: Description


def read_export(source: Path | bytes | IO[bytes], *, name: str = "", largest: int = LARGEST_BYTES) -> Export:
    """Read an export as downloaded: repeats dropped, notes of missing values kept.

    Raises BadInput for a file that is not text, too big or empty, for a missing column, for a cell that is
    not a number where one belongs, for limits the wrong way round, and for two rows about the same thing that
    disagree. Every problem names its row and column; at most ten are listed.
    """
    return export_of(read_text(source, name=name, largest=largest))


def export_of(file: TextFile) -> Export:
    """The export in a text file that was read already. Raises as ``read_export`` does."""
    reader = _Reader(file)
    rows = tuple(reader.rows())
    if not rows:
        raise BadInput(
            f"{file.name} has a header and no rows.",
            [
                Problem(
                    file.name,
                    "no rows under the header",
                    "at least one row for an area",
                    "Fingertips gives no rows where an indicator has no data for the area type asked for: "
                    "choose another area type and download it again.",
                )
            ],
        )
    return Export(file, rows, describe(rows, repeated=reader.repeated))


def iterate_export(file: TextFile) -> Iterator[IndicatorRow]:
    """The rows of an export one at a time, for files too large to hold twice. Raises as ``read_export``."""
    return _Reader(file).rows()


def describe(rows: tuple[IndicatorRow, ...], *, repeated: int = 0) -> Description:
    """What ``rows`` hold."""
    periods = {row.period: row.order for row in rows}
    return Description(
        indicators={row.indicator_id: row.indicator for row in rows},
        areas={row.area_code: row.area_name for row in rows},
        area_types=tuple(dict.fromkeys(row.area_type for row in rows)),
        periods=tuple(sorted(periods, key=lambda period: (periods[period], period))),
        rows=len(rows),
        repeated=repeated,
        without_value=sum(row.value is None for row in rows),
    )


class _Reader:
    """Reads one file once, counting repeats and gathering problems until there are too many to list."""

    def __init__(self, file: TextFile) -> None:
        self.file = file
        self.repeated = 0
        self.problems: list[Problem] = []
        try:
            header, self._rows = read_csv(file, required=COLUMNS, kind=KIND)
        except BadInput as error:
            raise _shortened(error) from error
        self._parent, self._goal = _header(header, file.name)
        self._columns = (*COLUMNS, self._parent, self._goal, _RANGE)

    def rows(self) -> Iterator[IndicatorRow]:
        seen: dict[tuple[str, ...], tuple[int, tuple[float | None, ...]]] = {}
        for cells in self._rows:
            found = len(self.problems)
            row = self._typed(cells)
            if len(self.problems) > found:
                if len(self.problems) >= _MOST_PROBLEMS:
                    break
                continue
            earlier = seen.setdefault(row.key, (row.row, row.figures))
            if earlier[0] == row.row:
                # Once something is wrong nothing more is handed on: the file will be refused.
                if not self.problems:
                    yield row
                continue
            self.repeated += 1
            if earlier[1] != row.figures:
                self.problems.append(_disagree(row, earlier[0]))
        if self.problems:
            count = len(self.problems)
            raise BadInput(
                f"{self.file.name} could not be read as {KIND}: "
                f"{'at least ' if count >= _MOST_PROBLEMS else ''}{count} "
                f"{'cell is' if count == 1 else 'cells are'} wrong. Nothing was taken from it.",
                self.problems,
            )

    def _typed(self, row: Row) -> IndicatorRow:
        cells = row.cells
        text = {column: sys.intern(cells.get(column, "").strip()) for column in self._columns}
        for column in ("Indicator ID", "Indicator Name", "Area Code", "Area Name", "Time period"):
            if not text[column]:
                self._wrong(row, column, "an empty cell", "a value in every row")
        for column, found in text.items():
            longest = _LONGEST.get(column, LONGEST_TEXT)
            if len(found) > longest:
                self._wrong(row, column, f"{len(found)} characters", f"at most {longest}")
            elif "\0" in found:
                self._wrong(row, column, "a character that is not text", "text")
        typed = IndicatorRow(
            row=row.number,
            indicator_id=text["Indicator ID"],
            indicator=text["Indicator Name"],
            parent_code=text["Parent Code"],
            parent_name=text["Parent Name"],
            area_code=text["Area Code"],
            area_name=text["Area Name"],
            area_type=text["Area Type"],
            sex=text["Sex"],
            age=text["Age"],
            category_type=text["Category Type"],
            category=text["Category"],
            period=text["Time period"],
            order=self._order(row, text["Time period Sortable"], text["Time period"]),
            value=self._number(row, "Value"),
            low95=self._number(row, "Lower CI 95.0 limit"),
            high95=self._number(row, "Upper CI 95.0 limit"),
            low998=self._number(row, "Lower CI 99.8 limit"),
            high998=self._number(row, "Upper CI 99.8 limit"),
            count=self._number(row, "Count"),
            denominator=self._number(row, "Denominator"),
            note=text["Value note"],
            recent_trend=text["Recent Trend"],
            compared_to_england=text["Compared to England value or percentiles"],
            compared_to_parent=text[self._parent],
            compared_to_goal=text[self._goal],
            new_data=text["New data"],
            period_range=text[_RANGE],
        )
        for low, high, level in ((typed.low95, typed.high95, "95.0"), (typed.low998, typed.high998, "99.8")):
            if low is not None and high is not None and low > high:
                self._wrong(
                    row,
                    f"Lower CI {level} limit",
                    f"{low} is above the upper limit {high}",
                    "a lower limit that is not above the upper one",
                )
        return typed

    def _number(self, row: Row, column: str) -> float | None:
        text = row.cells[column].strip()
        if text.lower() in _MISSING:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self._wrong(
                row,
                column,
                f"'{text[:40]}' is not a number",
                "a number without commas or units, or an empty cell where nothing was published",
            )
            return None
        return number

    def _order(self, row: Row, sortable: str, period: str) -> int:
        """When the period is, as Fingertips sorts it (20230000); worked out from the year where not given."""
        if re.fullmatch(r"\d{4,10}", sortable, re.ASCII):
            return int(sortable)
        year = re.search(r"\b(1[89]|20)\d\d", period)
        if sortable or year is None:
            self._wrong(
                row,
                "Time period Sortable",
                f"'{sortable[:40]}' for the period '{period[:40]}'",
                "digits such as 20230000",
            )
            return 0
        return int(year[0]) * 10_000

    def _wrong(self, row: Row, column: str, found: str, expected: str) -> None:
        self.problems.append(
            Problem(
                f"row {row.number}, column '{column}'",
                found,
                expected,
                "Download the file again without opening it in a spreadsheet, or correct that cell.",
            )
        )


def _header(header: list[str], name: str) -> tuple[str, str]:
    """The names this file gives to the parent comparison and the goal. Raises BadInput for a missing one."""
    parent = next(
        (column for column in header if column not in COLUMNS and _PARENT_COMPARISON.fullmatch(column)), ""
    )
    goal = next((column for column in _GOAL if column in header), "")
    problems = []
    if not parent:
        problems.append(
            ("Compared to <parent> value or percentiles", "a column that compares with the parent area")
        )
    if not goal:
        problems.append(
            ("Compared to goal", "a column named 'Compared to goal' ('Target data' in older files)")
        )
    if problems:
        raise BadInput(
            f"{name} is not {KIND}: {counted(len(problems), 'column is', 'columns are')} missing.",
            [
                Problem(
                    f"row 1, column '{column}'",
                    "no such column",
                    expected,
                    "Download the file again without changing its columns.",
                )
                for column, expected in problems
            ],
        )
    return parent, goal


def _shortened(error: BadInput) -> BadInput:
    """A file of another kind lacks nearly every column: one problem says so better than twenty."""
    if len(error.problems) <= _MOST_PROBLEMS:
        return error
    first = error.problems[0]
    return BadInput(
        error.message,
        [
            Problem(
                first.where,
                first.found,
                f"the columns of {KIND}, which begin with '{COLUMNS[0]}', '{COLUMNS[1]}'",
                "This looks like another kind of file: download the indicator from Fingertips as CSV.",
            )
        ],
    )


def _disagree(row: IndicatorRow, earlier: int) -> Problem:
    return Problem(
        f"row {row.row}",
        f"other figures than row {earlier} for {row.area_name}, {row.sex}, {row.age}, {row.period}",
        "the same figures wherever a row is repeated",
        "Two downloads may have been joined in one file: bring them one after another.",
    )
