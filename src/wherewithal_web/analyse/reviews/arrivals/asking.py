"""Asking for a search to be brought in."""

from __future__ import annotations

from wherewithal_web.analyse.reviews.models import WaitingSearch
from wherewithal_web.jobs.actions import ask
from wherewithal_web.people.models import User

BRING_IN = "reviews.bring_in"


def ask_to_bring_in(*, by: User, waiting: WaitingSearch) -> None:
    ask(by=by, kind=BRING_IN, key=str(waiting.pk), arguments={"waiting": waiting.pk})
