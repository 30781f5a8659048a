"""What the case's thread says about the screening, and what it would say now."""

from __future__ import annotations

from wherewithal.analyse.reviews.screening.findings import screening_finding
from wherewithal.thread import Finding
from wherewithal_web.analyse.reviews.queries.screening import holding_decisions
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today


def screening_now(case: Case) -> Finding | None:
    """The account of the screening as it stands, or None where nothing has been decided."""
    decisions = [row.decision for row in holding_decisions(case)]
    if not decisions:
        return None
    return screening_finding(
        case_key=case.slug,
        searches=[search.as_search() for search in case.record_files.all()],
        decisions=decisions,
        found_on=today(),
        link=f"{case.get_absolute_url()}reviews/",
        made_up=case.made_up_figures,
    )


def screening_on_thread(case: Case) -> StoredFinding | None:
    """The newest account of the screening that was put on the case's thread."""
    return _newest_on_thread(case, f"reviews:screening:{case.slug}")


def record_on_thread(case: Case, key: str) -> StoredFinding | None:
    """The newest finding about the article with that key on the case's thread."""
    return _newest_on_thread(case, f"reviews:record:{key}")


def _newest_on_thread(case: Case, subject: str) -> StoredFinding | None:
    return (
        StoredFinding.objects.filter(on_cases__case=case, case=case, subject=subject).order_by("-pk").first()
    )


def keys_on_thread(case: Case) -> set[str]:
    """The keys of the articles that are on the case's thread."""
    start = "reviews:record:"
    subjects = StoredFinding.objects.filter(on_cases__case=case, subject__startswith=start)
    return {subject.removeprefix(start) for subject in subjects.values_list("subject", flat=True)}
