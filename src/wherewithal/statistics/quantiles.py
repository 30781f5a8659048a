"""Places put into groups of equal size by their value: fifths, tenths, quarters.

The rule is that of the R package PHEindicatormethods (``phe_quantile``): ties share a place, and a set with
fewer values than groups is not divided.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ranks(values: Sequence[float | None], *, highest_first: bool = False) -> list[int | None]:
    """The rank of every value, 1 first; equal values share the better rank and the next is left out.

    A missing value has no rank.
    """
    known = sorted((value for value in values if value is not None), reverse=highest_first)
    first: dict[float, int] = {}
    for number, value in enumerate(known, 1):
        first.setdefault(value, number)
    return [None if value is None else first[value] for value in values]


def quantile_groups(
    values: Sequence[float | None], groups: int, *, highest_first: bool = False
) -> list[int | None]:
    """Which of ``groups`` each value falls in. None for a missing value, and for all where there are too few.

    Group 1 holds the lowest values; with ``highest_first``, the highest. Ask for the highest first where low is
    good, and group 1 is the worst either way. Raises ValueError for fewer than two groups.
    """
    if groups < 2:
        raise ValueError(f"values are divided into two groups or more; got {groups}")
    size = sum(value is not None for value in values)
    if size < groups:
        return [None] * len(values)
    found: list[int | None] = []
    for rank in ranks(values, highest_first=highest_first):
        if rank is None:
            found.append(None)
            continue
        group = floor((groups + 1) - ceil(((size + 1) - rank) / (size / groups)))
        found.append(max(group, 1))
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie, as a spreadsheet's PERCENTILE.INC finds it.

    Raises ValueError where there is no value, or the share is outside 0 to 1.
    """
    if not len(values):
        raise ValueError("a percentile needs at least one value")
    if not 0 <= share <= 1:
        raise ValueError(f"a percentile's share lies between 0 and 1; got {share}")
    return float(np.quantile(np.asarray(values, dtype=np.float64), share))
