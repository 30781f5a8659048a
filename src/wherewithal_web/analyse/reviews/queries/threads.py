"""What the case's thread says about the screening, and what it would say now."""

from __future__ import annotations

from collections.abc import Sequence

from wherewithal.analyse.reviews.records import Record as Body
from wherewithal.analyse.reviews.screening.findings import screening_finding
from wherewithal.thread import Finding
from wherewithal_web.analyse.reviews.models import Copy, Record, Work
from wherewithal_web.analyse.reviews.queries.duplicates import body_of, members_of, removed_of
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
        duplicates=removed_of(case).all,
        found_on=today(),
        link=f"{case.get_absolute_url()}reviews/",
        made_up=case.made_up_figures,
    )


def screening_on_thread(case: Case) -> StoredFinding | None:
    """The newest account of the screening that was put on the case's thread."""
    return newest_on_thread(case, f"reviews:screening:{case.slug}")


def work_on_thread(record: Record, *, alone: bool = False) -> StoredFinding | None:
    """The newest finding about a work on the case's thread, whichever of its records it was put there as.

    ``alone``: the work is known to be one record.
    """
    case = record.file.case
    subjects = [f"reviews:record:{key}" for key in ({record.key} if alone else _keys_of(record))]
    rows = StoredFinding.objects.filter(on_cases__case=case, case=case, subject__in=subjects)
    return rows.order_by("-pk").first()


def body_for_thread(record: Record) -> Body:
    """What goes on the thread about a work: under the key under which it is there already, if it is."""
    body = body_of(record)
    there = work_on_thread(record)
    if there is None or there.subject == f"reviews:record:{body.key}":
        return body
    return next(each.record for each in members_of(record) if f"reviews:record:{each.key}" == there.subject)


def _keys_of(record: Record) -> set[str]:
    return {body_of(record).key, record.key, *record.copies.values_list("record__key", flat=True)}


def on_thread_among(case: Case, records: Sequence[Record]) -> set[int]:
    """Which of these works are on the case's thread, by the numbers of the records that stand for them."""
    keys = keys_on_thread(case)
    numbers = [record.pk for record in records]
    found = {record.pk for record in records if record.key in keys}
    copies = Copy.objects.filter(of__in=numbers).values_list("of", "record__key")
    works = Work.objects.filter(record__in=numbers)
    found.update(of for of, key in copies if key in keys)
    return found | {work.record_id for work in works if work.merged.key in keys}


def newest_on_thread(case: Case, subject: str) -> StoredFinding | None:
    """The newest finding on that subject that was put on the case's thread."""
    return (
        StoredFinding.objects.filter(on_cases__case=case, case=case, subject=subject).order_by("-pk").first()
    )


def keys_on_thread(case: Case) -> set[str]:
    """The keys of the articles that are on the case's thread."""
    start = "reviews:record:"
    subjects = StoredFinding.objects.filter(on_cases__case=case, subject__startswith=start)
    return {subject.removeprefix(start) for subject in subjects.values_list("subject", flat=True)}


def told_about(case: Case, start: str) -> set[str]:
    """What the thread has been told of this case's own subjects that begin so: the rest of each."""
    subjects = StoredFinding.objects.filter(on_cases__case=case, case=case, subject__startswith=start)
    return {subject.removeprefix(start) for subject in subjects.values_list("subject", flat=True)}
