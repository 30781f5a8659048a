"""The figures of some areas or of one indicator: each value from the newest file that has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from wherewithal.analyse.needs import Figures, Measure, columns
from wherewithal.analyse.needs.dfe import POPULATION_ID, Children, children_held
from wherewithal.analyse.needs.figures import ENGLAND_TYPE
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal_web.analyse.needs.models import DataFile, HeldArea, HeldIndicator
from wherewithal_web.analyse.needs.queries.tables import tables_of


@dataclass(frozen=True)
class Held:
    """Figures, which file each is from, and how to read indicators that the library does not describe.

    ``rows`` include those about parts of areas where they were asked for; ``figures`` are of whole areas.
    """

    rows: list[IndicatorRow]
    measures: Mapping[str, Measure]
    _editions: list[int] = field(repr=False)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.rows)

    @cached_property
    def _file_of(self) -> dict[tuple[str, ...], int]:
        return {row.key: file for row, file in zip(self.rows, self._editions, strict=True)}

    def files_of(self, rows: Iterable[IndicatorRow]) -> list[DataFile]:
        """The files that ``rows`` come from, newest first."""
        wanted = {self._file_of[row.key] for row in rows}
        found = DataFile.objects.select_related("imported_by").in_bulk(wanted)
        return [found[pk] for pk in sorted(wanted, reverse=True)]


def figures_for(
    area_codes: Collection[str], indicator_id: str = "", *, parts: bool = False, inside: str = ""
) -> Held:
    """The figures of some areas and England, of one indicator or all: each value from its newest file.

    ``parts`` asks for the parts of those areas too (deprivation tenths), ``inside`` for the areas that lie in one.
    Where a newer file leaves a period out, the older file's value stays.
    """
    tables = tables_of([indicator_id] if indicator_id else [])
    frame = columns.asked(
        tables.contents,
        tables.editions,
        areas=england_codes() | set(area_codes),
        parents=[inside] if inside else [],
        indicators=[indicator_id] if indicator_id else [],
        parts=None if parts else False,
    )
    return _as_held(columns.newest(frame))


def profile_figures(area_code: str, neighbours: Collection[str]) -> tuple[Held, list[IndicatorRow]]:
    """What the profile of an area needs: its figures, England's, and its neighbours' where they stand beside it.

    Beside them the newest rows about what lies inside the area: its parts, its sexes, the areas within it.
    """
    tables = tables_of([])
    england = england_codes()
    wanted = columns.asked(
        tables.contents,
        tables.editions,
        areas={area_code, *england, *neighbours},
        parents=[area_code],
        parts_of=[area_code],
    )
    newest = columns.newest(wanted)
    part = (pl.col("category_type") != "") | (pl.col("category") != "")
    own = (pl.col("area_code") == area_code) | (pl.col("parent_code") == area_code)
    last = pl.col("order") == pl.col("order").max().over(
        "indicator_id", "sex", "age", "category_type", "period_range"
    )
    inside = newest.filter(own, pl.col("value").is_not_null()).filter(last)
    whole = columns.beside_newest(newest.filter(~part), [area_code, *england])
    return _as_held(whole), columns.rows_of(inside)


def every_edition(area_code: str, indicator_id: str) -> list[tuple[int, IndicatorRow]]:
    """Every value that any file gave for one indicator of an area, with its file, the oldest file first."""
    tables = tables_of([indicator_id])
    frame = columns.asked(
        tables.contents, tables.editions, areas=[area_code], indicators=[indicator_id], parts=False
    )
    return list(zip(frame[columns.EDITION], columns.rows_of(frame), strict=True))


def newest_frame(indicator_ids: Collection[str]) -> pl.DataFrame:
    """Whole areas' and parts' rows of some indicators as one table, each from its newest file."""
    tables = tables_of(indicator_ids)
    return columns.newest(columns.asked(tables.contents, tables.editions, indicators=indicator_ids))


def children() -> Children:
    """Children living in each area by year, from the newest population estimates held."""
    return children_held(columns.rows_of(newest_frame([POPULATION_ID])))


def people_by_age(area_code: str) -> list[IndicatorRow]:
    """Who lives in an area by age and year, estimates and projections alike, from the newest file of each."""
    counts = HeldIndicator.objects.filter(measure__people=True).values_list("indicator_id", flat=True)
    wanted = sorted(set(counts))
    if not wanted:
        return []
    tables = tables_of(wanted)
    frame = columns.asked(tables.contents, tables.editions, areas=[area_code], indicators=wanted, parts=False)
    return columns.rows_of(columns.newest(frame))


def england_codes() -> set[str]:
    """The code of England, and of whatever stands for it in made-up figures."""
    return set(HeldArea.objects.filter(type=ENGLAND_TYPE).values_list("code", flat=True))


def measures_of(indicator_ids: Collection[str]) -> dict[str, Measure]:
    """How the files say to read some indicators, the newest file's word counting."""
    found = HeldIndicator.objects.filter(indicator_id__in=indicator_ids, measure__isnull=False)
    kept = found.order_by("pk").values_list("indicator_id", "measure")
    return {key: Measure.from_dict(measure) for key, measure in kept}


def _as_held(newest: pl.DataFrame) -> Held:
    measures = measures_of(newest["indicator_id"].unique().to_list())
    return Held(columns.rows_of(newest), measures, newest[columns.EDITION].to_list())
