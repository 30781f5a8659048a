"""An edition of figures as one table in columns: small to keep, quick to ask for some areas or one indicator.

The columns are the fields of ``IndicatorRow``. A table is packed as Parquet, sorted by area and in groups of rows, so
that a few areas among 640,000 rows are found without unpacking the rest.

    held = packed(frame_of(rows))
    rows_of(asked([held], areas={"E08000009"}))

Many small tables are slow to ask, because each is opened for every question; ``gathered`` puts them into one, in which
every row says which edition it is from.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import and_

import polars as pl

from wherewithal.sources.fingertips import IndicatorRow

NUMBERS = ("value", "low95", "high95", "low998", "high998", "count", "denominator")
FIELDS = tuple(IndicatorRow.__dataclass_fields__)
SCHEMA = {
    name: pl.Float64 if name in NUMBERS else pl.Int64 if name in ("row", "order") else pl.String
    for name in FIELDS
}
KEY = (
    "indicator_id",
    "area_code",
    "area_type",
    "sex",
    "age",
    "category_type",
    "category",
    "period",
)
"""What makes a row the same row, as ``IndicatorRow.key``."""

EDITION = "edition"
"""The column that ``asked`` adds: which edition a row is from."""

_GROUP = 20_000


def frame_of(rows: Iterable[IndicatorRow]) -> pl.DataFrame:
    """Rows as a table."""
    cells = [tuple(getattr(row, name) for name in FIELDS) for row in rows]
    return pl.DataFrame(cells, schema=SCHEMA, orient="row")


def rows_of(frame: pl.DataFrame) -> list[IndicatorRow]:
    """A table as rows, in its order."""
    return [IndicatorRow(*cells) for cells in frame.select(FIELDS).iter_rows()]


def packed(frame: pl.DataFrame) -> bytes:
    """The table as bytes, the same bytes for the same rows in the same order."""
    out = io.BytesIO()
    places = [_place(frame, name) for name in ("area_code", "indicator_id")]
    frame.select(FIELDS).sort(places, maintain_order=True).write_parquet(
        out, compression="zstd", row_group_size=_GROUP
    )
    return out.getvalue()


def _place(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Where each value of a column stands among its values in order: numbers are sorted in a third of the time."""
    values = frame[name].unique().sort()
    numbers = pl.int_range(len(values), dtype=pl.UInt32, eager=True)
    return pl.col(name).replace_strict(values, numbers, return_dtype=pl.UInt32)


def gathered(tables: Sequence[bytes], editions: Sequence[int]) -> bytes:
    """Packed tables as one, whose rows know their edition. ``editions`` are the tables' numbers, a later one higher."""
    frames = [
        pl.read_parquet(io.BytesIO(table)).with_columns(pl.lit(number, dtype=pl.Int64).alias(EDITION))
        for table, number in zip(tables, editions, strict=True)
    ]
    out = io.BytesIO()
    pl.concat(frames).sort("area_code", "indicator_id", EDITION, maintain_order=True).write_parquet(
        out, compression="zstd", row_group_size=_GROUP
    )
    return out.getvalue()


def asked(
    tables: Sequence[bytes],
    editions: Sequence[int | None] = (),
    *,
    areas: Collection[str] = (),
    parents: Collection[str] = (),
    indicators: Collection[str] = (),
    periods: Collection[str] = (),
    parts: bool | None = None,
    parts_of: Collection[str] | None = None,
    fields: Collection[str] = FIELDS,
) -> pl.DataFrame:
    """The rows of packed tables for some areas, indicators or periods; all of them where none is given.

    ``editions`` are the numbers of the tables, None for one that was ``gathered``; their places where left out. Rows
    come in the order of their editions, which the column ``edition`` names. ``parents`` adds the rows of areas that lie
    in those. ``parts`` True asks only for rows about a part of an area (a deprivation tenth), False only for whole
    areas; ``parts_of`` leaves out the parts of all other areas. ``fields`` are the columns wanted.
    """
    wanted = []
    part = (pl.col("category_type") != "") | (pl.col("category") != "")
    if areas or parents:
        inside = pl.col("parent_code").is_in(list(parents)) if parents else pl.lit(False)
        wanted.append(pl.col("area_code").is_in(list(areas)) | inside)
    if indicators:
        wanted.append(pl.col("indicator_id").is_in(list(indicators)))
    if periods:
        wanted.append(pl.col("period").is_in(list(periods)))
    if parts is not None:
        wanted.append(part if parts else ~part)
    if parts_of is not None:
        wanted.append(~part | pl.col("area_code").is_in(list(parts_of)))
    scans = []
    for table, number in zip(tables, editions or range(len(tables)), strict=True):
        scan = pl.scan_parquet(io.BytesIO(table))
        if number is not None:
            scan = scan.with_columns(pl.lit(number, dtype=pl.Int64).alias(EDITION))
        if wanted:
            scan = scan.filter(reduce(and_, wanted))
        scans.append(scan.select(*fields, EDITION))
    kinds = {**SCHEMA, EDITION: pl.Int64}
    empty = pl.DataFrame(schema={name: kinds[name] for name in (*fields, EDITION)})
    found = pl.concat([empty, *pl.collect_all(scans)])
    return found.sort(EDITION, maintain_order=True) if None in editions else found


def newest(frame: pl.DataFrame) -> pl.DataFrame:
    """Of rows about the same thing in several editions, that of the last edition."""
    return frame.unique(KEY, keep="last", maintain_order=True)


def beside_newest(frame: pl.DataFrame, areas: Collection[str]) -> pl.DataFrame:
    """The rows of ``areas``, and of all others only those of the period that an area's newest value is of.

    A profile reads no others, and turning rows into objects is what takes its time. ``frame`` has one row for each
    thing, as ``newest`` gives it; ``areas`` begins with the area that the profile is of.
    """
    first = next(iter(areas), "")
    series = ["indicator_id", "sex", "age", "period_range"]
    whole = pl.col("area_code").is_in(list(areas))
    own = frame.filter(pl.col("area_code") == first, pl.col("value").is_not_null())
    periods = own.sort("order", "period").group_by(series).agg(pl.col("period").last())
    others = frame.filter(~whole).join(periods, on=[*series, "period"], how="semi")
    return pl.concat([frame.filter(whole), others])
