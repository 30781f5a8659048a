from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import StopDecision
from wherewithal_web.audit.models import Event
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def read(people, records) -> None:
    for row in records:
        kept = row.title.startswith("Parenting")
        verdict = Verdict.INCLUDE if kept else Verdict.EXCLUDE
        actions.record_decision(
            by=people.commissioner, record=row, verdict=verdict, reason="" if kept else "question"
        )


@pytest.fixture
def nearly(people, sixty) -> None:
    """All that is relevant was read, and half of the rest."""
    read(people, sorted(sixty, key=lambda row: not row.title.startswith("Parenting"))[:35])


def test_the_page_says_where_it_stands(people, sign_in, base, sixty) -> None:
    client = sign_in(people.commissioner)
    page = text(client.get(f"{base}stopping/"))
    assert "Nothing can be said about what may be missed" in page
    read(people, sixty[:7])
    page = text(client.get(f"{base}stopping/"))
    assert "7 of 60 records read, 2 relevant. Read the 53 that are left" in page
    assert "95% sure that at least 95%" in page
    assert "takes for granted" in page


def test_one_may_not_stop_before_the_rule_allows_it(people, case, nearly) -> None:
    with pytest.raises(BadInput, match="may not stop yet"):
        actions.decide_to_stop(by=people.commissioner, case=case, stops=True, rule="looks")
    with pytest.raises(BadInput, match="may not stop yet"):
        actions.decide_to_stop(by=people.commissioner, case=case, stops=True, rule="everything")
    with pytest.raises(BadInput, match="No random check"):
        actions.decide_to_stop(by=people.commissioner, case=case, stops=True, rule="check")
    with pytest.raises(BadInput, match="Say why"):
        actions.decide_to_stop(by=people.commissioner, case=case, stops=True, rule="own")
    with pytest.raises(BadInput, match="by which rule"):
        actions.decide_to_stop(by=people.commissioner, case=case, stops=True, rule="mood")
    assert not StopDecision.objects.exists()


def test_stopping_for_a_reason_of_ones_own_is_recorded_as_such(people, sign_in, case, base, nearly) -> None:
    client = sign_in(people.commissioner)
    send = {"stops": "yes", "rule": "own", "why": "The board meets tomorrow."}
    page = text(client.post(f"{base}stopping/decide/", send, follow=True))
    assert "Reading was stopped" in page
    assert "The board meets tomorrow." in page
    made = queries.stopped(case)
    assert (made.rule, made.numbers["read"], made.numbers["found"]) == ("own", 35, 10)
    assert "The board meets tomorrow." in Event.objects.filter(action="reviews.decide_to_stop").get().summary
    client.post(f"{base}stopping/decide/", {"stops": "no", "rule": "own", "why": "More time."})
    assert queries.stopped(case) is None


def test_a_random_check_is_drawn_by_the_seed_and_read_in_turn(
    people, sign_in, case, base, sixty, nearly
) -> None:
    client = sign_in(people.commissioner)
    client.post(f"{base}stopping/check/")
    row = queries.newest_check(case)
    assert (row.unread, row.earlier, len(row.numbers)) == (25, 10, 25)
    with pytest.raises(BadInput, match="going on already"):
        actions.begin_check(by=people.colleague, case=case)
    order = row.numbers.tolist()
    assert order != sorted(order)
    read_so_far = []
    while queries.checking(case) is not None:
        record = actions.reserve_next(by=people.commissioner, case=case)
        read_so_far.append(record.pk)
        read(people, [record])
    assert read_so_far == order[: len(read_so_far)]
    check = queries.check_of(case)
    assert check.certified
    page = text(client.get(f"{base}stopping/"))
    assert "Stop on this check" in page
    client.post(f"{base}stopping/decide/", {"stops": "yes", "rule": "check"})
    made = queries.stopped(case)
    assert made.numbers["audit"]["drawn"] == len(read_so_far)
    assert "drawn at random" in made.assumption


def test_what_is_read_out_of_turn_does_not_count_for_the_check(people, case, sixty, nearly) -> None:
    row = actions.begin_check(by=people.commissioner, case=case)
    last = next(each for each in sixty if each.pk == row.numbers[-1])
    read(people, [last])
    assert queries.check_of(case).audit.drawn == 0


def test_everything_read(people, sign_in, case, base, sixty) -> None:
    read(people, sixty)
    client = sign_in(people.commissioner)
    assert "Everything was read." in text(client.get(f"{base}stopping/"))
    with pytest.raises(BadInput, match="Nothing is unread"):
        actions.begin_check(by=people.commissioner, case=case)
    client.post(f"{base}stopping/decide/", {"stops": "yes", "rule": "everything"})
    assert queries.stopped(case).rule == "everything"
    with pytest.raises(BadInput, match="stopped already"):
        actions.decide_to_stop(by=people.commissioner, case=case, stops=True, rule="everything")


@pytest.mark.parametrize("who", ["viewer", "approver", "outsider"])
def test_only_contributors_check_and_stop(people, case, sixty, who) -> None:
    user = getattr(people, who)
    with pytest.raises(Refused):
        actions.begin_check(by=user, case=case)
    with pytest.raises(Refused):
        actions.decide_to_stop(by=user, case=case, stops=True, rule="own", why="x")
