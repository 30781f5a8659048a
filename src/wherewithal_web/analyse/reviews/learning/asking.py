"""What workers of this room are asked for. The person never waits for it."""

from __future__ import annotations

from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.actions import ask
from wherewithal_web.people.models import User

LEARN = "reviews.learn"
READ_TEXT = "reviews.read_text"
AGAIN = "reviews.again"


def ask_to_learn(*, by: User, case: Case) -> None:
    """Ask for a lesson of a case's pile. Where one is open it is the same one: it looks again before it ends."""
    ask(by=by, kind=LEARN, key=str(case.pk), arguments={"case": case.pk})
