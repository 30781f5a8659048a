"""How far tau² could be from its estimate: the interval by profiling Q.

Source: Viechtbauer, Statistics in Medicine 26 (2007) 37. Exact under the model, for any estimator of tau².
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.batch import everything
from wherewithal.analyse.reviews.synthesis.design import Moderators
from wherewithal.analyse.reviews.synthesis.distributions import chi2_at
from wherewithal.analyse.reviews.synthesis.fitting import checked_confidence
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.synthesis.regression import model
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked
from wherewithal.analyse.reviews.synthesis.zero import root


@dataclass(frozen=True)
class Heterogeneity:
    """Intervals of tau², tau, I² (per cent) and H², each from the same profile."""

    tau2: Interval
    tau: Interval
    i2: Interval
    h2: Interval


def between_interval(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    moderators: Moderators | None = None,
    *,
    confidence: float = 0.95,
) -> Heterogeneity:
    """The interval of tau², with an end of 0 where Q is smaller than the profile needs. Raises BadInput."""
    checked_confidence(confidence)
    if moderators:
        ready, _ = model(effects, variances, moderators)
        batch = ready.batch
    else:
        y, v = checked(effects, variances)
        batch = everything(y, v, np.ones((y.size, 1)))
    spare = float(batch.spare[0])
    plain = batch.weighted(1.0 / batch.variances)
    typical = spare / float(plain.trace_p[0])
    ends = [
        _where(lambda tau2: float(batch.at(_one(tau2)).rss[0]), float(chi2_at(share, spare)), typical)
        for share in (0.5 + confidence / 2, 0.5 - confidence / 2)
    ]
    low, high = ends
    return Heterogeneity(
        tau2=Interval(low, high),
        tau=Interval(low**0.5, high**0.5),
        i2=Interval(100 * low / (low + typical), 100 * high / (high + typical)),
        h2=Interval(low / typical + 1, high / typical + 1),
    )


def _one(value: float) -> Floats:
    return np.array([value])


def _where(q: Callable[[float], float], target: float, typical: float) -> float:
    """The tau² at which Q comes down to ``target``."""
    if q(0.0) <= target:
        return 0.0
    far = typical
    while q(far) > target:
        far *= 2
    return root(lambda tau2: q(tau2) - target, 0.0, far, 1e-12 * typical)
