"""What holds about a record when several people decided about it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.analyse.reviews.screening.decisions import REASONS, Verdict


class Outcome(StrEnum):
    """Where a record stands. ``WAITING``: one of two people has decided; ``CONFLICT``: they differ."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    UNSURE = "unsure"
    WAITING = "waiting"
    CONFLICT = "conflict"

    @property
    def settled(self) -> bool:
        return self in {Outcome.INCLUDE, Outcome.EXCLUDE, Outcome.UNSURE}


@dataclass(frozen=True)
class Judgement:
    """One decision, as far as it matters for what holds. ``settles``: made knowing the others' decisions.

    ``record`` is the record it was made about, and ``also`` holds the duplicates of it that it was made for as well:
    those that were known at the time.
    """

    person: int
    verdict: Verdict
    reason: str = ""
    settles: bool = False
    record: int = 0
    also: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Standing:
    """What holds: ``holding`` is the place in the judgements of the one that does, -1 where none does yet.

    ``people`` is how many decided on their own.
    """

    outcome: Outcome
    holding: int
    people: int


def standing_of(judgements: Sequence[Judgement], *, needed: int = 1) -> Standing:
    """What holds about one work after ``judgements``, oldest first, where ``needed`` people decide independently.

    A person's later judgement replaces their own earlier one. One that settles ends what was before it. Both only
    about the records that the later one was made for: of two duplicates that were decided about before anybody knew
    that they are one work, both decisions count, and where they differ that is a difference like any other, also
    if one person made both. Two who leave a record out for different reasons agree that it is left out; the reason
    that comes first in the list of reasons holds, since the first that applies is the one to give. Raises ValueError
    without judgements.
    """
    if not judgements:
        raise ValueError("nobody has decided yet")
    settled: dict[int, int] = {}
    latest: dict[tuple[int, int], int] = {}
    everyone = set()
    for place, each in enumerate(judgements):
        about = {each.record, *each.also}
        if each.settles or each.also:
            latest = {
                (person, record): earlier
                for (person, record), earlier in latest.items()
                if record not in about or not (each.settles or person == each.person)
            }
        if each.settles:
            settled = {record: earlier for record, earlier in settled.items() if record not in about}
            settled[each.record] = place
        else:
            latest[each.person, each.record] = place
            everyone.add(each.person)
    places = sorted([*settled.values(), *latest.values()])
    if len({judgements[place].verdict for place in places}) > 1:
        return Standing(Outcome.CONFLICT, -1, len(everyone))
    if not settled and len({person for person, _record in latest}) < needed:
        return Standing(Outcome.WAITING, -1, len(everyone))
    order = [each.key for each in REASONS]
    first = min(places, key=lambda place: _place_of(judgements[place].reason, order))
    return Standing(Outcome(judgements[first].verdict.value), first, len(everyone))


def _place_of(reason: str, order: Sequence[str]) -> int:
    return order.index(reason) if reason in order else len(order)


def people_needed(record: int, *, share: int, seed: int) -> int:
    """How many people decide about a record: two for ``share`` per cent of records, drawn by ``seed``; else one.

    The draw depends on the record's number only, so that it is the same whoever asks, and whenever.
    """
    if share <= 0:
        return 1
    drawn = int.from_bytes(hashlib.sha256(f"{seed}:{record}".encode()).digest()[:8], "big")
    return 2 if drawn % 100 < share else 1
