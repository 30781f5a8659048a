"""The records nearest to each record in meaning, and scores that listen to them.

What a model makes of one short text is a guess; the guesses about the texts nearest to it are guesses about nearly the
same thing, and their mean is steadier. Smoothing over nearest neighbours is an old device of learning from few labels
(Zhou and others, 2004, NeurIPS 16); here only one step of it is made, and a person's decisions are left out of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.screening.ranking.meaning.network import Singles
from wherewithal.analyse.reviews.screening.ranking.rows import Floats, Ints

_AT_ONCE = 4_000_000
"""Likenesses worked out together: sixteen megabytes."""


@dataclass(frozen=True)
class Neighbours:
    """``numbers`` of the nearest records of each (records, most), and their ``weights``, which add up to one."""

    numbers: Ints
    weights: Floats

    def heard(self, scores: Floats, share: float) -> Floats:
        """Each record's score with ``share`` of it replaced by the weighted mean of its neighbours' (records,)."""
        around = np.einsum("ij,ij->i", self.weights, scores[self.numbers])
        found: Floats = (1 - share) * scores + share * around
        return found


def nearest(directions: Singles, most: int) -> Neighbours:
    """The ``most`` records nearest to each by cosine, weighted by it; ``directions`` have length one (records, width).

    Fewer where there are fewer. A record that is like none (all cosines zero or below) hears itself only.
    """
    records = len(directions)
    most = min(most, records - 1)
    if most < 1:
        return Neighbours(np.zeros((records, 1), dtype=np.int64), np.ones((records, 1)))
    numbers = np.empty((records, most), dtype=np.int64)
    weights = np.empty((records, most))
    for start in range(0, records, max(1, _AT_ONCE // records)):
        some = np.arange(start, min(records, start + max(1, _AT_ONCE // records)))
        likeness = directions[some] @ directions.T
        likeness[np.arange(len(some)), some] = -np.inf
        best = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
        numbers[some] = best
        weights[some] = np.take_along_axis(likeness, best, axis=1).clip(min=0)
    total = weights.sum(axis=1, keepdims=True)
    alone = total[:, 0] <= 0
    numbers[alone] = np.flatnonzero(alone)[:, None]
    weights[alone], total[alone] = 1 / most, 1
    return Neighbours(numbers, weights / total)
