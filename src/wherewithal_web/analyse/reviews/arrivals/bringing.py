"""What a worker does to bring a search in: put the file together, see that all of it can be read, and store it."""

from __future__ import annotations

import io
from functools import partial
from typing import IO

from django.conf import settings

from wherewithal.analyse.reviews import records as library
from wherewithal_web.analyse.reviews.actions import import_records
from wherewithal_web.analyse.reviews.arrivals.asking import BRING_IN
from wherewithal_web.analyse.reviews.models import WaitingSearch
from wherewithal_web.jobs.handlers import Finish, Progress, handles

SAYS_EVERY = 2_000


@handles(BRING_IN)
def bring_in(progress: Progress, *, waiting: int) -> Finish | None:
    """Bring a search in. Safe to begin again: it is stored at the end, in one piece, and then waits no more.

    Raises BadInput where it cannot be read: the search then stays, with what is wrong, until it is taken away.
    """
    row = WaitingSearch.objects.filter(pk=waiting).select_related("case", "brought_by").first()
    if row is None:
        return None
    progress(0, None, "putting the file together")
    file = put_together(row)
    records = library.RecordFile(file, name=row.name, largest=settings.LARGEST_UPLOAD, columns=row.columns)
    for number, _record in enumerate(records, start=1):
        if number % SAYS_EVERY == 0:
            progress(number, None, f"reading records: {number:,} so far")
    progress(records.reading.records, records.reading.records, "storing the records")
    return partial(_store, row, file)


def put_together(row: WaitingSearch) -> IO[bytes]:
    """The whole file, at its start."""
    # In memory: uploads have a limit, and it is read again when the records are stored.
    file = io.BytesIO()
    for part in row.parts.order_by("number").iterator(4):
        file.write(bytes(part.content))
    file.seek(0)
    return file


def _store(row: WaitingSearch, file: IO[bytes]) -> dict[str, int]:
    made = import_records(
        by=row.brought_by,
        case=row.case,
        source=file,
        name=row.name,
        database=row.database,
        search=row.search,
        searched_on=row.searched_on,
        columns=row.columns,
    )
    row.delete()
    return {"file": made.pk, "records": made.record_count}
