"""Where a figure is used."""

from __future__ import annotations

from wherewithal_web.cases.models import CaseFinding
from wherewithal_web.cases.queries import cases_seen_by
from wherewithal_web.people.models import User


def cases_resting_on(user: User, subject: str) -> list[CaseFinding]:
    """Where this figure is on the thread of a case that the person may see, one entry a case."""
    rows = (
        CaseFinding.objects.filter(finding__subject=subject, case__in=cases_seen_by(user))
        .select_related("case", "finding")
        .order_by("-pk")
    )
    return list({row.case_id: row for row in reversed(rows)}.values())
