"""Bringing in a search, deciding about its records, and putting the result on the thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from wherewithal.analyse.reviews import records as library
from wherewithal.analyse.reviews.screening.decisions import Verdict, check
from wherewithal.analyse.reviews.screening.findings import record_finding
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import Record, RecordFile, ScreeningDecision
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

AT_ONCE = 500
"""Records written together: a file of any length is held this many at a time."""


@transaction.atomic
def import_records(
    *,
    by: User,
    case: Case,
    source: Path | bytes | IO[bytes],
    name: str = "",
    database: str = "",
    search: str = "",
    searched_on: date | None = None,
) -> RecordFile:
    """Bring in one search as a database exported it: all of it or none.

    ``source`` is read twice (a stream must be able to go back to its start): once to see that every record can
    be read, once to store them. Raises BadInput where it cannot be read, and where the same file is already in
    this case.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    name = (name or (source.name if isinstance(source, Path) else "the file"))[:255]
    seen = _opened(source, name)
    for _record in seen:
        pass
    already = RecordFile.objects.filter(case=case, sha256=seen.sha256).first()
    if already is not None:
        raise BadInput(
            f"{name} is already in this case.",
            [
                Problem(
                    name,
                    f"the same content as '{already.name}', brought in by {already.imported_by.name} on "
                    f"{long_date(already.imported_at.date())}",
                    "a file that is not here yet",
                    "Nothing needs doing, unless you meant to choose another file.",
                )
            ],
        )
    file = RecordFile.objects.create(
        case=case,
        name=name,
        sha256=seen.sha256,
        format=seen.format.key,
        encoding=seen.encoding,
        size=seen.size,
        record_count=seen.reading.records,
        notices=seen.reading.notices,
        database=database.strip()[:200],
        search=search.strip(),
        searched_on=searched_on,
        imported_by=by,
    )
    for rows in _in_batches(_rows(file, _opened(source, name))):
        Record.objects.bulk_create(rows)
    write_down(
        by=by,
        action="reviews.import_records",
        summary=f"brought in {counted(file.record_count, 'record')} from {name}",
        case=case.slug,
        details={"sha256": file.sha256, "format": file.format, "records": file.record_count},
    )
    return file


def _opened(source: Path | bytes | IO[bytes], name: str) -> library.RecordFile:
    if not isinstance(source, Path | bytes):
        source.seek(0)
    return library.RecordFile(source, name=name, largest=settings.LARGEST_UPLOAD)


def _rows(file: RecordFile, records: library.RecordFile) -> Iterator[Record]:
    for number, record in enumerate(records, start=1):
        yield Record(
            file=file,
            number=number,
            key=record.key[:300],
            title=record.title,
            citation=record.short_citation[:300],
            journal=record.journal,
            year=record.year,
            body=record.as_dict(),
        )


def _in_batches(rows: Iterator[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


@transaction.atomic
def record_decision(
    *, by: User, record: Record, verdict: Verdict, reason: str = "", words: str = ""
) -> ScreeningDecision:
    """Keep a record, leave it out for a reason, or say that one is unsure. The newest decision holds.

    Where the record is on the case's thread already, its finding there follows the decision, so that whatever
    rests on it is told. Raises BadInput where a record is left out without saying why.
    """
    case = record.file.case
    require(may(by, Permission.CONTRIBUTE, case))
    words = words.strip()[:500] if verdict is Verdict.EXCLUDE else ""
    check(verdict, reason, words)
    newest = record.decisions.order_by("-pk").first()
    said = (verdict.value, reason, words, by.pk)
    if newest and (newest.verdict, newest.reason, newest.words, newest.decided_by_id) == said:
        return newest
    made = ScreeningDecision.objects.create(
        record=record, verdict=verdict.value, reason=reason, words=words, decided_by=by
    )
    write_down(
        by=by,
        action="reviews.record_decision",
        summary=f"looked at '{record.title[:200] or record.citation}': {made}",
        case=case.slug,
        details={"record": record.pk, "verdict": made.verdict, "reason": reason, "words": words},
    )
    if queries.record_on_thread(case, record.key) is not None:
        _put_on_thread(by, record, made)
    return made


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
    newest = record.decisions.order_by("-pk").first()
    if newest is None or newest.verdict != Verdict.INCLUDE:
        raise BadInput("Only a study that was kept goes on the thread. Decide about it first.")
    if not record.title:
        raise BadInput("This record has no title, so nobody could tell on the thread what it is.")
    return _put_on_thread(by, record, newest)


def _put_on_thread(by: User, record: Record, decision: ScreeningDecision) -> StoredFinding:
    case = record.file.case
    finding = record_finding(
        record.record,
        decision=decision.decision,
        found_on=today(),
        search=record.file.as_search(),
        link=reverse("reviews:record", args=[case.slug, record.pk]),
    )
    return add_finding(by=by, case=case, finding=finding)
