"""One indicator in every area, and one area with what lies inside it, from the figures held."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wherewithal.analyse.needs import Across, NeighbourSet, Reading, across, columns
from wherewithal.analyse.needs.across import Spread, spread_of
from wherewithal.analyse.needs.area_pictures import spread_key
from wherewithal.analyse.needs.authorities import tier_of
from wherewithal.analyse.needs.figures import ENGLAND_TYPE, Area
from wherewithal.analyse.needs.layout import Layout
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal_web.analyse.needs.models import AreaLayout
from wherewithal_web.analyse.needs.queries.figures import tables_of

_SERIES = ("indicator_id", "sex", "age", "period_range", "period")


def across_of(reading: Reading, neighbours: NeighbourSet | None) -> Across:
    """The reading's indicator in its period, in every area of the same kind that is held."""
    tables, _ = tables_of([reading.series.key.indicator_id])
    frame = columns.asked(tables, indicators=[reading.series.key.indicator_id], parts=False)
    there = columns.newest(frame.filter(pl.col("period") == reading.point.period))
    return across(reading, columns.rows_of(there), neighbours.codes if neighbours else ())


def spreads_of(readings: Sequence[Reading], area: Area) -> dict[tuple[str, ...], Spread]:
    """How all areas of the area's kind lie on some readings, by ``spread_key``."""
    if not readings:
        return {}
    wanted = [reading.series.key.indicator_id for reading in readings]
    tables, _ = tables_of(wanted)
    frame = columns.newest(columns.asked(tables, indicators=wanted, parts=False))
    keys = pl.DataFrame([spread_key(reading) for reading in readings], schema=list(_SERIES), orient="row")
    there = frame.join(keys, on=_SERIES, how="semi").filter(
        pl.col("value").is_not_null(), pl.col("area_type") != ENGLAND_TYPE
    )
    tier = tier_of(area.code, area.type)
    values: dict[tuple[str, ...], dict[str, float]] = {}
    for *key, code, kind, value in there.select(*_SERIES, "area_code", "area_type", "value").iter_rows():
        if tier_of(code, kind) == tier:
            values.setdefault(tuple(key), {})[code] = value
    spreads = {key: spread_of(list(found.values())) for key, found in values.items()}
    return {key: spread for key, spread in spreads.items() if spread}


def rows_inside(area_code: str) -> dict[str, list[IndicatorRow]]:
    """The area's own rows, those of its parts, and of the areas that lie in it, by indicator."""
    tables, _ = tables_of([])
    frame = columns.asked(tables, areas=[area_code], parents=[area_code])
    found: dict[str, list[IndicatorRow]] = {}
    newest = columns.newest(frame)
    last = pl.col("order") == pl.col("order").max().over(
        "indicator_id", "sex", "age", "category_type", "period_range"
    )
    for row in columns.rows_of(newest.filter(pl.col("value").is_not_null()).filter(last)):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def layout_brought() -> Layout:
    """The tiles of areas from the layouts that people brought in, the newest counting."""
    found: dict[str, tuple[int, int]] = {}
    for layout in AreaLayout.objects.order_by("pk"):
        found |= {code: (column, row) for code, (column, row) in layout.tiles.items()}
    return found
