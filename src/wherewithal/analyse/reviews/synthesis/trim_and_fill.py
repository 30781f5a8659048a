"""Trim and fill: how many studies would make the funnel even, and what the answer would be with them.

Source: Duval and Tweedie, Biometrics 56 (2000) 455, estimators L0 and R0. A what-if, not a correction: it assumes that
what is missing is missing for its result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.batch import everything
from wherewithal.analyse.reviews.synthesis.fitting import fit_many, known
from wherewithal.analyse.reviews.synthesis.pooling import Pooled, pool
from wherewithal.analyse.reviews.synthesis.small_studies import pet
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge, Floats, checked

ROUNDS = 100
Side = Literal["left", "right"]


@dataclass(frozen=True)
class Filled:
    """``missing`` studies on ``side`` with the standard error of their number; the pooled effect with them filled in.

    ``effects`` and ``variances`` are the studies filled in, each (missing,).
    """

    estimator: str
    side: Side
    missing: int
    missing_se: float
    pooled: Pooled
    effects: Floats
    variances: Floats


def trim_and_fill(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    estimator: Literal["L0", "R0"] = "L0",
    side: Side | None = None,
    method: str = "REML",
    test: str = "z",
    exact: bool = False,
    labels: Sequence[str] | None = None,
) -> Filled:
    """Trim and fill. Without ``side``, studies are missing where Egger's line says: against its slope.

    Raises BadInput as ``pool`` and with fewer than three studies, DidNotConverge where the number never settles.
    """
    known(method, test)
    y, v = checked(effects, variances, labels=labels, fewest=3)
    chosen = side or _side(y, v, method, exact)
    sign = -1.0 if chosen == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    ordered, spread = (sign * y)[order], v[order]
    before, missing, error, center = -1, 0, 0.0, 0.0
    for _ in range(ROUNDS):
        if missing == before:
            break
        before = missing
        if y.size - missing < 2:
            raise _no_number()
        part, part_v = ordered[: y.size - missing], spread[: y.size - missing]
        batch = everything(part, part_v, np.ones((part.size, 1)))
        center = float(fit_many(batch, method, test, exact=exact).beta[0, 0])
        missing, error = _count(ordered - center, estimator)
    else:
        raise _no_number()
    filled = sign * (center - (ordered - center))[y.size - missing :]
    more = spread[y.size - missing :]
    pooled = pool(
        np.concatenate([y, filled]), np.concatenate([v, more]), method=method, test=test, exact=exact
    )
    return Filled(estimator, chosen, missing, error, pooled, filled, more)


def _side(y: Floats, v: Floats, method: str, exact: bool) -> Side:
    if np.ptp(v) <= 1e-12 * float(v.max()):
        return "left"
    return "right" if pet(y, v, method=method, exact=exact).coefficients[1].estimate < 0 else "left"


def _count(away: Floats, estimator: str) -> tuple[int, float]:
    """How many are missing on the left, from effects less their centre in ascending order, with its error."""
    k = away.size
    # Equally far from the centre, but for rounding: such effects share their ranks, or the last digit would decide.
    far = np.abs(away)
    _, place, alike = np.unique(
        np.round(far / max(float(far.max()), 1e-300), 9), return_inverse=True, return_counts=True
    )
    ranks = (np.cumsum(alike) - (alike - 1) / 2)[place]
    if estimator == "R0":
        below = ranks[away < 0]
        found = k - (float(below.max()) if below.size else 0.0) - 1
        number = max(0, round(found))
        return number, float(np.sqrt(2 * max(0.0, found) + 2))
    score = float(ranks[away > 0].sum())
    found = (4 * score - k * (k + 1)) / (2 * k - 1)
    n = found
    variance = (
        k * (k + 1) * (2 * k + 1) + 10 * n**3 + 27 * n**2 + 17 * n - 18 * k * n**2 - 18 * k * n + 6 * k**2 * n
    ) / 24
    return max(0, round(found)), float(4 * np.sqrt(max(0.0, variance)) / (2 * k - 1))


def _no_number() -> DidNotConverge:
    return DidNotConverge(
        "Trim and fill does not settle on a number of missing studies, so it gives no result."
    )
