"""From the library to a case's thread."""

from __future__ import annotations

from django.db import transaction

from wherewithal.analyse.library import reading_finding
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library import queries
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


@transaction.atomic
def add_reading(*, by: User, case: Case, slug: str) -> StoredFinding:
    """Put what registers say about a programme today on a case's thread.

    Raises NothingThere where there is no such programme.
    """
    rows = queries.standings([slug]).get(slug)
    if not rows:
        raise NothingThere(f"There is no programme '{slug}' in the library.")
    finding = reading_finding(queries.identity_of(rows), rows, today=today())
    return add_finding(by=by, case=case, finding=finding, shared=True)
