"""What actions on an answer have in common: a change is explained once it was seen, and the thread hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from wherewithal.analyse.reviews.certainty.grading import Decision, Grade, grade
from wherewithal.analyse.reviews.certainty.levels import Design
from wherewithal.errors import BadInput
from wherewithal.thread import Finding
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.people.models import User


class Answer(Protocol):
    """What a review says as it stands, and what the thread was told of it."""

    @property
    def on_thread(self) -> StoredFinding | None: ...

    @property
    def finding(self) -> Finding | None: ...

    @property
    def up_to_date(self) -> bool: ...


def reason_for_change(why: str, *, seen: bool) -> str:
    """The reason as it is kept. Raises BadInput without one where the answer was ``seen``: it is on the thread."""
    why = why.strip()[:500]
    if seen and not why:
        raise BadInput(
            "This is on the thread already. Say why it is changed now that the answer has been seen."
        )
    return why


def tell_again(by: User, case: Case, now: Answer) -> None:
    """Tell the thread what an answer is now, where it was told before and there still is one."""
    if now.on_thread is not None and now.finding is not None and not now.up_to_date:
        add_finding(by=by, case=case, finding=now.finding)


def decisions_on(
    found: Grade, design: Design, by: User, judged: Mapping[str, tuple[int, str]]
) -> Sequence[Decision]:
    """What somebody decided about factors of certainty, by key steps and reason. Raises BadInput with every problem."""
    decisions = [
        Decision(key, steps, " ".join(reason.split())[:500], by.name)
        for key, (steps, reason) in judged.items()
    ]
    grade(design, decisions, [line.suggestion for line in found.lines if line.suggestion is not None])
    return decisions
