"""What a worker does with a turn: ask the service, store what is not held, say what came of it, ask for the next."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wherewithal.analyse.reviews.living import Gathered, gather, held_ids, next_day, since
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal.sources.client import Client
from wherewithal.sources.failures import PASSING, SourceFailed
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions import import_records
from wherewithal_web.analyse.reviews.living.asking import TURN, ask_for_turn
from wherewithal_web.analyse.reviews.models import LivingRun, LivingSearch, Record, RecordFile
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.handlers import Finish, Progress, handles
from wherewithal_web.people.permissions import Refused


@handles(TURN)
def take_turn(progress: Progress, *, search: int, turn: int) -> Finish | None:
    """Ask a service again. Safe to begin again: everything is written at the end in one piece, and a turn once.

    Nothing is done for a search that was changed, paused or stopped since the turn was asked for.
    """
    row = LivingSearch.objects.filter(pk=search).select_related("case", "set_by").first()
    if row is None or not _holds(row, turn):
        return None
    source = row.service
    day = since(queries.last_answered(row), source)
    progress(0, None, f"asking {source.name}")
    held = held_ids([body.record for body in _of_source(row).iterator(500)], source)
    try:
        with Client(keep_in=None) as client:
            got = gather(
                source,
                row.query,
                client=client,
                held=held,
                day=day,
                progress=lambda done, total: progress(done, total, f"fetching from {source.name}"),
            )
    except SourceFailed as failure:
        # Advice on what passes by itself speaks of a person who tries again; here the next turn does.
        advice = "" if failure.kind in PASSING else failure.do
        return partial(_failed, row, turn, day, " ".join(filter(None, [failure.said, advice])))
    except BadInput as error:
        return partial(_failed, row, turn, day, _said(error))
    return partial(_store, row, turn, day, got)


def _of_source(search: LivingSearch) -> QuerySet[Record]:
    """The records of a case that came from the service itself."""
    return Record.objects.filter(file__case=search.case, file__format=search.service.format).only("body")


def _holds(search: LivingSearch, turn: int) -> bool:
    """Whether this version is the newest, is to be asked, and has not had this turn."""
    newest = queries.living_version(search.case, search.number)
    return (
        newest == search
        and search.state == LivingSearch.State.ON
        and queries.next_turn(search.case, search.number) == turn
    )


def _store(search: LivingSearch, turn: int, day: date | None, got: Gathered) -> dict[str, int] | None:
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=search.case_id)
    if not _holds(search, turn):
        return None
    on, file = timezone.localdate(), None
    try:
        # A file that is refused leaves nothing of itself, and the turn is still written down.
        with transaction.atomic():
            if got.content:
                file = import_records(
                    by=search.set_by,
                    case=search.case,
                    source=got.content,
                    name=f"{search.service.name}, {on:%Y-%m-%d}, search {search.number}.jsonl",
                    database=search.service.name,
                    search=search.query,
                    searched_on=on,
                )
    except BadInput as error:
        return _failed(search, turn, day, _said(error))
    except Refused as error:
        return _failed(
            search, turn, day, f"{search.set_by.name} may not bring records into this case. {error.reason}"
        )
    _write(search, turn, day, on, got=got, file=file)
    return {"found": got.found, "brought": got.new}


def _failed(search: LivingSearch, turn: int, day: date | None, words: str) -> None:
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=search.case_id)
    if _holds(search, turn):
        _write(search, turn, day, timezone.localdate(), words=words)


def _write(
    search: LivingSearch,
    turn: int,
    day: date | None,
    on: date,
    *,
    got: Gathered | None = None,
    file: RecordFile | None = None,
    words: str = "",
) -> None:
    """Write the turn down and ask for the next, which has another key: it can wait beside the run that ends here."""
    failed = got is None
    LivingRun.objects.create(
        search=search,
        case=search.case,
        number=search.number,
        turn=turn,
        since=day,
        found=got.found if got else 0,
        held=got.held if got else 0,
        file=file,
        failed=failed,
        words=words,
        ran_on=on,
    )
    came = (
        f"could not be asked: {words}" if got is None else f"gave {counted(got.new, 'record')} not held yet"
    )
    write_down(
        by=search.set_by,
        action="reviews.living_turn",
        summary=f"had {search.service.name} asked again: it {came}"[:500],
        case=search.case.slug,
        details={"search": search.number, "version": search.version, "turn": turn, "failed": failed},
    )
    ask_for_turn(search=search, turn=turn + 1, day=next_day(on, search.every, failed=failed))


def _said(error: BadInput) -> str:
    return " ".join([error.message, *(problem.do for problem in error.problems[:1])])
