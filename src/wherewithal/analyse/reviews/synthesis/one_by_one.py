"""What one study does to the answer: leaving each out, adding them one by one, influence, Baujat's plot.

Sources: Viechtbauer and Cheung, Research Synthesis Methods 1 (2010) 112, for influence; Lau and others, New England
Journal of Medicine 327 (1992) 248, for cumulative analyses; Baujat and others, Statistics in Medicine 21 (2002)
2641. All fits of one kind are worked out together, each with a tau² of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.batch import Batch, everything
from wherewithal.analyse.reviews.synthesis.design import Moderators
from wherewithal.analyse.reviews.synthesis.distributions import chi2_above
from wherewithal.analyse.reviews.synthesis.fitting import Fits, critical, fit_many, known, two_sided
from wherewithal.analyse.reviews.synthesis.regression import Model, model
from wherewithal.analyse.reviews.synthesis.studies import Floats, Marks, checked, floats


@dataclass(frozen=True)
class Series:
    """A pooled effect for each selection of studies, in order: every field of shape (n,).

    ``estimate`` with ``se``, ``p``, ``low`` and ``high``; ``q`` with ``q_p``; ``tau2``, ``i2`` (per cent), ``h2``;
    ``k`` studies in each.
    """

    k: Floats
    estimate: Floats
    se: Floats
    p: Floats
    low: Floats
    high: Floats
    q: Floats
    q_p: Floats
    tau2: Floats
    i2: Floats
    h2: Floats


def leave_one_out(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    confidence: float = 0.95,
    exact: bool = False,
    labels: Sequence[str] | None = None,
) -> Series:
    """The pooled effect without each study in turn. Raises BadInput as ``pool``, and with fewer than three."""
    known(method, test)
    y, v = checked(effects, variances, labels=labels, fewest=3)
    batch = Batch(y, v, np.ones((y.size, 1)), 1 - np.eye(y.size))
    return _series(batch, method, test, confidence, exact)


def cumulative(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    order: npt.ArrayLike | None = None,
    method: str = "REML",
    test: str = "z",
    confidence: float = 0.95,
    exact: bool = False,
    labels: Sequence[str] | None = None,
) -> Series:
    """The pooled effect of the first study, the first two, and so on, in the ``order`` of numbers (years) given.

    The first row is that study's own effect. Raises BadInput as ``pool``.
    """
    known(method, test)
    y, v = checked(effects, variances, labels=labels)
    if order is not None:
        sorted_by = np.argsort(floats(order), kind="stable")
        y, v = y[sorted_by], v[sorted_by]
    batch = Batch(y, v, np.ones((y.size, 1)), np.tril(np.ones((y.size, y.size)))[1:])
    rest = _series(batch, method, test, confidence, exact)
    error = np.sqrt(v[:1])
    reach = critical("z", 0.0, confidence) * error
    first = Series(
        k=np.ones(1),
        estimate=y[:1],
        se=error,
        p=two_sided("z", y[:1] / error, 0.0),
        low=y[:1] - reach,
        high=y[:1] + reach,
        q=np.zeros(1),
        q_p=np.ones(1),
        tau2=np.zeros(1),
        i2=np.zeros(1),
        h2=np.ones(1),
    )
    names = [each.name for each in fields(Series)]
    return Series(**{name: np.concatenate([getattr(first, name), getattr(rest, name)]) for name in names})


def _series(batch: Batch, method: str, test: str, confidence: float, exact: bool) -> Series:
    fits = fit_many(batch, method, test, exact=exact)
    estimate, error = fits.beta[:, 0], fits.errors[:, 0]
    reach = critical(test, fits.spare, confidence) * error
    common = method == "EE"
    return Series(
        k=batch.counts,
        estimate=estimate,
        se=error,
        p=two_sided(test, estimate / error, fits.spare),
        low=estimate - reach,
        high=estimate + reach,
        q=fits.q,
        q_p=chi2_above(fits.q, fits.spare),
        tau2=fits.tau2,
        i2=100 * np.maximum(0.0, 1 - fits.spare / np.maximum(fits.q, 1e-300)) if common else fits.i2,
        h2=fits.q / fits.spare if common else fits.h2,
    )


@dataclass(frozen=True)
class Influence:
    """How much each study matters: every field of shape (k,), but ``dfbetas`` (k, p).

    ``residual`` and ``standardised`` (internally) and ``deleted`` (externally studentised: against what the others
    say); ``dffits``; ``cook`` (Cook's distance); ``covariance_ratio``; ``tau2_without`` and ``q_without`` the
    study; ``hat``; ``weight`` per cent; ``influential`` by metafor's rule: |DFFITS| above 3 √(p / (k - p)), Cook's
    distance beyond the median of chi-squared on p, hat above 3 p / k, or a DFBETAS above 1.
    """

    residual: Floats
    standardised: Floats
    deleted: Floats
    dffits: Floats
    cook: Floats
    covariance_ratio: Floats
    tau2_without: Floats
    q_without: Floats
    hat: Floats
    weight: Floats
    dfbetas: Floats
    influential: Marks


def influence(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    moderators: Moderators | None = None,
    *,
    method: str = "REML",
    test: str = "z",
    exact: bool = False,
    labels: Sequence[str] | None = None,
) -> Influence:
    """Influence of each study on a pooled effect or a meta-regression. Raises BadInput as those do."""
    known(method, test)
    ready = _ready(effects, variances, moderators, labels)
    y, v, x = ready.effects, ready.variances, ready.q
    full = everything(y, v, x)
    whole = fit_many(full, method, test, exact=exact)
    apart = Batch(y, v, x, 1 - np.eye(y.size))
    without = fit_many(apart, method, test, exact=exact)
    total = v + whole.tau2[0]
    at = full.at(whole.tau2)
    hat = np.einsum("kp,pq,kq->k", x, at.bread[0], x) / total
    fitted = x @ whole.beta[0]
    residual = y - fitted
    spread = (whole.scale[0] * (total - hat * total)).clip(min=0.0)
    predicted = np.einsum("kp,kp->k", x, without.beta)
    uncertain = np.einsum("kp,kpq,kq->k", x, without.covariance, x)
    change = whole.beta - without.beta
    scaled = without.scale * hat * (without.tau2 + v)
    with np.errstate(divide="ignore", invalid="ignore"):
        dffits = (fitted - predicted) / np.sqrt(scaled)
        standardised = residual / np.sqrt(spread)
    cook = np.einsum("kp,pq,kq->k", change, np.linalg.inv(whole.covariance[0]), change)
    dfbetas = _dfbetas(ready, whole, without, v)
    p = x.shape[1]
    k = y.size
    influential = (
        (np.abs(dffits) > 3 * np.sqrt(p / (k - p)))
        | (chi2_above(cook, p) < 0.5)
        | (hat > 3 * p / k)
        | np.any(np.abs(dfbetas) > 1, axis=1)
    )
    share = 1 / total
    return Influence(
        residual=residual,
        standardised=standardised,
        deleted=(y - predicted) / np.sqrt(v + uncertain + without.tau2),
        dffits=dffits,
        cook=cook,
        covariance_ratio=np.linalg.det(without.covariance) / np.linalg.det(whole.covariance[0]),
        tau2_without=without.tau2,
        q_without=without.q,
        hat=hat,
        weight=100 * share / share.sum(),
        dfbetas=dfbetas,
        influential=influential,
    )


def _dfbetas(ready: Model, whole: Fits, without: Fits, v: Floats) -> Floats:
    """Change of each coefficient in its standard errors at the tau² without the study: (k, p)."""
    change = ready.coefficients(whole.beta - without.beta)
    all_at = Batch(ready.effects, v, ready.q, np.ones((v.size, v.size))).at(without.tau2)
    spread = np.einsum("bpp->bp", ready.covariance(all_at.bread))
    return floats(change / np.sqrt(without.scale[:, None] * spread))


def _ready(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    moderators: Moderators | None,
    labels: Sequence[str] | None,
) -> Model:
    if moderators:
        return model(effects, variances, moderators, labels=labels)[0]
    y, v = checked(effects, variances, labels=labels, fewest=3)
    ones = np.ones((y.size, 1))
    return Model(y, v, ("intercept",), ones, ones, np.ones((1, 1)))


@dataclass(frozen=True)
class Baujat:
    """Each study's share in Q (``heterogeneity``) and how far it moves the pooled effect (``influence``): (k,)."""

    heterogeneity: Floats
    influence: Floats


def baujat(
    effects: npt.ArrayLike, variances: npt.ArrayLike, *, method: str = "REML", exact: bool = False
) -> Baujat:
    """Coordinates of Baujat's plot. Raises BadInput as ``pool``, and with fewer than three studies."""
    known(method, "z")
    y, v = checked(effects, variances, fewest=3)
    ones = np.ones((y.size, 1))
    whole = fit_many(everything(y, v, ones), method, "z", exact=exact)
    without = fit_many(Batch(y, v, ones, 1 - np.eye(y.size)), method, "z", exact=exact)
    moved = (whole.beta[0, 0] - without.beta[:, 0]) ** 2 / without.covariance[:, 0, 0]
    return Baujat((y - whole.beta[0, 0]) ** 2 / (v + whole.tau2[0]), moved)


@dataclass(frozen=True)
class TrueEffects:
    """Best guesses of each study's own true effect, drawn towards the average: (k,) each, with standard errors."""

    effects: Floats
    se: Floats


def true_effects(
    effects: npt.ArrayLike, variances: npt.ArrayLike, *, method: str = "REML", exact: bool = False
) -> TrueEffects:
    """Empirical Bayes predictions (BLUPs) of studies' true effects: Raudenbush and Bryk (1985). Raises BadInput."""
    known(method, "z")
    y, v = checked(effects, variances)
    fits = fit_many(everything(y, v, np.ones((y.size, 1))), method, "z", exact=exact)
    tau2, average, error = float(fits.tau2[0]), float(fits.beta[0, 0]), float(fits.errors[0, 0])
    own = tau2 / (tau2 + v)
    return TrueEffects(own * y + (1 - own) * average, np.sqrt(own * v + (1 - own) ** 2 * error**2))
