"""Asking for a look. The person never waits for it."""

from __future__ import annotations

from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.actions import ask
from wherewithal_web.people.models import User

LOOK = "reviews.look_for_duplicates"


def ask_to_look(*, by: User, case: Case) -> None:
    """Ask for a look among all records of a case. Where one is open it is the same one: it looks again at its end."""
    ask(by=by, kind=LOOK, key=str(case.pk), arguments={"case": case.pk})
