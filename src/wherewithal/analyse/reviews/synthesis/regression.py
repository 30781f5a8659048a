"""Meta-regression: how effects go with what studies are like; and subgroups, which are the same thing.

Sources: Thompson and Higgins, Statistics in Medicine 21 (2002) 1559; Knapp and Hartung, Statistics in Medicine 22
(2003) 2693; R² as the share of tau² explained, Raudenbush (2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.batch import Batch, everything
from wherewithal.analyse.reviews.synthesis.between import standard_error
from wherewithal.analyse.reviews.synthesis.design import INTERCEPT, Moderators, design, orthonormal
from wherewithal.analyse.reviews.synthesis.distributions import chi2_above, f_above
from wherewithal.analyse.reviews.synthesis.fitting import (
    Fits,
    checked_confidence,
    critical,
    fit_many,
    known,
    two_sided,
)
from wherewithal.analyse.reviews.synthesis.pooling import Interval, Pooled, pool
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked, floats
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Coefficient:
    """How much the effect changes with one unit of a moderator, or with a value against the first one."""

    name: str
    estimate: float
    se: float
    statistic: float
    df: float | None
    p: float
    ci: Interval


@dataclass(frozen=True)
class Regression:
    """A fitted meta-regression.

    ``qm`` tests all coefficients but the intercept together: chi-squared on ``qm_df`` (F on ``qm_df`` and ``df`` for
    t, knha, adhoc); None where there is only an intercept. ``q`` is what is left over. ``r2`` is the share of tau²
    explained, per cent, None where there was none to explain. ``covariance`` is of the coefficients (p, p).
    ``used`` marks the studies that gave every moderator.
    """

    method: str
    test: str
    k: int
    coefficients: tuple[Coefficient, ...]
    covariance: Floats
    df: int | None
    tau2: float
    tau2_se: float | None
    i2: float
    h2: float
    q: float
    q_df: int
    q_p: float
    qm: float | None
    qm_df: int
    qm_p: float | None
    r2: float | None
    log_likelihood: float
    used: tuple[bool, ...]

    def named(self, name: str) -> Coefficient:
        """One coefficient. Raises KeyError."""
        return {each.name: each for each in self.coefficients}[name]


@dataclass(frozen=True)
class Model:
    """Effects, variances and columns made ready: ``q`` at right angles, ``back`` leads to the coefficients asked."""

    effects: Floats
    variances: Floats
    names: tuple[str, ...]
    matrix: Floats
    q: Floats
    back: Floats

    @property
    def batch(self) -> Batch:
        return everything(self.effects, self.variances, self.q)

    def coefficients(self, beta: Floats) -> Floats:
        """Of the columns as given, from those at right angles: (B, p)."""
        return beta @ self.back.T

    def covariance(self, covariance: Floats) -> Floats:
        """The same for covariances: (B, p, p)."""
        return self.back @ covariance @ self.back.T


def model(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    moderators: Moderators,
    *,
    intercept: bool = True,
    leave_out: bool = False,
    labels: Sequence[str] | None = None,
) -> tuple[Model, tuple[bool, ...]]:
    """Check and make ready; the second part marks the studies used. Raises BadInput (see ``meta_regression``)."""
    y, v = checked(effects, variances, labels=labels)
    made = design(moderators, y.size, intercept=intercept)
    if not made.complete.all() and not leave_out:
        raise BadInput(
            "Some studies lack a moderator.",
            [
                Problem(
                    labels[number] if labels else f"study {number + 1}",
                    "a moderator is missing",
                    "a value for each",
                    "Find it, or leave such studies out and say so.",
                )
                for number in np.flatnonzero(~made.complete).tolist()
            ],
        )
    keep = made.complete
    matrix = made.matrix[keep]
    q, r = orthonormal(matrix, made.names)
    ready = Model(y[keep], v[keep], made.names, matrix, q, floats(np.linalg.inv(r)))
    return ready, tuple(bool(x) for x in keep)


def meta_regression(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    moderators: Moderators,
    *,
    method: str = "REML",
    test: str = "knha",
    intercept: bool = True,
    leave_out: bool = False,
    confidence: float = 0.95,
    labels: Sequence[str] | None = None,
    exact: bool = False,
) -> Regression:
    """Regress effects (k,) with sampling variances (k,) on moderators, by name, each of k numbers or words.

    ``leave_out`` drops studies that lack a moderator; without it they are refused. ``test`` as in ``pool``. Raises
    BadInput for what ``pool`` refuses, missing or redundant moderators, and too few studies; DidNotConverge.
    """
    known(method, test)
    if method == "GENQ":
        raise BadInput("GENQ pools and does not regress: choose REML, or another method.")
    ready, used = model(
        effects, variances, moderators, intercept=intercept, leave_out=leave_out, labels=labels
    )
    batch = ready.batch
    fits = fit_many(batch, method, test, exact=exact)
    beta = ready.coefficients(fits.beta)[0]
    covariance = ready.covariance(fits.covariance)[0]
    spare = int(fits.spare[0])
    qm, qm_df, qm_p = _together(beta, covariance, ready.names, test, spare)
    q = float(fits.q[0])
    error = float(standard_error(method, batch, fits.tau2)[0])
    return Regression(
        method=method,
        test=test,
        k=ready.effects.size,
        coefficients=coefficients(ready.names, beta, covariance, test, float(spare), confidence),
        covariance=covariance,
        df=None if test == "z" else spare,
        tau2=float(fits.tau2[0]),
        tau2_se=error if np.isfinite(error) else None,
        i2=_i2(method, fits, q, spare),
        h2=q / spare if method == "EE" else float(fits.h2[0]),
        q=q,
        q_df=spare,
        q_p=float(chi2_above(q, spare)),
        qm=qm,
        qm_df=qm_df,
        qm_p=qm_p,
        r2=_explained(ready, method, fits, exact) if intercept and qm_df else None,
        log_likelihood=float(fits.height[0]),
        used=used,
    )


def coefficients(
    names: Sequence[str],
    beta: Floats,
    covariance: Floats,
    test: str,
    degrees: float | Floats,
    confidence: float,
) -> tuple[Coefficient, ...]:
    """Coefficients with tests and intervals; ``degrees`` one for all or one each."""
    checked_confidence(confidence)
    free = np.broadcast_to(np.asarray(degrees, dtype=np.float64), beta.shape)
    errors = np.sqrt(np.diag(covariance))
    reach = np.broadcast_to(critical(test, free, confidence), beta.shape) * errors
    chances = np.broadcast_to(two_sided(test, beta / errors, free), beta.shape)
    return tuple(
        Coefficient(
            name=name,
            estimate=float(b),
            se=float(e),
            statistic=float(b / e),
            df=None if test == "z" else float(d),
            p=float(p),
            ci=Interval(float(b - r), float(b + r)),
        )
        for name, b, e, d, p, r in zip(names, beta, errors, free, chances, reach, strict=True)
    )


def _together(
    beta: Floats, covariance: Floats, names: Sequence[str], test: str, spare: int
) -> tuple[float | None, int, float | None]:
    asked = [number for number, name in enumerate(names) if name != INTERCEPT]
    if not asked:
        return None, 0, None
    part = covariance[np.ix_(asked, asked)]
    wald = float(beta[asked] @ np.linalg.solve(part, beta[asked]))
    if test == "z":
        return wald, len(asked), float(chi2_above(wald, len(asked)))
    return wald / len(asked), len(asked), float(f_above(wald / len(asked), len(asked), spare))


def _i2(method: str, fits: Fits, q: float, spare: int) -> float:
    return 100 * max(0.0, (q - spare) / q) if method == "EE" and q > 0 else float(fits.i2[0])


def _explained(ready: Model, method: str, fits: Fits, exact: bool) -> float | None:
    if method == "EE":
        return None
    alone = everything(ready.effects, ready.variances, np.ones((ready.effects.size, 1)))
    before = float(fit_many(alone, method, "z", exact=exact).tau2[0])
    return max(0.0, 100 * (before - float(fits.tau2[0])) / before) if before > 0 else None


@dataclass(frozen=True)
class Subgroups:
    """Each subgroup pooled by itself (own tau²), and the test of whether they differ.

    ``alone`` are subgroups of a single study, which are not pooled. ``difference`` is Q between the pooled effects,
    on ``difference_df`` degrees of freedom (Borenstein and others (2009), chapter 19).
    """

    groups: dict[str, Pooled]
    alone: tuple[str, ...]
    difference: float | None
    difference_df: int
    difference_p: float | None


def subgroups(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    group: Sequence[str],
    *,
    method: str = "REML",
    test: str = "z",
    confidence: float = 0.95,
    labels: Sequence[str] | None = None,
) -> Subgroups:
    """Pool each value of ``group`` (k,) by itself. Raises BadInput as ``pool`` does, and with no group of two."""
    y, v = checked(effects, variances, labels=labels)
    if len(group) != y.size:
        raise BadInput(f"There are {len(group)} group names for {y.size} studies.")
    names = np.array([str(value) for value in group])
    found: dict[str, Pooled] = {}
    alone = []
    for name in sorted(set(names.tolist())):
        here = names == name
        if here.sum() < 2:
            alone.append(name)
        else:
            found[name] = pool(y[here], v[here], method=method, test=test, confidence=confidence)
    if not found:
        raise BadInput("No subgroup has two studies, so there is nothing to pool within any of them.")
    if len(found) < 2:
        return Subgroups(found, tuple(alone), None, 0, None)
    means = np.array([each.estimate for each in found.values()])
    weights = np.array([each.se**-2 for each in found.values()])
    q = float(weights @ (means - weights @ means / weights.sum()) ** 2)
    return Subgroups(found, tuple(alone), q, len(found) - 1, float(chi2_above(q, len(found) - 1)))
