"""What the thread says once something happened to a report that an answer rests on."""

from __future__ import annotations

from wherewithal_web.analyse.reviews import queries
from wherewithal_web.cases.actions import refresh_case_finding
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.people.models import User

SUBJECTS = ("reviews:outcome:", "reviews:network:")


def source_told(by: User, source_key: str) -> None:
    """Work out again every outcome and network on a thread that rests on this report; a retracted one counts no more.

    Whoever recorded it may record it; the answers follow by the choices that were settled, and nobody chooses here.
    Where nothing can be put together any more the thread keeps what it says, with the mark of the retraction.
    """
    for start in SUBJECTS:
        rows = StoredFinding.objects.filter(case__isnull=False, subject__startswith=start).select_related(
            "case"
        )
        concerned = {
            row.subject: row.case
            for row in rows
            if any(source["key"] == source_key for source in row.body["sources"])
        }
        for subject, case in concerned.items():
            key = subject.removeprefix(f"{start}{case.slug}:")
            if queries.plan_of(case).outcome(key) is None:
                continue
            answer = queries.outcome_of if start == SUBJECTS[0] else queries.network_of
            now = answer(case, by, key)
            if now.on_thread is not None and now.finding is not None:
                refresh_case_finding(by=by, case=case, finding=now.finding)
