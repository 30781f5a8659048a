"""Somebody looked at a source again, and says what they found."""

from __future__ import annotations

from django.db import transaction

from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import SourceCheck
from wherewithal_web.audit.actions import record
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def record_check(*, by: User, subject: str, outcome: str, note: str = "") -> SourceCheck:
    """Keep what a look at something's own page found: "same", "changed" or "gone".

    "same" takes it off the queue until it is due again; the others keep it there, first among its like, until
    a newer edition says what is so now. Raises NothingThere for something that the library does not hold.
    """
    require(may(by, Permission.CURATE))
    name = queries.name_of_subject(subject)
    if name is None:
        raise NothingThere("The library holds nothing of that name.")
    check = SourceCheck(
        subject=subject, outcome=outcome, note=" ".join(note.split())[:500], on=today(), by=by
    )
    check.full_clean()
    check.save()
    said = f": {check.note}" if check.note else ""
    record(
        by=by,
        action="library.record_check",
        summary=f"looked at {name} again, and found that {check.get_outcome_display()}{said}",
        details={"subject": subject, "outcome": outcome},
    )
    return check
