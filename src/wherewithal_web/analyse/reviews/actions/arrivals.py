"""Keeping a search that cannot be brought in at once, saying which of its columns is which, taking it away again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import IO

from django.db import transaction

from wherewithal.analyse.reviews.records.headings import HEADINGS
from wherewithal.analyse.reviews.records.table_heads import TableHead
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal.thread import fingerprint_of
from wherewithal_web.analyse.reviews.arrivals.asking import ask_to_bring_in
from wherewithal_web.analyse.reviews.models import ColumnChoice, WaitingPart, WaitingSearch
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

PART = 1024 * 1024


@transaction.atomic
def keep_search(
    *,
    by: User,
    case: Case,
    source: IO[bytes],
    name: str,
    database: str = "",
    search: str = "",
    searched_on: date | None = None,
    columns: Mapping[str, str] | None = None,
) -> WaitingSearch:
    """Keep a file as it was brought, until it is brought in or taken away. ``source`` goes back to its start."""
    require(may(by, Permission.CONTRIBUTE, case))
    source.seek(0)
    made = WaitingSearch.objects.create(
        case=case,
        name=name[:255],
        size=0,
        database=database.strip()[:200],
        search=search.strip(),
        searched_on=searched_on,
        columns=dict(columns or {}),
        brought_by=by,
    )
    size = number = 0
    while content := source.read(PART):
        WaitingPart.objects.create(search=made, number=number, content=content)
        size, number = size + len(content), number + 1
    source.seek(0)
    WaitingSearch.objects.filter(pk=made.pk).update(size=size)
    made.size = size
    write_down(
        by=by,
        action="reviews.keep_search",
        summary=f"brought {name[:255]}, {counted(size, 'byte')}, to be brought in",
        case=case.slug,
        details={"waiting": made.pk, "size": size},
    )
    return made


@transaction.atomic
def bring_in_later(*, by: User, waiting: WaitingSearch) -> None:
    """Have a worker bring a kept search in."""
    require(may(by, Permission.CONTRIBUTE, waiting.case))
    ask_to_bring_in(by=by, waiting=waiting)


@transaction.atomic
def choose_columns(
    *, by: User, waiting: WaitingSearch, head: TableHead, columns: Mapping[str, str]
) -> ColumnChoice:
    """Say which column holds which field of a record; the next file with these headings is read the same way.

    ``columns`` is field to heading. Raises BadInput for fields or headings that there are none of, for one column
    chosen twice, and without a column of titles.
    """
    require(may(by, Permission.CONTRIBUTE, waiting.case))
    chosen = {field: heading for field, heading in columns.items() if heading}
    if not set(chosen) <= set(HEADINGS) or not set(chosen.values()) <= set(head.header):
        raise BadInput("Choose among the columns that the file has.")
    if not chosen.get("title"):
        raise BadInput("Say which column holds the titles.")
    twice = [heading for heading in chosen.values() if list(chosen.values()).count(heading) > 1]
    if twice:
        raise BadInput(f"The column '{twice[0]}' was chosen twice. A column holds one thing.")
    # A field that was left without a column has none, whatever the headings seem to say.
    said = {field: chosen.get(field, "") for field in HEADINGS}
    made = ColumnChoice.objects.create(
        organisation=waiting.case.organisation,
        header=list(head.header),
        fingerprint=header_fingerprint(head),
        columns=said,
        set_by=by,
    )
    WaitingSearch.objects.filter(pk=waiting.pk).update(columns=said)
    waiting.columns = said
    write_down(
        by=by,
        action="reviews.choose_columns",
        summary=f"said which column is which in {waiting.name}",
        case=waiting.case.slug,
        details={"columns": chosen, "choice": made.pk},
    )
    return made


def header_fingerprint(head: TableHead) -> str:
    """What two tables with the same headings have in common."""
    return fingerprint_of([heading.strip().casefold() for heading in head.header])


@transaction.atomic
def drop_search(*, by: User, waiting: WaitingSearch) -> None:
    """Take a search away that was brought and is not in."""
    require(may(by, Permission.CONTRIBUTE, waiting.case))
    write_down(
        by=by,
        action="reviews.drop_search",
        summary=f"took {waiting.name} away again, before it was brought in",
        case=waiting.case.slug,
        details={"waiting": waiting.pk},
    )
    waiting.delete()
