"""Bringing in a search."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO

from django.db import transaction

from wherewithal.analyse.reviews.records import Record as Body
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal_web.analyse.reviews.arrivals.reading import SearchRead, read_search
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
    Raises BadInput where it cannot be read, and where the same file is already in this case.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    name = name or (source.name if isinstance(source, Path) else "the file")
    with read_search(source, name=name, columns=columns) as read:
        return store_search(
            by=by, case=case, read=read, database=database, search=search, searched_on=searched_on
        )


@transaction.atomic
def store_search(
    *,
    by: User,
    case: Case,
    read: SearchRead,
    database: str = "",
    search: str = "",
    searched_on: date | None = None,
) -> RecordFile:
    """Store a search that was read: all of it or none. Raises BadInput where the same file is already in this case."""
    require(may(by, Permission.CONTRIBUTE, case))
    _refuse_again(case, read)
    file = RecordFile.objects.create(
        case=case,
        name=read.name[:255],
        sha256=read.sha256,
        format=read.format,
        encoding=read.encoding,
        size=read.size,
        record_count=read.records,
        notices=read.notices,
        database=database.strip()[:200],
        search=search.strip(),
        searched_on=searched_on,
        imported_by=by,
    )
    rows = (_row(file, number, body) for number, body in enumerate(read, start=1))
    while batch := list(islice(rows, AT_ONCE)):
        Record.objects.bulk_create(batch)
    write_down(
        by=by,
        action="reviews.import_records",
        summary=f"brought in {counted(file.record_count, 'record')} from {file.name}",
        case=case.slug,
        details={"sha256": file.sha256, "format": file.format, "records": file.record_count},
    )
    ask_to_look(by=by, case=case)
    ask_to_learn(by=by, case=case)
    return file


def _refuse_again(case: Case, read: SearchRead) -> None:
    already = RecordFile.objects.filter(case=case, sha256=read.sha256).first()
    if already is None:
        return
    raise BadInput(
        f"{read.name} is already in this case.",
        [
            Problem(
                read.name,
                f"the same content as '{already.name}', brought in by {already.imported_by.name} on "
                f"{long_date(already.imported_at.date())}",
                "a file that is not here yet",
                "Nothing needs doing, unless you meant to choose another file.",
            )
        ],
    )


def _row(file: RecordFile, number: int, record: Body) -> Record:
    return Record(
        file=file,
        number=number,
        key=record.key[:300],
        title=record.title,
        citation=record.short_citation[:300],
        journal=record.journal,
        year=record.year,
        body=record.as_dict(),
    )
