"""A step selection model: what if studies with larger p were less likely to be seen?

Source: Vevea and Hedges, Psychometrika 60 (1995) 419. A study's chance of being seen is constant between the steps of
its one-sided p; the first is set at 1, the others are estimated by maximum likelihood with the pooled effect and
tau².
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.distributions import chi2_above, normal_above, normal_at
from wherewithal.analyse.reviews.synthesis.pooling import Interval, pool
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge, Floats, checked
from wherewithal.errors import BadInput, Problem

FAR = 300.0
"""Logarithms beyond this are beyond any number."""
SEARCH = {"gtol": 1e-8, "maxiter": 500}


@dataclass(frozen=True)
class Selection:
    """The pooled effect where selection is allowed for, beside the plain one by maximum likelihood.

    ``chances`` of being seen, relative to the first interval of p, one more than ``steps``; ``lr`` with ``lr_p`` tests
    whether they differ from 1 (chi-squared on the number of steps). ``counts`` are studies in each interval.
    """

    steps: tuple[float, ...]
    counts: tuple[int, ...]
    estimate: float
    se: float
    ci: Interval
    tau2: float
    chances: tuple[float, ...]
    lr: float
    lr_df: int
    lr_p: float
    plain: float


def selection_model(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    steps: Sequence[float] = (0.025,),
    alternative: Literal["greater", "less"] = "greater",
    labels: Sequence[str] | None = None,
) -> Selection:
    """Fit a step model. ``alternative`` is the direction in which a small p gets a study seen.

    Raises BadInput for steps that are not ascending between 0 and 1 and for an interval of p without a study, which
    no data can speak about; DidNotConverge where the likelihood has no clear top.
    """
    # Slow to import, and nothing else here needs it.
    from scipy import optimize

    y, v = checked(effects, variances, labels=labels, fewest=3)
    cuts = checked_steps(steps)
    sign = 1.0 if alternative == "greater" else -1.0
    se = np.sqrt(v)
    p = normal_above(sign * y / se)
    where = np.searchsorted(cuts, p, side="left")
    counts = np.bincount(where, minlength=cuts.size + 1)
    if np.any(counts == 0):
        raise BadInput(
            "Some intervals of p hold no study, so nothing can be said of the chance of being seen there.",
            [
                Problem(
                    f"interval {number + 1} of p", "no study", "at least one", "Use other or fewer steps."
                )
                for number in np.flatnonzero(counts == 0).tolist()
            ],
        )
    least = normal_at(1 - cuts)[None, :] * se[:, None]

    def lost(x: Floats) -> float:
        if np.abs(x[1:]).max() > FAR:
            return float("inf")
        return -_height(
            sign * y, v, where, least, float(x[0]), float(np.exp(x[1])), np.concatenate([[0.0], x[2:]])
        )

    begin = pool(sign * y, v, method="ML", exact=True)
    plain = -begin.log_likelihood
    found = None
    for share in (1.0, 0.3, 0.1):
        start = [
            begin.estimate,
            np.log(max(begin.tau2, 0.05 * float(v.mean()))),
            *([np.log(share)] * cuts.size),
        ]
        with np.errstate(invalid="ignore", over="ignore"):
            tried = optimize.minimize(lost, start, method="BFGS", options=SEARCH)  # type: ignore[no-untyped-call]
        if np.isfinite(tried.fun) and (found is None or tried.fun < found.fun - 1e-10):
            found = tried
    if found is None:
        raise _no_top()
    with np.errstate(invalid="ignore"):
        at, slopes, curve = _polished(lost, np.asarray(found.x))
    if not (np.all(np.isfinite(slopes)) and np.all(np.isfinite(curve))):
        raise _no_top()
    at_nought = at[1] < np.log(1e-8 * float(v.mean()))
    free = [i for i in range(at.size) if not (at_nought and i == 1)]
    try:
        covariance = np.linalg.inv(curve[np.ix_(free, free)])
    except np.linalg.LinAlgError as singular:
        raise _no_top() from singular
    if (
        not np.all(np.diag(covariance) > 0)
        or np.abs(slopes[free]).max() > 1e-3
        or np.any(np.abs(at[2:]) > 20)
    ):
        raise _no_top()
    tau2 = 0.0 if at_nought else float(np.exp(at[1]))
    error = float(np.sqrt(covariance[0, 0]))
    estimate = sign * float(at[0])
    lr = max(0.0, 2 * (plain - lost(at)))
    return Selection(
        steps=tuple(float(x) for x in cuts),
        counts=tuple(int(x) for x in counts),
        estimate=estimate,
        se=error,
        ci=Interval(estimate - 1.959963984540054 * error, estimate + 1.959963984540054 * error),
        tau2=tau2,
        chances=(1.0, *(float(x) for x in np.exp(at[2:]))),
        lr=lr,
        lr_df=int(cuts.size),
        lr_p=float(chi2_above(lr, cuts.size)),
        plain=sign * begin.estimate,
    )


def checked_steps(steps: Sequence[float]) -> Floats:
    """Steps (s,) as an array. Raises BadInput unless they ascend between 0 and 1."""
    cuts = np.asarray(steps, dtype=np.float64)
    if cuts.size == 0 or not (np.all(cuts > 0) and np.all(cuts < 1) and np.all(np.diff(cuts) > 0)):
        raise BadInput(
            "Steps are p-values between 0 and 1, each larger than the one before, such as 0.025 and 0.5."
        )
    return cuts


def _height(
    y: Floats, v: Floats, where: npt.NDArray[np.intp], least: Floats, mu: float, tau2: float, chances: Floats
) -> float:
    """Log-likelihood; ``least`` (k, steps) are the smallest effects that reach each step, ``chances`` as logs."""
    total = v + tau2
    above = normal_above((least - mu) / np.sqrt(total)[:, None])
    parts = np.diff(np.column_stack([np.zeros(y.size), above, np.ones(y.size)]), axis=1)
    seen = parts @ np.exp(chances)
    plain = -0.5 * np.log(2 * np.pi * total) - 0.5 * (y - mu) ** 2 / total
    return float(np.sum(plain + chances[where] - np.log(seen)))


def _polished(function: Callable[[Floats], float], at: Floats) -> tuple[Floats, Floats, Floats]:
    """Newton's steps with slopes and curvature by differences: the point, its slopes and its curvature."""
    slopes, curve = _slopes(function, at)
    for _ in range(8):
        try:
            step = np.linalg.solve(curve, slopes)
        except np.linalg.LinAlgError:
            break
        new = at - step
        if not np.all(np.isfinite(new)) or function(new) > function(at) + 1e-12:
            break
        at = new
        slopes, curve = _slopes(function, at)
        if np.abs(step).max() < 1e-10:
            break
    return at, slopes, curve


def _slopes(function: Callable[[Floats], float], at: Floats) -> tuple[Floats, Floats]:
    """First and second derivatives by central differences of fourth and second order."""
    n = at.size
    h = 1e-3 * np.maximum(0.1, np.abs(at))
    f = function
    slopes, curve = np.empty(n), np.empty((n, n))
    middle = f(at)
    for i in range(n):
        e = np.zeros(n)
        e[i] = h[i]
        one, back, two, far = (f(at + s * e) for s in (1, -1, 2, -2))
        slopes[i] = (8 * (one - back) - (two - far)) / (12 * h[i])
        curve[i, i] = (16 * (one + back) - (two + far) - 30 * middle) / (12 * h[i] ** 2)
        for j in range(i):
            d = np.zeros(n)
            d[j] = h[j]
            cross = sum(  # a mixed derivative of fourth order from two grids
                weight
                * (f(at + s * (e + d)) - f(at + s * (e - d)) - f(at - s * (e - d)) + f(at - s * (e + d)))
                / (4 * s * s * h[i] * h[j])
                for s, weight in ((1, 4 / 3), (2, -1 / 3))
            )
            curve[i, j] = curve[j, i] = cross
    return slopes, curve


def _no_top() -> DidNotConverge:
    return DidNotConverge(
        "The selection model's likelihood has no clear top for these studies, so there is no result.",
        [
            Problem(
                "studies",
                "too little to tell selection from effect",
                "more studies, or fewer steps",
                "Report the funnel and the tests of small studies instead.",
            )
        ],
    )
