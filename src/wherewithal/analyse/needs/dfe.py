"""Indicators from the Department for Education's files: rates and shares with intervals, from published counts.

The department publishes counts and rounded rates without intervals. Here each value is worked out from the
counts by a recipe (``dfe.toml``), so that it can be compared as any other; a count that was suppressed stays
missing, and says why. The department rounds the counts of England and regions to ten, which moves no rate.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isnan
from typing import Any

from wherewithal.analyse.needs.geography import current_code
from wherewithal.analyse.needs.indicators import measure
from wherewithal.analyse.needs.published import AREA_TYPES
from wherewithal.errors import NothingThere
from wherewithal.plain_english import listed
from wherewithal.sources.explore_education import DataRow, DataSet
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.statistics.columns import proportions, rates

POPULATION = "population"
POPULATION_ID = "dfe:population"
Children = Mapping[tuple[str, int], float]
"""Children living in an area, by its current code and the year that a rate of them is for."""


@dataclass(frozen=True)
class Recipe:
    """How one indicator is made: a count over a column of the same row, or over the children who live there."""

    id: str
    name: str
    count: str
    of: str
    kind: str
    age: str
    where: Mapping[str, str]

    @property
    def columns(self) -> frozenset[str]:
        return frozenset({self.count, self.of} - {POPULATION})


@dataclass(frozen=True)
class _Population:
    column: str
    age_group: str
    age: str
    years_before: int


@cache
def recipes() -> tuple[Recipe, ...]:
    """Every indicator that can be made from these files."""
    return tuple(
        Recipe(
            entry["id"],
            entry["name"],
            entry["count"],
            entry["of"],
            entry["kind"],
            entry["age"],
            entry.get("where", {}),
        )
        for entry in _file()["indicator"]
    )


@cache
def _file() -> dict[str, Any]:
    text = files("wherewithal.analyse.needs").joinpath("dfe.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def has_recipe(data_set: DataSet) -> bool:
    """Whether an indicator can be worked out from the counts of a data set."""
    return any(_fits(recipe, data_set) for recipe in recipes())


def _fits(recipe: Recipe, data_set: DataSet) -> bool:
    return recipe.columns <= set(data_set.indicators) and set(recipe.where) <= set(data_set.filters)


def indicator_rows(data_sets: Sequence[DataSet], children: Children | None = None) -> list[IndicatorRow]:
    """Every indicator that the files together allow, for every area and year, under current area codes.

    Rates of all children need the population file among them, or ``children`` from an earlier one; without either
    they are left out. Raises NothingThere, naming what can be read, where the files allow no indicator at all.
    """
    population = children_in(data_sets) or children or {}
    found: list[IndicatorRow] = []
    without_people = []
    for recipe in recipes():
        for data_set in data_sets:
            if not _fits(recipe, data_set):
                continue
            if recipe.of == POPULATION and not population:
                without_people.append(recipe.name)
                continue
            rows = (row for row in data_set.rows if _matches(row, recipe))
            found += _made(recipe, rows, population)
    if not found and without_people:
        raise NothingThere(
            f"{listed(without_people)} cannot be worked out: the files do not say how many children live there. Add "
            "the file of mid-year population estimates of children aged 0 to 17.",
            [f"{data_set.file.name} ({data_set.description})" for data_set in data_sets],
        )
    if not found:
        raise NothingThere(
            "None of the files holds the columns of an indicator that is known here.",
            [f"{recipe.name} (column {recipe.count})" for recipe in recipes()],
        )
    return found


def _matches(row: DataRow, recipe: Recipe) -> bool:
    return all(row.filters.get(column) == wanted for column, wanted in recipe.where.items())


def _year(row: DataRow) -> int:
    return row.period.order // 10_000


def children_in(data_sets: Iterable[DataSet]) -> Children:
    """Who lives where, from whichever of the files holds the department's population estimates."""
    how = _Population(**_file()["population"])
    return {
        (current_code(row.place.code), _year(row) + how.years_before): people
        for data_set in data_sets
        for row in _of_population(data_set, how)
        if (people := row.numbers[how.column]) is not None
    }


def population_rows(data_set: DataSet) -> list[IndicatorRow]:
    """The children living in every area, as figures of their own; none from a file of another kind."""
    how = _Population(**_file()["population"])
    return [
        _row(
            row,
            POPULATION_ID,
            how.age_group,
            how.age,
            value=row.numbers[how.column],
            note=row.marks.get(how.column, ""),
        )
        for row in _of_population(data_set, how)
    ]


def children_held(rows: Iterable[IndicatorRow]) -> Children:
    """Who lives where, from rows that ``population_rows`` gave."""
    how = _Population(**_file()["population"])
    return {
        (current_code(row.area_code), row.order // 10_000 + how.years_before): row.value
        for row in rows
        if row.indicator_id == POPULATION_ID and row.value is not None
    }


def _of_population(data_set: DataSet, how: _Population) -> Iterable[DataRow]:
    if how.column not in data_set.indicators or "age_group" not in data_set.filters:
        return ()
    return (row for row in data_set.rows if row.filters["age_group"] == how.age_group)


def _made(
    recipe: Recipe, rows: Iterable[DataRow], population: Mapping[tuple[str, int], float]
) -> Iterable[IndicatorRow]:
    counted = [_count(recipe, row, population) for row in rows]
    known = [each for each in counted if each.known]
    made = _estimates(recipe, known)
    for each in counted:
        value, low, high = made.get(each.row.row, (None, None, None))
        yield _row(
            each.row,
            recipe.id,
            recipe.name,
            recipe.age,
            value=value,
            low=low,
            high=high,
            count=each.count,
            denominator=each.denominator,
            note=each.note,
        )


@dataclass(frozen=True, slots=True)
class _Count:
    """What was counted in one row, of how many, and why there is no value where there is none."""

    row: DataRow
    count: float | None
    denominator: float | None
    note: str
    known: bool


def _count(recipe: Recipe, row: DataRow, population: Mapping[tuple[str, int], float]) -> _Count:
    count = row.numbers[recipe.count]
    if recipe.of == POPULATION:
        denominator, mark = population.get((current_code(row.place.code), _year(row))), ""
    else:
        denominator, mark = row.numbers[recipe.of], row.marks.get(recipe.of, "")
    note = row.marks.get(recipe.count, "") or mark
    known = count is not None and bool(denominator)
    if count is not None and denominator and recipe.kind != "rate" and count > denominator:
        known, note = False, f"{count:g} of {denominator:g} counted, which is no share of them"
    elif count is not None and denominator == 0:
        note = "Nobody to count: the denominator is nought"
    elif count is not None and denominator is None and not note:
        note = "The number of children living there is not known"
    return _Count(row, count, denominator, note, known)


def _estimates(recipe: Recipe, counted: Sequence[_Count]) -> Mapping[int, tuple[float, float | None, float]]:
    """Value and limits of what is known, by the row of the file."""
    work = rates if recipe.kind == "rate" else proportions
    found = work(
        [each.count or 0.0 for each in counted],
        [each.denominator or 0.0 for each in counted],
        multiplier=measure(recipe.id).multiplier or 1.0,
    )
    return {
        each.row.row: (value, None if isnan(low) else low, high)
        for each, value, low, high in zip(
            counted, found.value.tolist(), found.low.tolist(), found.high.tolist(), strict=True
        )
    }


def _row(
    row: DataRow,
    indicator_id: str,
    indicator: str,
    age: str,
    *,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    count: float | None = None,
    denominator: float | None = None,
    note: str,
) -> IndicatorRow:
    return IndicatorRow(
        row=row.row,
        indicator_id=indicator_id,
        indicator=indicator,
        parent_code="",
        parent_name="",
        area_code=current_code(row.place.code),
        area_name=row.place.name,
        area_type=AREA_TYPES.get(row.place.level, row.place.level),
        sex="Persons",
        age=age,
        category_type="",
        category="",
        period=row.period.label,
        order=row.period.order,
        value=value,
        low95=low,
        high95=high,
        count=count,
        denominator=denominator,
        note=note,
        period_range=row.period.range,
    )
