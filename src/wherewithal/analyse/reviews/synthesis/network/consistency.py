"""Do direct and indirect comparisons agree? Q taken apart by design, each comparison split, and loops.

Sources: Higgins and others, Research Synthesis Methods 3 (2012) 98, for design-by-treatment interaction; Krahn, Binder
and König, BMC Medical Research Methodology 13 (2013) 35, for Q by design; Dias and others, Statistics in Medicine 29
(2010) 932, for splitting a comparison, and White, Stata Journal 15 (2015) 951, for its symmetrical form, which
treats both arms of a study with three or more alike; Bucher and others, Journal of Clinical Epidemiology 50 (1997)
683, for loops.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np

from wherewithal.analyse.reviews.synthesis.distributions import chi2_above, normal_above
from wherewithal.analyse.reviews.synthesis.network.evidence import Evidence
from wherewithal.analyse.reviews.synthesis.network.fit import (
    Network,
    between,
    by_moments,
    fitted,
    total,
)
from wherewithal.analyse.reviews.synthesis.studies import Floats


@dataclass(frozen=True)
class Share:
    """A part of Q with its degrees of freedom and p (1 with none)."""

    q: float
    df: int

    @property
    def p(self) -> float:
        return float(chi2_above(self.q, self.df))


@dataclass(frozen=True)
class Decomposition:
    """Q taken apart.

    ``total`` = ``within`` designs (studies of the same treatments that differ) + ``between`` designs (designs that
    contradict each other). ``designs`` are the parts of ``within``. ``interaction`` tests contradiction beside a
    variance ``tau2_within`` between studies of the same design, which is the fairer test where studies differ.
    """

    total: Share
    within: Share
    between: Share
    designs: dict[str, Share]
    interaction: Share
    tau2_within: float


def decomposition(fit: Network) -> Decomposition:
    """Q by design of a fitted network (at tau² = 0, and beside the variance within designs)."""
    evidence = fit.evidence
    data = evidence.blocks(evidence.design)
    groups = _designs(evidence)
    columns = _own_columns(evidence, groups)
    full = evidence.blocks(columns)
    apart = fitted(full, 0.0)
    own = np.einsum("gm,gm->g", apart.pulled, apart.residuals)
    designs = {
        ", ".join(evidence.treatments[arm] for arm in arms): Share(
            max(0.0, float(own[list(studies)].sum())), (len(studies) - 1) * (len(arms) - 1)
        )
        for arms, studies in groups.items()
    }
    whole = Share(total(fitted(data, 0.0)), data.count - data.design.shape[2])
    within = Share(total(apart), data.count - columns.shape[1])
    gap = whole.df - within.df
    tau2 = by_moments(full, within.df) if within.df else 0.0
    beside = max(0.0, total(fitted(data, tau2)) - total(fitted(full, tau2)))
    return Decomposition(
        total=whole,
        within=within,
        between=Share(max(0.0, whole.q - within.q), gap),
        designs=designs,
        interaction=Share(beside if gap else 0.0, gap),
        tau2_within=tau2,
    )


def _designs(evidence: Evidence) -> dict[tuple[int, ...], tuple[int, ...]]:
    """Studies by the treatments they compare."""
    found: dict[tuple[int, ...], list[int]] = {}
    for number, arms in enumerate(evidence.arms):
        found.setdefault(arms, []).append(number)
    return {arms: tuple(studies) for arms, studies in sorted(found.items())}


def _own_columns(evidence: Evidence, groups: dict[tuple[int, ...], tuple[int, ...]]) -> Floats:
    """A column for every contrast of every design: (n, sum of arms less one)."""
    places = {(arms, arm): None for arms in groups for arm in arms[1:]}
    number = {key: place for place, key in enumerate(places)}
    columns = np.zeros((evidence.effects.size, len(number)))
    for row, (study, arm) in enumerate(zip(evidence.study, evidence.treatment, strict=True)):
        columns[row, number[evidence.arms[study], int(arm)]] = 1.0
    return columns


@dataclass(frozen=True)
class Split:
    """One comparison, direct against indirect, with their difference and its p.

    ``direct_share`` is how much of the weight is direct, per cent. ``indirect`` and what follows from it are None
    where nothing but direct comparisons speaks; the effects are ``first`` against ``second``.
    """

    first: str
    second: str
    studies: int
    direct: float
    direct_se: float
    indirect: float | None
    indirect_se: float | None
    difference: float | None
    difference_se: float | None
    p: float | None
    direct_share: float


def splits(fit: Network) -> tuple[Split, ...]:
    """Every comparison that a study makes, split; tau² is estimated anew beside each split, by the same method."""
    return tuple(_split(fit, pair) for pair in fit.evidence.pairs)


def _split(fit: Network, pair: tuple[int, int]) -> Split:
    evidence = fit.evidence
    second, first = pair
    names = evidence.treatments
    shift = np.zeros(len(names))
    shift[first], shift[second] = 0.5, -0.5
    both = set(evidence.pairs[pair])
    here = np.array([study in both for study in evidence.study])
    extra = np.where(here, shift[evidence.treatment] - shift[evidence.base], 0.0)
    columns = np.column_stack([evidence.design, extra])
    contrast = np.zeros(columns.shape[1])
    for place, sign in ((first, 1.0), (second, -1.0)):
        if place:
            contrast[place - 1] = sign
    studies = len(both)
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        estimate, error = float(fit.effects[first, second]), float(fit.errors[first, second])
        return Split(
            names[first], names[second], studies, estimate, error, None, None, None, None, None, 100.0
        )
    data = evidence.blocks(columns)
    free = data.count - columns.shape[1]
    tau2 = between(data, fit.method, free) if free else fit.tau2
    there = fitted(data, tau2, restricted=fit.method != "ML")
    direct = contrast.copy()
    direct[-1] = 1.0
    (d, d_se), (i, i_se) = (
        (float(w @ there.beta), float(np.sqrt(w @ there.bread @ w))) for w in (direct, contrast)
    )
    gap, gap_se = float(there.beta[-1]), float(np.sqrt(there.bread[-1, -1]))
    return Split(
        first=names[first],
        second=names[second],
        studies=studies,
        direct=d,
        direct_se=d_se,
        indirect=i,
        indirect_se=i_se,
        difference=gap,
        difference_se=gap_se,
        p=float(2 * normal_above(abs(gap) / gap_se)),
        direct_share=100 * d_se**-2 / (d_se**-2 + i_se**-2),
    )


@dataclass(frozen=True)
class Loop:
    """Treatments compared all the way round, and how far the comparisons are from adding up to nought."""

    treatments: tuple[str, ...]
    gap: float
    se: float
    p: float


def loops(fit: Network) -> tuple[Loop, ...]:
    """Loops of three and of four treatments (four where no comparison cuts across), at the network's tau².

    A study with three or more of a loop's treatments cannot contradict itself and is left out of that loop, which
    makes its sides independent; a loop with a side left bare is not listed.
    """
    evidence = fit.evidence
    names = range(len(evidence.treatments))
    rounds: list[tuple[int, ...]] = [c for c in combinations(names, 3) if _closed(evidence, c)]
    for four in combinations(names, 4):
        first = four[0]
        for rest in permutations(four[1:]):
            if rest[0] < rest[2] and _closed(evidence, (first, *rest)) and not _cut(evidence, (first, *rest)):
                rounds.append((first, *rest))
    return tuple(loop for loop in (_loop(fit, each) for each in rounds) if loop is not None)


def _sides(loop: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    return zip(loop, (*loop[1:], loop[0]), strict=True)


def _closed(evidence: Evidence, loop: tuple[int, ...]) -> bool:
    return all((min(side), max(side)) in evidence.pairs for side in _sides(loop))


def _cut(evidence: Evidence, loop: tuple[int, ...]) -> bool:
    across = [(loop[0], loop[2]), (loop[1], loop[3])]
    return any((min(pair), max(pair)) in evidence.pairs for pair in across)


def _loop(fit: Network, loop: tuple[int, ...]) -> Loop | None:
    evidence = fit.evidence
    gap = variance = 0.0
    for a, b in _sides(loop):
        weights = effects = 0.0
        for study in evidence.pairs[min(a, b), max(a, b)]:
            if len(set(evidence.arms[study]) & set(loop)) > 2:
                continue
            effect, own = evidence.contrast(study, b, a)
            weight = 1 / (own + fit.tau2)
            weights, effects = weights + weight, effects + weight * effect
        if not weights:
            return None
        gap, variance = gap + effects / weights, variance + 1 / weights
    error = variance**0.5
    return Loop(
        tuple(evidence.treatments[each] for each in loop),
        gap,
        error,
        float(2 * normal_above(abs(gap) / error)),
    )
