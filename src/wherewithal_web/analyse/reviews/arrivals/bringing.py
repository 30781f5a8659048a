"""What a worker does to bring a search in: put the file together, see that all of it can be read, and store it."""

from __future__ import annotations

import io
from functools import partial
from typing import IO

from wherewithal_web.analyse.reviews.actions import store_search
from wherewithal_web.analyse.reviews.arrivals.asking import BRING_IN
from wherewithal_web.analyse.reviews.arrivals.reading import SearchRead, read_search
from wherewithal_web.analyse.reviews.models import WaitingSearch
from wherewithal_web.jobs.handlers import Finish, Progress, handles


@handles(BRING_IN)
def bring_in(progress: Progress, *, waiting: int) -> Finish | None:
    """Bring a search in. Safe to begin again: it is stored at the end, in one piece, and then waits no more.

    Raises BadInput where it cannot be read: the search then stays, with what is wrong, until it is taken away.
    """
    row = WaitingSearch.objects.filter(pk=waiting).select_related("case", "brought_by").first()
    if row is None:
        return None
    progress(0, None, "putting the file together")
    read = read_search(
        put_together(row),
        name=row.name,
        columns=row.columns,
        progress=lambda number: progress(number, None, f"reading records: {number:,} so far"),
    )
    progress(read.records, read.records, "storing the records")
    return partial(_store, row, read)


def put_together(row: WaitingSearch) -> IO[bytes]:
    """The whole file, at its start."""
    # In memory: uploads have a limit.
    file = io.BytesIO()
    for part in row.parts.order_by("number").iterator(4):
        file.write(bytes(part.content))
    file.seek(0)
    return file


def _store(row: WaitingSearch, read: SearchRead) -> dict[str, int]:
    with read:
        made = store_search(
            by=row.brought_by,
            case=row.case,
            read=read,
            database=row.database,
            search=row.search,
            searched_on=row.searched_on,
        )
    row.delete()
    return {"file": made.pk, "records": made.record_count}
