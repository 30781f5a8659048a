"""Several people at the same moment, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from django.db import connection

from tests.integration.analyse.reviews.conftest import FOUR
from wherewithal.analyse.reviews.records import RecordFile
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Reservation, ScreeningDecision
from wherewithal_web.cases.actions import share_case
from wherewithal_web.jobs.models import Run
from wherewithal_web.jobs.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)

ANOTHER = b"TY  - JOUR\nTI  - A made study of its own\nPY  - 2011\nER  - \n"


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each in a thread of its own."""
    start = Barrier(len(works))

    def do(work: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(do, work) for work in works]]


def test_people_who_ask_at_the_same_moment_get_different_records(people, case, sixty) -> None:
    share_case(by=people.commissioner, case=case, user=people.outsider, role="contributor")
    share_case(by=people.commissioner, case=case, user=people.champion, role="contributor")
    team = [people.commissioner, people.colleague, people.outsider, people.champion]
    for _ in range(5):
        got = at_once(*(lambda who=who: actions.reserve_next(by=who, case=case) for who in team))
        assert len({record.pk for record in got}) == len(team)
        assert Reservation.objects.count() == len(team)
        for who, record in zip(team, got, strict=True):
            actions.record_decision(by=who, record=record, verdict=Verdict.UNSURE)


def test_two_who_decide_at_the_same_moment_are_both_kept(people, case, sixty) -> None:
    for record in sixty[:5]:
        at_once(
            lambda record=record: actions.record_decision(
                by=people.commissioner, record=record, verdict=Verdict.INCLUDE, seen=0
            ),
            lambda record=record: actions.record_decision(
                by=people.colleague, record=record, verdict=Verdict.EXCLUDE, reason="design", seen=0
            ),
        )
        assert queries.standing(record).outcome == "conflict"
    assert ScreeningDecision.objects.count() == 10
    assert Run.objects.filter(kind="reviews.learn").count() == 1


def test_one_form_sent_twice_at_the_same_moment_is_one_decision(people, case, sixty) -> None:
    def send() -> object:
        return actions.record_decision(
            by=people.commissioner, record=sixty[0], verdict=Verdict.INCLUDE, seen=0, token="a" * 32
        )

    first, second = at_once(send, send)
    assert first == second
    assert ScreeningDecision.objects.count() == 1


def test_a_search_is_read_before_anything_is_held(people, case, monkeypatch) -> None:
    """Reading a large search takes many seconds, in which others go on deciding."""
    held: list[bool] = []
    through = RecordFile.__iter__

    def reading(file: RecordFile):
        held.append(connection.in_atomic_block)
        return through(file)

    monkeypatch.setattr(RecordFile, "__iter__", reading)
    made = actions.import_records(by=people.commissioner, case=case, source=FOUR.encode(), name="four.ris")
    assert made.records.count() == 4
    waiting = actions.keep_search(
        by=people.commissioner, case=case, source=BytesIO(ANOTHER), name="another.ris"
    )
    actions.bring_in_later(by=people.commissioner, waiting=waiting)
    while Worker("test").once():
        pass
    assert queries.records_of(case).count() == 5
    assert held == [False, False]
