"""A linear support vector machine with squared hinge loss, solved exactly and from where it last stood.

For records x with decisions t (+1 included, -1 excluded) and weights s, the model is the w and b that make

    ||w||² / 2 + b² / 2 + C Σ s_i max(0, 1 - t_i (w·x_i + b))²

smallest. That is the objective of LIBLINEAR's L2-loss SVM (Fan and others, 2008, JMLR 9), which ASReview's
ELAS u4 uses with C = 0.11. The weights make the excluded together count 1 / 9.8 as much as the included, and
average one.

At the minimum only records with t_i (w·x_i + b) < 1 matter, and w is a sum of their rows. Given which they
are, the sum's coefficients solve a linear system; the set is then read off again until it stays the same
(Keerthi and DeCoste, 2005, JMLR 6: the modified finite Newton method). The system is solved by conjugate
gradients that start from the last solution, so one more decision costs a few products with a sparse matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wherewithal.analyse.reviews.screening.ranking.words import Floats, Ints, WordFeatures

C = 0.11
"""How much a wrong record counts against a simple rule: ELAS u4's value."""

RATIO = 9.8
"""How many times as much the included count, all together, as the excluded: ELAS u4's value."""

TOLERANCE = 1e-7
"""Largest root mean square error of the linear system. Far below what separates two records' scores."""

_ROUNDS = 100
_STEPS = 1000

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Solution:
    """``weights`` of the shared terms, the constant ``offset``, and each labelled record's ``share`` in them.

    ``share`` is over all records (0 for those without a decision): where the next solution starts.
    """

    weights: Floats
    offset: float
    share: Floats

    def scores(self, features: WordFeatures) -> Floats:
        """Every record's distance to the boundary, in favour of inclusion; for unread records only.

        A record that was learnt from also has its own terms, which are left out here.
        """
        found: Floats = features.shared @ self.weights + self.offset
        return found


def sample_weights(included: Bools, *, ratio: float = RATIO) -> Floats:
    """Weights that make the included count ``ratio`` times the excluded, one on average (records,)."""
    yes = int(included.sum())
    no = len(included) - yes
    weights = np.where(included, 1.0, yes / (ratio * no))
    scaled: Floats = weights * (len(included) / weights.sum())
    return scaled


def solve(
    features: WordFeatures,
    labelled: Ints,
    included: Bools,
    *,
    start: Floats | None = None,
    c: float = C,
    ratio: float = RATIO,
    tolerance: float = TOLERANCE,
) -> Solution:
    """The model of these decisions: ``labelled`` are record numbers, ``included`` the decision on each.

    ``start`` is the ``share`` of an earlier solution. The result does not depend on it, only the time does.
    Raises ValueError where the decisions are all of one kind: nothing can then be told apart.
    """
    if included.all() or not included.any():
        raise ValueError("decisions of both kinds are needed")
    system = _System(features, labelled, included, c * sample_weights(included, ratio=ratio))
    share = np.zeros(len(labelled)) if start is None else start[labelled]
    # With this C nearly every record matters, so all of them are the best first guess.
    active = np.ones(len(labelled), dtype=np.bool_)
    lowest = np.inf
    for _ in range(_ROUNDS):
        new = system.solve(active, share, tolerance)
        values = system.values(new)
        height = system.height(new, values)
        # A full step nearly always goes down. Where it does not, half steps do.
        while height > lowest * (1 + 1e-9) and not np.allclose(new, share):
            new = (new + share) / 2
            values = system.values(new)
            height = system.height(new, values)
        share, lowest = new, height
        still = system.sign * values < 1
        if (still == active).all():
            break
        active = still
    everyone = np.zeros(len(features))
    everyone[labelled] = share
    return Solution(system.rows.T @ share, float(share.sum()), everyone)


class _System:
    """The labelled records' part of the problem: products with the matrix of their likeness."""

    def __init__(self, features: WordFeatures, labelled: Ints, included: Bools, cost: Floats) -> None:
        self.rows = features.shared[labelled]
        self.own = features.own[labelled]
        self.sign = np.where(included, 1.0, -1.0)
        self.cost = cost

    def values(self, share: Floats) -> Floats:
        """w·x + b for each labelled record, its own terms included."""
        found: Floats = self.rows @ (self.rows.T @ share) + share.sum() + self.own * share
        return found

    def height(self, share: Floats, values: Floats) -> float:
        """The objective at ``share``, whose ``values`` are known."""
        short = np.maximum(0, 1 - self.sign * values)
        return float(share @ values / 2 + (self.cost * short**2).sum())

    def solve(self, active: Bools, start: Floats, tolerance: float) -> Floats:
        """The coefficients if exactly ``active`` records matter: zero for all others (labelled,)."""
        which = np.flatnonzero(active)
        rows, added = self.rows[which], self.own[which] + 1 / (2 * self.cost[which])
        back = rows.T
        x = start[which]
        left = self.sign[which] - (rows @ (back @ x) + x.sum() + added * x)
        # The diagonal is known: a shared row's squared length is what its own terms leave of one.
        scale = 1 / (1 + (1 - self.own[which]) + added)
        direction = scaled = scale * left
        size = left @ scaled
        for _ in range(_STEPS):
            if left @ left <= tolerance**2 * len(which):
                break
            image = rows @ (back @ direction) + direction.sum() + added * direction
            step = size / (direction @ image)
            x = x + step * direction
            left = left - step * image
            scaled = scale * left
            size, before = left @ scaled, size
            direction = scaled + (size / before) * direction
        share = np.zeros(len(start))
        share[which] = x
        return share
