"""A confirmed decision whose review is due."""

from __future__ import annotations

from datetime import date

import pytest

from wherewithal.thread.decision import State
from wherewithal_web.cases import actions
from wherewithal_web.cases.models import Case, Decision


@pytest.fixture
def decision(people, case: Case) -> Decision:
    return decide(people, case, "Incredible Years", date(2024, 3, 12), date(2025, 10, 1))


def decide(people, case: Case, option: str, decided_on: date, review_on: date) -> Decision:
    made = actions.propose_decision(
        by=people.commissioner,
        case=case,
        option=option,
        reason="Because.",
        decided_on=decided_on,
        review_on=review_on,
    )
    actions.move_decision(by=people.approver, decision=made, to=State.CONFIRMED)
    return made
