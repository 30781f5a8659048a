"""One indicator in one period in every area of the same kind: where ours stands, and who differs beyond chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wherewithal.analyse.needs.authorities import region_of, tier_of
from wherewithal.analyse.needs.comparison import Comparison, compare
from wherewithal.analyse.needs.figures import ENGLAND_TYPE
from wherewithal.analyse.needs.indicators import Measure, Polarity
from wherewithal.analyse.needs.reading import Reading
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.statistics.funnel import (
    Signal,
    assess_events,
    assess_proportion,
    expected_limits,
    proportion_limits,
)
from wherewithal.statistics.ranking import RankRange, rank_ranges

FEWEST_AREAS = 5
"""Among fewer areas nothing is ranked."""
_POINTS = 60


@dataclass(frozen=True)
class Across:
    """Every area of the same kind as ours that the figures hold, ours among them, each with its row of the period."""

    reading: Reading
    rows: tuple[IndicatorRow, ...]
    alike: frozenset[str]

    @property
    def measure(self) -> Measure:
        return self.reading.measure

    @property
    def code(self) -> str:
        return self.reading.series.key.area_code

    def comparison(self, row: IndicatorRow) -> Comparison:
        """How one area stands to England, by the rule that ours is read by."""
        england = self.reading.england
        low, high = (row.low95, row.high95)
        if self.measure.confidence == 99.8:
            low, high = row.low998, row.high998
        return compare(row.value, low, high, england.value if england else None, self.measure.polarity)

    @cached_property
    def rank(self) -> RankRange | None:
        """Our rank, 1 the best where somebody has said which way is good and the highest where not; None among few.

        The ranks that ours could as well have are drawn from the intervals, where there are any.
        """
        if sum(row.value is not None for row in self.rows) < FEWEST_AREAS:
            return None
        ranges = rank_ranges(
            [row.value for row in self.rows],
            [_limits(row) for row in self.rows],
            highest_first=self.measure.polarity is not Polarity.LOW_IS_GOOD,
            draws=2_000,
        )
        return next(
            (each for row, each in zip(self.rows, ranges, strict=True) if row.area_code == self.code), None
        )

    @property
    def rank_words(self) -> str:
        """The rank as a sentence, with how unsure it is; empty where nothing is ranked."""
        rank = self.rank
        if rank is None:
            return ""
        first = "the best" if self.measure.polarity.judges else "the highest"
        words = f"{self.reading.series.area.name} is number {rank.rank} of {rank.of}, 1 being {first}"
        if rank.low is None or rank.high is None:
            return f"{words}; how sure that is cannot be said, because no interval is published."
        if rank.low == rank.high:
            return f"{words}; chance hardly moves it."
        return f"{words}; by chance alone it could as well be anywhere from {rank.low} to {rank.high}."

    @property
    def regions(self) -> Mapping[str, list[IndicatorRow]]:
        """The areas with a value by their region, highest first: the map as a list."""
        found: dict[str, list[IndicatorRow]] = {}
        for row in sorted(self.rows, key=lambda row: -(row.value or 0.0)):
            if row.value is not None:
                region = region_of(row.area_code) or row.parent_name or "Region not known"
                found.setdefault(region, []).append(row)
        return dict(sorted(found.items()))


def _limits(row: IndicatorRow) -> tuple[float, float] | None:
    if row.value is None or row.low95 is None or row.high95 is None:
        return None
    # Limits rounded by the publisher can end just short of the value.
    return min(row.low95, row.value), max(row.high95, row.value)


def across(reading: Reading, rows: Iterable[IndicatorRow], alike: Iterable[str] = ()) -> Across:
    """The areas of the same kind as the reading's, in its period, from any rows of its indicator.

    ``alike`` are the codes of its neighbours. Rows of other sexes, ages and periods, and of parts of areas, are left
    out; an area that is listed under two types counts once.
    """
    key, area = reading.series.key, reading.series.area
    tier = tier_of(area.code, area.type)
    found: dict[str, IndicatorRow] = {}
    for row in rows:
        if (
            row.period == reading.point.period
            and (row.indicator_id, row.sex, row.age, row.period_range)
            == (key.indicator_id, key.sex, key.age, key.period_range)
            and not row.category_type
            and row.area_type != ENGLAND_TYPE
            and tier_of(row.area_code, row.area_type) == tier
        ):
            found.setdefault(row.area_code, row)
    return Across(reading, tuple(found.values()), frozenset(alike))


# --- the funnel -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class InFunnel:
    """One area in a funnel: its people, its value and how it stands to the limits."""

    row: IndicatorRow
    people: float
    value: float
    signal: Signal

    @property
    def beyond(self) -> int:
        """0 inside the limits, 1 beyond the inner, 2 beyond the outer."""
        if self.signal in (Signal.HIGH_OUTER, Signal.LOW_OUTER):
            return 2
        return 1 if self.signal in (Signal.HIGH_INNER, Signal.LOW_INNER) else 0


@dataclass(frozen=True)
class AreaFunnel:
    """Areas with counts and denominators between the limits round all of them together.

    ``limits`` are rows of people, inner low, inner high, outer low, outer high, in the unit of the values.
    """

    areas: tuple[InFunnel, ...]
    baseline: float
    limits: tuple[tuple[float, float, float, float, float], ...]


def area_funnel(of: Across) -> AreaFunnel | None:
    """The funnel; None where fewer than five areas have a count, a denominator and a value, or the unit is not known.

    Values in percent are taken as proportions, others as rates of events; a count above its denominator, which is no
    proportion, leaves its area out.
    """
    multiplier = of.measure.multiplier
    if not multiplier:
        return None
    proportion = of.measure.unit == "%"
    known = [
        (row, row.count, row.denominator)
        for row in of.rows
        if row.value is not None
        and row.count is not None
        and row.denominator
        and not (proportion and row.count > row.denominator)
    ]
    people, counted = sum(of for _, _, of in known), sum(count for _, count, _ in known)
    if len(known) < FEWEST_AREAS or counted <= 0 or (proportion and counted >= people):
        return None
    baseline = counted / people
    areas = tuple(
        InFunnel(
            row,
            size,
            count / size * multiplier,
            assess_proportion(count, size, baseline) if proportion else assess_events(count, baseline * size),
        )
        for row, count, size in known
    )
    least, most = min(size for _, _, size in known), max(size for _, _, size in known)
    sizes = np.geomspace(least * 0.8, most * 1.05, _POINTS)
    limits = (_share_limits if proportion else _rate_limits)(sizes.tolist(), baseline, multiplier)
    return AreaFunnel(areas, baseline * multiplier, limits)


_Limits = tuple[tuple[float, float, float, float, float], ...]


def _share_limits(sizes: Sequence[float], baseline: float, multiplier: float) -> _Limits:
    found = [proportion_limits(size, baseline, multiplier=multiplier) for size in sizes]
    return tuple((at.size, at.inner_low, at.inner_high, at.outer_low, at.outer_high) for at in found)


def _rate_limits(sizes: Sequence[float], baseline: float, multiplier: float) -> _Limits:
    """Which rate would just be remarkable at each size: the exact limits, read the other way round.

    ``expected_limits`` says between which expectations so many events are no surprise; here the expectation is known
    and the events are looked up.
    """
    most = max(sizes) * baseline
    events = np.unique(np.concatenate([[0.0], np.geomspace(0.5, most * 4 + 60, 400)]))
    limits = [expected_limits(float(each)) for each in events]
    expected = np.asarray(sizes) * baseline

    def at(bounds: Sequence[float]) -> list[float]:
        # Events whose limit lies exactly at the expectation, as a rate.
        return list(np.interp(expected, bounds, events) / np.asarray(sizes) * multiplier)

    inner_high, inner_low = at([each.inner_low for each in limits]), at([each.inner_high for each in limits])
    outer_high, outer_low = at([each.outer_low for each in limits]), at([each.outer_high for each in limits])
    return tuple(zip(sizes, inner_low, inner_high, outer_low, outer_high, strict=True))


# --- the spine --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spread:
    """How the values of all areas of one kind lie in one period."""

    low: float
    quarter: float
    three_quarters: float
    high: float
    places: int


def spread_of(values: Sequence[float]) -> Spread | None:
    """The lowest, the quartiles and the highest; None among fewer than five values."""
    if len(values) < FEWEST_AREAS:
        return None
    low, quarter, three_quarters, high = np.quantile(values, [0.0, 0.25, 0.75, 1.0])
    return Spread(float(low), float(quarter), float(three_quarters), float(high), len(values))
