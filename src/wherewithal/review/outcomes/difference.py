"""The difference between two independent shares or two independent averages, with its interval.

Sources: for shares, method 10 (the score interval without continuity correction) of R. G. Newcombe, "Interval
estimation for the difference between independent proportions: comparison of eleven methods", Statistics in
Medicine 17 (1998), pages 873 to 890; for averages, B. L. Welch, "The generalization of Student's problem when
several different population variances are involved", Biometrika 34 (1947), pages 28 to 35.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from scipy.special import stdtrit

from wherewithal.statistics.intervals import wilson


class Difference(NamedTuple):
    """The first less the second, with the limits of its interval."""

    value: float
    low: float
    high: float


def difference_of_shares(
    count: int, total: int, other_count: int, other_total: int, *, confidence: float = 0.95
) -> Difference:
    """``count`` of ``total`` less ``other_count`` of ``other_total``, from -1 to 1, by Newcombe's method 10.

    Raises ValueError where a count is not between nought and its total, a total is not above nought, or the
    confidence is outside 0 to 1.
    """
    limits = wilson(count, total, confidence=confidence)
    other = wilson(other_count, other_total, confidence=confidence)
    share, other_share = count / total, other_count / other_total
    below, above = share - (limits.low or 0.0), limits.high - share
    other_below, other_above = other_share - (other.low or 0.0), other.high - other_share
    value = share - other_share
    return Difference(
        value,
        max(value - sqrt(below**2 + other_above**2), -1.0),
        min(value + sqrt(above**2 + other_below**2), 1.0),
    )


def difference_of_means(
    mean: float,
    sd: float,
    number: int,
    other_mean: float,
    other_sd: float,
    other_number: int,
    *,
    confidence: float = 0.95,
) -> Difference:
    """``mean`` less ``other_mean``, in their own unit, with Welch's interval for unequal variances.

    ``sd`` are the sample standard deviations (divisor n - 1) and ``number`` how many scores stand behind each.
    Raises ValueError where a number is below 2, a standard deviation is not above nought, or the confidence is
    outside 0 to 1.
    """
    if min(number, other_number) < 2:
        raise ValueError(f"an average needs two scores or more; got {min(number, other_number)}")
    if not (sd > 0 and other_sd > 0):
        raise ValueError(f"a standard deviation lies above nought; got {sd} and {other_sd}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, as in 0.95; got {confidence}")
    # Divided by the larger before squaring, so that very small or large scores neither vanish nor overflow.
    scale = max(sd, other_sd)
    part, other_part = (sd / scale) ** 2 / number, (other_sd / scale) ** 2 / other_number
    freedom = (part + other_part) ** 2 / (part**2 / (number - 1) + other_part**2 / (other_number - 1))
    half = float(stdtrit(freedom, (1 + confidence) / 2)) * sqrt(part + other_part) * scale
    value = mean - other_mean
    return Difference(value, value - half, value + half)
