"""Variance components of effects in blocks, by (restricted) maximum likelihood.

The covariance of a cluster is its sampling covariance plus a sum of components, each a known matrix times a number to
estimate. Steps are those of average information: Gilmour, Thompson and Cullis, Biometrics 51 (1995) 1440, cut so that
the likelihood never falls and every component stays possible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.synthesis.blocks import Blocks
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge, Floats, floats
from wherewithal.errors import Problem

MOST_STEPS = 200
HALVINGS = 40


@dataclass(frozen=True)
class At:
    """Generalised least squares at given components.

    ``total`` and ``inverse`` (G, m, m) covariances of clusters; ``bread`` (p, p); ``beta`` (p,); ``pulled`` (G, m) is
    P y; ``height`` the log-likelihood.
    """

    total: Floats
    inverse: Floats
    bread: Floats
    beta: Floats
    residuals: Floats
    pulled: Floats
    height: float


def at(data: Blocks, kinds: Floats, sizes: Floats, *, restricted: bool = True) -> At | None:
    """The fit at component ``sizes`` (C,) of ``kinds`` (C, G, m, m), or None where no covariance is possible."""
    total = data.sampling + np.tensordot(sizes, kinds, axes=1)
    try:
        lower = np.linalg.cholesky(total)
        inverse = np.linalg.inv(total)
        weighted = inverse @ data.design
        information = np.einsum("gmp,gmq->pq", data.design, weighted)
        bread = np.linalg.inv(information)
    except np.linalg.LinAlgError:
        return None
    beta = bread @ np.einsum("gmp,gm->p", weighted, data.effects)
    residuals = data.effects - data.design @ beta
    pulled = (inverse @ residuals[:, :, None])[..., 0]
    k, p = data.count, beta.size
    height = -float(np.sum(np.log(np.einsum("gmm->gm", lower)))) - 0.5 * float(np.sum(pulled * residuals))
    if restricted:
        height += 0.5 * (data.size_of_design - float(np.linalg.slogdet(information)[1]))
        height -= 0.5 * (k - p) * float(np.log(2 * np.pi))
    else:
        height -= 0.5 * k * float(np.log(2 * np.pi))
    return At(total, floats(inverse), floats(bread), floats(beta), residuals, pulled, height)


def slopes(data: Blocks, kinds: Floats, here: At, *, restricted: bool) -> tuple[Floats, Floats]:
    """Slopes of the log-likelihood in the components (C,) and their average information (C, C)."""
    touched = (kinds @ here.pulled[:, :, None])[..., 0]
    traces = np.einsum("gmn,cgmn->c", here.inverse, kinds)
    weighted = here.inverse @ data.design
    if restricted:
        loaded = (kinds @ weighted) @ here.bread
        traces = traces - np.einsum("gmp,cgmp->c", weighted, loaded)
    slope = 0.5 * (np.einsum("gm,cgm->c", here.pulled, touched) - traces)
    carried = (here.inverse @ touched[..., None])[..., 0]
    across = np.einsum("gmp,cgm->cp", weighted, touched)
    information = np.einsum("cgm,dgm->cd", touched, carried) - across @ here.bread @ across.T
    return floats(slope), floats(0.5 * information)


def solve(
    data: Blocks,
    kinds: Floats,
    *,
    restricted: bool,
    lowest: Floats,
    start: Floats,
    possible: Callable[[Floats], bool] = lambda sizes: True,
) -> tuple[Floats, At]:
    """Components (C,) at the top of the likelihood, with the fit there.

    ``lowest`` (C,) is 0 for variances and minus infinity for covariances; ``possible`` says whether components are a
    covariance at all. Raises DidNotConverge.
    """
    sizes = start
    here = at(data, kinds, sizes, restricted=restricted)
    if here is None:
        raise not_found()
    scale = float(np.mean(np.einsum("gmm->gm", data.sampling)[data.there]))
    for _ in range(MOST_STEPS):
        slope, information = slopes(data, kinds, here, restricted=restricted)
        free = (sizes > lowest) | (slope > 0)
        step = np.zeros_like(sizes)
        if free.any():
            part = information[np.ix_(free, free)]
            if np.trace(part) <= 0:  # nothing is left over: every effect is as the model has it
                return _flat(data, kinds, sizes, lowest, here, restricted)
            ridge = 1e-12 * float(np.trace(part)) / part.shape[0]
            try:
                step[free] = np.linalg.solve(part + ridge * np.eye(part.shape[0]), slope[free])
            except np.linalg.LinAlgError as singular:
                raise not_found() from singular
        moved = _climb(data, kinds, sizes, step, here, lowest, possible, restricted)
        if moved is None:
            if np.abs(step).max(initial=0.0) <= 1e-6 * (np.abs(sizes).max() + scale):
                return sizes, here
            raise not_found()
        new, there = moved
        done = np.abs(new - sizes).max() <= 1e-9 * (np.abs(new).max() + 1e-3 * scale)
        sizes, here = new, there
        if done:
            return sizes, here
    raise not_found()


def _flat(
    data: Blocks, kinds: Floats, sizes: Floats, lowest: Floats, here: At, restricted: bool
) -> tuple[Floats, At]:
    """No residuals, so that the likelihood only falls as variances grow: all of them are nought."""
    nought = np.where(np.isfinite(lowest), np.maximum(lowest, 0.0), 0.0)
    there = at(data, kinds, nought, restricted=restricted)
    if there is None or there.height < here.height:
        raise not_found()
    return nought, there


def _climb(
    data: Blocks,
    kinds: Floats,
    sizes: Floats,
    step: Floats,
    here: At,
    lowest: Floats,
    possible: Callable[[Floats], bool],
    restricted: bool,
) -> tuple[Floats, At] | None:
    share = 1.0
    for _ in range(HALVINGS):
        new = np.maximum(sizes + share * step, lowest)
        if possible(new):
            there = at(data, kinds, new, restricted=restricted)
            if there is not None and there.height >= here.height - 1e-10 * (1 + abs(here.height)):
                return new, there
        share /= 2
    return None


def not_found() -> DidNotConverge:
    return DidNotConverge(
        "The variances between and within clusters could not be told apart, so there is no result.",
        [
            Problem(
                "levels",
                "the search did not settle",
                "several clusters with several effects each",
                "Use fewer levels, or pool one effect a cluster.",
            )
        ],
    )
