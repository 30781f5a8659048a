"""Standard errors that hold although effects of a cluster hang together in ways the model has wrong.

Sources: Hedges, Tipton and Johnson, Research Synthesis Methods 1 (2010) 39; Tipton, Psychological Methods 20 (2015)
375, for the correction for few clusters (CR2) and Satterthwaite's degrees of freedom; Pustejovsky and Tipton, Journal
of Business & Economic Statistics 36 (2018) 672. Agrees with R's clubSandwich.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from wherewithal.analyse.reviews.synthesis.studies import Floats, floats

FEW_DEGREES = 4.0
"""Below this, Tipton (2015) finds that p-values are not to be trusted."""


@dataclass(frozen=True)
class Robust:
    """Covariance of the coefficients (p, p) and degrees of freedom of each (p,)."""

    covariance: Floats
    degrees: Floats


def robust(
    design: Floats, working: Floats, bread: Floats, residuals: Floats, kind: Literal["CR1", "CR2"] = "CR2"
) -> Robust:
    """Cluster-robust covariance of a fit weighted by the inverse of its ``working`` covariance.

    ``design`` (G, m, p), ``working`` (G, m, m), ``bread`` (p, p), ``residuals`` (G, m), padded as in ``blocks``. CR1
    multiplies by G / (G - p) on G - p degrees of freedom.
    """
    count, _, p = design.shape
    weighted = np.linalg.solve(working, design)
    if kind == "CR1":
        score = np.einsum("gmp,gm->gp", weighted, residuals)
        meat = score.T @ score * count / (count - p)
        return Robust(floats(bread @ meat @ bread), np.full(p, float(count - p)))
    upper = np.swapaxes(np.linalg.cholesky(working), 1, 2)
    lost = working - design @ bread @ np.swapaxes(design, 1, 2)
    middle = upper @ lost @ np.swapaxes(upper, 1, 2)
    values, vectors = np.linalg.eigh((middle + np.swapaxes(middle, 1, 2)) / 2)
    least = 1e-10 * values.max(axis=1, keepdims=True)
    root = np.where(values > least, 1 / np.sqrt(np.where(values > least, values, 1.0)), 0.0)
    half = (vectors * root[:, None, :]) @ np.swapaxes(vectors, 1, 2)
    adjust = np.swapaxes(upper, 1, 2) @ half @ upper
    carried = np.swapaxes(adjust, 1, 2) @ weighted @ bread
    score = np.einsum("gmp,gm->gp", carried, residuals)
    degrees = np.empty(p)
    for column in range(p):
        a = carried[:, :, column]
        g = np.einsum("gmp,gm->gp", design, a)
        q = np.diag(np.einsum("gm,gmn,gn->g", a, working, a)) - g @ bread @ g.T
        degrees[column] = np.trace(q) ** 2 / np.sum(q * q)
    return Robust(floats(score.T @ score), degrees)


def resting_on_one(design: Floats, names: Sequence[str], cluster: Sequence[Hashable]) -> dict[str, Hashable]:
    """Columns of ``design`` (k, p) that only one cluster tells anything of, by name, each with that cluster.

    Such a cluster is met exactly, so that nothing of it is left over to learn an error from: CR2 would then give a
    standard error as if the coefficient were known, and no number of clusters beside it mends that.
    """
    size = np.abs(design).max(axis=0)
    scaled = design / np.where(size > 0, size, 1.0)
    found: dict[str, Hashable] = {}
    for one in dict.fromkeys(cluster):
        rest = scaled[[label != one for label in cluster]]
        if rest.shape[0] == 0:
            continue
        _, values, across = np.linalg.svd(rest, full_matrices=True)
        rank = int(np.sum(values > 1e-9 * values.max())) if values.size and values.max() > 0 else 0
        for direction in across[rank:]:
            touched = np.flatnonzero(np.abs(direction) > 1e-6).tolist()
            found |= {names[column]: one for column in touched if names[column] not in found}
    return found
