"""Rates and proportions of whole columns at once: the limits of ``intervals``, thousands in one call.

    found = rates(counts, people, multiplier=10_000)
    found.value, found.low, found.high

The methods and their sources are those of ``intervals``; one by one gives the same numbers. A limit that a method does
not give is NaN here.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri

from wherewithal.statistics.intervals import FEWEST_FOR_BYAR

Floats = NDArray[np.float64]


class Column(NamedTuple):
    """Values with their limits, in the order that they were given."""

    value: Floats
    low: Floats
    high: Floats


def rates(
    counts: ArrayLike, denominators: ArrayLike, *, multiplier: float = 100_000.0, confidence: float = 0.95
) -> Column:
    """Events per ``multiplier`` of the denominators: exact limits below ten events, then Byar's.

    Raises ValueError where the two differ in length, a count is below nought or missing, a denominator is not above
    nought, or the confidence is outside 0 to 1.
    """
    events, people, z = _checked(counts, denominators, confidence)
    alpha = 1 - confidence
    few = events < FEWEST_FOR_BYAR
    safe = np.where(events > 0, events, 1.0)
    with np.errstate(invalid="ignore"):
        low = events * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3
    above = events + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    low[few] = np.where(events[few] > 0, chdtri(2 * safe[few], 1 - alpha / 2) / 2, 0.0)
    high[few] = chdtri(2 * events[few] + 2, alpha / 2) / 2
    scale = multiplier / people
    return Column(events * scale, np.where(low < 0, np.nan, low) * scale, high * scale)


def proportions(
    counts: ArrayLike, denominators: ArrayLike, *, multiplier: float = 1.0, confidence: float = 0.95
) -> Column:
    """Counts of the denominators, times ``multiplier`` (100 for percentages), with Wilson's limits.

    Raises ValueError as ``rates`` does, and for a count above its denominator.
    """
    found, people, z = _checked(counts, denominators, confidence)
    if (found > people).any():
        raise ValueError("a proportion cannot count more than there are")
    middle = 2 * found + z * z
    spread = z * np.sqrt(z * z + 4 * found * (1 - found / people))
    scale = multiplier / (2 * (people + z * z))
    return Column(
        found / people * multiplier,
        np.maximum((middle - spread) * scale, 0.0),
        np.minimum((middle + spread) * scale, multiplier),
    )


def _checked(counts: ArrayLike, denominators: ArrayLike, confidence: float) -> tuple[Floats, Floats, float]:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, as in 0.95; got {confidence}")
    found = np.asarray(counts, dtype=np.float64)
    people = np.asarray(denominators, dtype=np.float64)
    if found.shape != people.shape or found.ndim != 1:
        raise ValueError(f"{found.size} counts and {people.size} denominators: one of each is needed")
    if not (found >= 0).all():
        raise ValueError("a count is below nought or missing")
    if not (people > 0).all():
        raise ValueError("a denominator is not above nought, or missing")
    return found, people, NormalDist().inv_cdf((1 + confidence) / 2)
