"""Confidence limits for counts, rates and proportions, as public health in England works them out.

Sources: the technical guide "Public health data: confidence intervals" of the Office for Health Improvement
and Disparities (formerly Association of Public Health Observatories, technical briefing 3); Byar's
approximation as in Breslow and Day, "Statistical methods in cancer research", volume 2 (IARC 1987), page 69;
Wilson, "Probable inference", Journal of the American Statistical Association 22 (1927), pages 209 to 212.
Agrees with the test results of the R package PHEindicatormethods to 1e-13.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from scipy.special import chdtri

FEWEST_FOR_BYAR = 10
"""Below this count the exact limits are used: Byar's approximation is too rough there."""


class Limits(NamedTuple):
    """A confidence interval. ``low`` is None where the method gives no lower limit."""

    low: float | None
    high: float


def byar(count: float, confidence: float = 0.95) -> Limits:
    """Limits of a Poisson count by Byar's approximation, in events.

    The lower limit is None where the formula falls below nought, which it does for very small counts.
    Raises ValueError for a negative count or a confidence outside 0 to 1.
    """
    z = _z(confidence)
    _not_negative(count)
    low = None
    if count > 0:
        low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    above = count + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return Limits(low if low is not None and low >= 0 else None, high)


def exact_poisson(count: float, confidence: float = 0.95) -> Limits:
    """Exact limits of a Poisson count, in events, from the chi-squared distribution.

    Raises ValueError for a negative count or a confidence outside 0 to 1.
    """
    _z(confidence)
    _not_negative(count)
    alpha = 1 - confidence
    low = float(chdtri(2 * count, 1 - alpha / 2)) / 2 if count > 0 else 0.0
    high = float(chdtri(2 * count + 2, alpha / 2)) / 2
    return Limits(low, high)


def rate(count: float, denominator: float, *, multiplier: float = 1.0, confidence: float = 0.95) -> Limits:
    """Limits of a rate of ``count`` events per ``multiplier`` of ``denominator`` (100,000 people, say).

    Exact below ten events, Byar's approximation from ten. Raises ValueError for a negative count, a
    denominator that is not above nought, or a confidence outside 0 to 1.
    """
    if denominator <= 0:
        raise ValueError(f"a rate needs a denominator above nought; got {denominator}")
    limits = (exact_poisson if count < FEWEST_FOR_BYAR else byar)(count, confidence)
    scale = multiplier / denominator
    return Limits(None if limits.low is None else limits.low * scale, limits.high * scale)


def wilson(count: float, denominator: float, *, multiplier: float = 1.0, confidence: float = 0.95) -> Limits:
    """Limits of the proportion ``count`` of ``denominator`` by Wilson's score method, times ``multiplier``.

    ``multiplier`` is 100 for percentages. Raises ValueError where the count is not between nought and the
    denominator, the denominator is not above nought, or the confidence is outside 0 to 1.
    """
    z = _z(confidence)
    _not_negative(count)
    if denominator <= 0:
        raise ValueError(f"a proportion needs a denominator above nought; got {denominator}")
    if count > denominator:
        raise ValueError(f"a proportion cannot count {count} of {denominator}")
    middle = 2 * count + z * z
    spread = z * sqrt(z * z + 4 * count * (1 - count / denominator))
    scale = multiplier / (2 * (denominator + z * z))
    # Rounding in the last digit must not put a limit outside what a proportion can be.
    return Limits(max((middle - spread) * scale, 0.0), min((middle + spread) * scale, multiplier))


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, as in 0.95; got {confidence}")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _not_negative(count: float) -> None:
    if count < 0:
        raise ValueError(f"a count cannot be below nought; got {count}")
