"""The pages of a case, as the people who use them meet them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.integration.cases.findings import rating
from wherewithal.thread.decision import State
from wherewithal_web.cases import actions, queries
from wherewithal_web.cases.models import Case, Decision, Sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(people, case) -> Case:
    """A case with a supported, an unsupported and a judged sentence, decided, and then overtaken by evidence."""
    stored = actions.add_finding(by=people.colleague, case=case, finding=rating("3+"), shared=True)
    for text, section, rests_on, judge in (
        ("PATHS works.", "what-works", [stored], ""),
        ("Parents wait too long.", "families", [], ""),
        ("Hubs have room.", "delivery", [], "Jo"),
    ):
        actions.write_sentence(
            by=people.colleague, case=case, text=text, section=section, rests_on=rests_on, judgement_by=judge
        )
    decision = actions.propose_decision(
        by=people.commissioner,
        case=case,
        option="PATHS in every school",
        reason="The best we can staff.",
        decided_on=date(2026, 3, 12),
        review_on=date(2027, 3, 12),
    )
    actions.move_decision(by=people.approver, decision=decision, to=State.CONFIRMED)
    actions.refresh_finding(by=people.champion, finding=rating("mixed", on=date(2026, 6, 1)))
    return case


def drifted(case: Case) -> tuple[Sentence, str]:
    line = next(line for line in queries.lines_of(case) if line.drift)
    return line.sentence, line.drift[0].change.key


def test_the_case_says_what_it_rests_on_and_what_changed(people, told, sign_in) -> None:
    page = sign_in(people.colleague).get(told.get_absolute_url()).text
    for words in (
        "PATHS works.",
        "Something this case rests on has changed",
        "Foundations Guidebook: was 3+, now mixed.",
        "Nothing yet",
        "Written by Col League",
        "Keep the sentence or say it anew",
        "Decided: PATHS in every school",
    ):
        assert words in page


def test_a_viewer_sees_the_same_without_the_means_to_change_it(people, told, sign_in) -> None:
    page = sign_in(people.viewer).get(told.get_absolute_url()).text
    assert "Foundations Guidebook: was 3+, now mixed." in page
    for words in ("Add a sentence", "Keep the sentence", "Propose a decision", "Who can see this case"):
        assert words not in page


def test_home_shows_ones_cases_and_says_when_something_changed(people, told, sign_in) -> None:
    page = sign_in(people.viewer).get("/").text
    assert "Something that 1 sentence rests on has changed" in page
    assert "review 12 March 2027" in page
    assert told.title not in sign_in(people.outsider).get("/").text
    assert "No case is shared with you yet" in sign_in(people.outsider).get("/").text
    assert "Shared with you" in sign_in(people.parent).get("/").text


def test_starting_a_case_from_the_page(people, sign_in) -> None:
    client = sign_in(people.commissioner)
    assert "Say in a few words" in client.post("/cases/new/", {"started_in": "Plan"}).text
    response = client.post("/cases/new/", {"title": "Short breaks", "started_in": "Review"})
    assert response.headers["Location"] == "/cases/short-breaks/review/"
    assert "What this stage still needs" in client.get(response.headers["Location"]).text


def test_writing_changing_and_taking_out_a_sentence(people, told, sign_in) -> None:
    client, base = sign_in(people.colleague), told.get_absolute_url()
    [finding] = queries.citable_findings(told).values_list("pk", flat=True)
    assert queries.citable_findings(told).get().finding.facts == {"Foundations Guidebook": "mixed"}
    assert "PATHS Elementary" in client.get(f"{base}sentences/new/?finding={finding}").text
    assert "Write the sentence." in client.post(f"{base}sentences/new/", {"section": "money"}).text
    client.post(f"{base}sentences/new/", {"text": "It is cheap.", "section": "money", "rests_on": [finding]})
    line = next(line for line in queries.lines_of(told) if line.sentence.section == "money")
    assert [row.pk for row in line.findings] == [finding]
    address = f"{base}sentences/{line.sentence.pk}/"
    client.post(address, {"text": "It is not dear."})
    page = client.get(address).text
    assert "It is not dear." in page
    assert "Earlier wordings" in page
    client.post(f"{address}move/", {"to": "earlier"})
    client.post(f"{address}remove/")
    assert all(line.sentence.section != "money" for line in queries.lines_of(told))


def test_answering_what_changed(people, told, sign_in) -> None:
    client = sign_in(people.colleague)
    sentence, key = drifted(told)
    address = f"{told.get_absolute_url()}sentences/{sentence.pk}/changes/{key}/"
    page = client.get(address).text
    assert "Foundations Guidebook 3+." in page
    assert "Foundations Guidebook mixed." in page
    assert "Say why the sentence still holds" in client.post(address, {}).text
    client.post(address, {"new_text": "PATHS has mixed results.", "cite_newer": "on"})
    line = next(line for line in queries.lines_of(told) if line.sentence == sentence)
    assert line.drift == ()
    assert line.findings[0].finding.facts == {"Foundations Guidebook": "mixed"}
    assert client.get(address).status_code == 404


def test_noting_a_judgement_and_what_families_say(people, told, sign_in) -> None:
    client, base = sign_in(people.colleague), told.get_absolute_url()
    answers = {"judgement": "It fits.", "judged_by": "Jo", "role": "Hub manager", "on": "2026-05-01"}
    assert "sentences/new/?finding=" in client.post(f"{base}judgement/", answers).headers["Location"]
    said = {"said": "Evenings.", "who": "parents", "people": "12", "how": "a session", "on": "2026-05-01"}
    assert "section=families" in client.post(f"{base}voice/", said).headers["Location"]
    assert client.post(f"{base}voice/", {**said, "people": "0"}).status_code == 200
    page = client.get(base).text
    assert "On the thread, not yet in a sentence" in page
    assert "Evenings. (12 people, a session, 1 May 2026)" in page


def test_deciding_from_the_pages(people, case, sign_in) -> None:
    base = case.get_absolute_url()
    lead, second = sign_in(people.commissioner), sign_in(people.approver)
    answers = {"option": "Groups", "reason": "Best.", "decided_on": "2026-03-12", "review_on": "2026-03-01"}
    assert "The review comes after" in lead.post(f"{base}decisions/new/", answers).text
    lead.post(f"{base}decisions/new/", {**answers, "review_on": "2027-03-12"})
    decision = Decision.objects.get()
    address = f"{base}decisions/{decision.pk}/"
    assert "A decision waits for a second person" in second.get(base).text
    assert "Confirm" in second.get(address).text
    assert lead.post(f"{address}move/", {"to": "confirmed"}).status_code == 403
    second.post(f"{address}move/", {"to": "confirmed", "words": "Agreed."})
    page = second.get(address).text
    assert "Decided: Groups" in page
    assert "Agreed." in page


def test_the_decision_shows_the_difference_to_today(people, told, sign_in) -> None:
    decision = Decision.objects.get()
    page = sign_in(people.viewer).get(f"{told.get_absolute_url()}decisions/{decision.pk}/").text
    assert "What it was decided on has changed since" in page
    assert "Foundations Guidebook 3+." in page
    assert "Foundations Guidebook: was 3+, now mixed." in page


@pytest.mark.parametrize("part", ["history/", "handover/", "analyse/", "plan/", "do/", "review/"])
def test_the_quiet_pages(people, told, sign_in, part) -> None:
    response = sign_in(people.viewer).get(told.get_absolute_url() + part)
    assert response.status_code == 200
    assert told.title in response.text


def test_sharing_from_the_page(people, case, sign_in) -> None:
    client, address = sign_in(people.commissioner), f"{case.get_absolute_url()}share/"
    client.post(address, {"user": people.outsider.pk, "role": "viewer"})
    share = case.shares.get(user=people.outsider)
    assert "Out Sider" in client.get(address).text
    client.post(f"{address}{share.pk}/remove/")
    assert not case.shares.filter(user=people.outsider).exists()


def test_changing_the_case_from_the_page(people, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    answers = {
        "title": "A better title",
        "question": "Which?",
        "decision_due": "2027-03-12",
        "partners": [people.nhs.pk],
    }
    client.post(f"{case.get_absolute_url()}change/", answers)
    page = client.get(case.get_absolute_url()).text
    assert "A better title" in page
    assert "Northmoor ICB" in page
    assert "12 March 2027" in page


def test_recording_what_happened_to_a_source(people, told, sign_in) -> None:
    champion = sign_in(people.champion)
    answers = {
        "source_key": "register:guidebook",
        "kind": "withdrawn",
        "words": "The page was taken down.",
        "on": "2026-06-02",
    }
    assert "Foundations Guidebook" in champion.get("/sources/changed/").text
    champion.post("/sources/changed/", answers)
    assert "The page was taken down." in sign_in(people.viewer).get(told.get_absolute_url()).text
    assert sign_in(people.colleague).post("/sources/changed/", answers).status_code == 403
