"""Pairs judged: the weights added up, the rules asked, and who decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wherewithal.analyse.reviews.records.deduplication.candidates import Pairs, candidate_pairs
from wherewithal.analyse.reviews.records.deduplication.columns import Columns, columns_of
from wherewithal.analyse.reviews.records.deduplication.comparable import Form
from wherewithal.analyse.reviews.records.deduplication.comparison import Outcomes, compare, possible
from wherewithal.analyse.reviews.records.deduplication.rules import RULES, first_rule
from wherewithal.analyse.reviews.records.deduplication.weights import weights

BATCH = 100_000
"""Pairs compared at once: memory does not grow with the pile's pairs."""


class Judged(NamedTuple):
    """Pairs that a person could care about: at or above the weight from which somebody is asked.

    ``rule`` is the place in ``RULES`` of what forbids the merge, -1 for nothing; ``outcomes`` has a column a field
    in the order of the table of weights.
    """

    pairs: Pairs
    bits: NDArray[np.float64]
    rule: NDArray[np.int8]
    outcomes: NDArray[np.int8]

    @property
    def merges(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (self.rule < 0) & (self.bits >= weights().merge)
        return found


def judge(
    forms: Sequence[Form],
    progress: Callable[[str, int, int], None],
    wanted: NDArray[np.bool_] | None = None,
) -> tuple[Columns, Judged]:
    """Every candidate pair of ``forms`` judged, or those with one of the forms that ``wanted`` marks.

    ``progress`` is told the step, how many are done and of how many.
    """
    columns = columns_of(forms)
    progress("looking for pairs", 0, len(forms))
    pairs = candidate_pairs(forms, wanted)
    kept = []
    for start in range(0, len(pairs), BATCH):
        progress("comparing pairs", start, len(pairs))
        batch = pairs[start : start + BATCH]
        kept.append(judge_pairs(columns, possible(columns, batch), weights().ask))
    return columns, _joined(kept)


def judge_pairs(columns: Columns, pairs: Pairs, least: float = -np.inf) -> Judged:
    """The pairs that reach ``least`` bits, judged."""
    outcomes = compare(columns, pairs)
    bits = bits_of(outcomes)
    rule = first_rule(columns, pairs, outcomes)
    kept = bits >= least
    return Judged(pairs[kept], bits[kept], rule[kept], _table(outcomes)[kept])


def bits_of(outcomes: Outcomes) -> NDArray[np.float64]:
    total: NDArray[np.float64] = np.add.reduce(
        [field.bits[outcomes[name]] for name, field in weights().fields.items()]
    )
    return total


def _table(outcomes: Outcomes) -> NDArray[np.int8]:
    return np.stack([outcomes[name] for name in weights().fields], axis=1)


def _joined(parts: Sequence[Judged]) -> Judged:
    if not parts:
        nothing = np.empty(0)
        return Judged(
            np.empty((0, 2), dtype=np.int64), nothing, nothing.astype(np.int8),
            np.empty((0, len(weights().fields)), dtype=np.int8),
        )  # fmt: skip
    return Judged(
        np.concatenate([part.pairs for part in parts]),
        np.concatenate([part.bits for part in parts]),
        np.concatenate([part.rule for part in parts]),
        np.concatenate([part.outcomes for part in parts]),
    )


def said_of(outcomes: NDArray[np.int8]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for one pair and what against, strongest first, in words."""
    said = []
    for place, field in enumerate(weights().fields.values()):
        outcome = int(outcomes[place])
        if field.words[outcome] and field.bits[outcome]:
            said.append((float(field.bits[outcome]), field.words[outcome]))
    said.sort(key=lambda each: -abs(each[0]))
    return tuple(words for bits, words in said if bits > 0), tuple(words for bits, words in said if bits < 0)


__all__ = ["RULES", "Judged", "bits_of", "judge", "judge_pairs", "said_of"]
