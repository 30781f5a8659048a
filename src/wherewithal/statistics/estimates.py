"""A proportion, a rate or a mean with its interval, as public health in England publishes them.

Sources: the technical guide "Public health data: confidence intervals" of the Office for Health Improvement and
Disparities; limits as in ``intervals``. Agrees with the test results of the R package PHEindicatormethods 2.1.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

from scipy.special import stdtrit

from wherewithal.statistics import intervals


@dataclass(frozen=True)
class Estimate:
    """A value with the interval that chance puts round it, and the ``method`` that gave the interval.

    ``low`` and ``high`` are None where the method gives no such limit.
    """

    value: float
    low: float | None
    high: float | None
    method: str
    confidence: float = 0.95


def proportion(
    count: float, denominator: float, *, multiplier: float = 1.0, confidence: float = 0.95
) -> Estimate:
    """``count`` of ``denominator``, times ``multiplier`` (100 for percentages), with Wilson's limits.

    Raises ValueError where the count is not between nought and the denominator, the denominator is not above
    nought, or the confidence is outside 0 to 1.
    """
    limits = intervals.wilson(count, denominator, multiplier=multiplier, confidence=confidence)
    return Estimate(count / denominator * multiplier, limits.low, limits.high, "Wilson", confidence)


def crude_rate(
    count: float, denominator: float, *, multiplier: float = 100_000.0, confidence: float = 0.95
) -> Estimate:
    """``count`` events per ``multiplier`` of ``denominator``: exact limits below ten events, then Byar's.

    Raises ValueError for a negative count, a denominator that is not above nought, or a confidence outside 0
    to 1. A count above the denominator is allowed: one child can be referred twice.
    """
    limits = intervals.rate(count, denominator, multiplier=multiplier, confidence=confidence)
    method = "exact Poisson" if count < intervals.FEWEST_FOR_BYAR else "Byar"
    return Estimate(count / denominator * multiplier, limits.low, limits.high, method, confidence)


def mean(values: Sequence[float], *, confidence: float = 0.95) -> Estimate:
    """The arithmetic mean with limits from Student's t distribution.

    One value alone has no interval. Raises ValueError where there is none, where one is not a number, or for
    a confidence outside 0 to 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, as in 0.95; got {confidence}")
    if not values:
        raise ValueError("a mean needs at least one value")
    if not all(isfinite(value) for value in values):
        raise ValueError("a mean needs numbers; leave out the values that are missing")
    size = len(values)
    middle = sum(values) / size
    if size == 1:
        return Estimate(middle, None, None, "Student's t", confidence)
    deviation = sqrt(sum((value - middle) ** 2 for value in values) / (size - 1))
    spread = float(stdtrit(size - 1, (1 + confidence) / 2)) * deviation / sqrt(size)
    return Estimate(middle, middle - spread, middle + spread, "Student's t", confidence)
