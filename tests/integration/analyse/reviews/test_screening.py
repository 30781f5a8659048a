"""Two people at one pile: who reads what, what each decides, and that nothing is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Reservation, ScreeningDecision, Standing
from wherewithal_web.analyse.reviews.standings import work_out_all
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.permissions import share_of
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

IN, OUT = Verdict.INCLUDE, Verdict.EXCLUDE


def text(response) -> str:
    return response.content.decode()


def fields_of(page: str) -> dict[str, str]:
    return {
        name: re.search(rf'name="{name}" value="(\w*)"', page)[1] for name in ("token", "seen", "ranking")
    }


@pytest.fixture
def two(people, case) -> None:
    """Two people decide about every record."""
    actions.write_protocol(by=people.commissioner, case=case, protocol=Protocol(second_share=100))


# --- one person a record --------------------------------------------------------------------------------


def test_two_people_never_get_the_same_record(people, sign_in, base, sixty) -> None:
    one, other = sign_in(people.commissioner), sign_in(people.colleague)
    seen: dict[str, str] = {}
    addresses = {one: one.get(f"{base}next/")["Location"], other: other.get(f"{base}next/")["Location"]}
    for _ in range(30):
        for name, client in (("one", one), ("other", other)):
            address = addresses[client]
            assert address not in seen, f"{address} went to {seen.get(address)} and {name}"
            seen[address] = name
            fields = fields_of(text(client.get(address)))
            addresses[client] = client.post(address, {"verdict": "unsure", **fields})["Location"]
    assert len(seen) == 60
    assert set(addresses.values()) == {base}
    assert ScreeningDecision.objects.count() == 60
    assert not Reservation.objects.exists()


def test_a_place_that_was_read_before_counts_for_its_own_person_and_case_only(people, case, sixty) -> None:
    theirs = share_of(people.colleague, case)
    with pytest.raises(Refused):
        actions.reserve_next(by=people.viewer, case=case, share=theirs)
    with pytest.raises(Refused):
        actions.decide(by=people.viewer, record=sixty[0], verdict=Verdict.INCLUDE, share=theirs)
    assert not ScreeningDecision.objects.exists()
    assert actions.reserve_next(by=people.colleague, case=case, share=theirs) == sixty[0]
    decided = actions.decide(by=people.colleague, record=sixty[0], verdict=Verdict.INCLUDE, share=theirs)
    assert (decided.work, decided.stands.outcome, decided.meanwhile) == (sixty[0], "include", ())


def test_asking_again_gives_the_same_record_until_it_is_decided(people, case, sixty) -> None:
    first = actions.reserve_next(by=people.colleague, case=case)
    assert actions.reserve_next(by=people.colleague, case=case) == first
    actions.record_decision(by=people.colleague, record=first, verdict=IN)
    assert actions.reserve_next(by=people.colleague, case=case) != first


def test_a_reservation_ends_by_itself(people, case, sixty) -> None:
    first = actions.reserve_next(by=people.colleague, case=case)
    assert actions.reserve_next(by=people.commissioner, case=case) != first
    Reservation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert actions.reserve_next(by=people.commissioner, case=case) == first


def test_when_all_that_is_left_is_being_read_it_says_so(people, sign_in, base, rows, decide) -> None:
    for row in rows[:3]:
        decide(row, "include")
    other = sign_in(people.colleague)
    assert other.get(f"{base}next/")["Location"].endswith(f"/records/{rows[3].pk}/")
    page = text(sign_in(people.commissioner).get(f"{base}next/", follow=True))
    assert "is being read by somebody else just now" in page


def test_whoever_only_looks_reserves_nothing(people, sign_in, case, base, rows) -> None:
    with pytest.raises(Refused):
        actions.reserve_next(by=people.viewer, case=case)
    client = sign_in(people.viewer)
    assert client.get(f"{base}next/")["Location"].endswith(f"/records/{rows[0].pk}/")
    client.get(f"{base}records/{rows[0].pk}/")
    assert not Reservation.objects.exists()


def test_a_form_sent_twice_is_one_decision(people, sign_in, base, rows) -> None:
    client = sign_in(people.colleague)
    address = f"{base}records/{rows[0].pk}/"
    assert text(client.get(address)).count(f'<form method="post" action="{address}">') == 2
    sent = {"verdict": "include", **fields_of(text(client.get(address)))}
    client.post(address, sent)
    client.post(address, sent)
    assert ScreeningDecision.objects.count() == 1
    # Gone back to in the browser and decided otherwise: that is a new decision, and it holds.
    client.post(address, {**sent, "verdict": "unsure"})
    assert ScreeningDecision.objects.count() == 2
    assert queries.holding(rows[0]).verdict == "unsure"


def test_somebody_was_quicker_and_agrees(people, sign_in, base, rows) -> None:
    client = sign_in(people.colleague)
    address = f"{base}records/{rows[0].pk}/"
    fields = fields_of(text(client.get(address)))
    actions.record_decision(by=people.commissioner, record=rows[0], verdict=IN)
    page = text(client.post(address, {"verdict": "include", **fields}, follow=True))
    assert "Cora Commissioner decided about it too, and agrees." in page
    assert queries.standing(rows[0]).outcome == "include"
    assert ScreeningDecision.objects.count() == 2


def test_somebody_was_quicker_and_differs_and_nothing_is_lost(people, sign_in, base, rows) -> None:
    client = sign_in(people.colleague)
    address = f"{base}records/{rows[0].pk}/"
    fields = fields_of(text(client.get(address)))
    actions.record_decision(by=people.commissioner, record=rows[0], verdict=OUT, reason="design")
    page = text(client.post(address, {"verdict": "include", **fields}, follow=True))
    assert "differs: left out: wrong study design. Both are kept; it waits to be settled." in page
    assert queries.standing(rows[0]).outcome == "conflict"
    assert [each.record for each in queries.differences_of(rows[0].file.case)] == [rows[0]]


def test_a_decision_made_knowing_anothers_replaces_it(people, rows, decide) -> None:
    decide(rows[0], "include")
    made = actions.record_decision(by=people.colleague, record=rows[0], verdict=OUT, reason="outcome")
    assert made.settles
    assert queries.holding(rows[0]) == made


def test_back_leads_to_what_was_decided_before(people, sign_in, base, rows) -> None:
    client = sign_in(people.colleague)
    client.post(f"{base}records/{rows[0].pk}/", {"verdict": "include"})
    client.post(f"{base}records/{rows[1].pk}/", {"verdict": "include"})
    page = text(client.get(f"{base}records/{rows[2].pk}/"))
    assert f'href="{base}records/{rows[1].pk}/" rel="prev"' in page
    page = text(client.get(f"{base}records/{rows[1].pk}/"))
    assert f'href="{base}records/{rows[0].pk}/" rel="prev"' in page


def test_what_holds_can_be_worked_out_again_from_the_decisions(people, case, rows, decide) -> None:
    decide(rows[0], "include")
    actions.record_decision(by=people.colleague, record=rows[0], verdict=OUT, reason="outcome")
    decide(rows[1], "unsure")
    actions.record_decision(by=people.colleague, record=rows[1], verdict=IN, seen=0)
    fields = ("record", "outcome", "reason", "people", "holding")
    before = list(Standing.objects.order_by("record").values(*fields))
    work_out_all(case)
    assert list(Standing.objects.order_by("record").values(*fields)) == before


# --- two people a record --------------------------------------------------------------------------------


def test_two_decide_about_one_record_without_seeing_each_other(
    people, sign_in, case, base, rows, two
) -> None:
    one, other = sign_in(people.commissioner), sign_in(people.colleague)
    address = one.get(f"{base}next/")["Location"]
    assert other.get(f"{base}next/")["Location"] == address
    one.post(address, {"verdict": "exclude", "reason": "design", **fields_of(text(one.get(address)))})
    assert queries.standing(rows[0]).outcome == "waiting"
    for client in (other, sign_in(people.viewer)):
        page = text(client.get(address))
        assert "Cora Commissioner" not in page.replace("Cora Commissioner · Northmoor", "")
        assert "Earlier decisions" not in page
        assert "Left out" not in page
    assert "They decide without seeing what you did" in text(one.get(address))
    assert "Wrong study design" not in Event.objects.filter(action="reviews.record_decision").get().summary
    counts = queries.counts_of(case)
    assert (counts.left_out, counts.waiting, counts.to_look_at) == (0, 1, 4)

    page = text(
        other.post(address, {"verdict": "include", **fields_of(text(other.get(address)))}, follow=True)
    )
    assert "Cora Commissioner decided about it too, and differs" in page
    assert queries.counts_of(case).differ == 1


def test_nobody_decides_twice_and_no_third_is_asked(people, case, rows, two) -> None:
    for row in rows:
        for user in (people.commissioner, people.colleague):
            actions.reserve(by=user, record=row)
            actions.record_decision(by=user, record=row, verdict=IN, seen=0)
    assert actions.reserve_next(by=people.commissioner, case=case) is None
    assert queries.counts_of(case).kept == 4


def test_the_first_of_two_is_told_that_the_rest_waits(people, sign_in, base, rows, two) -> None:
    client = sign_in(people.commissioner)
    for row in rows:
        response = client.post(f"{base}records/{row.pk}/", {"verdict": "include"}, follow=True)
    assert "The rest waits for a second person" in text(response)


def test_a_difference_is_settled_with_a_note_and_only_once(people, sign_in, case, base, rows, two) -> None:
    actions.record_decision(by=people.commissioner, record=rows[0], verdict=IN, seen=0)
    actions.record_decision(by=people.colleague, record=rows[0], verdict=OUT, reason="design", seen=0)
    with pytest.raises(BadInput, match="Settle it"):
        actions.record_decision(by=people.commissioner, record=rows[0], verdict=IN, words="", seen=None)
    client = sign_in(people.colleague)
    page = text(client.get(f"{base}differ/"))
    assert "1 record to settle" in page
    assert "Cora Commissioner" in page
    address = f"{base}records/{rows[0].pk}/settle/"
    assert "Say in a few words" in text(client.post(address, {"what": "include"}, follow=True))
    assert "Choose whether" in text(client.post(address, {"note": "Agreed."}, follow=True))
    page = text(client.post(address, {"what": "include", "note": "It has a control group."}, follow=True))
    assert "Settled, kept." in page
    assert "Nothing is left to settle." in page
    assert "Nobody differs" in text(client.post(address, {"what": "design", "note": "Again."}, follow=True))
    held = queries.holding(rows[0])
    assert (held.verdict, held.note, held.settles) == ("include", "It has a control group.", True)
    assert queries.agreement(case).records == 1


@pytest.mark.parametrize("who", ["viewer", "approver"])
def test_only_contributors_settle(people, sign_in, base, rows, who) -> None:
    client = sign_in(getattr(people, who))
    assert client.get(f"{base}differ/").status_code == 200
    assert client.post(f"{base}records/{rows[0].pk}/settle/", {"what": "include"}).status_code == 403


def test_a_share_of_the_records_has_two_and_the_rest_one(people, case, sixty) -> None:
    actions.write_protocol(by=people.commissioner, case=case, protocol=Protocol(second_share=20, seed=3))
    for row in sixty:
        actions.record_decision(by=people.commissioner, record=row, verdict=IN, seen=0)
    waiting = queries.counts_of(case).waiting
    assert 4 <= waiting <= 22
    assert queries.counts_of(case).kept == 60 - waiting
    actions.write_protocol(
        by=people.commissioner, case=case, protocol=Protocol(seed=3), why="No second person."
    )
    assert queries.counts_of(case).kept == 60


# --- notes, labels, full texts --------------------------------------------------------------------------


def test_notes_and_labels(people, sign_in, base, rows) -> None:
    client = sign_in(people.colleague)
    address = f"{base}records/{rows[0].pk}/remark/"
    client.post(address, {"kind": "note", "words": "Same trial as the 2004 report?"})
    client.post(address, {"kind": "label", "words": " UK  trial "})
    client.post(address, {"kind": "label", "words": "uk trial"})
    page = text(client.get(f"{base}records/{rows[0].pk}/"))
    assert "Same trial as the 2004 report?" in page
    assert page.count(">UK trial<") == 1
    client.post(address, {"kind": "unlabel", "words": "UK trial"})
    assert queries.remarks_on(rows[0], people.viewer)[1] == []
    for wrong in ({"kind": "note", "words": " "}, {"kind": "label", "words": "x" * 61}, {"kind": "shout"}):
        assert client.post(address, wrong).status_code == 302
    assert rows[0].remarks.count() == 3
    assert sign_in(people.viewer).post(address, {"kind": "note", "words": "x"}).status_code == 403


def test_full_texts_follow_what_was_kept(people, sign_in, case, base, rows, decide) -> None:
    client = sign_in(people.colleague)
    assert client.get(f"{base}records/{rows[0].pk}/full-text/").status_code == 404
    decide(rows[0], "include")
    decide(rows[1], "include")
    decide(rows[2], "exclude", "design")
    address = client.get(f"{base}next/full-text/")["Location"]
    assert address == f"{base}records/{rows[0].pk}/full-text/"
    where = f"{base}records/{rows[0].pk}/where/"
    assert "Give the address" in text(
        client.post(where, {"link": "javascript:alert(1)", "stage": "full-text"}, follow=True)
    )
    client.post(where, {"link": "https://example.org/made.pdf", "stage": "full-text"})
    assert "https://example.org/made.pdf" in text(client.get(address))
    following = client.post(address, {"verdict": "exclude", "reason": "outcome"})["Location"]
    assert following == f"{base}records/{rows[1].pk}/full-text/"
    client.post(f"{base}records/{rows[1].pk}/where/", {"found": "no", "stage": "full-text"})
    counts = queries.counts_of(case, queries.FULL_TEXT)
    assert (counts.found, counts.left_out, counts.to_look_at) == (1, 1, 0)
    # What was decided on the abstract stays as it was.
    assert queries.counts_of(case).kept == 2
