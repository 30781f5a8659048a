"""Keeping a search that is asked again, changing it, pausing and stopping it, asking it now."""

from __future__ import annotations

from django.db import transaction

from wherewithal.analyse.reviews.living import EVERY, next_day, source_of
from wherewithal.errors import BadInput, Problem
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.living.asking import ask_for_turn
from wherewithal_web.analyse.reviews.models import LivingSearch
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.jobs.actions import bring_forward
from wherewithal_web.jobs.actions import stop as stop_run
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

ON, PAUSED, STOPPED = LivingSearch.State.ON, LivingSearch.State.PAUSED, LivingSearch.State.STOPPED


@transaction.atomic
def keep_living(*, by: User, case: Case, source: str, query: str, every: int) -> LivingSearch:
    """Keep a search with a service; it is asked for the first time at once.

    Raises BadInput for a service that cannot be asked, an empty query, and an interval there is none of.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    query = _checked(source, query, every)
    _hold(case)
    newest = case.living_searches.order_by("number").last()
    made = _write(by, case, newest.number + 1 if newest else 1, 1, source, query, every, ON)
    _tell(by, made, f"has {made.service.name} asked {EVERY[every]}")
    ask_for_turn(search=made, turn=1)
    return made


@transaction.atomic
def change_living(*, by: User, search: LivingSearch, source: str, query: str, every: int) -> LivingSearch:
    """Change what is asked, or how often. The older version stays to be read. The same again is the version there is.

    Another query is asked at once, for all there is. Raises BadInput as ``keep_living``, and for a stopped search.
    """
    require(may(by, Permission.CONTRIBUTE, search.case))
    query = _checked(source, query, every)
    newest = _newest(search)
    if newest.state == STOPPED:
        raise BadInput("This search was stopped. Add another in its place.")
    if (newest.source, newest.query, newest.every, newest.state) == (source, query, every, ON):
        return newest
    return _replace(by, newest, ON, source=source, query=query, every=every)


@transaction.atomic
def pause_living(*, by: User, search: LivingSearch) -> LivingSearch:
    """Ask no more until somebody says so. Raises BadInput where it is not being asked."""
    return _turn_to(by, search, PAUSED, {ON}, "is not asked at the moment, so there is nothing to pause")


@transaction.atomic
def resume_living(*, by: User, search: LivingSearch) -> LivingSearch:
    """Ask again from now on. Raises BadInput where it is not paused."""
    return _turn_to(by, search, ON, {PAUSED}, "is not paused")


@transaction.atomic
def stop_living(*, by: User, search: LivingSearch) -> LivingSearch:
    """Ask no more at all. What it brought stays. Raises BadInput where it is stopped already."""
    return _turn_to(by, search, STOPPED, {ON, PAUSED}, "is stopped already")


@transaction.atomic
def run_living(*, by: User, search: LivingSearch) -> None:
    """Ask now and not only on its day. Raises BadInput where it is paused or stopped."""
    require(may(by, Permission.CONTRIBUTE, search.case))
    newest = _newest(search)
    if newest.state != ON:
        raise BadInput(f"This search is {newest.get_state_display()}: have it asked again first.")
    waiting = queries.waiting_turn(newest)
    if waiting is not None and waiting.is_open:
        bring_forward(by=by, run=waiting)
    else:
        ask_for_turn(search=newest, turn=queries.next_turn(newest.case, newest.number))
    _tell(by, newest, f"had {newest.service.name} asked now")


def _turn_to(by: User, search: LivingSearch, state: str, from_: set[str], refused: str) -> LivingSearch:
    require(may(by, Permission.CONTRIBUTE, search.case))
    newest = _newest(search)
    if newest.state not in from_:
        raise BadInput(f"This search {refused}.")
    return _replace(by, newest, state, source=newest.source, query=newest.query, every=newest.every)


def _replace(
    by: User, before: LivingSearch, state: str, *, source: str, query: str, every: int
) -> LivingSearch:
    """Write the next version, have what waited for the old one stopped, and ask for the next turn of the new one."""
    waiting = queries.waiting_turn(before)
    if waiting is not None and waiting.is_open:
        stop_run(by=by, run=waiting)
    case, number = before.case, before.number
    made = _write(by, case, number, before.version + 1, source, query, every, state)
    said = f"{state} the search of {made.service.name}"
    if state == ON:
        said = f"has {made.service.name} asked {EVERY[every]}"
    _tell(by, made, said)
    if state == ON:
        answered = queries.last_answered(made)
        day = next_day(answered, every) if answered else None
        ask_for_turn(search=made, turn=queries.next_turn(case, number), day=day)
    return made


def _write(
    by: User, case: Case, number: int, version: int, source: str, query: str, every: int, state: str
) -> LivingSearch:
    return LivingSearch.objects.create(
        case=case,
        number=number,
        version=version,
        source=source,
        query=query,
        every=every,
        state=state,
        set_by=by,
    )


def _checked(source: str, query: str, every: int) -> str:
    source_of(source)
    if not query.strip():
        raise BadInput(
            "Say what is searched for.",
            [
                Problem(
                    "the query", "nothing", "the words of the search", "Write them as the service takes them."
                )
            ],
        )
    if every not in EVERY:
        raise BadInput(
            "Choose how often it is asked again.",
            [Problem("every", f"{every} months", ", ".join(EVERY.values()), "Choose one of these.")],
        )
    return query.strip()


def _hold(case: Case) -> None:
    """One after another: two versions written at once must not have one number."""
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=case.pk)


def _newest(search: LivingSearch) -> LivingSearch:
    _hold(search.case)
    return queries.living_for(search.case, search.number)


def _tell(by: User, search: LivingSearch, said: str) -> None:
    write_down(
        by=by,
        action="reviews.living_search",
        summary=f"{said}: {search.query}"[:500],
        case=search.case.slug,
        details={
            "search": search.number,
            "version": search.version,
            "state": search.state,
            "every": search.every,
        },
    )
