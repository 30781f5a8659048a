"""Fail-safe N: how many unseen studies of no effect would overturn the answer. Given because readers ask for it.

Not advised: it takes the unseen studies to find nothing at all on average, looks at p or an average without how studies
differ, and has no sampling theory (Becker, in Publication Bias in Meta-Analysis (2005) 111). Look at the funnel and the
tests of small studies instead.

Sources: Rosenthal, Psychological Bulletin 86 (1979) 638; Orwin, Journal of Educational Statistics 8 (1983) 157;
Rosenberg, Evolution 59 (2005) 464.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.distributions import normal_above, normal_at
from wherewithal.analyse.reviews.synthesis.studies import checked
from wherewithal.errors import BadInput, Problem

CAUTION = (
    "Fail-safe N is not advised: it supposes that unseen studies found nothing on average and says nothing of how "
    "studies differ. Report the funnel and the tests of small studies beside it, or instead of it."
)


@dataclass(frozen=True)
class FailSafe:
    """``number`` of studies that would bring the answer to ``target``.

    ``target`` is a p (Rosenthal, Rosenberg) or an average effect (Orwin); ``p`` is that of the studies there are, None
    for Orwin. ``caution`` is to be shown wherever the number is.
    """

    kind: str
    number: int
    target: float
    p: float | None
    caution: str = CAUTION


def rosenthal(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    alpha: float = 0.05,
    labels: Sequence[str] | None = None,
) -> FailSafe:
    """Studies of no effect that would bring Stouffer's one-sided p to ``alpha``. Raises BadInput as ``pool``."""
    y, v = checked(effects, variances, labels=labels)
    total = abs(float(np.sum(y / np.sqrt(v))))
    needed = (total / float(normal_at(1 - _share(alpha)))) ** 2 - y.size
    return FailSafe("Rosenthal", max(0, ceil(needed)), alpha, float(normal_above(total / sqrt(y.size))))


def rosenberg(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    alpha: float = 0.05,
    labels: Sequence[str] | None = None,
) -> FailSafe:
    """Studies of no effect and average weight that would bring the common effect's two-sided p to ``alpha``."""
    y, v = checked(effects, variances, labels=labels)
    weights = 1 / v
    total = float(weights @ y)
    whole = float(weights.sum())
    reach = float(normal_at(1 - _share(alpha) / 2))
    needed = y.size * ((total / reach) ** 2 - whole) / whole
    return FailSafe(
        "Rosenberg", max(0, ceil(needed)), alpha, float(2 * normal_above(abs(total) / sqrt(whole)))
    )


def orwin(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    target: float | None = None,
    labels: Sequence[str] | None = None,
) -> FailSafe:
    """Studies of no effect that would bring the plain average effect to ``target``; half of it where none is given.

    Raises BadInput as ``pool``, and for a target that is 0, or further from 0 than the average, or on its other side.
    """
    y, _ = checked(effects, variances, labels=labels)
    mean = float(y.mean())
    aim = mean / 2 if target is None else target
    if aim == 0 or aim * mean < 0 or abs(aim) > abs(mean):
        raise BadInput(
            "Studies of no effect cannot bring the average there.",
            [
                Problem(
                    "target",
                    f"{aim:g}",
                    f"between 0 and the average of {mean:g}",
                    "Name the smallest effect that would still matter.",
                )
            ],
        )
    return FailSafe("Orwin", max(0, ceil(y.size * (mean - aim) / aim - 1e-9)), aim, None)


def _share(alpha: float) -> float:
    if not 0 < alpha < 0.5:
        raise BadInput(f"alpha is a p between 0 and 0.5, not {alpha}.")
    return alpha
