"""Bringing in a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from wherewithal.analyse.reviews import records as library
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal_web.analyse.reviews.duplicates.asking import ask_to_look
from wherewithal_web.analyse.reviews.learning.asking import ask_to_learn
from wherewithal_web.analyse.reviews.models import Record, RecordFile
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
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
    columns: Mapping[str, str] | None = None,
) -> RecordFile:
    """Bring in one search as a database exported it: all of it or none.

    ``columns`` says for fields of a record which column of a table holds them, where its headings do not.

    ``source`` is read twice (a stream must be able to go back to its start): once to see that every record can
    be read, once to store them. Raises BadInput where it cannot be read, and where the same file is already in
    this case.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    name = (name or (source.name if isinstance(source, Path) else "the file"))[:255]
    seen = _opened(source, name, columns)
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
    for rows in _in_batches(_rows(file, _opened(source, name, columns))):
        Record.objects.bulk_create(rows)
    write_down(
        by=by,
        action="reviews.import_records",
        summary=f"brought in {counted(file.record_count, 'record')} from {name}",
        case=case.slug,
        details={"sha256": file.sha256, "format": file.format, "records": file.record_count},
    )
    ask_to_look(by=by, case=case)
    ask_to_learn(by=by, case=case)
    return file


def _opened(
    source: Path | bytes | IO[bytes], name: str, columns: Mapping[str, str] | None
) -> library.RecordFile:
    if not isinstance(source, Path | bytes):
        source.seek(0)
    return library.RecordFile(source, name=name, largest=settings.LARGEST_UPLOAD, columns=columns)


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
