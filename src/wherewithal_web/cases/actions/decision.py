"""Deciding: one person proposes, a second confirms, both on the same frozen account of the case."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wherewithal.plain_english import long_date
from wherewithal.thread import Snapshot
from wherewithal.thread.decision import State
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.models import Case, Decision, DecisionStep
from wherewithal_web.cases.permissions import can_move, can_propose, may
from wherewithal_web.cases.queries import claims_of, thread_of
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def propose_decision(
    *, by: User, case: Case, option: str, reason: str, decided_on: date, review_on: date
) -> Decision:
    """Freeze the case as it reads now and propose an option on it.

    Raises ValueError where the review would not come after the decision: a decision without a review date
    is not made here.
    """
    require(may(by, Permission.PROPOSE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    require(can_propose(case))
    if review_on <= decided_on:
        raise ValueError("The review comes after the decision: choose a later date.")
    snapshot = Snapshot.of(claims_of(case), thread_of(case), on=today())
    decision = Decision.objects.create(
        case=case,
        option=option,
        reason=reason,
        decided_on=decided_on,
        review_on=review_on,
        snapshot_body=snapshot.as_dict(),
        snapshot_fingerprint=snapshot.fingerprint,
        proposed_by=by,
    )
    record(
        by=by,
        action="cases.propose_decision",
        summary=f"proposed: {option}, to be reviewed on {long_date(review_on)}",
        case=case.slug,
        details={"snapshot": snapshot.fingerprint},
    )
    return decision


@transaction.atomic
def move_decision(*, by: User, decision: Decision, to: State, words: str = "") -> DecisionStep:
    """Confirm a proposal, send it back or take it back."""
    case = Case.objects.select_for_update().get(pk=decision.case_id)
    needed = Permission.PROPOSE if to is State.WITHDRAWN else Permission.CONFIRM
    require(may(by, needed, case))
    require(can_move(decision, by, to, unchanged=is_unchanged(decision)))
    step = DecisionStep.objects.create(decision=decision, to_state=to.value, words=words, made_by=by)
    record(
        by=by,
        action="cases.move_decision",
        summary={
            State.CONFIRMED: f"confirmed the decision: {decision.option}",
            State.RETURNED: f"sent back the proposal: {decision.option}",
            State.WITHDRAWN: f"took back the proposal: {decision.option}",
        }[to],
        case=case.slug,
        details={"words": words, "snapshot": decision.snapshot_fingerprint},
    )
    return step


def is_unchanged(decision: Decision) -> bool:
    """Whether the case still reads as it did when this was proposed."""
    now = Snapshot.of(claims_of(decision.case), thread_of(decision.case), on=today())
    return now.content_fingerprint == decision.snapshot.content_fingerprint
