"""Asking for the next turn of a living search. The run that waits for its day *is* the schedule: it is kept."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from wherewithal_web.analyse.reviews.models import LivingSearch
from wherewithal_web.jobs.actions import ask

TURN = "reviews.living"
AT = time(5, 0)
"""When in the day: before people are at work."""


def key_of(search: LivingSearch, turn: int) -> str:
    """A version and a turn: a version that was changed meanwhile has other runs."""
    return f"{search.pk}:{turn}"


def ask_for_turn(*, search: LivingSearch, turn: int, day: date | None = None) -> None:
    """Have a search asked on a day; at once where none is given."""
    when = timezone.make_aware(datetime.combine(day, AT)) if day else None
    ask(
        by=search.set_by,
        kind=TURN,
        key=key_of(search, turn),
        arguments={"search": search.pk, "turn": turn},
        not_before=when,
    )
