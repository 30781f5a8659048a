"""Explore Education Statistics, the Department for Education's open data: a CSV file as downloaded.

Every file has the same columns for time and place (the department's open data standards), then filters that
divide the children or schools, then indicators: one number for each place, period and set of filters. Which
columns are filters is said in a second file, the metadata; without it a column that holds only numbers and the
department's marks is taken for an indicator.

    data_set = read_data_set(Path("b1_children_in_need_2013_to_2025.csv"))
    data_set.indicators, data_set.filters, data_set.rows
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed
from wherewithal.sources.files import LARGEST_BYTES, Row, TextFile, read_csv, read_text
from wherewithal.sources.periods import Period, read_period
from wherewithal.sources.symbols import EXPLORE_EDUCATION, read_number

KIND = "an Explore Education Statistics file"
LICENCE = "Open Government Licence v3.0"
SITE = "https://explore-education-statistics.service.gov.uk/"
TIME_AND_LEVEL = ("time_period", "time_identifier", "geographic_level")
_MOST_PROBLEMS = 10

YEARS = frozenset({"reporting year", "academic year", "financial year", "calendar year", "tax year", "year"})
"""The kinds of period that cover a year. Terms, months and weeks are named and refused: a term is not a year."""

LEVELS: Mapping[str, tuple[str, str]] = {
    "National": ("country_code", "country_name"),
    "Regional": ("region_code", "region_name"),
    "Local authority": ("new_la_code", "la_name"),
    "Local authority district": ("lad_code", "lad_name"),
}
"""Which columns name the place of a row at each level. Rows at other levels are counted and left out."""

_PLACE_COLUMNS = frozenset(
    {"old_la_code", "time_period", "time_identifier", "geographic_level"}
    | {column for pair in LEVELS.values() for column in pair}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the file names it. ``la_number`` is the department's own number of an authority, or empty."""

    code: str
    name: str
    level: str
    la_number: str = ""


@dataclass(frozen=True, slots=True)
class DataRow:
    """The numbers of one place, period and set of filters, by column; None where there is none.

    ``marks`` says in words why, for the columns that carry one of the publisher's marks.
    """

    row: int
    period: Period
    place: Place
    filters: Mapping[str, str]
    numbers: Mapping[str, float | None]
    marks: Mapping[str, str]


@dataclass(frozen=True)
class DataSet:
    """One file read whole. ``labels`` names columns in words, where the metadata were given.

    ``left_out`` counts rows by a level of place that is not read (schools, constituencies).
    """

    file: TextFile
    filters: tuple[str, ...]
    indicators: tuple[str, ...]
    rows: tuple[DataRow, ...]
    labels: Mapping[str, str]
    left_out: Mapping[str, int]

    @property
    def periods(self) -> tuple[str, ...]:
        """The labels of its periods in order of time."""
        found = {row.period.label: row.period.order for row in self.rows}
        return tuple(sorted(found, key=lambda label: (found[label], label)))

    @property
    def description(self) -> str:
        """What it holds, in one line, so that "there is none" can say what there is."""
        places = {row.place.code for row in self.rows}
        span = listed([self.periods[0], self.periods[-1]], "to") if len(self.periods) > 1 else self.periods[0]
        return f"{counted(len(self.indicators), 'indicator')}, {counted(len(places), 'place')}, {span}"


def is_data_set(file: TextFile) -> bool:
    """Whether the header is one of the department's: it has the columns of time and level."""
    header = file.text.split("\n", 1)[0].lower()
    return all(column in header for column in TIME_AND_LEVEL)


def read_data_set(
    source: Path | bytes | IO[bytes],
    *,
    metadata: Path | bytes | IO[bytes] | None = None,
    filters: Sequence[str] = (),
    name: str = "",
    largest: int = LARGEST_BYTES,
) -> DataSet:
    """Read a data file as downloaded.

    ``metadata`` is the file that comes with it (columns col_name, col_type, label); ``filters`` names columns
    that divide the rows though they hold numbers only. Raises BadInput for a file of another kind, a period
    that is not a year, a place without a code, and a cell that is neither a number nor one of the publisher's
    marks; every problem names its row and column, at most ten of them.
    """
    return data_set_of(
        read_text(source, name=name, largest=largest),
        metadata=None if metadata is None else read_text(metadata, name="the metadata", largest=largest),
        filters=filters,
    )


def data_set_of(file: TextFile, *, metadata: TextFile | None = None, filters: Sequence[str] = ()) -> DataSet:
    """The data set in a text file that was read already. Raises as ``read_data_set`` does."""
    header, found = read_csv(file, required=TIME_AND_LEVEL, kind=KIND)
    cells = list(found)
    if not cells:
        raise BadInput(
            f"{file.name} has a header and no rows.",
            [Problem(file.name, "no rows", "at least one row for a place", "Download the file again.")],
        )
    types, labels = _described(metadata) if metadata else ({}, {})
    columns = [column for column in header if column and not _is_place(column)]
    unknown = [column for column in filters if column not in columns]
    if unknown:
        raise BadInput(
            f"{file.name} has no column {listed(unknown, 'or')} to divide by.",
            [
                Problem(
                    "row 1",
                    f"no column '{column}'",
                    f"one of {listed(columns, 'or')}",
                    "Name it as the file does.",
                )
                for column in unknown
            ],
        )
    dividing = tuple(
        column
        for column in columns
        if column in filters
        or types.get(column) == "filter"
        or (column not in types and _is_words(cells, column))
    )
    indicators = tuple(column for column in columns if column not in dividing)
    if not indicators:
        raise BadInput(
            f"{file.name} has no column of numbers.",
            [
                Problem(
                    "row 1",
                    f"columns that hold words: {listed(dividing, 'and')}",
                    "at least one column of numbers",
                    "Check that the file is the data file and not its metadata.",
                )
            ],
        )
    reader = _Reader(file, dividing, indicators)
    rows = tuple(row for each in cells if (row := reader.row(each)) is not None)
    reader.finish(rows)
    return DataSet(file, dividing, indicators, rows, labels, reader.left_out)


def _is_place(column: str) -> bool:
    # Levels that are not read (a school's number, a ward's code) name places too, and are no indicators.
    endings = ("_code", "_name", "_urn", "_ukprn", "_laestab")
    return column in _PLACE_COLUMNS or (column.endswith(endings) and not column.startswith("indicator"))


def _is_words(rows: Sequence[Row], column: str) -> bool:
    return any(read_number(row.cells[column], EXPLORE_EDUCATION) is None for row in rows)


def _described(metadata: TextFile) -> tuple[dict[str, str], dict[str, str]]:
    """Column types and labels by column name."""
    _, rows = read_csv(metadata, required=("col_name", "col_type"), kind="the metadata of a data file")
    types, labels = {}, {}
    for row in rows:
        name = row.cells["col_name"].strip()
        types[name] = row.cells["col_type"].strip().lower()
        labels[name] = row.cells.get("label", "").strip() or name
    return types, labels


class _Reader:
    """Types the rows of one file, gathering problems until there are too many to list."""

    def __init__(self, file: TextFile, filters: tuple[str, ...], indicators: tuple[str, ...]) -> None:
        self.file = file
        self.filters = filters
        self.indicators = indicators
        self.left_out: dict[str, int] = {}
        self.problems: list[Problem] = []
        self._places: dict[tuple[str, ...], Place] = {}
        self._periods: dict[tuple[str, str], Period | None] = {}

    def row(self, row: Row) -> DataRow | None:
        """One row typed; None for a level that is not read and for a row with a problem."""
        if len(self.problems) >= _MOST_PROBLEMS:
            return None
        cells = row.cells
        level = cells["geographic_level"].strip()
        if level not in LEVELS:
            self.left_out[level or "no level"] = self.left_out.get(level or "no level", 0) + 1
            return None
        before = len(self.problems)
        period = self._period(row)
        place = self._place(row, level)
        numbers: dict[str, float | None] = {}
        marks: dict[str, str] = {}
        for column in self.indicators:
            read = read_number(cells[column], EXPLORE_EDUCATION)
            if read is None:
                self._wrong(
                    row,
                    column,
                    f"'{cells[column].strip()[:40]}', neither a number nor one of the publisher's marks",
                    f"a number, an empty cell or one of {', '.join(EXPLORE_EDUCATION)}",
                )
                continue
            numbers[column], mark = read
            if mark:
                marks[column] = mark
        if len(self.problems) > before or period is None or place is None:
            return None
        return DataRow(
            row.number, period, place, {name: cells[name].strip() for name in self.filters}, numbers, marks
        )

    def finish(self, rows: Sequence[DataRow]) -> None:
        """Raises BadInput where anything was wrong, or where no row is about a place that is read."""
        if self.problems:
            many = "at least " if len(self.problems) >= _MOST_PROBLEMS else ""
            cells = counted(len(self.problems), "cell is", "cells are")
            raise BadInput(
                f"{self.file.name} could not be read as {KIND}: {many}{cells} wrong. Nothing was taken from it.",
                self.problems,
            )
        if not rows:
            raise BadInput(
                f"{self.file.name} has no rows about England, a region or a local authority.",
                [
                    Problem(
                        "column 'geographic_level'",
                        listed(
                            [f"{level} ({count:,} rows)" for level, count in self.left_out.items()], "and"
                        ),
                        listed(list(LEVELS), "or"),
                        "Choose another file of the release, or download it with local authorities.",
                    )
                ],
            )

    def _period(self, row: Row) -> Period | None:
        text, kind = row.cells["time_period"].strip(), row.cells["time_identifier"].strip()
        if (text, kind) not in self._periods:
            self._periods[text, kind] = read_period(text) if kind.lower() in YEARS else None
        period = self._periods[text, kind]
        if period is None:
            yearly = kind.lower() in YEARS
            self._wrong(
                row,
                "time_period" if yearly else "time_identifier",
                f"'{text[:20]}' of kind '{kind[:40]}', which is not a year",
                "a year: 2025, or 202425 for one that runs over two" if yearly else "a year of some kind",
            )
        return period

    def _place(self, row: Row, level: str) -> Place | None:
        code_column, name_column = LEVELS[level]
        key = tuple(row.cells.get(column, "").strip() for column in (code_column, name_column, "old_la_code"))
        if (place := self._places.get((level, *key))) is not None:
            return place
        code, name, number = key
        if not code or not name:
            missing = code_column if not code else name_column
            self._wrong(row, missing, "no place", f"a code and a name for every row of level {level}")
            return None
        place = Place(code, name, level, number if level == "Local authority" else "")
        self._places[(level, *key)] = place
        return place

    def _wrong(self, row: Row, column: str, found: str, expected: str) -> None:
        self.problems.append(
            Problem(
                f"row {row.number}, column '{column}'",
                found,
                expected,
                "Download the file again without opening it in a spreadsheet, or correct that cell.",
            )
        )
