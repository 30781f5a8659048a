"""A review that is already finished, screened again as if it were not: how early would its inclusions come?

The rest of the records are ranked by a model that learns from each decision; the decisions are the review's
own. What a model saves on finished reviews is the best there is to say about what it will save on a new one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.screening.figures import Figures, figures_of, recall_curve
from wherewithal.analyse.reviews.screening.ranking.models import Ranker
from wherewithal.analyse.reviews.screening.ranking.rows import Floats, Ints

BATCH_SHARE, INCLUSION_SHARE = 15, 10
"""Chosen on the reviews of SYNERGY among those shared with the project: so few lessons have the mean loss of a lesson
after every decision there, in a twentieth of the time.
"""


def batch_after(decisions: int) -> int:
    """How many records are read before the model learns again: a 15th of the decisions made, and one at least.

    A lesson comes sooner where inclusions are found: at once from the first twenty, later from a tenth more.
    """
    return max(1, decisions // BATCH_SHARE)


def one_by_one(decisions: int) -> int:
    """The model learns after every decision, as in ASReview's simulation."""
    return 1


@dataclass(frozen=True)
class Run:
    """One simulated review.

    ``order`` are record numbers as they were read, the two given beforehand first; the run ends when every
    inclusion was found. ``figures`` leave those two out, and so does ``recall``, the share of inclusions found
    after each hundredth of the records. ``seconds`` is processor time.
    """

    seed: int | None
    given: tuple[int, int]
    order: Ints
    figures: Figures
    recall: tuple[float, ...]
    seconds: float


def drawn_by(seed: int, included: Sequence[bool]) -> tuple[int, int]:
    """One inclusion and one exclusion to start from, drawn by the seed. Raises ValueError without both."""
    labels = np.array(included, dtype=np.bool_)
    if labels.all() or not labels.any():
        raise ValueError("a simulation needs at least one record included and one excluded")
    draw = np.random.default_rng(seed)
    return int(draw.choice(np.flatnonzero(labels))), int(draw.choice(np.flatnonzero(~labels)))


def simulate(
    ranker: Ranker,
    included: Sequence[bool],
    given: tuple[int, int],
    *,
    seed: int | None = None,
    batch: Callable[[int], int] = batch_after,
) -> Run:
    """Screen again with ``ranker``, which knows the records' texts, from the two decisions ``given``.

    Of records with the same score the one that stands first in the file is read first. ``batch`` says how many records
    are read between two lessons, given the number of decisions so far. There are few inclusions, and each says more of
    where the others are than a hundred exclusions: a lesson comes early where their number has grown by a tenth.
    """
    started = time.process_time()
    labels = np.array(included, dtype=np.bool_)
    read = np.empty(len(labels), dtype=np.int64)
    read[:2] = given
    unread = np.ones(len(labels), dtype=np.bool_)
    unread[read[:2]] = False
    inclusions, decided, left = int(labels.sum()), 2, int(labels[unread].sum())
    # What an earlier run taught must not show in this one.
    ranker.learn(read[:0], labels[:0])
    while left:
        made = read[:decided]
        ranker.learn(made, labels[made], roughly=batch is not one_by_one)
        pool = np.flatnonzero(unread)
        chosen = pool[_highest(ranker.scores()[pool], batch(decided))]
        found = np.flatnonzero(labels[chosen])
        enough = max(1, (inclusions - left) // INCLUSION_SHARE)
        if len(found) >= enough:
            chosen = chosen[: found[enough - 1] + 1]
        read[decided : decided + len(chosen)] = chosen
        unread[chosen] = False
        decided += len(chosen)
        left -= int(labels[chosen].sum())
    order = read[:decided]
    seconds = time.process_time() - started
    outcome, records = labels[order[2:]], len(labels) - 2
    figures, recall = figures_of(outcome, records=records), recall_curve(outcome, records=records)
    return Run(seed, given, order, figures, tuple(recall), seconds)


def _highest(scores: Floats, count: int) -> Ints:
    """The places of the ``count`` highest scores, highest first, ties in order."""
    if count == 1:
        return np.array([scores.argmax()])
    if count < len(scores):
        among = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    else:
        among = np.arange(len(scores))
    return among[np.argsort(-scores[among], kind="stable")][:count]
