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

from wherewithal.analyse.reviews.screening.ranking.rows import Bools, Floats, Ints
from wherewithal.analyse.reviews.screening.ranking.space import Space, Table

C = 0.11
"""How much a wrong record counts against a simple rule: ELAS u4's value."""

RATIO = 9.8
"""How many times as much the included count, all together, as the excluded: ELAS u4's value."""

TOLERANCE = 1e-7
"""Largest root mean square error of the linear system. Far below what separates two records' scores."""

ROUGH = 1e-2
"""The same where only the next few records matter: the mean loss on SYNERGY is the same to four places."""

_ROUNDS = 100
_STEPS = 1000


@dataclass(frozen=True)
class Solution:
    """``weights`` of the shared terms, the constant ``offset``, and each labelled record's ``share`` in them.

    ``share`` is over all records (0 for those without a decision): where the next solution starts.
    """

    weights: Floats
    offset: float
    share: Floats

    def scores(self, features: Space) -> Floats:
        """Every record's distance to the boundary, in favour of inclusion; for unread records only.

        A record that was learnt from also has its own terms, which are left out here.
        """
        found: Floats = features.shared.times(self.weights) + self.offset
        return found


def sample_weights(included: Bools, *, ratio: float = RATIO) -> Floats:
    """Weights that make the included count ``ratio`` times the excluded, one on average (records,)."""
    yes = int(included.sum())
    no = len(included) - yes
    weights = np.where(included, 1.0, yes / (ratio * no))
    scaled: Floats = weights * (len(included) / weights.sum())
    return scaled


def solve(
    features: Space,
    labelled: Ints,
    included: Bools,
    *,
    start: Solution | None = None,
    rows: Table | None = None,
    c: float = C,
    ratio: float = RATIO,
    tolerance: float = TOLERANCE,
) -> Solution:
    """The model of these decisions: ``labelled`` are record numbers, ``included`` the decision on each.

    ``start`` is an earlier solution: the result does not depend on it beyond ``tolerance``, the time does.
    ``rows`` are those of ``labelled``, where they are at hand. Raises ValueError where the decisions are all
    of one kind: nothing can then be told apart.
    """
    if included.all() or not included.any():
        raise ValueError("decisions of both kinds are needed")
    rows = features.shared.taken(labelled) if rows is None else rows
    cost = c * sample_weights(included, ratio=ratio)
    system = _System(rows, features.own[labelled], np.where(included, 1.0, -1.0), cost)
    at = system.begin(start, labelled)
    # With this C nearly every record matters, so all of them are the best first guess.
    active = np.ones(len(labelled), dtype=np.bool_)
    lowest = np.inf
    for _ in range(_ROUNDS):
        new = system.solve(active, at, tolerance)
        # A full step nearly always goes down. Where it does not, half steps do.
        while (height := system.height(new)) > lowest * (1 + 1e-9) and not np.allclose(new.share, at.share):
            new = new.halfway(at)
        at, lowest = new, height
        still = system.sign * system.values(at) < 1
        if (still == active).all():
            break
        active = still
    share = np.zeros(len(features))
    share[labelled] = at.share
    return Solution(rows.summed(at.share), float(at.share.sum()), share)


@dataclass(frozen=True)
class _Point:
    """Coefficients (labelled,), and what the model they make says of each record but for its own terms."""

    share: Floats
    told: Floats

    def halfway(self, other: _Point) -> _Point:
        return _Point((self.share + other.share) / 2, (self.told + other.told) / 2)


class _System:
    """The linear system behind the model, in the coefficients of the labelled records.

    The kernel is the rows' products plus one for the offset; ``own`` are terms that only one record has. It is
    never written out: a product with it is two products with the rows.
    """

    def __init__(self, rows: Table, own: Floats, sign: Floats, cost: Floats) -> None:
        self.rows = rows
        self.own = own
        self.sign = sign
        self.cost = cost

    def begin(self, start: Solution | None, labelled: Ints) -> _Point:
        """Where to start: an earlier solution as far as its records are still labelled, or nothing."""
        if start is None:
            return _Point(np.zeros(len(labelled)), np.zeros(len(labelled)))
        share = start.share[labelled]
        if np.count_nonzero(share) == np.count_nonzero(start.share):
            return _Point(share, self.rows.times(start.weights) + start.offset)
        return self._at(share)

    def _at(self, share: Floats) -> _Point:
        return _Point(share, self.rows.times(self.rows.summed(share)) + share.sum())

    def values(self, at: _Point) -> Floats:
        """w·x + b for each labelled record, its own terms included."""
        found: Floats = at.told + self.own * at.share
        return found

    def height(self, at: _Point) -> float:
        """The objective there."""
        values = self.values(at)
        short = np.maximum(0, 1 - self.sign * values)
        return float(at.share @ values / 2 + (self.cost * short**2).sum())

    def solve(self, active: Bools, at: _Point, tolerance: float) -> _Point:
        """The point if exactly ``active`` records matter: coefficients are zero for all others."""
        if at.share[~active].any():
            at = self._at(np.where(active, at.share, 0))
        added = self.own + 1 / (2 * self.cost)
        share, told = at.share, at.told
        left = active * (self.sign - told - added * share)
        enough = tolerance**2 * np.count_nonzero(active)
        # The diagonal is known: a shared row's squared length is what its own terms leave of one.
        scale = 1 / (1 + (1 - self.own) + added)
        direction = scaled = scale * left
        size = left @ scaled
        for _ in range(_STEPS):
            if left @ left <= enough:
                break
            seen = self.rows.times(self.rows.summed(direction)) + direction.sum()
            image = active * (seen + added * direction)
            step = size / (direction @ image)
            share = share + step * direction
            told = told + step * seen
            left = left - step * image
            scaled = scale * left
            size, before = left @ scaled, size
            direction = scaled + (size / before) * direction
        return _Point(share, told)
