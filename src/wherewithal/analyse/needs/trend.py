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

import numpy as np
from numpy.typing import NDArray

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
    first, second = np.array([figures for _, *figures in last], dtype=np.float64).T
    worked_out = (_by_intervals if basis is Basis.INTERVALS else _by_proportions)(first, second)
    if isinstance(worked_out, str):
        return Trend(Direction.CANNOT, polarity, periods, reason=worked_out)
    chi2, slope, left_out = worked_out
    if chi2 <= CRITICAL or len({np.sign(each) for each in left_out}) > 1:
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


def _by_intervals(values: NDArray[np.float64], widths: NDArray[np.float64]) -> _WorkedOut | str:
    if np.any(widths <= 0):
        return "an interval has no width"
    weights = (_WIDTH_IN_ERRORS / widths) ** 2
    slope, precision = _line(_TIMES, values, weights)
    return slope**2 * precision, slope, _leaving_one_out(values, weights)


def _by_proportions(counts: NDArray[np.float64], denominators: NDArray[np.float64]) -> _WorkedOut | str:
    if np.any(counts > denominators):
        return "a count is above its denominator, so these are not proportions"
    if np.any(counts == denominators) or np.any(counts <= 0):
        return "a count is nobody or everybody"
    people, counted = denominators.sum(), counts.sum()
    across = people * (counts * _TIMES).sum() - counted * (denominators * _TIMES).sum()
    spread = people * (denominators * _TIMES**2).sum() - (denominators * _TIMES).sum() ** 2
    chi2 = float(people * across**2 / (counted * (people - counted) * spread))
    odds = np.log(counts / (denominators - counts))
    level = np.ones(POINTS)
    return chi2, _line(_TIMES, odds, level)[0], _leaving_one_out(odds, level)


_TIMES = np.arange(1, POINTS + 1, dtype=np.float64)


def _leaving_one_out(values: NDArray[np.float64], weights: NDArray[np.float64]) -> list[float]:
    return [
        _line(np.delete(_TIMES, i), np.delete(values, i), np.delete(weights, i))[0] for i in range(POINTS)
    ]


def _line(
    times: NDArray[np.float64], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope of the weighted least-squares line, and its precision: one over its squared standard error."""
    total = weights.sum()
    from_middle = times - (weights * times).sum() / total
    precision = float((weights * from_middle**2).sum())
    return float((weights * from_middle * values).sum()) / precision, precision
