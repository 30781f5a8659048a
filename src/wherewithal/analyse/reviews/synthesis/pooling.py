"""One pooled effect, with what it is not sure of: its interval, the next study's, and how studies differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.batch import everything
from wherewithal.analyse.reviews.synthesis.between import standard_error
from wherewithal.analyse.reviews.synthesis.distributions import chi2_above
from wherewithal.analyse.reviews.synthesis.fitting import (
    all_alike,
    checked_confidence,
    critical,
    fit_many,
    known,
    two_sided,
)
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked, numbers
from wherewithal.errors import BadInput


class Interval(NamedTuple):
    """An interval, both ends in the unit of what it belongs to."""

    low: float
    high: float


class Average(Protocol):
    """What is needed to say where the next study would lie: any model of true effects that differ between studies.

    ``k`` studies; ``estimate`` with ``se``, and ``df`` of its interval (None for the normal curve); ``pi``, ``tau2``
    and ``i2`` as in ``Pooled``.
    """

    @property
    def k(self) -> int: ...
    @property
    def estimate(self) -> float: ...
    @property
    def se(self) -> float: ...
    @property
    def df(self) -> float | None: ...
    @property
    def pi(self) -> Interval | None: ...
    @property
    def tau2(self) -> float: ...
    @property
    def i2(self) -> float: ...


@dataclass(frozen=True)
class Pooled:
    """What the studies say together, in the unit of the effects.

    ``test`` z, t, knha or adhoc; ``df`` its degrees of freedom (None for z). ``ci`` is the interval of the
    average effect. ``pi`` is where the true effect of a next study like these would lie, on the same distribution
    as the test (Riley, Higgins and Deeks, BMJ 342 (2011) d549); None for a common effect, which has no next
    study. ``tau2`` is the variance of true effects with ``tau2_se`` (None where there is none, as for EE); ``i2`` per
    cent; ``q`` with ``q_df`` and ``q_p`` tests whether the studies differ at all. ``weights`` are per cent, one a
    study.
    ``notes`` say in words what a reader of these numbers must know.
    """

    method: str
    test: str
    confidence: float
    k: int
    estimate: float
    se: float
    statistic: float
    df: int | None
    p: float
    ci: Interval
    pi: Interval | None
    tau2: float
    tau2_se: float | None
    i2: float
    h2: float
    q: float
    q_df: int
    q_p: float
    log_likelihood: float
    weights: tuple[float, ...]
    notes: tuple[str, ...] = ()

    @property
    def tau(self) -> float:
        """Standard deviation of true effects."""
        return float(np.sqrt(self.tau2))

    def as_dict(self) -> dict[str, object]:
        """For JSON: the names that scripts rely on, intervals as ``low`` and ``high``."""
        names = ("method", "test", "confidence", "k", "estimate", "se", "statistic", "df", "p")
        later = ("tau2", "tau2_se", "i2", "h2", "q", "q_df", "q_p", "log_likelihood")
        return {
            **{name: getattr(self, name) for name in names},
            "ci": self.ci._asdict(),
            "pi": self.pi._asdict() if self.pi else None,
            **{name: getattr(self, name) for name in later},
            "notes": list(self.notes),
        }


def pool(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    confidence: float = 0.95,
    labels: Sequence[str] | None = None,
    weights: npt.ArrayLike | None = None,
    tau2: float | None = None,
    exact: bool = False,
) -> Pooled:
    """Pool effects with their sampling variances, each of shape (k,).

    ``method`` is a key of ``between.NAMES`` (EE for a common effect); ``test`` one of z, t, knha, adhoc. ``weights``
    are for GENQ alone and are 1/variance without. ``tau2`` fixes the difference between studies instead of
    estimating it. ``exact`` solves for tau² to the last digit, where without it a search stops as in R's metafor
    (see ``between_variance``). ``labels`` name studies in messages.

    Raises BadInput for effects or variances that cannot be used, each named, and for a single study;
    DidNotConverge where the method finds no answer.
    """
    known(method, test)
    checked_confidence(confidence)
    y, v = checked(effects, variances, labels=labels)
    given = checked_weights(weights, y.size)
    notes: list[str] = []
    if all_alike(y):
        notes.append("Every study gives the same effect, so nothing differs between them and tau² is 0.")
        if test == "knha":
            test = "adhoc"
            notes.append(
                "Knapp-Hartung would give an interval of no width here: the interval shown is not narrower than "
                "the plain one (adhoc)."
            )
    if y.size < 5 and method != "EE":
        notes.append(
            f"With {y.size} studies, tau² and the prediction interval are hardly more than a guess; "
            "say so beside them."
        )
    batch = everything(y, v, np.ones((y.size, 1)))
    fixed = None if tau2 is None else np.array([_not_negative(tau2)])
    fits = fit_many(batch, method, test, weights=given, tau2=fixed, exact=exact)
    between, spare = float(fits.tau2[0]), int(fits.spare[0])
    estimate, error = float(fits.beta[0, 0]), float(fits.errors[0, 0])
    reach = float(critical(test, float(spare), confidence))
    further = reach * float(np.sqrt(error**2 + between))
    q = float(fits.q[0])
    common = method == "EE"
    se = None
    if not common and tau2 is None:
        found = float(standard_error(method, batch, fits.tau2, given)[0])
        se = found if np.isfinite(found) else None
    share = (
        given if given is not None and method == "GENQ" else 1 / (v + (0 if method == "GENQ" else between))
    )
    return Pooled(
        method=method,
        test=test,
        confidence=confidence,
        k=y.size,
        estimate=estimate,
        se=error,
        statistic=estimate / error,
        df=None if test == "z" else spare,
        p=float(two_sided(test, estimate / error, float(spare))),
        ci=Interval(estimate - reach * error, estimate + reach * error),
        pi=None if common else Interval(estimate - further, estimate + further),
        tau2=between,
        tau2_se=se,
        i2=100 * max(0.0, (q - spare) / q) if common and q > 0 else float(fits.i2[0]),
        h2=q / spare if common else float(fits.h2[0]),
        q=q,
        q_df=spare,
        q_p=float(chi2_above(q, spare)),
        log_likelihood=float(fits.height[0]),
        weights=tuple(float(w) for w in 100 * share / share.sum()),
        notes=tuple(notes),
    )


def checked_weights(weights: npt.ArrayLike | None, count: int) -> Floats | None:
    """Weights of shape (k,), all above nought. Raises BadInput otherwise."""
    if weights is None:
        return None
    given = numbers(weights, "weights")
    if given.size != count or not np.all(np.isfinite(given)) or np.any(given <= 0):
        raise BadInput(f"Weights are {count} numbers above 0, one a study.")
    return given


def _not_negative(tau2: float) -> float:
    if not np.isfinite(tau2) or tau2 < 0:
        raise BadInput(f"tau² is a variance, 0 or more, not {tau2}.")
    return tau2
