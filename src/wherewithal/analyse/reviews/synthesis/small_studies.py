"""Do small studies say something else than large ones? Egger's regression, PET and PEESE, rank correlation.

Sources: Egger and others, BMJ 315 (1997) 629; Sterne and Egger, in Publication Bias in Meta-Analysis (2005) 99, for
regression with tau²; Begg and Mazumdar, Biometrics 50 (1994) 1088; Stanley and Doucouliagos, Research Synthesis
Methods 5 (2014) 60, for PET and PEESE. Ten studies are the fewest at which these tests say much (Sterne and
others, BMJ 343 (2011) d4002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.batch import everything
from wherewithal.analyse.reviews.synthesis.design import INTERCEPT, orthonormal
from wherewithal.analyse.reviews.synthesis.distributions import normal_above, t_above, t_at
from wherewithal.analyse.reviews.synthesis.fitting import ALIKE, all_alike
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.synthesis.regression import Regression, meta_regression
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked, floats
from wherewithal.errors import BadInput

FEWEST_TO_SAY_MUCH = 10


@dataclass(frozen=True)
class Asymmetry:
    """A regression test for asymmetry of the funnel.

    ``statistic`` of the slope on the standard error (t on ``df``, or normal without), ``p`` two-sided. ``limit``
    with ``limit_ci`` is the effect that the line gives for a study without error, ``slope`` what a unit of standard
    error adds to it. ``notes`` for the reader.
    """

    model: str
    statistic: float
    df: int | None
    p: float
    limit: float
    limit_ci: Interval
    slope: float
    notes: tuple[str, ...]


def egger(
    effects: npt.ArrayLike, variances: npt.ArrayLike, *, labels: Sequence[str] | None = None
) -> Asymmetry:
    """Egger's test as published: weighted least squares of effects on standard errors, free residual variance."""
    y, v = checked(effects, variances, labels=labels, fewest=3)
    columns, triangle = orthonormal(
        np.column_stack([np.ones(y.size), np.sqrt(v)]), (INTERCEPT, "standard error")
    )
    back = floats(np.linalg.inv(triangle))
    fit = everything(y, v, columns).weighted(1 / v)
    df = y.size - 2
    if float(fit.rss[0]) <= ALIKE * float(np.sum(y**2 / v)):
        raise BadInput("The effects lie exactly on a line, so there is no spread to test it against.")
    covariance = back @ fit.bread[0] @ back.T * float(fit.rss[0]) / df
    beta, errors = back @ fit.beta[0], np.sqrt(np.diag(covariance))
    reach = float(t_at(0.975, df)) * errors[0]
    statistic = float(beta[1] / errors[1])
    return Asymmetry(
        model="Egger, weighted least squares",
        statistic=statistic,
        df=df,
        p=float(2 * t_above(abs(statistic), df)),
        limit=float(beta[0]),
        limit_ci=Interval(float(beta[0] - reach), float(beta[0] + reach)),
        slope=float(beta[1]),
        notes=_notes(y.size),
    )


def egger_between(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    exact: bool = False,
    labels: Sequence[str] | None = None,
) -> Asymmetry:
    """The same line with true differences between studies (tau²) beside it."""
    fitted = pet(effects, variances, method=method, test=test, exact=exact, labels=labels)
    limit, slope = fitted.coefficients
    return Asymmetry(
        model=f"mixed effects, {method}",
        statistic=slope.statistic,
        df=fitted.df,
        p=slope.p,
        limit=limit.estimate,
        limit_ci=limit.ci,
        slope=slope.estimate,
        notes=_notes(fitted.k),
    )


def pet(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    exact: bool = False,
    labels: Sequence[str] | None = None,
) -> Regression:
    """The precision-effect test: effects on standard errors; the intercept is the effect without error."""
    y, v = checked(effects, variances, labels=labels, fewest=3)
    return meta_regression(
        y, v, {"standard error": np.sqrt(v).tolist()}, method=method, test=test, exact=exact
    )


def peese(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    exact: bool = False,
    labels: Sequence[str] | None = None,
) -> Regression:
    """The same on variances: less biased where there is an effect."""
    y, v = checked(effects, variances, labels=labels, fewest=3)
    return meta_regression(y, v, {"variance": v.tolist()}, method=method, test=test, exact=exact)


class PetPeese(NamedTuple):
    """Both lines, and which of the two intercepts the rule takes: PEESE's where PET's is above 0 (one-sided 0.05)."""

    pet: Regression
    peese: Regression
    taken: str


def pet_peese(effects: npt.ArrayLike, variances: npt.ArrayLike, *, method: str = "REML") -> PetPeese:
    """PET and PEESE with the rule between them, for effects whose expected direction is positive."""
    first, second = pet(effects, variances, method=method), peese(effects, variances, method=method)
    above = float(normal_above(first.named(INTERCEPT).statistic)) < 0.05
    return PetPeese(first, second, "PEESE" if above else "PET")


class Rank(NamedTuple):
    """Kendall's tau of standardised effects with variances, and its two-sided p (exact without ties)."""

    tau: float
    p: float


def rank_test(
    effects: npt.ArrayLike, variances: npt.ArrayLike, *, labels: Sequence[str] | None = None
) -> Rank:
    """Begg and Mazumdar's rank correlation."""
    y, v = checked(effects, variances, labels=labels, fewest=3)
    weights = 1 / v
    average = weights @ y / weights.sum()
    # Effects that are the same lie above or below their average by rounding alone.
    away = np.zeros(y.size) if all_alike(y) else y - average
    return kendall(away / np.sqrt(v - 1 / weights.sum()), v)


def kendall(first: Floats, second: Floats) -> Rank:
    """Kendall's tau-b. p is exact without ties, else normal with the variance corrected for them (Kendall 1970)."""
    a = np.sign(first[:, None] - first[None, :])
    b = np.sign(second[:, None] - second[None, :])
    n = first.size
    score = float(np.sum(a * b) / 2)
    pairs = n * (n - 1) / 2
    tied = [np.unique(x, return_counts=True)[1].astype(float) for x in (first, second)]
    lost = [float(np.sum(t * (t - 1)) / 2) for t in tied]
    if lost[0] == pairs or lost[1] == pairs:
        return Rank(float("nan"), 1.0)
    tau = score / np.sqrt((pairs - lost[0]) * (pairs - lost[1]))
    if lost == [0.0, 0.0]:
        return Rank(float(tau), _exact(n, round((pairs + score) / 2)))
    whole = [float(np.sum(t * (t - 1) * (2 * t + 5))) for t in tied]
    thrice = [float(np.sum(t * (t - 1) * (t - 2))) for t in tied]
    variance = (n * (n - 1) * (2 * n + 5) - whole[0] - whole[1]) / 18
    variance += lost[0] * lost[1] / pairs
    if n > 2:
        variance += thrice[0] * thrice[1] / (9 * n * (n - 1) * (n - 2))
    return Rank(float(tau), float(2 * normal_above(abs(score) / np.sqrt(variance))))


def _exact(n: int, agreeing: int) -> float:
    """Two-sided p of the number of agreeing pairs when every order is as likely."""
    chances = np.ones(1)
    for size in range(2, n + 1):
        chances = np.convolve(chances, np.full(size, 1.0 / size))
    fewer = min(agreeing, len(chances) - 1 - agreeing)
    return float(min(1.0, 2 * chances[: fewer + 1].sum()))


def _notes(count: int) -> tuple[str, ...]:
    if count >= FEWEST_TO_SAY_MUCH:
        return ()
    return (
        f"With {count} studies this test can hardly tell chance from bias; ten are the fewest usually asked for.",
    )
