"""Who else has done this: told by those who contribute, changed by them, and really removed."""

from __future__ import annotations

import pytest

from wherewithal.errors import BadInput
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.models import PracticeExample, SearchEntry
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import write_sentence
from wherewithal_web.cases.models import SourceEvent, StoredFinding
from wherewithal_web.cases.queries import lines_of
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

TOLD = {
    "title": "Parenting groups in two family hubs",
    "place": "Easttown Council",
    "done": "Two parents trained as leaders ran eight meetings.",
    "happened": "Twelve of fifteen families finished.",
    "programmes": "Good Behaviour Game",
    "year": "2025",
    "contact": "family hubs team, familyhubs@easttown.example",
    "contact_agreed": "on",
    "link": "https://easttown.example/hubs",
}


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def told(people, library, case) -> PracticeExample:
    return actions.add_example(
        by=people.colleague,
        **{**TOLD, "programmes": ["good-behaviour-game"], "year": 2025, "contact_agreed": True},
    )


def test_a_contributor_tells_what_they_did(people, library, case, sign_in) -> None:
    client = sign_in(people.colleague)
    response = client.post("/library/examples/new/", TOLD)
    page = text_of(client.get(response.url))
    assert "Parenting groups in two family hubs" in page
    assert "familyhubs@easttown.example" in page
    assert '<a href="/library/programmes/good-behaviour-game/">' in page
    assert "Told here by Col League" in page
    assert Event.objects.get(action="library.add_example").actor_name == "Col League"
    about = text_of(client.get("/library/programmes/good-behaviour-game/"))
    assert "Parenting groups in two family hubs" in about[about.index("Who else has done this") :]
    entry = SearchEntry.objects.get(key=f"example:{PracticeExample.objects.get().slug}")
    assert "easttown.example" not in entry.text


def test_who_does_not_contribute_is_told_why_not(people, library, case, sign_in) -> None:
    for user in (people.viewer, people.outsider, people.parent):
        response = sign_in(user).get("/library/examples/new/")
        assert response.status_code == 403
        assert "you need to contribute to a case" in text_of(response)
        with pytest.raises(Refused):
            actions.add_example(by=user, title="A", place="B", done="C")
    assert "Tell what you did" not in text_of(sign_in(people.outsider).get("/library/examples/"))
    champion = sign_in(people.champion)
    for query in ("", "?programme=nothing-like-it", "?programme=%00"):
        assert champion.get(f"/library/examples/new/{query}").status_code == 200


def test_a_contact_is_kept_only_where_they_agreed(people, library, case, sign_in) -> None:
    client = sign_in(people.colleague)
    response = client.post("/library/examples/new/", {**TOLD, "contact_agreed": ""})
    assert response.status_code == 400
    assert "Tick this once they have agreed, or leave the contact out." in text_of(response)
    assert not PracticeExample.objects.exists()
    with pytest.raises(BadInput, match="agreement to be asked"):
        actions.add_example(by=people.colleague, title="A", place="B", done="C", contact="somebody")
    client.post("/library/examples/new/", {**TOLD, "contact": ""})
    assert PracticeExample.objects.get().contact_agreed is False


def test_everything_wrong_is_said_at_once(people, library, case, sign_in) -> None:
    page = text_of(
        sign_in(people.colleague).post(
            "/library/examples/new/",
            {"year": "2031", "link": "not an address", "programmes": "Good Behaviour\nNothing Like It"},
        )
    )
    for words in (
        "Say in a few words what was done.",
        "Say where it was done.",
        "Tell what was done.",
        "Give a year up to 2026.",
        "Give a whole web address",
        "The library has no programme “Good Behaviour”. It has: Good Behaviour Game",
        "The library has no programme “Nothing Like It”. Search the library",
    ):
        assert words in page, words
    with pytest.raises(BadInput) as error:
        actions.add_example(by=people.colleague, title=" ", place="", done="", year=1066)
    assert len(error.value.problems) == 4


def test_only_who_told_it_or_keeps_the_library_changes_it(people, told, sign_in) -> None:
    for user in (people.commissioner, people.outsider):
        client = sign_in(user)
        assert "Remove it" not in text_of(client.get(f"/library/examples/{told.slug}/"))
        for what in ("edit", "remove"):
            response = client.post(f"/library/examples/{told.slug}/{what}/", TOLD)
            assert response.status_code == 403
            assert "Only the person who added this" in text_of(response)
    assert PracticeExample.objects.get() == told
    actions.change_example(by=people.champion, example=told, place="Easttown")
    assert Event.objects.get(action="library.change_example").details == {"changed": ["place"]}


def test_a_changed_account_reaches_the_sentence_that_rests_on_it(people, told, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    response = client.post(f"/library/examples/{told.slug}/add/", {"case": case.slug})
    stored = StoredFinding.objects.get(subject=f"library:example:{told.slug}")
    assert response.url.endswith(f"sentences/new/?finding={stored.pk}&section=what-works")
    assert stored.lane == "judgement"
    assert "easttown.example" not in str({**stored.body, "sources": []})
    assert "familyhubs@" not in str(stored.body)
    write_sentence(
        by=people.commissioner, case=case, text="Easttown did it.", section="what-works", rests_on=[stored]
    )
    form = {**TOLD, "happened": "Nine of fifteen families finished."}
    assert sign_in(people.colleague).post(f"/library/examples/{told.slug}/edit/", form).status_code == 302
    (line,) = lines_of(case)
    assert "was Twelve of fifteen families finished., now Nine" in line.drift[0].change.words


def test_a_change_that_changes_nothing_leaves_no_trace(people, told, sign_in) -> None:
    events = Event.objects.count()
    assert sign_in(people.colleague).post(f"/library/examples/{told.slug}/edit/", TOLD).status_code == 302
    assert Event.objects.count() == events


def test_removing_it_deletes_the_text_and_the_contact(people, told, case, sign_in) -> None:
    actions.add_example_finding(by=people.commissioner, case=case, example=told)
    client = sign_in(people.colleague)
    page = text_of(client.get(f"/library/examples/{told.slug}/remove/"))
    assert "1 case has it on the thread" in page
    assert PracticeExample.objects.exists()
    client.post(f"/library/examples/{told.slug}/remove/")
    assert not PracticeExample.objects.exists()
    assert client.get(f"/library/examples/{told.slug}/").status_code == 404
    event = Event.objects.get(action="library.remove_example")
    assert event.summary == "removed the practice example Parenting groups in two family hubs"
    entry = SearchEntry.objects.get(key=f"example:{told.slug}")
    assert entry.gone
    assert (entry.title, entry.text, entry.names) == ("", "", [])
    assert SourceEvent.objects.get().source_key == f"example:{told.slug}"


def test_two_accounts_of_one_name_have_pages_of_their_own(people, told) -> None:
    again = actions.add_example(by=people.champion, title=told.title, place=told.place, done="Again.")
    assert again.slug == f"{told.slug}-2"


def test_examples_that_were_brought_in_stand_beside_those_told_here(people, told, sign_in) -> None:
    page = text_of(sign_in(people.outsider).get("/library/examples/"))
    assert page.index("Parenting groups in two family hubs") < page.index(
        "Family Nurse Partnership: team and cost"
    )
    assert "They agreed to be asked." in page
    about = queries.examples_about("family-nurse-partnership")
    assert [each.title for each in about] == ["Family Nurse Partnership: team and cost"]


def test_an_example_keeps_what_its_holder_did_not_agree_to_out_of_sight(people, told, sign_in) -> None:
    told.contact_agreed = False
    told.save()
    assert "familyhubs@" not in text_of(sign_in(people.outsider).get(f"/library/examples/{told.slug}/"))
    assert queries.account_of(told).contact == ""
