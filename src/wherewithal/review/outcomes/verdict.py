"""What a review comes to, and when the next one is due, in words."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from wherewithal.plain_english import counted, long_date


class VerdictKind(StrEnum):
    CONTINUE = "continue"
    ADAPT = "adapt"
    STOP = "stop"


def when_due(due: date, today: date) -> str:
    """When a review is due, seen from today: "due on 1 March 2027, in 3 weeks", "overdue by 2 days: ..."."""
    days = (due - today).days
    if days < 0:
        return f"overdue by {_length(-days)}: it was due on {long_date(due)}"
    if days == 0:
        return f"due today, {long_date(due)}"
    return f"due on {long_date(due)}, in {_length(days)}"


def _length(days: int) -> str:
    if days < 14:
        return counted(days, "day")
    if days < 60:
        return counted(days // 7, "week")
    return f"about {counted(round(days / 30.4), 'month')}"
