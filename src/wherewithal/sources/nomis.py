"""Nomis, the Office for National Statistics' labour market and population service: a CSV as its API gives it.

The columns are those of Nomis' own data answers (DATE_NAME, GEOGRAPHY_CODE, OBS_VALUE and, for each dimension
of the data set, NAME_NAME). A guest is given at most 25,000 rows of a query and no word that there were more:
RECORD_COUNT says how many there are, so a file that was cut off is refused.

    table = read_nomis(Path("population.csv"))
    table.rows[0].value, table.rows[0].dimensions["C_AGE"]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal.sources.files import LARGEST_BYTES, Row, TextFile, read_csv, read_text
from wherewithal.sources.periods import Period, read_period
from wherewithal.sources.symbols import read_number

KIND = "a Nomis file"
LICENCE = "Open Government Licence v3.0"
SITE = "https://www.nomisweb.co.uk/"
COLUMNS = ("DATE", "DATE_NAME", "GEOGRAPHY_CODE", "GEOGRAPHY_NAME", "OBS_VALUE")
PROJECTED = "PROJECTED_YEAR"
"""In a data set of projections, the year that a value is for; its date is that of the projection itself."""
NOT_DIMENSIONS = frozenset({"DATE", PROJECTED, "GEOGRAPHY", "MEASURES", "OBS_STATUS", "OBS_CONF"})
MOST_FOR_GUESTS = 25_000
_MOST_PROBLEMS = 10

STATUSES: Mapping[str, str] = {
    "A": "",
    "D": "The definition differs",
    "E": "Estimated",
    "M": "Not available",
    "Q": "Suppressed, so that nobody can be recognised",
    "N": "Not applicable here",
}
"""What the observation statuses that Nomis writes mean. Others are kept as their own words."""


@dataclass(frozen=True, slots=True)
class NomisRow:
    """One value. ``dimensions`` names what it is of ("C_AGE": "Aged 0 to 15"); ``measure`` is "Value" or a
    percentage, which must not be mixed.
    """

    row: int
    period: Period
    area_code: str
    area_name: str
    area_type: str
    dimensions: Mapping[str, str]
    measure: str
    value: float | None
    note: str


@dataclass(frozen=True)
class NomisTable:
    file: TextFile
    rows: tuple[NomisRow, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.measure for row in self.rows))


def read_nomis(
    source: Path | bytes | IO[bytes], *, name: str = "", largest: int = LARGEST_BYTES
) -> NomisTable:
    """Read a file of Nomis.

    Raises BadInput for another kind of file, a file that was cut off, a date that is not a year, and a value
    that is neither a number nor empty.
    """
    file = read_text(source, name=name, largest=largest)
    header, found = read_csv(file, required=COLUMNS, kind=KIND)
    dimensions = tuple(
        column.removesuffix("_NAME")
        for column in header
        if column.endswith("_NAME") and column.removesuffix("_NAME") not in NOT_DIMENSIONS
    )
    problems: list[Problem] = []
    rows = []
    declared = 0
    for cells in found:
        row = _typed(cells, dimensions, problems)
        if len(problems) >= _MOST_PROBLEMS:
            break
        if row is not None:
            rows.append(row)
        count = cells.cells.get("RECORD_COUNT", "").strip()
        declared = max(declared, int(count) if count.isascii() and count.isdigit() else 0)
    if problems:
        raise BadInput(
            f"{file.name} could not be read as {KIND}: {counted(len(problems), 'cell is', 'cells are')} wrong.",
            problems,
        )
    if not rows:
        raise BadInput(
            f"{file.name} has a header and no rows.",
            [
                Problem(
                    file.name, "no rows", "at least one value", "Check the geography and the date asked for."
                )
            ],
        )
    if declared > len(rows):
        raise BadInput(
            f"{file.name} is not whole.",
            [
                Problem(
                    "column 'RECORD_COUNT'",
                    f"{len(rows):,} rows of {declared:,}",
                    "every row of the query",
                    f"Nomis gives a guest {MOST_FOR_GUESTS:,} rows at most: ask for fewer areas or ages, or page on.",
                )
            ],
        )
    return NomisTable(file, tuple(rows))


def _typed(row: Row, dimensions: tuple[str, ...], problems: list[Problem]) -> NomisRow | None:
    cells = row.cells
    before = len(problems)

    def wrong(column: str, found: str, expected: str) -> None:
        problems.append(
            Problem(f"row {row.number}, column '{column}'", found, expected, "Download the file again.")
        )

    dated = f"{PROJECTED}_NAME" if cells.get(f"{PROJECTED}_NAME", "").strip() else "DATE_NAME"
    period = read_period(cells[dated]) or (read_period(cells["DATE"]) if dated == "DATE_NAME" else None)
    if period is None:
        wrong(dated, f"'{cells[dated].strip()[:40]}', which is not a year", "a year such as 2024")
    if not cells["GEOGRAPHY_CODE"].strip():
        wrong("GEOGRAPHY_CODE", "no place", "a code in every row")
    read = read_number(cells["OBS_VALUE"], {})
    if read is None:
        wrong(
            "OBS_VALUE", f"'{cells['OBS_VALUE'].strip()[:40]}' is not a number", "a number or an empty cell"
        )
    if len(problems) > before or period is None or read is None:
        return None
    status = cells.get("OBS_STATUS", "").strip()
    note = STATUSES.get(status, cells.get("OBS_STATUS_NAME", "").strip() or status)
    return NomisRow(
        row.number,
        period,
        cells["GEOGRAPHY_CODE"].strip(),
        cells["GEOGRAPHY_NAME"].strip(),
        cells.get("GEOGRAPHY_TYPE", "").strip(),
        {dimension: cells[f"{dimension}_NAME"].strip() for dimension in dimensions},
        cells.get("MEASURES_NAME", "").strip() or "Value",
        read[0],
        note,
    )
