"""A meta-analytic model fitted to selections of studies: coefficients, their covariance, what is left over.

Model: effect = x'b + u + e, with u of variance tau² between studies and e of the known sampling variance.
Sources: Raudenbush, "Analyzing effect sizes: random-effects models", in The Handbook of Research Synthesis
(2nd edition, 2009) 295; Knapp and Hartung, Statistics in Medicine 22 (2003) 2693, for the test on k - p degrees
of freedom; Higgins and Thompson, Statistics in Medicine 21 (2002) 1539, for I² and H².
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from wherewithal.analyse.reviews.synthesis.batch import Batch
from wherewithal.analyse.reviews.synthesis.between import NAMES, between_variance, log_likelihood
from wherewithal.analyse.reviews.synthesis.distributions import normal_above, normal_at, t_above, t_at
from wherewithal.analyse.reviews.synthesis.studies import Floats, floats
from wherewithal.errors import BadInput, Problem

TESTS = {
    "z": "normal distribution",
    "t": "t distribution",
    "knha": "Knapp-Hartung",
    "adhoc": "Knapp-Hartung, never narrower than the plain interval",
}
ALIKE = 1e-14
"""What is left over and this small beside the effects is rounding. Knapp and Hartung's factor is 1 then."""


def known(method: str, test: str) -> None:
    """Raises BadInput where the method or the test is not one of ours, with those there are."""
    for word, value, there in (("method", method, NAMES), ("test", test, TESTS)):
        if value not in there:
            raise BadInput(
                f"There is no {word} called {value!r}.",
                [
                    Problem(
                        word,
                        repr(value),
                        ", ".join(there),
                        "Choose one of these; upper and lower case count.",
                    )
                ],
            )
    if method == "GENQ" and test in ("knha", "adhoc"):
        raise BadInput(
            "The Knapp-Hartung test needs weights that follow from tau²; GENQ has weights of its own."
        )


@dataclass(frozen=True)
class Fits:
    """One row a selection (B), one column a coefficient (p).

    ``tau2`` (B,), ``beta`` (B, p), ``covariance`` (B, p, p), ``scale`` (B,) of Knapp and Hartung (else 1), ``q``
    (B,) left over at tau² = 0, ``spare`` (B,) degrees of freedom, ``typical`` (B,) sampling variance of Higgins
    and Thompson, ``height`` (B,) the log-likelihood (restricted unless ML).
    """

    tau2: Floats
    beta: Floats
    covariance: Floats
    scale: Floats
    q: Floats
    spare: Floats
    typical: Floats
    height: Floats

    @property
    def i2(self) -> Floats:
        """Share of the variance that lies between studies, per cent: (B,)."""
        return 100 * self.tau2 / (self.tau2 + self.typical)

    @property
    def h2(self) -> Floats:
        """Total variance over sampling variance: (B,)."""
        return self.tau2 / self.typical + 1

    @property
    def errors(self) -> Floats:
        """Standard errors: (B, p)."""
        return floats(np.sqrt(np.einsum("bpp->bp", self.covariance)))


def fit_many(
    batch: Batch,
    method: str,
    test: str,
    *,
    weights: Floats | None = None,
    tau2: Floats | None = None,
    exact: bool = False,
    start: Floats | None = None,
) -> Fits:
    """Every selection of ``batch`` fitted by ``method`` and ``test``; ``tau2`` (B,) fixes it instead.

    Each selection needs more studies than columns. Raises DidNotConverge where one of them finds no tau².
    """
    found = (
        between_variance(method, batch, weights=weights, exact=exact, start=start) if tau2 is None else tau2
    )
    parts = [
        _piece(batch.rows(piece), method, test, found[piece], weights if method == "GENQ" else None)
        for piece in batch.pieces()
    ]
    if len(parts) == 1:
        return parts[0]
    return Fits(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Fits)})


def _piece(batch: Batch, method: str, test: str, tau2: Floats, weights: Floats | None) -> Fits:
    plain = batch.weighted(1.0 / batch.variances)
    fit = batch.at(tau2)
    scale = np.ones(len(tau2))
    beta, covariance = fit.beta, fit.bread
    if method == "GENQ":
        given = batch.weighted(1.0 / batch.variances if weights is None else weights)
        total = given.squares * (batch.variances + tau2[:, None])
        beta, covariance = given.beta, given.bread @ given.cross(total) @ given.bread
        height = _height_of_given(batch, beta, fit.weights)
    else:
        height = log_likelihood("ML" if method == "ML" else "REML", fit)
    if test in ("knha", "adhoc"):
        scale = fit.rss / batch.spare
        size = np.einsum("bk,k->b", fit.weights, batch.effects**2)
        # Nothing left over: an interval of no width would be the claim to know the effect exactly.
        scale = np.where(fit.rss <= ALIKE * size, 1.0, scale)
        if test == "adhoc":
            scale = np.maximum(1.0, scale)
        covariance = covariance * scale[:, None, None]
    return Fits(
        tau2=tau2,
        beta=beta,
        covariance=covariance,
        scale=scale,
        q=np.maximum(0.0, plain.rss),
        spare=batch.spare,
        typical=batch.spare / plain.trace_p,
        height=height + _constant(batch, method),
    )


def _height_of_given(batch: Batch, beta: Floats, weights: Floats) -> Floats:
    """The restricted likelihood where the coefficients do not follow from tau²."""
    away = batch.effects - beta @ batch.design.T
    fit = batch.weighted(weights)
    return floats(
        log_likelihood("REML", fit) + 0.5 * fit.rss - 0.5 * np.einsum("bk,bk->b", weights * away, away)
    )


def _constant(batch: Batch, method: str) -> Floats:
    """What a log-likelihood has besides what depends on tau²: (B,)."""
    if method == "ML":
        return floats(-0.5 * batch.counts * np.log(2 * np.pi))
    plain = batch.member @ batch.products
    p = batch.columns
    size = np.linalg.slogdet(plain.reshape(-1, p, p))[1]
    return np.asarray(-0.5 * batch.spare * np.log(2 * np.pi) + 0.5 * size)


def critical(test: str, degrees: Floats | float, confidence: float = 0.95) -> Floats:
    """How many standard errors an interval reaches each way."""
    share = 0.5 + confidence / 2
    if test == "z":
        return np.full(np.shape(degrees), normal_at(share))
    return t_at(share, degrees)


def two_sided(test: str, statistic: Floats | float, degrees: Floats | float) -> Floats:
    """Two-sided p of a coefficient's statistic."""
    if test == "z":
        return 2 * normal_above(np.abs(statistic))
    return 2 * t_above(np.abs(statistic), degrees)


def all_alike(effects: Floats) -> bool:
    """Whether the effects are the same but for rounding."""
    return bool(np.ptp(effects) <= ALIKE * max(1.0, float(np.abs(effects).max())))


def checked_confidence(confidence: float) -> float:
    """Raises ValueError for a confidence that is not between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not {confidence}")
    return confidence
