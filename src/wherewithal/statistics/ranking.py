"""How sure a rank is: the ranks that a place could have, given how sure its value and the others' are.

Every value is drawn many times from its own interval, and all are ranked afresh each time. Most league tables
are far less sure than they look: Goldstein and Spiegelhalter, "League tables and their limitations", Journal of
the Royal Statistical Society A 159 (1996), pages 385 to 443.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from wherewithal.statistics.quantiles import ranks

QUARTERS = 4


@dataclass(frozen=True)
class RankRange:
    """The rank of one place, 1 first, ties sharing the better; and the ranks that it could as well have.

    ``low`` to ``high`` hold the middle ``confidence`` of the draws. ``quarters`` are the chances of lying in
    the first quarter of the places, the second, and so on. All are None where the place has no interval.
    """

    rank: int
    of: int
    low: int | None = None
    high: int | None = None
    quarters: tuple[float, ...] | None = None


def rank_ranges(
    values: Sequence[float | None],
    limits: Sequence[tuple[float, float] | None],
    *,
    highest_first: bool = False,
    draws: int = 5_000,
    seed: int = 1,
    level: float = 0.95,
    confidence: float = 0.95,
) -> list[RankRange | None]:
    """Every place's rank with its uncertainty; None for a place without a value.

    ``limits`` are each value's interval at ``level`` (0.95), which may reach further to one side than to the
    other. A value without an interval stays where it is while the others move, and is given no range. The
    same seed gives the same answer.

    Raises ValueError where lengths differ, limits do not lie round their value, or a level is outside 0 to 1.
    """
    if len(values) != len(limits):
        raise ValueError(f"{len(values)} values beside {len(limits)} intervals")
    if not (0 < level < 1 and 0 < confidence < 1):
        raise ValueError("a level of confidence lies between 0 and 1, as in 0.95")
    known = [number for number, value in enumerate(values) if value is not None]
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = np.array([values[number] for number in known], dtype=np.float64)
    below, above = np.zeros(len(known)), np.zeros(len(known))
    for place, number in enumerate(known):
        if (interval := limits[number]) is None:
            continue
        if not interval[0] <= centre[place] <= interval[1]:
            raise ValueError(f"value {number + 1}, {centre[place]:g}, lies outside its own interval")
        below[place], above[place] = (centre[place] - interval[0]) / z, (interval[1] - centre[place]) / z
    noise = np.random.default_rng(seed).standard_normal((draws, len(known)))
    drawn = centre + noise * np.where(noise > 0, above, below)
    order = np.argsort(-drawn if highest_first else drawn, axis=1)
    drawn_ranks = np.empty_like(order)
    np.put_along_axis(drawn_ranks, order, np.arange(1, len(known) + 1)[None, :], axis=1)
    tail = (1 - confidence) / 2
    plain = ranks(values, highest_first=highest_first)
    found: list[RankRange | None] = [None] * len(values)
    for place, number in enumerate(known):
        rank = plain[number]
        if rank is None:
            continue
        if limits[number] is None:
            found[number] = RankRange(rank, len(known))
            continue
        mine = drawn_ranks[:, place]
        low, high = np.quantile(mine, [tail, 1 - tail], method="inverted_cdf")
        quarter = np.minimum((mine - 1) * QUARTERS // len(known), QUARTERS - 1)
        chances = np.bincount(quarter, minlength=QUARTERS) / draws
        found[number] = RankRange(
            rank, len(known), min(int(low), rank), max(int(high), rank), tuple(chances.tolist())
        )
    return found
