"""Treatments in order, with how unsure the order is, and a rule for when one may be called the best.

Sources: Rücker and Schwarzer, BMC Medical Research Methodology 15 (2015) 58, for P-scores; Salanti, Ades and
Ioannidis, Journal of Clinical Epidemiology 64 (2011) 163, for chances of ranks and SUCRA.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.synthesis.distributions import normal_above
from wherewithal.analyse.reviews.synthesis.network.fit import Network
from wherewithal.analyse.reviews.synthesis.studies import Floats, floats
from wherewithal.errors import BadInput

RULE = (
    "An intervention is called the best only where its {share:g}% interval of ranks overlaps with no other "
    "intervention's. A P-score or a place in the order is never enough."
)


@dataclass(frozen=True)
class Rank:
    """One treatment: its P-score, its SUCRA, the chance of each rank from the best on, and its interval of ranks."""

    treatment: str
    p_score: float
    sucra: float
    chances: tuple[float, ...]
    median: int
    low: int
    high: int


@dataclass(frozen=True)
class Ranking:
    """Treatments by P-score. ``best`` is None where ``rule`` lets nobody be called so; ``verdict`` says it in words."""

    ranks: tuple[Rank, ...]
    higher_is_better: bool
    best: str | None
    rule: str
    verdict: str
    draws: int
    seed: int


def ranking(fit: Network, *, higher_is_better: bool, draws: int = 20_000, seed: int = 1) -> Ranking:
    """Rank the treatments of a fitted network.

    Ranks are of ``draws`` from the normal distribution of the effects, by ``seed``: the same seed gives the same
    figures. Intervals of ranks have the network's confidence. Raises BadInput for fewer than 1,000 draws.
    """
    if draws < 1_000:
        raise BadInput(f"{draws} draws are too few for chances of ranks: give 1,000 or more.")
    names = fit.treatments
    size = len(names)
    sign = 1.0 if higher_is_better else -1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        above = 1 - normal_above(sign * fit.effects / fit.errors)
    np.fill_diagonal(above, 0.0)
    scores = above.sum(axis=1) / (size - 1)
    order = _order(fit, sign, draws, seed)
    chances = floats([(order == rank).mean(axis=0) for rank in range(1, size + 1)]).T
    cumulative = np.cumsum(chances, axis=1)
    tail = (1 - fit.confidence) / 2
    ranks = [
        Rank(
            treatment=name,
            p_score=float(scores[place]),
            sucra=float(cumulative[place, :-1].mean()),
            chances=tuple(float(x) for x in chances[place]),
            median=_at(cumulative[place], 0.5),
            low=_at(cumulative[place], tail),
            high=_at(cumulative[place], 1 - tail),
        )
        for place, name in enumerate(names)
    ]
    ranks.sort(key=lambda rank: (-rank.p_score, rank.treatment))
    best, verdict = _verdict(ranks)
    rule = RULE.format(share=100 * fit.confidence)
    return Ranking(tuple(ranks), higher_is_better, best, rule, verdict, draws, seed)


def _order(fit: Network, sign: float, draws: int, seed: int) -> Floats:
    """Ranks of every treatment in every draw, 1 the best: (draws, T)."""
    drawn = np.random.default_rng(seed).standard_normal((draws, len(fit.treatments) - 1))
    lower = np.linalg.cholesky(fit.covariance[1:, 1:])
    effects = np.zeros((draws, len(fit.treatments)))
    effects[:, 1:] = fit.effects[1:, 0] + drawn @ lower.T
    places = np.argsort(-sign * effects, axis=1, kind="stable")
    order = np.empty_like(effects)
    np.put_along_axis(order, places, np.arange(1.0, effects.shape[1] + 1)[None, :], axis=1)
    return order


def _at(cumulative: Floats, share: float) -> int:
    return int(np.searchsorted(cumulative, share - 1e-12)) + 1


def _verdict(ranks: list[Rank]) -> tuple[str | None, str]:
    first, others = ranks[0], ranks[1:]
    rivals = [rank for rank in others if rank.low <= first.high]
    if not rivals:
        return first.treatment, (
            f"{first.treatment} may be called the best of the {len(ranks)}: no other intervention's interval of ranks "
            f"reaches {first.low if first.low == first.high else f'{first.low} to {first.high}'}."
        )
    named = _listed([rank.treatment for rank in rivals])
    return None, (
        f"No intervention may be called the best: {first.treatment} ranks {_ranks(first)}, and {named} "
        f"{'has an interval' if len(rivals) == 1 else 'have intervals'} of ranks that "
        f"{'overlaps' if len(rivals) == 1 else 'overlap'} with it."
    )


def _ranks(rank: Rank) -> str:
    return f"{rank.low}" if rank.low == rank.high else f"{rank.low} to {rank.high}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
