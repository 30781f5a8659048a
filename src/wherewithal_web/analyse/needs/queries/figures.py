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
from wherewithal_web.analyse.needs.models import DataFile, EditionTable, HeldArea, HeldIndicator


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
    tables, numbers = tables_of([indicator_id] if indicator_id else [])
    frame = columns.asked(
        tables,
        areas=england_codes() | set(area_codes),
        parents=[inside] if inside else [],
        indicators=[indicator_id] if indicator_id else [],
        parts=None if parts else False,
    )
    return _held(frame, numbers)


def profile_figures(area_code: str, neighbours: Collection[str]) -> tuple[Held, list[IndicatorRow]]:
    """What the profile of an area needs: its figures, England's, and its neighbours' where they stand beside it.

    Beside them the newest rows about what lies inside the area: its parts, its sexes, the areas within it.
    """
    tables, numbers = tables_of([])
    england = england_codes()
    wanted = columns.asked(tables, areas={area_code, *england, *neighbours}, parents=[area_code])
    newest = columns.newest(
        wanted.filter((pl.col("category_type") == "") | (pl.col("area_code") == area_code))
    )
    part = (pl.col("category_type") != "") | (pl.col("category") != "")
    own = (pl.col("area_code") == area_code) | (pl.col("parent_code") == area_code)
    last = pl.col("order") == pl.col("order").max().over(
        "indicator_id", "sex", "age", "category_type", "period_range"
    )
    inside = newest.filter(own, pl.col("value").is_not_null()).filter(last)
    whole = columns.beside_newest(newest.filter(~part), [area_code, *england])
    return _as_held(whole, numbers), columns.rows_of(inside)


def every_edition(area_code: str, indicator_id: str) -> list[tuple[int, IndicatorRow]]:
    """Every value that any file gave for one indicator of an area, with its file, the oldest file first."""
    tables, numbers = tables_of([indicator_id])
    frame = columns.asked(tables, areas=[area_code], indicators=[indicator_id], parts=False)
    editions = [numbers[place] for place in frame[columns.EDITION]]
    return list(zip(editions, columns.rows_of(frame), strict=True))


def newest_frame(indicator_ids: Collection[str]) -> pl.DataFrame:
    """Whole areas' and parts' rows of some indicators as one table, each from its newest file."""
    tables, _ = tables_of(indicator_ids)
    return columns.newest(columns.asked(tables, indicators=indicator_ids))


def children() -> Children:
    """Children living in each area by year, from the newest population estimates held."""
    return children_held(columns.rows_of(newest_frame([POPULATION_ID])))


def people_by_age(area_code: str) -> list[IndicatorRow]:
    """Who lives in an area by age and year, estimates and projections alike, from the newest file of each."""
    counts = HeldIndicator.objects.filter(measure__people=True).values_list("indicator_id", flat=True)
    wanted = sorted(set(counts))
    if not wanted:
        return []
    tables, _ = tables_of(wanted)
    frame = columns.asked(tables, areas=[area_code], indicators=wanted, parts=False)
    return columns.rows_of(columns.newest(frame))


def england_codes() -> set[str]:
    """The code of England, and of whatever stands for it in made-up figures."""
    return set(HeldArea.objects.filter(type=ENGLAND_TYPE).values_list("code", flat=True))


def measures_of(indicator_ids: Collection[str]) -> dict[str, Measure]:
    """How the files say to read some indicators, the newest file's word counting."""
    found = HeldIndicator.objects.filter(indicator_id__in=indicator_ids, measure__isnull=False)
    kept = found.order_by("pk").values_list("indicator_id", "measure")
    return {key: Measure.from_dict(measure) for key, measure in kept}


def tables_of(indicator_ids: Collection[str]) -> tuple[list[bytes], list[int]]:
    """The packed figures of the files that hold some indicators, or of all, and the files' keys; oldest first."""
    found = EditionTable.objects.all()
    if indicator_ids:
        holding = HeldIndicator.objects.filter(indicator_id__in=indicator_ids).values("file_id")
        found = found.filter(file_id__in=holding)
    pairs = list(found.order_by("file_id").values_list("content", "file_id"))
    return [bytes(content) for content, _ in pairs], [pk for _, pk in pairs]


def _held(frame: pl.DataFrame, numbers: list[int]) -> Held:
    return _as_held(columns.newest(frame), numbers)


def _as_held(newest: pl.DataFrame, numbers: list[int]) -> Held:
    editions = [numbers[place] for place in newest[columns.EDITION]]
    measures = measures_of(newest["indicator_id"].unique().to_list())
    return Held(columns.rows_of(newest), measures, editions)
