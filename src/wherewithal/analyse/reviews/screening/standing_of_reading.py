"""Where the reading stands, in words: what was found, what may still be missed, and how much more to read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.screening.stopping import (
    Audit,
    chance_of_missing,
    draws_needed,
    planned_looks,
)
from wherewithal.plain_english import counted

LOOKS_ASSUME = (
    "This takes for granted that the order of reading finds relevant records at least as soon as chance would. "
    "A random check of the unread does without."
)
AUDIT_ASSUMES = (
    "This takes for granted only that the records of the check were drawn at random, and that people decided about "
    "them rightly. It does not depend on the order of reading."
)


@dataclass(frozen=True)
class Look:
    """A planned look that was reached: after how many records, and the chance of missing then."""

    after: int
    chance: float


@dataclass(frozen=True)
class Reading:
    """How far the reading is, and whether it may stop by the rule that was planned.

    ``taken`` are the planned looks that were reached, each at its own number of records and not later: looking in
    between would be looking more often than planned. A look allows to stop where its chance of missing is under
    ``level``, the chance of being wrong shared out over all looks. ``more`` is how many more records must be read
    without a find until a look would allow it; None before a first find.
    """

    records: int
    read: int
    found: int
    target: float
    confidence: float
    level: float
    looks: tuple[int, ...]
    taken: tuple[Look, ...]
    more: int | None

    @property
    def all_read(self) -> bool:
        return self.read >= self.records

    @property
    def allowed_by(self) -> Look | None:
        """The first look that allowed to stop. What is read after it can only add to what was found."""
        return next((look for look in self.taken if look.chance < self.level), None)

    @property
    def may_stop(self) -> bool:
        return self.all_read or self.allowed_by is not None

    @property
    def next_look(self) -> int | None:
        return next((place for place in self.looks if place > self.read), None)

    @property
    def words(self) -> str:
        """Where it stands, in a sentence or two for somebody who knows no statistics."""
        if not self.records:
            return "There is nothing to read yet."
        said = f"{self.read:,} of {counted(self.records, 'record')} read, {self.found:,} relevant."
        if self.all_read:
            return f"{said} Everything was read."
        goal = f"{self.confidence:.0%} sure that at least {self.target:.0%} of what is relevant was found"
        if self.allowed_by:
            return f"{said} We are {goal}: reading may stop."
        if self.more is None:
            return f"{said} Nothing can be said about what may be missed before a first relevant record is found."
        if self.read + self.more == self.records:
            return f"{said} Read the {self.more:,} that are left to be {goal}: fewer would not do."
        return f"{said} Read {self.more:,} more without finding any to be {goal}. A find on the way makes it more."


def reading_of(
    included: Sequence[bool], *, records: int, looks: int, target: float, confidence: float
) -> Reading:
    """Where the reading stands. ``included`` are the decisions in the order of reading."""
    plan = planned_looks(records, looks=looks, confidence=confidence) if records else None
    places = plan.after if plan else ()
    level = plan.level if plan else 1 - confidence
    read = len(included)
    taken = tuple(
        Look(place, chance_of_missing(included[:place], records=records, target=target))
        for place in places
        if place <= read
    )
    return Reading(
        records=records,
        read=read,
        found=sum(included),
        target=target,
        confidence=confidence,
        level=level,
        looks=places,
        taken=taken,
        more=_more(included, places, records=records, target=target, level=level),
    )


def _more(
    included: Sequence[bool], places: Sequence[int], *, records: int, target: float, level: float
) -> int | None:
    """How many more to read, without a find, until a planned look would allow to stop."""
    read = len(included)
    labels = np.asarray(included, dtype=np.bool_)
    if not labels.any():
        return None
    ahead = [place for place in places if place > read]

    def allows(place: int) -> bool:
        longer = np.concatenate([labels, np.zeros(place - read, dtype=np.bool_)])
        return chance_of_missing(longer, records=records, target=target) < level

    # Each record read without a find makes it less likely that much was missed, so the looks can be halved.
    first = bisect_left(ahead, True, key=allows)
    return (ahead[first] if first < len(ahead) else records) - read


@dataclass(frozen=True)
class Check:
    """A random check of what was unread: how far it is and what it shows so far."""

    audit: Audit
    target: float
    confidence: float

    @property
    def recall(self) -> float:
        """The share of what is relevant that was found, at the least."""
        return self.audit.recall_at_least(confidence=self.confidence)

    @property
    def certified(self) -> bool:
        return self.recall >= self.target

    @property
    def more(self) -> int:
        """How many more draws, if none is relevant, would certify the target."""
        audit = self.audit
        return draws_needed(
            audit.unread,
            audit.earlier,
            target=self.target,
            confidence=self.confidence,
            drawn=audit.drawn,
            found=audit.found,
        )

    @property
    def words(self) -> str:
        audit = self.audit
        said = (
            f"{audit.drawn:,} of the {audit.unread:,} unread were drawn at random and read: "
            f"{audit.found:,} relevant. We are {self.confidence:.0%} sure that at least {self.recall:.0%} of what is "
            f"relevant was found."
        )
        if self.certified:
            return said
        return (
            f"{said} Read {self.more:,} more of the check without finding any to be {self.confidence:.0%} sure of "
            f"{self.target:.0%}."
        )
