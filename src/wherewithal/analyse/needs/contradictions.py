"""Published labels held against the values they stand beside.

A label is called contradicted only where the file's own values settle it. It is left alone where they
cannot: where there is no interval, where the file holds too few periods to work a trend out again, and where
the label comes from a method other than comparing an interval with England (quintiles).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.analyse.needs.comparison import Comparison, compare, could_be
from wherewithal.analyse.needs.figures import Series
from wherewithal.analyse.needs.indicators import Measure
from wherewithal.analyse.needs.trend import POINTS, Direction, Trend, recent_trend
from wherewithal.sources.fingertips import IndicatorRow

_COMPARISONS = frozenset(Comparison)
_DIRECTIONS = {
    "Increasing": Direction.INCREASING,
    "Decreasing": Direction.DECREASING,
    "No significant change": Direction.NO_CHANGE,
    "Cannot be calculated": Direction.CANNOT,
}


@dataclass(frozen=True)
class Contradiction:
    """A published label that its own values do not bear out. ``words`` say so to a reader, with both."""

    label: str
    period: str
    published: str
    recomputed: str
    words: str

    def as_dict(self) -> dict[str, str]:
        return {
            "label": self.label,
            "period": self.period,
            "published": self.published,
            "recomputed": self.recomputed,
            "words": self.words,
        }


def contradictions(series: Series, england: Series | None, measure: Measure) -> tuple[Contradiction, ...]:
    """Every published label of ``series`` that its values contradict, newest first."""
    found = []
    for number, point in enumerate(series.points):
        benchmark = england.at(point.period) if england else None
        is_england = england is not None and england.key == series.key
        comparison = None if is_england else check_comparison(point, benchmark, measure)
        trend = check_trend(point, series.points[: number + 1], measure)
        found += [contradiction for contradiction in (comparison, trend) if contradiction]
    return tuple(reversed(found))


def check_comparison(
    point: IndicatorRow, england: IndicatorRow | None, measure: Measure
) -> Contradiction | None:
    """The label of one point against its value, interval and England's value; None where they agree.

    Where it is not known which interval the publisher used, a label that either of the two bears out agrees.
    A published "Not compared" says only that the publisher did not compare.
    """
    published = point.compared_to_england
    if published not in _COMPARISONS or published == Comparison.NOT_COMPARED:
        return None
    benchmark = england.value if england else None
    if benchmark is None:
        return None
    if point.value is None:
        return _contradicted(
            "comparison with England", point.period, published, Comparison.NOT_COMPARED, "no value"
        )
    levels = [(point.low95, point.high95), (point.low998, point.high998)]
    if measure.confidence is not None:
        levels = [levels[0] if measure.confidence == 95.0 else levels[1]]
    known = [(low, high) for low, high in levels if low is not None and high is not None]
    if not known:
        return None
    recomputed = [compare(point.value, low, high, benchmark, measure.polarity) for low, high in known]
    for (low, _), label in zip(known, recomputed, strict=True):
        above = None if label == Comparison.SIMILAR else low > benchmark
        if could_be(published, label, above, measure.polarity):
            return None
    low, high = known[0]
    why = (
        f"{measure.text(point.value)} ({measure.range_text(low, high)}) "
        f"beside England's {measure.text(benchmark)}"
    )
    return _contradicted("comparison with England", point.period, published, recomputed[0], why)


def check_trend(
    point: IndicatorRow, points: Sequence[IndicatorRow], measure: Measure
) -> Contradiction | None:
    """The trend published at ``point`` against the points up to it.

    None where they agree, and where the points cannot settle it.
    """
    published = point.recent_trend
    direction = _DIRECTIONS.get(published.split(" and ")[0]) if published else None
    if direction is None:
        return None
    trend = recent_trend(points, measure.polarity)
    if not _settled(trend, points):
        return None
    judged = " and getting " in published and measure.polarity.judges
    if direction == trend.direction and (not judged or published == trend.label):
        return None
    return _contradicted("recent trend", point.period, published, trend.label, _why(trend))


def _settled(trend: Trend, points: Sequence[IndicatorRow]) -> bool:
    if trend.direction is not Direction.CANNOT:
        return True
    # Rows without a value show that the publisher had none either; a short file shows nothing.
    return sum(point.value is not None for point in points) < POINTS <= len(points)


def _why(trend: Trend) -> str:
    if trend.direction is Direction.CANNOT:
        return trend.reason
    return f"a line through {trend.periods[0]} to {trend.periods[-1]}"


def _contradicted(label: str, period: str, published: str, recomputed: str, why: str) -> Contradiction:
    words = (
        f"The file says '{published}' for the {label} in {period}. "
        f"Its own figures give '{recomputed}' ({why}). The figures are used here."
    )
    return Contradiction(label, period, published, str(recomputed), words)
