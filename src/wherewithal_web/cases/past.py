"""What happened on a case, as far as people may know it yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wherewithal_web.audit.models import Event
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.models import Case

VEILED = "did something that is told once a second person has decided"


def told(case: Case, events: Iterable[Event]) -> Iterator[Event]:
    """``events`` of the case in their order. One that a room veils keeps who and when, and says no more.

    Nothing is changed in what is stored: the event is whole again once the room lets it be told.
    """
    veils = [room.veil(case) for room in rooms()]
    for event in events:
        if any(tells(event) for tells in veils):
            event.summary, event.details = VEILED, {}
        yield event
