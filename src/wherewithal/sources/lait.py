"""The local authority interactive tool (LAIT) of the Department for Education: its long table and dictionary.

One row for each measure, period and authority, as Parquet or CSV, with the columns below. The table says nothing
of intervals, counts or units; which way is good and the unit are in the dictionary, a CSV beside it. Everything
that has no number carries one mark, ``-``.

    table = read_lait(Path("bds_long_0.parquet"), Path("lait_data_dictionary.csv"))
    table.measures["LAC"].unit, table.rows_of([358])
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import listed
from wherewithal.sources.files import LARGEST_BYTES, bytes_of, read_csv, read_text
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.sources.periods import read_period
from wherewithal.sources.symbols import LAIT

KIND = "the long table of the local authority interactive tool"
LICENCE = "Open Government Licence v3.0"
SITE = "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
COLUMNS = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number", "Region")
ENGLAND_NUMBER = 970
"""LAIT's number for England; its regions have 980 to 990, and neither is an authority."""

_NO_REGION = "NA"
_MOST_PROBLEMS = 10
_PARQUET = b"PAR1"
DICTIONARY_COLUMNS = ("Measure_short", "Measure", "Polarity", "y_axis_name", "Topic", "No_Quartile")


@dataclass(frozen=True)
class LaitMeasure:
    """What the dictionary says of a measure: ``polarity`` is "Low", "High" or "-" for not judged.

    ``banded`` is off where the dictionary says that the measure is not divided into quarters.
    """

    code: str
    name: str = ""
    unit: str = ""
    polarity: str = "-"
    topic: str = ""
    banded: bool = True

    @property
    def title(self) -> str:
        return self.name or self.code


@dataclass(frozen=True)
class LaitTable:
    """The whole table in columns: measure, period, order, years, number, area, region and value (null: none).

    ``odd_periods`` are periods that are no year, with how many rows they have; those rows are kept, and sorted
    before every year.
    """

    name: str
    sha256: str
    frame: pl.DataFrame
    measures: Mapping[str, LaitMeasure]
    odd_periods: Mapping[str, int]

    def __len__(self) -> int:
        return int(self.frame.height)

    @property
    def authorities(self) -> Mapping[int, str]:
        """Names of the authorities by their number; without England, regions."""
        own = self.frame.filter(pl.col("region") != _NO_REGION).select("number", "area").unique()
        return dict(sorted(own.iter_rows()))

    def rows_of(self, numbers: Sequence[int]) -> list[IndicatorRow]:
        """The rows of some authorities (England is 970), in the shape that all figures are read in."""
        found = self.frame.filter(pl.col("number").is_in(list(numbers))).sort(
            "measure", "number", "order", "period"
        )
        return [self._row(place, cells) for place, cells in enumerate(found.iter_rows(named=True), 1)]

    def _row(self, place: int, cells: Mapping[str, object]) -> IndicatorRow:
        measure = self.measures.get(str(cells["measure"]), LaitMeasure(str(cells["measure"])))
        number, value = cells["number"], cells["value"]
        country = number == ENGLAND_NUMBER
        own = cells["region"] != _NO_REGION
        return IndicatorRow(
            row=place,
            indicator_id=f"lait:{measure.code}",
            indicator=measure.title,
            parent_code="",
            parent_name="",
            area_code=str(number),
            area_name=str(cells["area"]),
            area_type="England" if country else "Local authority" if own else "Regional",
            sex="Persons",
            age="",
            category_type="",
            category="",
            period=str(cells["period"]),
            order=int(str(cells["order"])),
            value=None if value is None else float(str(value)),
            note="" if value is not None else LAIT["-"],
            period_range=f"{cells['years']}y",
        )


def is_lait(head: bytes) -> bool:
    """Whether a file begins as Parquet does. LAIT's is the only Parquet that is read."""
    return head.startswith(_PARQUET)


def read_lait(
    source: Path | bytes,
    dictionary: Path | bytes | None = None,
    *,
    name: str = "",
    largest: int = LARGEST_BYTES,
) -> LaitTable:
    """Read the long table, Parquet or CSV, and the dictionary where it is given.

    Raises BadInput for a file of another kind, a missing column, a value that is neither a number nor the
    mark, an authority without a number, and two rows about the same thing; at most ten problems are named.
    """
    name = name or (source.name if isinstance(source, Path) else "the table")
    data = bytes_of(source, name, largest)
    frame = _frame(data, name)
    values = pl.col("Values").str.strip_chars()
    typed = frame.with_row_index("row", offset=2).with_columns(
        values.cast(pl.Float64, strict=False).alias("value"),
        pl.col("LA Number").cast(pl.Float64, strict=False).cast(pl.Int64, strict=False).alias("number"),
    )
    _refuse_wrong(typed, values, name)
    periods, odd = _periods(typed)
    done = typed.join(periods, on="Years", how="left").select(
        pl.col("Short Desc").alias("measure"),
        pl.col("Years").alias("period"),
        "order",
        "years",
        "number",
        pl.col("LA and Regions").alias("area"),
        pl.col("Region").alias("region"),
        # Not-a-number is a number to a computer and none to a reader.
        pl.when(pl.col("value").is_finite()).then(pl.col("value")).alias("value"),
    )
    measures = read_dictionary(dictionary) if dictionary is not None else {}
    return LaitTable(name, hashlib.sha256(data).hexdigest(), done, measures, odd)


def _frame(data: bytes, name: str) -> pl.DataFrame:
    try:
        if data.startswith(_PARQUET):
            frame = pl.read_parquet(io.BytesIO(data))
        else:
            text = read_text(data, name=name).text
            frame = pl.read_csv(io.StringIO(text), infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise BadInput(
            f"{name} could not be read as {KIND}.",
            [
                Problem(
                    name, str(error).split("\n")[0][:120], "a whole Parquet or CSV file", "Download it again."
                )
            ],
        ) from error
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise BadInput(
            f"{name} is not {KIND}: {len(missing)} of its columns are missing.",
            [
                Problem(
                    f"column '{column}'",
                    f"no such column; there are {listed(frame.columns[:20], 'and')}",
                    f"a column named '{column}'",
                    "Take the table as the department publishes it.",
                )
                for column in missing
            ],
        )
    if frame.height == 0:
        raise BadInput(
            f"{name} has columns and no rows.", [Problem(name, "no rows", "rows", "Download it again.")]
        )
    return frame.select(pl.col(column).cast(pl.String) for column in COLUMNS).with_columns(
        pl.col("Region").fill_null(_NO_REGION)
    )


def _refuse_wrong(typed: pl.DataFrame, values: pl.Expr, name: str) -> None:
    """Raises BadInput for cells that cannot be read, and for rows that say two things about one."""
    wrong = typed.filter(
        (pl.col("value").is_null() & values.is_not_null() & ~values.is_in(list(LAIT)) & (values != ""))
        | pl.col("number").is_null()
    )
    problems = [
        Problem(
            f"row {cells['row']}, column '{'LA Number' if cells['number'] is None else 'Values'}'",
            f"'{cells['LA Number'] if cells['number'] is None else cells['Values']}' is not a number",
            "a whole number" if cells["number"] is None else "a number or '-'",
            "Download the table again.",
        )
        for cells in wrong.head(_MOST_PROBLEMS).iter_rows(named=True)
    ]
    if not problems:
        keys = ["Short Desc", "Years", "number"]
        if typed.select(keys).is_duplicated().any():
            twice = typed.filter(typed.select(keys).is_duplicated()).head(_MOST_PROBLEMS)
            problems = [
                Problem(
                    f"row {cells['row']}",
                    f"{cells['Short Desc']}, {cells['Years']}, {cells['LA and Regions']} a second time",
                    "one row for each measure, period and authority",
                    "Two tables may have been joined: bring them one after another.",
                )
                for cells in twice.iter_rows(named=True)
            ]
    if problems:
        raise BadInput(f"{name} could not be read as {KIND}. Nothing was taken from it.", problems)


def _periods(typed: pl.DataFrame) -> tuple[pl.DataFrame, Mapping[str, int]]:
    """Each period with its order and years; and those that are no year, with their rows."""
    rows, odd = [], {}
    for text, count in typed.group_by("Years").len().sort("Years").iter_rows():
        period = read_period(text)
        if period is None:
            odd[text] = count
        rows.append((text, period.order if period else 0, period.years if period else 1))
    schema = {"Years": pl.String, "order": pl.Int64, "years": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row"), odd


def read_dictionary(source: Path | bytes) -> Mapping[str, LaitMeasure]:
    """The measures by their short name. Raises BadInput for another kind of file.

    A short name may be described twice; the description that says which way is good counts.
    """
    file = read_text(source, name=source.name if isinstance(source, Path) else "the dictionary")
    _, rows = read_csv(file, required=DICTIONARY_COLUMNS, kind="the dictionary of LAIT")
    found: dict[str, LaitMeasure] = {}
    for row in rows:
        text = {column: row.cells[column].strip() for column in DICTIONARY_COLUMNS}
        text = {column: "" if cell == "NA" else cell for column, cell in text.items()}
        code = text["Measure_short"]
        if not code or (code in found and found[code].polarity != "-"):
            continue
        found[code] = LaitMeasure(
            code,
            text["Measure"],
            text["y_axis_name"],
            text["Polarity"] or "-",
            text["Topic"],
            text["No_Quartile"] != "N",
        )
    return found
