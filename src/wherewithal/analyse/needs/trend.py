"""Whether a figure is really changing: Fingertips' recent trend.

A straight line through the last five points that have a value and an interval, each weighted by the inverse
of its variance. It counts as a trend where the squared slope over its squared standard error exceeds the
chi-squared value for a chance of 1 in 500, and where the slope keeps its sign whichever of the five points is
left out (``TrendMarkerCalculator`` of ukhsa-collaboration/fingertips-open, MIT). Gaps are skipped: the code
of 2020 asks for an unbroken run, but the labels published since do not.
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


def recent_trend(points: Sequence[IndicatorRow], polarity: Polarity = Polarity.UNKNOWN) -> Trend:
    """The recent trend at the last of ``points``, which are one series in order of time.

    Gives "Cannot be calculated" with its reason for fewer than five points with a value and an interval, for
    intervals of no width, and for values that each cover several years, which share years with their
    neighbours.
    """
    if any(point.period_range not in ("", "1y") for point in points):
        return Trend(Direction.CANNOT, polarity, reason="each value covers more than one year")
    valid = [
        (point.period, point.order, point.value, point.low95, point.high95)
        for point in points
        if point.value is not None and point.low95 is not None and point.high95 is not None
    ]
    if len(valid) < POINTS:
        return Trend(
            Direction.CANNOT,
            polarity,
            reason=f"{len(valid)} of the {POINTS} values with an interval that it needs",
        )
    valid = valid[-POINTS:]
    periods = tuple(period for period, *_ in valid)
    unbroken = valid[-1][1] // 10_000 - valid[0][1] // 10_000 == POINTS - 1
    numbers = np.array([figures for _, _, *figures in valid], dtype=np.float64)
    values, widths = numbers[:, 0], numbers[:, 2] - numbers[:, 1]
    if np.any(widths <= 0):
        return Trend(Direction.CANNOT, polarity, periods, reason="an interval has no width")
    weights = (_WIDTH_IN_ERRORS / widths) ** 2
    times = np.arange(1, POINTS + 1, dtype=np.float64)
    slope, precision = _line(times, values, weights)
    chi2 = slope**2 * precision
    left_out = [
        np.sign(_line(np.delete(times, i), np.delete(values, i), np.delete(weights, i))[0])
        for i in range(POINTS)
    ]
    if chi2 <= CRITICAL or len(set(left_out)) > 1:
        direction = Direction.NO_CHANGE
    else:
        direction = Direction.INCREASING if slope > 0 else Direction.DECREASING
    return Trend(direction, polarity, periods, chi2, slope, unbroken=unbroken)


def _line(
    times: NDArray[np.float64], values: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope of the weighted least-squares line, and its precision: one over its squared standard error."""
    total = weights.sum()
    from_middle = times - (weights * times).sum() / total
    precision = float((weights * from_middle**2).sum())
    return float((weights * from_middle * values).sum()) / precision, precision
