"""Reading living searches: what is asked again, when next, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from wherewithal.plain_english import counted, long_date
from wherewithal_web.analyse.reviews.living.asking import TURN, key_of
from wherewithal_web.analyse.reviews.models import LivingRun, LivingSearch
from wherewithal_web.analyse.reviews.queries.brought import Brought, brought_by
from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.models import Run
from wherewithal_web.jobs.queries import newest_run

LAST_SHOWN = 5


def living_version(case: Case, number: int) -> LivingSearch | None:
    """The newest version of a living search."""
    return case.living_searches.filter(number=number).select_related("case", "set_by").last()


def living_for(case: Case, number: int) -> LivingSearch:
    """The same for a page. Raises Http404 where there is none."""
    found = living_version(case, number)
    if found is None:
        raise Http404("There is no such search in this case.")
    return found


def next_turn(case: Case, number: int) -> int:
    return (case.living_runs.filter(number=number).aggregate(most=Max("turn"))["most"] or 0) + 1


def last_answered(search: LivingSearch) -> date | None:
    """The day on which the service last answered this very query of this search."""
    rows = search.case.living_runs.filter(
        number=search.number, failed=False, search__source=search.source, search__query=search.query
    )
    return rows.aggregate(last=Max("ran_on"))["last"]


def waiting_turn(search: LivingSearch) -> Run | None:
    """The run of the search's next turn, open or ended without having been written down."""
    return newest_run(TURN, key_of(search, next_turn(search.case, search.number)))


@dataclass(frozen=True)
class Turn:
    """One asking, in words."""

    run: LivingRun
    brought: Brought | None

    @property
    def words(self) -> str:
        run = self.run
        if run.failed:
            return (
                f"{run.words} Nothing was brought in. Until it is asked again you can search {run.search.service.name} "
                "by hand, download the file and bring it in."
            )
        since = f" added since {long_date(run.since)}" if run.since else ""
        found = f"{counted(run.found, 'record')}{since}, {run.held:,} of them held already from this source."
        if self.brought is None:
            return f"{found} Nothing was new."
        return f"{found} Brought in: {self.brought.words}."


@dataclass(frozen=True)
class Living:
    """A living search with its last turns, the newest first, and what waits."""

    search: LivingSearch
    turns: tuple[Turn, ...]
    waiting: Run | None

    @property
    def runs_now(self) -> bool:
        return bool(self.waiting and self.waiting.is_open and self.waiting.not_before <= timezone.now())

    @property
    def next_day(self) -> date | None:
        waits = self.waiting and self.waiting.is_open and not self.runs_now
        return timezone.localtime(self.waiting.not_before).date() if self.waiting and waits else None

    @property
    def notice(self) -> str:
        """What people on the case should know of the last turn; empty where nothing came and nothing went wrong."""
        last = self.turns[0] if self.turns else None
        if last is None or self.search.state == LivingSearch.State.STOPPED:
            return ""
        if last.run.failed:
            return last.words
        if last.brought is None or not (
            last.brought.new or last.brought.to_compare or not last.brought.looked
        ):
            return ""
        since = f" since {long_date(self.turns[1].run.ran_on)}" if len(self.turns) > 1 else ""
        if not last.brought.looked:
            return f"{counted(last.brought.records, 'record')} came{since}. {last.brought.words}"
        more = f", and {last.brought.to_compare:,} for a person to look at" if last.brought.to_compare else ""
        return f"{counted(last.brought.new, 'new record')}{since}{more}."


def living_of(case: Case) -> list[Living]:
    """The living searches of a case, those that were stopped last."""
    newest: dict[int, LivingSearch] = {}
    for row in case.living_searches.select_related("case", "set_by").order_by("number", "version"):
        newest[row.number] = row
    brought = brought_by(case) if newest else {}
    found = [
        Living(row, tuple(_turns(case, number, brought)), waiting_turn(row)) for number, row in newest.items()
    ]
    return sorted(
        found, key=lambda each: (each.search.state == LivingSearch.State.STOPPED, each.search.number)
    )


def _turns(case: Case, number: int, brought: Mapping[int, Brought]) -> list[Turn]:
    rows = case.living_runs.filter(number=number).select_related("search")[:LAST_SHOWN]
    return [Turn(row, brought.get(row.file_id) if row.file_id else None) for row in rows]


TURN_COLUMNS = (
    "Search",
    "Turn",
    "When",
    "Source",
    "What was searched for",
    "Added since",
    "Found",
    "Held already from this source",
    "Brought in",
    "What went wrong",
)


def turn_rows(case: Case) -> Iterator[tuple[str, ...]]:
    """Every asking of every living search, also those that brought nothing."""
    for run in case.living_runs.select_related("search").order_by("pk"):
        yield (
            str(run.number),
            str(run.turn),
            f"{run.ran_at:%Y-%m-%d %H:%M:%S}",
            run.search.service.name,
            run.search.query,
            f"{run.since:%Y-%m-%d}" if run.since else "",
            "" if run.failed else str(run.found),
            "" if run.failed else str(run.held),
            "" if run.failed else str(run.found - run.held),
            run.words,
        )
