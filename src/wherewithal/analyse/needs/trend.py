"""Whether a figure is really changing: Fingertips' recent trend.

A straight line through the last five points that have a value and an interval, each weighted by the inverse
of its variance. It counts as a trend where the squared slope over its squared standard error exceeds the
chi-squared value for a chance of 1 in 500, and where the slope keeps its sign whichever of the five points is
left out (``TrendMarkerCalculator`` of ukhsa-collaboration/fingertips-open, MIT). Gaps are skipped: the code
of 2020 asks for an unbroken run, but the labels published since do not.

For proportions the same code has a second way, from counts alone: the chi-squared test for a linear trend in
proportions, and the slope of the log odds with each point left out. It needs no intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

from wherewithal.analyse.needs.indicators import Polarity
from wherewithal.sources.fingertips import IndicatorRow

POINTS = 5
CRITICAL = 9.549535706083239
"""Chi-squared with one degree of freedom that chance exceeds 1 time in 500."""

_WIDTH_IN_ERRORS = 2 * 1.96
"""A 95% interval is this many standard errors wide, as Fingertips counts it."""


class Basis(StrEnum):
    """What a trend is worked out from."""

    INTERVALS = "values and their intervals"
    PROPORTIONS = "counts of denominators"


class Direction(StrEnum):
    INCREASING = "Increasing"
    DECREASING = "Decreasing"
    NO_CHANGE = "No significant change"
    CANNOT = "Cannot be calculated"


@dataclass(frozen=True)
class Trend:
    """The recent trend of one series.

    ``chi2`` and ``slope`` (in the indicator's unit, a period) are None where it cannot be calculated, and
    ``reason`` then says why; ``periods`` are those the line was drawn through, and ``unbroken`` says that no
    year is missing between them.
    """

    direction: Direction
    polarity: Polarity
    periods: tuple[str, ...] = ()
    chi2: float | None = None
    slope: float | None = None
    reason: str = ""
    unbroken: bool = True

    @property
    def label(self) -> str:
        """The trend in the words Fingertips publishes: "Increasing and getting worse"."""
        if self.direction in (Direction.NO_CHANGE, Direction.CANNOT) or not self.polarity.judges:
            return self.direction.value
        rising_is_good = self.polarity is Polarity.HIGH_IS_GOOD
        better = (self.direction is Direction.INCREASING) == rising_is_good
        return f"{self.direction} and getting {'better' if better else 'worse'}"


def recent_trend(
    points: Sequence[IndicatorRow],
    polarity: Polarity = Polarity.UNKNOWN,
    basis: Basis = Basis.INTERVALS,
) -> Trend:
    """The recent trend at the last of ``points``, which are one series in order of time.

    Gives "Cannot be calculated" with its reason for fewer than five points that hold what ``basis`` needs, for
    intervals of no width, for counts of nobody or everybody, and for values that each cover several years,
    which share years with their neighbours. On the basis of proportions ``slope`` is that of the log odds.
    """
    if any(point.period_range not in ("", "1y") for point in points):
        return Trend(Direction.CANNOT, polarity, reason="each value covers more than one year")
    needed, valid = (_with_interval if basis is Basis.INTERVALS else _with_counts)(points)
    if len(valid) < POINTS:
        return Trend(
            Direction.CANNOT, polarity, reason=f"{len(valid)} of the {POINTS} {needed} that it needs"
        )
    last = valid[-POINTS:]
    periods = tuple(point.period for point, *_ in last)
    unbroken = last[-1][0].order // 10_000 - last[0][0].order // 10_000 == POINTS - 1
    first, second = [one for _, one, _ in last], [other for _, _, other in last]
    worked_out = (_by_intervals if basis is Basis.INTERVALS else _by_proportions)(first, second)
    if isinstance(worked_out, str):
        return Trend(Direction.CANNOT, polarity, periods, reason=worked_out)
    chi2, slope, left_out = worked_out
    if chi2 <= CRITICAL or len({(each > 0) - (each < 0) for each in left_out}) > 1:
        direction = Direction.NO_CHANGE
    else:
        direction = Direction.INCREASING if slope > 0 else Direction.DECREASING
    return Trend(direction, polarity, periods, chi2, slope, unbroken=unbroken)


_Valid = list[tuple[IndicatorRow, float, float]]
_WorkedOut = tuple[float, float, list[float]]
"""Chi-squared, the slope, and the slopes with each point left out."""


def _with_interval(points: Sequence[IndicatorRow]) -> tuple[str, _Valid]:
    return "values with an interval", [
        (point, point.value, point.high95 - point.low95)
        for point in points
        if point.value is not None and point.low95 is not None and point.high95 is not None
    ]


def _with_counts(points: Sequence[IndicatorRow]) -> tuple[str, _Valid]:
    return "values with a count and a denominator", [
        (point, point.count, point.denominator)
        for point in points
        if point.value is not None and point.count is not None and point.denominator
    ]


def _by_intervals(values: Sequence[float], widths: Sequence[float]) -> _WorkedOut | str:
    if min(widths) <= 0:
        return "an interval has no width"
    weights = [(_WIDTH_IN_ERRORS / width) ** 2 for width in widths]
    slope, precision = _line(_TIMES, values, weights)
    return slope**2 * precision, slope, _leaving_one_out(values, weights)


def _by_proportions(counts: Sequence[float], denominators: Sequence[float]) -> _WorkedOut | str:
    pairs = list(zip(counts, denominators, strict=True))
    if any(count > of for count, of in pairs):
        return "a count is above its denominator, so these are not proportions"
    if any(count == of or count <= 0 for count, of in pairs):
        return "a count is nobody or everybody"
    people, counted = sum(denominators), sum(counts)
    at = sum(time * of for time, of in zip(_TIMES, denominators, strict=True))
    across = people * sum(time * count for time, count in zip(_TIMES, counts, strict=True)) - counted * at
    spread = people * sum(time**2 * of for time, of in zip(_TIMES, denominators, strict=True)) - at**2
    chi2 = people * across**2 / (counted * (people - counted) * spread)
    odds = [log(count / (of - count)) for count, of in pairs]
    level = [1.0] * POINTS
    return chi2, _line(_TIMES, odds, level)[0], _leaving_one_out(odds, level)


_TIMES = tuple(float(time) for time in range(1, POINTS + 1))


def _leaving_one_out(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    return [
        _line(*(_without(each, place) for each in (_TIMES, values, weights)))[0] for place in range(POINTS)
    ]


def _without(values: Sequence[float], place: int) -> list[float]:
    return [*values[:place], *values[place + 1 :]]


def _line(times: Sequence[float], values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Slope of the weighted least-squares line, and its precision: one over its squared standard error."""
    # Plain numbers: for five points they are several times quicker than arrays.
    middle = sum(weight * time for weight, time in zip(weights, times, strict=True)) / sum(weights)
    precision = rise = 0.0
    for time, value, weight in zip(times, values, weights, strict=True):
        precision += weight * (time - middle) ** 2
        rise += weight * (time - middle) * value
    return rise / precision, precision
