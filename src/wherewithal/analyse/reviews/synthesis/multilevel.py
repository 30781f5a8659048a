"""Several effects a study: three-level and multivariate models, and correlated effects with robust errors.

Sources: Konstantopoulos, Research Synthesis Methods 2 (2011) 61, three levels; Berkey and others, Statistics in
Medicine 17 (1998) 2537, several outcomes; Hedges, Tipton and Johnson, Research Synthesis Methods 1 (2010) 39,
correlated effects.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.blocks import (
    Blocks,
    Ints,
    assumed_covariance,
    blocks,
    checked_covariance,
    numbered,
)
from wherewithal.analyse.reviews.synthesis.components import At, at, solve
from wherewithal.analyse.reviews.synthesis.design import INTERCEPT, Moderators, design, orthonormal
from wherewithal.analyse.reviews.synthesis.distributions import chi2_above
from wherewithal.analyse.reviews.synthesis.regression import Coefficient, coefficients
from wherewithal.analyse.reviews.synthesis.robust import FEW_DEGREES, robust
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked, floats, numbers
from wherewithal.errors import BadInput, Problem

Kind = Literal["CR1", "CR2"]
NOTHING_LEFT = 1e-10


@dataclass(frozen=True)
class Multilevel:
    """A fitted model of effects in clusters.

    ``variances`` between the units of each level, by its name (outermost first), or for a multivariate model the
    variance of each outcome between clusters, with ``correlations`` between outcomes by pair. ``q`` with ``q_df`` tests
    whether anything differs beyond sampling; ``i2`` is each level's share of the whole variance, per cent. ``robust``
    coefficients (CR2, Satterthwaite) hold even where the model is wrong about what hangs together.
    """

    method: str
    test: str
    k: int
    clusters: int
    coefficients: tuple[Coefficient, ...]
    robust: tuple[Coefficient, ...]
    variances: Mapping[str, float]
    correlations: Mapping[tuple[str, str], float]
    i2: Mapping[str, float]
    log_likelihood: float
    q: float
    q_df: int
    q_p: float
    notes: tuple[str, ...]
    fitted: Fitted

    def robust_by(self, kind: Kind, confidence: float = 0.95) -> tuple[Coefficient, ...]:
        """Robust coefficients of another kind or confidence."""
        return self.fitted.robust(kind, confidence)


@dataclass(frozen=True)
class Fitted:
    """What robust errors are worked out from."""

    data: Blocks
    here: At
    back: Floats
    names: tuple[str, ...]

    def robust(self, kind: Kind, confidence: float = 0.95) -> tuple[Coefficient, ...]:
        """Coefficients with robust errors, of the columns as asked for: each has its own degrees of freedom.

        None where the effects follow the model exactly, since nothing is left to learn the errors from.
        """
        if np.abs(self.here.residuals).max() <= NOTHING_LEFT * np.abs(self.data.effects).max():
            return ()
        ahead = np.linalg.inv(self.back)
        columns = self.data.design @ ahead
        bread = self.back @ self.here.bread @ self.back.T
        made = robust(columns, self.here.total, bread, self.here.residuals, kind)
        return coefficients(
            self.names, self.back @ self.here.beta, made.covariance, "t", made.degrees, confidence
        )


def multilevel(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    levels: Mapping[str, Sequence[Hashable]],
    moderators: Moderators | None = None,
    *,
    covariance: npt.ArrayLike | None = None,
    correlation: float | None = None,
    method: Literal["REML", "ML"] = "REML",
    test: Literal["z", "t"] = "t",
    confidence: float = 0.95,
    labels: Sequence[str] | None = None,
) -> Multilevel:
    """Effects (k,) nested in ``levels``, outermost first: {"study": [...], "effect": [...]}.

    A level's units are told apart within those of the level above. Errors are independent, or have ``covariance``
    (k, k), or a ``correlation`` assumed within the outermost units. ``test`` t has, for each coefficient, as many
    degrees of freedom as there are units of the level at which its column varies, less p. Raises BadInput for what
    ``pool`` refuses and for fewer than two outermost units; DidNotConverge.
    """
    y, v = checked(effects, variances, labels=labels)
    if not levels:
        raise BadInput("Name at least one level, such as the study that each effect is from.")
    units = _nested(levels, y.size)
    outer = next(iter(units.values()))
    spread = _sampling(v, outer, covariance, correlation)
    made, q, back = _columns(moderators or {}, y.size)
    data = blocks(outer, y, q, spread)
    _several(data)
    kinds = np.stack([data.same(labels_) for labels_ in units.values()])
    begin = np.full(len(units), max(0.5 * float(np.var(y)), 0.1 * float(v.mean())) / len(units))
    sizes, here = solve(data, kinds, restricted=_restricted(method), lowest=np.zeros(len(units)), start=begin)
    found = {name: float(size) for name, size in zip(units, sizes, strict=True)}
    plain = _plain(data)
    p = q.shape[1]
    typical = (y.size - p) / _trace(data, plain)
    whole = typical + float(sizes.sum())
    return _result(
        Fitted(data, here, back, made),
        method,
        test,
        confidence,
        degrees=_contained(data.design @ np.linalg.inv(back), data, units)
        if test == "t"
        else np.full(p, np.inf),
        variances=found,
        correlations={},
        i2={name: 100 * size / whole for name, size in found.items()},
        plain=plain,
    )


def multivariate(
    effects: npt.ArrayLike,
    covariance: npt.ArrayLike,
    cluster: Sequence[Hashable],
    outcome: Sequence[str],
    *,
    method: Literal["REML", "ML"] = "REML",
    test: Literal["z", "t"] = "z",
    confidence: float = 0.95,
) -> Multilevel:
    """Several outcomes of each cluster, each with its own average effect, variance and correlation between clusters.

    ``covariance`` (k, k) of the sampling errors, between effects of one cluster. Raises BadInput where an outcome is
    twice in a cluster, or in fewer than two clusters, and for covariances that cannot be; DidNotConverge.
    """
    y = numbers(effects, "effects")
    places = numbered(list(cluster), y.size, "cluster")
    spread = checked_covariance(covariance, places)
    checked(y, np.diag(spread))
    names = sorted({str(each) for each in outcome})
    where = np.array([names.index(str(each)) for each in outcome], dtype=np.intp)
    if len(where) != y.size:
        raise BadInput(f"There are {len(where)} outcomes for {y.size} effects.")
    if len({*zip(places.tolist(), where.tolist(), strict=True)}) < y.size:
        raise BadInput("An outcome is given twice in one cluster: use levels, or choose one of the two.")
    for number, name in enumerate(names):
        if np.sum(where == number) < 2:
            raise BadInput(f"The outcome {name!r} is in one cluster only: there is nothing to pool.")
    columns = floats(where[:, None] == np.arange(len(names))[None, :])
    data = blocks(places, y, columns, spread)
    _several(data)
    pairs = [(a, b) for a in range(len(names)) for b in range(a, len(names))]
    marks = data.spread(columns)
    kinds = np.stack([_pair(marks, a, b) for a, b in pairs])

    def table(sizes: Floats) -> Floats:
        made = np.zeros((len(names), len(names)))
        for (a, b), size in zip(pairs, sizes, strict=True):
            made[a, b] = made[b, a] = size
        return made

    own = np.array([float(np.var(y[where == a])) for a in range(len(names))])
    begin = np.array(
        [max(0.3 * own[a], 1e-3 * float(np.diag(spread).mean())) if a == b else 0.0 for a, b in pairs]
    )
    sizes, here = solve(
        data,
        kinds,
        restricted=_restricted(method),
        lowest=np.array([0.0 if a == b else -np.inf for a, b in pairs]),
        start=begin,
        possible=lambda sizes: bool(np.linalg.eigvalsh(table(sizes))[0] >= 0),
    )
    between = table(sizes)
    roots = np.sqrt(np.diag(between))
    p = len(names)
    made_names = tuple(f"outcome: {name}" for name in names)
    units = {name: places[where == number] for number, name in enumerate(names)}
    free = np.array([float(np.unique(units[name]).size - p) for name in names])
    if test == "t" and np.any(free <= 0):
        raise BadInput(
            "Some outcomes are in too few clusters for a test by t.",
            [
                Problem(
                    f"outcome {name!r}",
                    f"{int(left) + p} clusters",
                    f"more than the {p} outcomes",
                    "Test by z, and read the robust degrees of freedom; or leave the outcome out.",
                )
                for name, left in zip(names, free, strict=True)
                if left <= 0
            ],
        )
    return _result(
        Fitted(data, here, np.eye(p), made_names),
        method,
        test,
        confidence,
        degrees=free if test == "t" else np.full(p, np.inf),
        variances={name: float(between[n, n]) for n, name in enumerate(names)},
        correlations={
            (names[a], names[b]): float(between[a, b] / (roots[a] * roots[b]))
            for a, b in pairs
            if a != b and roots[a] * roots[b] > 0
        },
        i2={},
        plain=_plain(data),
    )


def _pair(marks: Floats, a: int, b: int) -> Floats:
    """Where the covariance of outcomes a and b enters: (G, m, m). ``marks`` (G, m, T) say which outcome a row is."""
    one = marks[:, :, None, a] * marks[:, None, :, b]
    return one if a == b else one + np.swapaxes(one, 1, 2)


@dataclass(frozen=True)
class Correlated:
    """A fit with correlated-effects weights: robust coefficients, ``tau2`` between studies, ``i2`` per cent."""

    k: int
    clusters: int
    coefficients: tuple[Coefficient, ...]
    tau2: float
    i2: float
    correlation: float
    notes: tuple[str, ...]


def correlated_effects(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    study: Sequence[Hashable],
    moderators: Moderators | None = None,
    *,
    correlation: float = 0.8,
    confidence: float = 0.95,
    labels: Sequence[str] | None = None,
) -> Correlated:
    """Robust variance estimation with weights for correlated effects (as R's robumeta with its correction).

    Every effect of a study weighs 1 / (n (mean variance + tau²)); tau² is by moments with the ``correlation`` assumed
    between errors of a study. Raises BadInput as ``multilevel``.
    """
    y, v = checked(effects, variances, labels=labels)
    if not 0 <= correlation < 1:
        raise BadInput(f"The correlation assumed lies between 0 and 1, not {correlation}.")
    places = numbered(list(study), y.size, "study")
    made, q, back = _columns(moderators or {}, y.size)
    sizes = np.bincount(places)
    mean = np.bincount(places, weights=v) / sizes
    plain = blocks(places, y, q, (sizes * mean)[places])
    _several(plain)
    rough = _plain(plain)
    spread_out = plain.same(places)
    weights = np.where(plain.there, 1 / np.einsum("gmm->gm", plain.sampling), 0.0)
    own = plain.spread(np.ones(y.size))
    typical = plain.spread(mean[places])
    eye = np.eye(plain.there.shape[1])[None] * own[:, :, None]
    sampling = typical[:, :, None] * ((1 - correlation) * eye + correlation * spread_out)
    q_left = float(np.sum(weights * rough.residuals**2))
    chance = _moment(plain, weights, rough, sampling)
    tau2 = max(0.0, (q_left - chance) / _moment(plain, weights, rough, spread_out))
    data = blocks(places, y, q, (sizes * (mean + tau2))[places])
    found = Fitted(data, _plain(data), back, made).robust("CR2", confidence)
    return Correlated(
        k=y.size,
        clusters=len(sizes),
        coefficients=found,
        tau2=tau2,
        i2=100 * max(0.0, (q_left - chance) / q_left) if q_left > 0 else 0.0,
        correlation=correlation,
        notes=_few(found),
    )


def _moment(data: Blocks, weights: Floats, fit: At, covariance: Floats) -> float:
    """tr(P S): what the weighted squares left over come to on average when errors have ``covariance``."""
    first = float(np.einsum("gm,gmm->", weights, covariance))
    loaded = weights[:, :, None] * data.design
    second = np.einsum("gmp,gmn,gnq->pq", loaded, covariance, loaded)
    return first - float(np.trace(fit.bread @ second))


def _there(fit: At | None) -> At:
    if fit is None:
        raise BadInput("The variances do not make a covariance.")
    return fit


def _restricted(method: str) -> bool:
    if method not in ("REML", "ML"):
        raise BadInput(f"Models of several levels are fitted by REML or ML, not {method!r}.")
    return method == "REML"


def _nested(levels: Mapping[str, Sequence[Hashable]], count: int) -> dict[str, Ints]:
    """Each level's units as numbers, told apart within the units above."""
    found: dict[str, Ints] = {}
    above: Ints | None = None
    for name, labels in levels.items():
        own = numbered(list(labels), count, name)
        if above is not None:
            own = np.unique(np.stack([above, own]), axis=1, return_inverse=True)[1].reshape(-1)
        found[name] = own
        above = own
    return found


def _sampling(v: Floats, outer: Ints, covariance: npt.ArrayLike | None, correlation: float | None) -> Floats:
    if covariance is not None and correlation is not None:
        raise BadInput("Give covariances or a correlation, not both.")
    if correlation is not None:
        return checked_covariance(assumed_covariance(v, outer.tolist(), correlation), outer)
    if covariance is None:
        return v
    matrix = checked_covariance(covariance, outer)
    if not np.allclose(np.diag(matrix), v, rtol=1e-6):
        raise BadInput("The variances and the diagonal of the covariances are not the same numbers.")
    return matrix


def _columns(moderators: Moderators, count: int) -> tuple[tuple[str, ...], Floats, Floats]:
    made = design(moderators, count)
    if not made.complete.all():
        raise BadInput(
            "Some effects lack a moderator.",
            [
                Problem(
                    f"effect {number + 1}",
                    "a moderator is missing",
                    "a value for each",
                    "Find it or leave it out.",
                )
                for number in np.flatnonzero(~made.complete).tolist()
            ],
        )
    q, r = orthonormal(made.matrix, made.names)
    return made.names, q, floats(np.linalg.inv(r))


def _several(data: Blocks) -> None:
    if len(data.there) < 2:
        raise BadInput("All effects are from one cluster: there is nothing to compare it with.")
    if len(data.there) <= data.design.shape[2]:
        raise BadInput(f"{len(data.there)} clusters cannot tell {data.design.shape[2]} coefficients apart.")


def _plain(data: Blocks) -> At:
    return _there(at(data, np.zeros((0, *data.sampling.shape)), np.zeros(0)))


def _trace(data: Blocks, plain: At) -> float:
    """tr(P) at the sampling covariance."""
    weighted = plain.inverse @ data.design
    own = np.einsum("gmm->gm", plain.inverse)[data.there].sum()
    return float(own - np.trace(plain.bread @ np.einsum("gmp,gmq->pq", weighted, weighted)))


def _contained(columns: Floats, data: Blocks, units: Mapping[str, Ints]) -> Floats:
    """Degrees of freedom: units of the fewest in which a column does not vary, less p; else rows less p."""
    p = columns.shape[2]
    order = np.argsort(data.rows[data.there])
    flat = columns[data.there][order]
    found = np.full(p, float(data.count - p))
    for labels in units.values():
        many = int(labels.max()) + 1
        first = np.zeros(many, dtype=np.intp)
        first[labels[::-1]] = np.arange(labels.size)[::-1]
        for column in range(p):
            even = np.allclose(flat[:, column], flat[first[labels], column], rtol=1e-9, atol=1e-12)
            if even:
                found[column] = min(found[column], float(many - p))
    if np.any(found <= 0):
        raise BadInput("There are too few units for so many coefficients: no degrees of freedom are left.")
    return found


def _result(
    fitted: Fitted, method: str, test: str, confidence: float, *, degrees: Floats, variances: Mapping[str, float],
    correlations: Mapping[tuple[str, str], float], i2: Mapping[str, float], plain: At,
) -> Multilevel:  # fmt: skip
    here, back = fitted.here, fitted.back
    free = fitted.data.count - here.beta.size
    q = float(np.sum(plain.pulled * plain.residuals))
    found = fitted.robust("CR2", confidence)
    return Multilevel(
        method=method,
        test=test,
        k=fitted.data.count,
        clusters=len(fitted.data.there),
        coefficients=coefficients(
            fitted.names, back @ here.beta, floats(back @ here.bread @ back.T), test, degrees, confidence
        ),
        robust=found,
        variances=variances,
        correlations=correlations,
        i2=i2,
        log_likelihood=here.height,
        q=q,
        q_df=free,
        q_p=float(chi2_above(q, free)),
        notes=_few(found),
        fitted=fitted,
    )


def _few(found: Sequence[Coefficient]) -> tuple[str, ...]:
    if not found:
        return ("The effects follow the model exactly, so there are no robust errors.",)
    return tuple(
        f"{'The average' if each.name == INTERCEPT else each.name} has {each.df:.1f} degrees of freedom: with fewer "
        f"than {FEW_DEGREES:g}, its robust p and interval are not to be trusted."
        for each in found
        if each.df is not None and each.df < FEW_DEGREES
    )
