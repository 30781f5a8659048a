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
from wherewithal_web.analyse.needs.models import AreaLayout
from wherewithal_web.analyse.needs.queries.tables import tables_of

_SERIES = ("indicator_id", "sex", "age", "period_range", "period")


def across_of(reading: Reading, neighbours: NeighbourSet | None) -> Across:
    """The reading's indicator in its period, in every area of the same kind that is held."""
    tables = tables_of([reading.series.key.indicator_id])
    frame = columns.asked(
        tables.contents, tables.editions, indicators=[reading.series.key.indicator_id], parts=False
    )
    there = columns.newest(frame.filter(pl.col("period") == reading.point.period))
    return across(reading, columns.rows_of(there), neighbours.codes if neighbours else ())


def spreads_of(readings: Sequence[Reading], area: Area) -> dict[tuple[str, ...], Spread]:
    """How all areas of the area's kind lie on some readings, by ``spread_key``."""
    if not readings:
        return {}
    wanted = [reading.series.key.indicator_id for reading in readings]
    tables = tables_of(wanted)
    asked = columns.asked(
        tables.contents,
        tables.editions,
        indicators=wanted,
        periods={reading.point.period for reading in readings},
        parts=False,
        fields=(*columns.KEY, "period_range", "value"),
    )
    frame = columns.newest(asked)
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


def layout_brought() -> Layout:
    """The tiles of areas from the layouts that people brought in, the newest counting."""
    found: dict[str, tuple[int, int]] = {}
    for layout in AreaLayout.objects.order_by("pk"):
        found |= {code: (column, row) for code, (column, row) in layout.tiles.items()}
    return found
