"""Writing a protocol and amending it."""

from __future__ import annotations

from django.db import transaction

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.protocol import changes as changes_between
from wherewithal.errors import BadInput, Problem
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.learning.asking import ask_to_learn
from wherewithal_web.analyse.reviews.models import ProtocolVersion
from wherewithal_web.analyse.reviews.standings import work_out_all
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def write_protocol(*, by: User, case: Case, protocol: Protocol, why: str = "") -> ProtocolVersion:
    """Write a new version of the protocol. Every older one stays to be read.

    Raises BadInput where screening has begun and ``why`` does not say why it is amended. The same again is the
    version there is.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    # One after another: two versions written at once must not have one number.
    Case.objects.select_for_update().get(pk=case.pk)
    newest = queries.newest_version(case)
    before = newest.protocol if newest else queries.first_protocol(case)
    if newest is not None and before == protocol:
        return newest
    why = why.strip()[:1000]
    began = queries.screening_began(case)
    if began and not why:
        raise BadInput(
            "Say why the protocol is changed: records have been decided about already.",
            [Problem("why", "nothing", "a sentence", "Write what made the change necessary.")],
        )
    made = ProtocolVersion.objects.create(
        case=case,
        number=newest.number + 1 if newest else 1,
        body=protocol.as_dict(),
        amends=began,
        why=why,
        written_by=by,
    )
    what = changes_between(before, protocol)
    write_down(
        by=by,
        action="reviews.write_protocol",
        summary=f"{'amended' if began else 'wrote'} the review's protocol, version {made.number}"
        + (f": {why}" if why else ""),
        case=case.slug,
        details={"version": made.number, "changes": what, "why": why},
    )
    if (before.second_share, before.seed) != (protocol.second_share, protocol.seed):
        work_out_all(case)
    if case.record_files.exists():
        ask_to_learn(by=by, case=case)
    return made
