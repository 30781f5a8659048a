from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.analyse.reviews.conftest import FOUR
from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions
from wherewithal_web.analyse.reviews.learning.again import learn_again
from wherewithal_web.analyse.reviews.learning.asking import LEARN
from wherewithal_web.analyse.reviews.models import Ranking, RankingOrder, ScreeningDecision
from wherewithal_web.jobs.leases import claim
from wherewithal_web.jobs.models import Run, State
from wherewithal_web.jobs.worker import Worker

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def newest(case) -> Ranking:
    return case.rankings.first()


@pytest.fixture
def asked(people, case, sixty) -> None:
    protocol = Protocol(population="Parents of young children", intervention="Parenting group")
    actions.write_protocol(by=people.commissioner, case=case, protocol=protocol)


def test_before_any_decision_the_order_follows_the_question(people, case, sixty, asked, learn) -> None:
    assert learn() == 1
    made = newest(case)
    assert (made.decisions, made.records, made.model, made.protocol) == (0, 60, "terms", 1)
    first = actions.reserve_next(by=people.colleague, case=case)
    assert first.title.startswith("Parenting group trial")


def test_nobody_waits_for_a_lesson(people, case, sixty, decide) -> None:
    assert not case.rankings.exists()
    assert actions.reserve_next(by=people.colleague, case=case) == sixty[0]
    decide(sixty[0], "include")
    decide(sixty[1], "exclude", "question")
    assert actions.reserve_next(by=people.colleague, case=case) == sixty[2]
    assert Run.objects.filter(kind=LEARN, state=State.WAITING).count() == 1


def test_after_decisions_the_order_follows_them_and_says_why(
    people, sign_in, case, base, sixty, decide, learn
) -> None:
    decide(sixty[1], "exclude", "question")
    decide(sixty[6], "include")
    assert learn() == 1
    client = sign_in(people.colleague)
    address = client.get(f"{base}next/")["Location"]
    page = text(client.get(address))
    assert "Parenting group trial" in page
    assert "The order was learnt from 2 decisions." in page
    assert "Speaks for keeping" in page
    assert 'class="rev-mark rev-mark--towards"' in page
    assert "Most like" in page
    assert "Parenting group trial 06" in page
    client.post(address, {"verdict": "include", "ranking": "1"})
    assert ScreeningDecision.objects.last().ranking == 1


def test_the_best_come_first_and_none_is_left_out(people, case, sixty, decide, learn) -> None:
    decide(sixty[1], "exclude", "question")
    decide(sixty[6], "include")
    learn()
    read = []
    while (record := actions.reserve_next(by=people.colleague, case=case)) is not None:
        kept = record.title.startswith("Parenting")
        read.append(kept)
        actions.record_decision(
            by=people.colleague,
            record=record,
            verdict=Verdict.INCLUDE if kept else Verdict.EXCLUDE,
            reason="" if kept else "question",
        )
        learn()
    assert len(read) == 58
    assert all(read[:9])
    assert not any(read[9:])


def test_a_lesson_that_misses_decisions_is_followed_by_another(
    people, case, sixty, decide, learn, django_capture_on_commit_callbacks
) -> None:
    learn()
    decide(sixty[1], "exclude", "question")
    run = claim("slow")
    from wherewithal_web.analyse.reviews.learning.lessons import learn as lesson

    finish = lesson(lambda *_: None, **run.arguments)
    decide(sixty[6], "include")
    assert Run.objects.filter(state__in=[State.WAITING, State.RUNNING]).count() == 1
    with django_capture_on_commit_callbacks(execute=True), run.writing():
        run.end(State.DONE, result=finish())
    assert Run.objects.filter(state=State.WAITING).count() == 1
    learn()
    assert newest(case).decisions == 2


def test_a_killed_worker_loses_nothing(people, case, sixty, decide, learn) -> None:
    from datetime import timedelta

    from django.utils import timezone

    decide(sixty[1], "exclude", "question")
    decide(sixty[6], "include")
    assert claim("killed") is not None  # and never heard of again
    assert ScreeningDecision.objects.count() == 2
    assert actions.reserve_next(by=people.colleague, case=case) is not None
    Run.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert Worker("another").once()
    assert newest(case).decisions == 2


def test_the_log_gives_the_same_order_again(people, case, sixty, asked, decide, learn) -> None:
    made = []
    for row in sixty[:12]:
        kept = row.title.startswith("Parenting")
        decide(row, "include" if kept else "exclude", "" if kept else "question")
        learn()
        made.append(newest(case))
    assert len({each.order_sha256 for each in made}) == len(made)
    for each in made:
        assert learn_again(each).sha256 == each.order_sha256
    assert RankingOrder.objects.count() == 1
    assert sorted(RankingOrder.objects.get().numbers) == [row.pk for row in sixty[12:]]


def test_duplicates_and_doubts_teach_nothing(people, case, sixty, decide, learn) -> None:
    decide(sixty[6], "include")
    decide(sixty[12], "exclude", "duplicate")
    decide(sixty[1], "unsure")
    learn()
    order = RankingOrder.objects.get().numbers
    titles = {row.pk: row.title for row in sixty}
    assert all(titles[number].startswith("Parenting") for number in order[:8])


def test_new_records_are_read_even_before_they_are_ranked(people, case, sixty, decide, learn) -> None:
    learn()
    for row in sixty:
        decide(row, "exclude", "question")
    actions.import_records(by=people.commissioner, case=case, source=FOUR.encode(), name="four.ris")
    assert actions.reserve_next(by=people.colleague, case=case).title == "First made study"
    learn()
    assert newest(case).records == 4


def test_in_a_blind_pile_what_another_decided_is_not_shown_as_a_reason(
    people, sign_in, case, base, sixty, learn
) -> None:
    actions.write_protocol(by=people.commissioner, case=case, protocol=Protocol(second_share=100))
    for number, verdict in ((1, Verdict.EXCLUDE), (6, Verdict.INCLUDE)):
        actions.record_decision(
            by=people.commissioner,
            record=sixty[number],
            verdict=verdict,
            reason="question" if verdict is Verdict.EXCLUDE else "",
            seen=0,
        )
    learn()
    client = sign_in(people.colleague)
    assert "Most like" not in text(client.get(client.get(f"{base}next/")["Location"]))


def test_a_pile_without_a_case_is_nothing(people, db) -> None:
    from wherewithal_web.jobs.actions import ask

    ask(by=people.admin, kind=LEARN, key="0", arguments={"case": 0})
    assert Worker("test").once()
    assert Run.objects.get().state == State.DONE


def test_deciding_and_moving_on_takes_as_many_queries_in_a_long_pile_as_in_a_short_one(
    people, sign_in, case, base, sixty, learn
) -> None:
    client = sign_in(people.colleague)

    def queries_for_one() -> int:
        address = client.get(f"{base}next/")["Location"]
        with CaptureQueriesContext(connection) as caught:
            following = client.post(address, {"verdict": "unsure", "seen": "0"})["Location"]
            assert client.get(following).status_code == 200
        return len(caught)

    learn()
    queries_for_one()
    short = queries_for_one()
    many = "".join(f"TY  - JOUR\nTI  - Made {n:04}\nER  - \n" for n in range(1500))
    actions.import_records(by=people.commissioner, case=case, source=many.encode(), name="many.ris")
    learn()
    assert len(RankingOrder.objects.get().numbers) == 1558
    assert isinstance(RankingOrder.objects.get().numbers, np.ndarray)
    assert queries_for_one() <= short + 6 < 66
