"""When enough has been read: two rules with a statistical guarantee, and what each takes for granted.

*While screening*: ``chance_of_missing`` asks, at looks planned beforehand, how likely the decisions so far
would be if more had been missed than the target allows. It takes the last records read, whichever stretch
speaks loudest, as if they had been drawn at random from what was unread. A ranked list finds relevant records
sooner than chance would, so that is on the safe side as long as the ranking is better than chance. Source:
Callaghan and Müller-Hansen (2020), Systematic Reviews 9:273.

*As a certificate*: ``missed_at_most`` bounds what is left from records drawn at random from the unread. It
assumes nothing about the ranking and holds however often one looks. Source: Waudby-Smith and Ramdas (2020),
Confidence sequences for sampling without replacement, NeurIPS 33 (the prior-posterior ratio).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

TARGET = 0.95
"""The share of all relevant records to be found."""

CONFIDENCE = 0.95
"""How sure the rule should be."""

RARE = (0.5, 20.0)
"""What the audit expects before its first draw, as beta weights: what is left unread is seldom relevant.

Chosen beforehand, so the bound holds whatever the truth is; where few are left it is about half of what even
weights (1, 1) give.
"""

Bools = NDArray[np.bool_]


def chance_of_missing(included: Sequence[bool] | Bools, *, records: int, target: float = TARGET) -> float:
    """How likely these decisions are if recall is still below ``target``: stop when it falls under 1 - confidence.

    ``included`` are the decisions in the order of reading, ``records`` how many there are in all. 1.0 before
    anything is found. Raises ValueError for more decisions than records, or a target not between 0 and 1.

    Looking k times at the same confidence makes k chances to be wrong: divide 1 - confidence by the number of
    looks that were planned (``Looks``).
    """
    labels = np.asarray(included, dtype=np.bool_)
    if len(labels) > records:
        raise ValueError(f"{len(labels)} decisions on {records} records")
    if not 0 < target < 1:
        raise ValueError("the target lies between 0 and 1")
    found = int(labels.sum())
    if not found or not len(labels):
        return 1.0
    # For each stretch of last records: found in it, its length, what was unread before it, and the fewest
    # relevant there must have been then if the target is still missed.
    length = _telling(labels)
    within = labels[::-1].cumsum()[length - 1]
    before = records - len(labels) + length
    fewest = np.floor(found / target + 1 - (found - within))
    from scipy.stats import hypergeom  # type: ignore[attr-defined]  # half a second to load: only where it is used

    chances = hypergeom.cdf(within, before, np.minimum(fewest, before), length)
    # Where not even all that is unread could make the target missed, missing it is impossible.
    chances = np.where(fewest > before, 0.0, chances)
    return float(chances.min())


def _telling(labels: Bools) -> NDArray[np.int64]:
    """Lengths of the stretches of last records that can speak loudest.

    Of stretches with the same finds the longest does: its draws are a larger part of what was unread before it.
    The shortest counts as well, since with it missing the target may be impossible. All others lie between.
    """
    within = labels[::-1].cumsum()
    change = np.flatnonzero(np.diff(within)) + 1
    return np.unique(np.concatenate([[1], change, change + 1, [len(labels)]])).astype(np.int64)


@dataclass(frozen=True)
class Looks:
    """Looks at the decisions, planned before screening: after these numbers of records.

    ``level`` is the chance of missing under which one may stop at any of them: with equal parts for each look
    the whole rule is wrong at most once in 1 / (1 - confidence) reviews (Bonferroni).
    """

    after: tuple[int, ...]
    confidence: float = CONFIDENCE

    @property
    def level(self) -> float:
        return (1 - self.confidence) / max(len(self.after), 1)


def planned_looks(records: int, *, looks: int = 10, confidence: float = CONFIDENCE) -> Looks:
    """Looks spread evenly over the pile, the first after a ``looks``-th of it."""
    places = np.unique(np.ceil(np.arange(1, looks + 1) * records / looks).astype(int))
    return Looks(tuple(int(place) for place in places), confidence)


def more_to_read(
    included: Sequence[bool] | Bools, *, records: int, target: float = TARGET, level: float = 1 - CONFIDENCE
) -> int | None:
    """How many more records must be read without a find before one may stop; 0 if one may now.

    None before anything is found: then nothing can be said. A find on the way makes it more.
    """
    labels = np.asarray(included, dtype=np.bool_)
    if not labels.any():
        return None

    def may_stop(more: int) -> bool:
        longer = np.concatenate([labels, np.zeros(more, dtype=np.bool_)])
        return chance_of_missing(longer, records=records, target=target) < level

    low, high = 0, records - len(labels)
    if may_stop(low):
        return low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if may_stop(middle) else (middle, high)
    return high


@dataclass(frozen=True)
class Audit:
    """Records drawn at random from the ``unread``: how many were ``drawn`` so far, and relevant among them.

    ``earlier`` are the relevant records found before it began.
    """

    unread: int
    drawn: int
    found: int
    earlier: int

    def recall_at_least(self, *, confidence: float = CONFIDENCE) -> float:
        """The share of relevant records found so far, at the least, with this confidence at any time."""
        most = missed_at_most(self.unread, self.drawn, self.found, confidence=confidence)
        known = self.earlier + self.found
        total = self.earlier + most
        return 1.0 if not total else known / total


def missed_at_most(
    unread: int,
    drawn: int,
    found: int,
    *,
    confidence: float = CONFIDENCE,
    prior: tuple[float, float] = RARE,
) -> int:
    """How many of the ``unread`` are relevant, at the most, the ``found`` ones included.

    ``drawn`` of them were drawn at random, ``found`` of those relevant. The bound holds at the same time for
    every number of draws, so one may look after each and stop whenever it is low enough. ``prior`` are the
    beta-binomial weights (before the first draw) of the ratio: any choice is valid, a better guess is only
    tighter. Raises ValueError for counts that cannot be.
    """
    if not 0 <= found <= drawn <= unread:
        raise ValueError(f"{found} found among {drawn} drawn of {unread}")
    if drawn == unread:
        return found
    possible = np.arange(found, unread - (drawn - found) + 1)
    from scipy.stats import hypergeom  # type: ignore[attr-defined]  # as above

    likelihood = hypergeom.logpmf(found, unread, possible, drawn)
    ahead, behind = prior
    ways = gammaln(drawn + 1) - gammaln(found + 1) - gammaln(drawn - found + 1)
    evidence = ways + betaln(ahead + found, behind + drawn - found) - betaln(ahead, behind)
    kept = possible[likelihood > np.log(1 - confidence) + evidence]
    return int(kept.max()) if len(kept) else found


def draws_needed(
    unread: int,
    earlier: int,
    *,
    target: float = TARGET,
    confidence: float = CONFIDENCE,
    drawn: int = 0,
    found: int = 0,
) -> int:
    """How many more random draws, if none of them is relevant, would certify the target: 0 if it is certified.

    "Read 120 more to be 95% sure of 95%" is this number. A find on the way makes it more.
    """

    def certified(more: int) -> bool:
        audit = Audit(unread, drawn + more, found, earlier)
        return audit.recall_at_least(confidence=confidence) >= target

    low, high = 0, unread - drawn
    if certified(low):
        return low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if certified(middle) else (middle, high)
    return high
