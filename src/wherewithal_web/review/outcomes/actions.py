"""Putting what was learned on the thread, and recording what a review came to."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from wherewithal.errors import NothingThere
from wherewithal.plain_english import long_date
from wherewithal.review.outcomes import VerdictKind, review_finding
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import standing_decision
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission
from wherewithal_web.review.outcomes.models import Verdict
from wherewithal_web.review.outcomes.queries import Pair, pairs_of


@transaction.atomic
def add_comparison(*, by: User, case: Case, measure: str) -> StoredFinding:
    """Put the comparison of one measure on the thread: what we learned becomes local evidence.

    Raises NothingThere where there is no such measure, or nothing to compare yet.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    pairs = pairs_of(case)
    pair = next((pair for pair in pairs if pair.measure == measure and pair.comparison), None)
    if pair is None:
        raise NothingThere(
            "There is no baseline with a result of that measure.", [p.name for p in pairs if p.comparison]
        )
    return _add(by, case, pair)


def _add(by: User, case: Case, pair: Pair) -> StoredFinding:
    return add_finding(
        by=by,
        case=case,
        finding=review_finding(
            pair.comparison,
            case=case.slug,
            found_on=today(),
            judged_by=by.name,
            link=f"{reverse('outcomes:outcomes', args=[case.slug])}#measure-{pair.measure}",
        ),
    )


@transaction.atomic
def record_verdict(
    *,
    by: User,
    case: Case,
    verdict: VerdictKind,
    reason: str,
    on: date,
    next_review_on: date | None = None,
) -> Verdict:
    """Record that the service is to continue, adapt or stop, on what is on the thread that day.

    Every comparison there is goes onto the thread with it. Raises ValueError where what goes on has no next
    review, or where the next review would not come after this one.
    """
    require(may(by, Permission.PROPOSE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    if next_review_on is None and verdict is not VerdictKind.STOP:
        raise ValueError("What goes on is reviewed again: set the day of the next review.")
    if next_review_on is not None and next_review_on <= on:
        raise ValueError("The next review comes after this one: choose a later date.")
    learned = [_add(by, case, pair) for pair in pairs_of(case) if pair.comparison]
    made = Verdict(
        case=case,
        decision=standing_decision(case),
        verdict=verdict.value,
        reason=reason.strip(),
        on=on,
        next_review_on=next_review_on,
        rests_on=[row.pk for row in learned],
        recorded_by=by,
    )
    made.full_clean()
    made.save()
    again = f", to be reviewed again on {long_date(next_review_on)}" if next_review_on else ""
    record(
        by=by,
        action="outcomes.record_verdict",
        summary=f"recorded what the review came to: {verdict}{again}",
        case=case.slug,
        details={"reason": made.reason, "findings": [row.fingerprint for row in learned]},
    )
    return made
