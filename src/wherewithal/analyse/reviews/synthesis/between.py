"""How much true effects differ between studies: estimators of tau², for many selections of studies at once.

Sources, by key:
DL DerSimonian and Laird, Controlled Clinical Trials 7 (1986) 177; HE Hedges and Olkin, "Statistical methods for
meta-analysis" (1985); HS Schmidt and Hunter, "Methods of meta-analysis" (2015), and HSk with Viechtbauer's
correction for few studies, Frontiers in Psychology 6 (2015) 1521; SJ Sidik and Jonkman, Journal of the Royal
Statistical Society C 54 (2005) 367; ML and REML Viechtbauer, Journal of Educational and Behavioral Statistics 30
(2005) 261; PM Paule and Mandel, Journal of Research of the National Bureau of Standards 87 (1982) 377; EB
Morris, Journal of the American Statistical Association 78 (1983) 47, whose solution is PM's; DLIT, DL repeated
with its own weights until nothing changes, whose solution is PM's too; PMM the median-unbiased PM; GENQ
DerSimonian and Kacker, Contemporary Clinical Trials 28 (2007) 105, with given weights.
"""

from __future__ import annotations

import numpy as np

from wherewithal.analyse.reviews.synthesis.batch import Batch, Weighted, everything
from wherewithal.analyse.reviews.synthesis.distributions import chi2_at
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge, Floats, floats
from wherewithal.analyse.reviews.synthesis.zero import root
from wherewithal.errors import Problem

NAMES = {
    "EE": "Common effect",
    "DL": "DerSimonian-Laird",
    "HE": "Hedges",
    "HS": "Hunter-Schmidt",
    "HSk": "Hunter-Schmidt, corrected for few studies",
    "SJ": "Sidik-Jonkman",
    "ML": "Maximum likelihood",
    "REML": "Restricted maximum likelihood",
    "EB": "Empirical Bayes",
    "PM": "Paule-Mandel",
    "PMM": "Paule-Mandel, median-unbiased",
    "DLIT": "DerSimonian-Laird, repeated",
    "GENQ": "Generalised Q",
}
BY_LIKELIHOOD = ("ML", "REML")
BY_Q = ("PM", "EB", "DLIT", "PMM")
MOST_STEPS = 200
METAFOR_STEPS, METAFOR_STEP, METAFOR_ROOT = 1000, 1e-5, float(np.finfo(float).eps) ** 0.25
TOO_FAR = 0.01
GRID = 60


def between_variance(
    method: str,
    batch: Batch,
    *,
    weights: Floats | None = None,
    exact: bool = False,
    start: Floats | None = None,
) -> Floats:
    """tau² of every selection, (B,), never below nought.

    A search begins, steps and stops as R's metafor does by default (at a step of 1e-5, or 1.2e-4 for PM and
    PMM), so that anybody who checks there finds the same digits. Where that is too early, with more than a
    hundredth of tau²'s standard error still to go (effects on a small scale), it goes on to the end; ``exact``
    goes on always. ``start`` is where an exact search looks first. Raises DidNotConverge where it fails.
    """
    pieces = batch.pieces()
    if len(pieces) > 1:
        return np.concatenate(
            [
                between_variance(
                    method,
                    batch.rows(piece),
                    weights=weights,
                    exact=exact,
                    start=start[piece] if start is not None else None,
                )
                for piece in pieces
            ]
        )
    if method == "EE":
        return np.zeros(len(batch.member))
    if method in ("ML", "REML", *BY_Q):
        return _solved(method, batch, start) if exact else _as_metafor(method, batch)
    return np.maximum(0.0, _closed(method, batch, weights))


def _closed(method: str, batch: Batch, weights: Floats | None) -> Floats:
    """Estimators that are a formula, before they are cut at nought: (B,)."""
    spare = batch.spare
    if method == "HE":
        plain = batch.weighted(np.ones_like(batch.variances))
        return (plain.rss - plain.trace_pv) / spare
    if method == "SJ":
        rough = _rough(batch)
        return rough * batch.at(rough).rss / spare
    fit = batch.weighted(1.0 / batch.variances if method != "GENQ" or weights is None else weights)
    if method == "DL":
        return (fit.rss - spare) / fit.trace_p
    if method == "HS":
        return floats((fit.rss - batch.counts) / fit.weights.sum(axis=1))
    if method == "HSk":
        return floats((batch.counts / spare * fit.rss - batch.counts) / fit.weights.sum(axis=1))
    if method == "GENQ":
        return (fit.rss - fit.trace_pv) / fit.trace_p
    raise ValueError(f"there is no estimator called {method!r}; there are {', '.join(NAMES)}")


def _rough(batch: Batch) -> Floats:
    """The plain variance of a selection's effects, with which Sidik and Jonkman begin: (B,)."""
    means = batch.member @ batch.effects / batch.counts
    away = (batch.effects - means[:, None]) * batch.member
    return floats(np.einsum("bk,bk->b", away, away) / batch.counts)


def _target(method: str, batch: Batch) -> Floats:
    """What Q should come to at the solution: its mean, or its median for PMM."""
    return chi2_at(0.5, batch.spare) if method == "PMM" else batch.spare


def _by_q(method: str, batch: Batch, start: Floats | None) -> Floats:
    """The root of Q(tau²) = its expected value, by Newton's steps: Q falls, ever less steeply."""
    target = _target(method, batch)
    tau2 = np.zeros(len(batch.member))
    over = batch.at(tau2).rss > target
    if not over.any():
        return tau2
    begin = np.maximum(0.0, start if start is not None else _closed("HE", batch, None))
    tau2 = np.where(over, begin, 0.0)
    small = _small(batch)
    for _ in range(MOST_STEPS):
        fit = batch.at(tau2)
        step = np.where(over, (fit.rss - target) / np.where(over, fit.y_ppy, 1.0), 0.0)
        new = np.maximum(tau2 + step, 0.0)
        if np.all(np.abs(new - tau2) <= 1e-12 * new + small):
            return new
        tau2 = new
    raise _not_found(method)


def _small(batch: Batch) -> float:
    """A difference too small to matter beside the smallest sampling variance."""
    return 1e-13 * float(batch.variances.min())


def _by_likelihood(method: str, batch: Batch, start: Floats | None) -> Floats:
    """The maximum of the likelihood by Newton's steps, Fisher's where the curve is no hill.

    Rows that do not settle are searched on a grid, as is every single fit: a likelihood can have two peaks.
    """
    zero = np.zeros(len(batch.member))
    tau2 = np.maximum(0.0, start if start is not None else _closed("HE", batch, None))
    small = _small(batch)
    settled = np.zeros(len(tau2), dtype=np.bool_)
    for _ in range(MOST_STEPS // 4):
        score, expected, observed = slopes(method, batch.at(tau2))
        information = np.where(observed > 0.2 * expected, observed, expected)
        new = np.maximum(0.0, tau2 + score / information)
        settled = np.abs(new - tau2) <= 1e-11 * new + small
        tau2 = new
        if settled.all():
            break
    at_nought = log_likelihood(method, batch.at(zero)) > log_likelihood(method, batch.at(tau2))
    tau2 = np.where(at_nought, 0.0, tau2)
    again = np.flatnonzero(~settled) if len(tau2) > 1 else np.array([0])
    for row in again:
        one = batch.rows(slice(row, row + 1))
        tau2[row] = _highest_peak(method, one, float(tau2[row]) if settled[row] else None)
    return tau2


def slopes(method: str, fit: Weighted) -> tuple[Floats, Floats, Floats]:
    """Twice the slope of the log-likelihood in tau², with twice its expected and observed information: (B,) each."""
    if method == "ML":
        weight, expected = fit.weights.sum(axis=1), fit.squares.sum(axis=1)
    else:
        weight, expected = fit.trace_p, fit.trace_pp
    return fit.y_ppy - weight, expected, 2 * fit.y_pppy - expected


def log_likelihood(method: str, fit: Weighted) -> Floats:
    """The part of the log-likelihood that depends on tau²: (B,). ``method`` ML, or else restricted."""
    inside = np.where(fit.weights > 0, fit.weights, 1.0)
    value = 0.5 * np.log(inside).sum(axis=1) - 0.5 * fit.rss
    if method != "ML":
        value = value + 0.5 * np.linalg.slogdet(fit.bread)[1]
    return floats(value)


def _highest_peak(method: str, one: Batch, found: float | None) -> float:
    """The best of ``found`` and what a grid from nought to far beyond the spread of effects shows."""
    inside = one.member[0] > 0
    effects, variances, design = one.effects[inside], one.variances[inside], one.design[inside]
    most = 4 * float(np.ptp(effects)) ** 2 + float(variances.max())
    grid = np.concatenate([[0.0], np.geomspace(1e-4 * float(variances.min()), most, GRID)])
    many = Batch(effects, variances, design, np.ones((grid.size, effects.size)))
    heights = log_likelihood(method, many.at(grid))
    best = int(heights.argmax())
    single = everything(effects, variances, design)

    def height(tau2: float) -> float:
        return float(log_likelihood(method, single.at(np.array([tau2])))[0])

    def slope(tau2: float) -> float:
        return float(slopes(method, single.at(np.array([tau2])))[0][0])

    if found is not None and height(found) >= heights[best] - 1e-9 * (1 + abs(heights[best])):
        return found
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    if best == 0 and slope(0.0) <= 0:
        return 0.0
    if slope(low) < 0 or slope(high) > 0:
        raise _not_found(method)
    return root(slope, float(low), float(high), _small(single))


def _solved(method: str, batch: Batch, start: Floats | None) -> Floats:
    return _by_q(method, batch, start) if method in BY_Q else _by_likelihood(method, batch, start)


def _as_metafor(method: str, batch: Batch) -> Floats:
    """Searched and stopped as metafor does, and finished where that leaves too much of the way: (B,)."""
    if method in ("PM", "PMM"):
        rows = range(len(batch.member))
        tau2 = np.array([_root_as_metafor(method, batch.rows(slice(row, row + 1))) for row in rows])
    else:
        tau2 = _steps_as_metafor(method, batch)
    settled = np.isfinite(tau2)
    here = np.where(settled, tau2, 0.0)
    to_go = np.minimum(np.abs(_next_step(method, batch, here)), np.where(here > 0, here, np.inf))
    far = ~settled | (to_go > TOO_FAR * standard_error(method, batch, here))
    for row in np.flatnonzero(far):
        one = batch.rows(slice(row, row + 1))
        tau2[row] = _solved(method, one, here[row : row + 1] if settled[row] else None)[0]
    return tau2


def _next_step(method: str, batch: Batch, tau2: Floats) -> Floats:
    """How far the solution still is, near enough; nought where tau² is held at nought: (B,)."""
    fit = batch.at(tau2)
    if method in BY_LIKELIHOOD:
        score, expected, _ = slopes(method, fit)
        step = score / expected
    else:
        step = (fit.rss - _target(method, batch)) / np.where(fit.y_ppy > 0, fit.y_ppy, 1.0)
    return np.where((tau2 == 0) & (step < 0), 0.0, step)


def _root_as_metafor(method: str, one: Batch) -> float:
    """Brent's method from 0 to 100, or ten times as far as often as needed."""
    target = float(_target(method, one)[0])

    def over(tau2: float) -> float:
        return float(one.at(np.array([tau2])).rss[0]) - target

    if over(0.0) <= 0:
        return 0.0
    far = 100.0
    while over(far) > 0:
        far *= 10
    return root(over, 0.0, far, METAFOR_ROOT)


def _steps_as_metafor(method: str, batch: Batch) -> Floats:
    """Fisher's steps from Hedges' estimate (DLIT: its own from nought), each row until it stops; else not a number."""
    count = len(batch.member)
    tau2 = np.zeros(count) if method == "DLIT" else np.maximum(0.0, _closed("HE", batch, None))
    moving = np.arange(count)
    some, here = batch, tau2.copy()
    for _ in range(METAFOR_STEPS):
        new = _one_step(method, some, here)
        tau2[moving] = new
        still = np.abs(new - here) > METAFOR_STEP
        if not still.any():
            moving = moving[:0]
            break
        if still.all():
            here = new
        else:
            moving, some, here = moving[still], some.rows(still), new[still]
    unsettled = np.isin(np.arange(count), moving)
    if method in BY_LIKELIHOOD:
        at_nought = log_likelihood(method, batch.at(np.zeros(count)))
        lower = at_nought > log_likelihood(method, batch.at(tau2))
        tau2 = np.where(lower & (tau2 > METAFOR_STEP), 0.0, tau2)
    return np.where(unsettled, np.nan, tau2)


def _one_step(method: str, batch: Batch, tau2: Floats) -> Floats:
    fit = batch.at(tau2)
    if method == "DLIT":
        return np.maximum(0.0, (fit.rss - fit.trace_pv) / fit.trace_p)
    if method == "EB":
        step = (fit.rss * batch.counts / batch.spare - batch.counts) / fit.weights.sum(axis=1)
    else:
        score, expected, _ = slopes(method, fit)
        step = score / expected
    while np.any(below := tau2 + step < 0):
        step = np.where(below, step / 2, step)
    return floats(tau2 + step)


def _not_found(method: str) -> DidNotConverge:
    return DidNotConverge(
        f"{NAMES[method]} found no value for the difference between studies, so there is no result.",
        [
            Problem(
                "method",
                f"{method} did not settle",
                "a search that ends",
                "Look for a study far from all others, or use a method that needs no search: DL or HE.",
            )
        ],
    )


def standard_error(method: str, batch: Batch, tau2: Floats, weights: Floats | None = None) -> Floats:
    """Standard error of tau², (B,), from the information or the estimator's variance; not a number where there is none.

    Sources as above and Viechtbauer, Biometrical Journal 49 (2007) 37. Not for intervals: see q_profile.
    """
    k, spare = batch.counts, batch.spare
    if method == "EE":
        return np.full(len(tau2), np.nan)
    if method in BY_LIKELIHOOD:
        expected = slopes(method, batch.at(tau2))[1]
        # Variances of many orders of magnitude leave no information that can be told from rounding.
        told = expected > 0
        return np.where(told, np.sqrt(2.0 / np.where(told, expected, 1.0)), np.nan)
    if method in BY_Q:
        return np.asarray(np.sqrt(2 * k**2 / spare) / batch.at(tau2).weights.sum(axis=1))
    if method in ("HE", "SJ", "GENQ"):
        rough = _rough(batch)
        if method == "HE":
            fit, scale = batch.weighted(np.ones_like(batch.variances)), 1 / spare
        elif method == "SJ":
            fit, scale = batch.at(rough), rough / spare
        else:
            fit = batch.weighted(1 / batch.variances if weights is None else weights)
            scale = 1 / fit.trace_p
        spread = 2 * fit.trace_pvpv + 4 * tau2 * fit.trace_pvp + 2 * tau2**2 * fit.trace_pp
        return np.asarray(scale * np.sqrt(spread))
    fit = batch.weighted(1.0 / batch.variances)
    spread = 2 * spare + 4 * tau2 * fit.trace_p + 2 * tau2**2 * fit.trace_pp
    scale = 1 / fit.trace_p if method == "DL" else 1 / fit.weights.sum(axis=1)
    if method == "HSk":
        scale = scale * k / spare
    return np.asarray(scale * np.sqrt(spread))
