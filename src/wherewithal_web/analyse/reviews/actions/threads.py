"""Putting the account of a screening, and the studies that were kept, on the thread."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.analyse.reviews.screening.findings import record_finding
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import Record, ScreeningDecision
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def add_screening_to_thread(*, by: User, case: Case) -> StoredFinding:
    """Put the account of the screening, as it stands, on the thread. A newer account supersedes the older.

    Raises BadInput where nothing has been decided yet.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    finding = queries.screening_now(case)
    if finding is None:
        raise BadInput("Nothing has been looked through yet. Decide about at least one record first.")
    return add_finding(by=by, case=case, finding=finding)


@transaction.atomic
def add_record_to_thread(*, by: User, record: Record) -> StoredFinding:
    """Put one study that was kept on the thread. Raises BadInput where it was not kept, or has no title."""
    require(may(by, Permission.CONTRIBUTE, record.file.case))
    record = queries.stands_for(record)
    newest = queries.holding(record)
    if newest is None or newest.verdict != Verdict.INCLUDE:
        raise BadInput("Only a study that was kept goes on the thread. Decide about it first.")
    if not queries.body_of(record).title:
        raise BadInput("This record has no title, so nobody could tell on the thread what it is.")
    return put_on_thread(by, record, newest)


def put_on_thread(by: User, record: Record, decision: ScreeningDecision) -> StoredFinding:
    """Put a record on the thread with what was decided about it. Others have checked that the person may."""
    case = record.file.case
    finding = record_finding(
        queries.body_for_thread(record),
        decision=decision.decision,
        found_on=today(),
        search=record.file.as_search(),
        link=reverse("reviews:record", args=[case.slug, record.pk]),
    )
    return add_finding(by=by, case=case, finding=finding)
