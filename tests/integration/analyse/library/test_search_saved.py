"""Searches that a person keeps: what is new in them, and that they are nobody else's."""

from __future__ import annotations

import pytest

from wherewithal.errors import BadInput
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.models import SavedSearch
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.upkeep import SearchRow, touch
from wherewithal_web.audit.models import Event
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

ANXIETY = Asked(text="anxiety")
NEW = SearchRow("programme:cool-kids", "programme", "Cool Kids anxiety programme", text="anxiety")


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def saved(people, library) -> SavedSearch:
    return actions.save_search(by=people.commissioner, name="Anxious children", asked=ANXIETY)


def test_it_is_saved_from_the_results_and_run_again(people, library, sign_in) -> None:
    client = sign_in(people.commissioner)
    page = text_of(client.get("/library/?q=anxiety"))
    assert 'name="query" value="q=anxiety"' in page
    response = client.post(
        "/library/saved/new/", {"name": " Anxious  children ", "query": "q=anxiety"}, follow=True
    )
    page = text_of(response)
    assert "Saved as “Anxious children”" in page
    assert "Nothing new since" in page
    page = text_of(client.get("/library/saved/"))
    assert "Anxious children" in page
    assert "Nothing new since" in page
    assert Event.objects.get(action="library.save_search").actor_name == "Cora Commissioner"


def test_what_came_since_is_marked_until_it_was_seen(people, saved, sign_in) -> None:
    touch([NEW])
    actions.list_programmes([])
    client = sign_in(people.commissioner)
    assert "1 new" in text_of(client.get("/library/saved/"))
    page = text_of(client.get(f"/library/?q=anxiety&saved={saved.pk}"))
    assert "1 new result since" in page
    for _again in range(2):  # looking alone changes nothing
        assert "1 new" in text_of(client.get("/library/saved/"))
    page = text_of(client.post(f"/library/saved/{saved.pk}/seen/", follow=True))
    assert "Nothing new since" in page
    assert "1 new" not in text_of(client.get("/library/saved/"))


def test_a_new_result_carries_the_word(people, library, sign_in) -> None:
    found = actions.save_search(by=people.commissioner, name="All", asked=ANXIETY)
    SavedSearch.objects.filter(pk=found.pk).update(seen=found.seen[1:])
    page = text_of(sign_in(people.commissioner).get(f"/library/?q=anxiety&saved={found.pk}"))
    assert page.count('<strong class="ww-changed">new</strong>') == 1


def test_with_another_filter_it_is_no_longer_the_saved_search(people, saved, sign_in) -> None:
    page = text_of(sign_in(people.commissioner).get(f"/library/?q=anxiety+school&saved={saved.pk}"))
    assert "Your saved search “" not in page


def test_it_is_renamed_and_deleted(people, saved, sign_in) -> None:
    client = sign_in(people.commissioner)
    client.post(f"/library/saved/{saved.pk}/rename/", {"name": "Worried children"})
    saved.refresh_from_db()
    assert saved.name == "Worried children"
    page = text_of(client.post(f"/library/saved/{saved.pk}/delete/", follow=True))
    assert "The search “Worried children” was deleted." in page
    assert "You have not saved a search yet" in page
    assert not SavedSearch.objects.exists()


def test_nobody_else_sees_or_touches_it(people, saved, sign_in) -> None:
    for user in (people.admin, people.colleague):
        client = sign_in(user)
        assert "Anxious children" not in text_of(client.get("/library/saved/"))
        assert "Anxious children" not in text_of(client.get(f"/library/?q=anxiety&saved={saved.pk}"))
        for what in ("seen", "rename", "delete"):
            assert client.post(f"/library/saved/{saved.pk}/{what}/", {"name": "Mine"}).status_code == 404
        for action in (actions.delete_search, actions.mark_seen):
            with pytest.raises(Refused):
                action(by=user, saved=saved)
        with pytest.raises(Refused):
            actions.rename_search(by=user, saved=saved, name="Mine")
    saved.refresh_from_db()
    assert saved.name == "Anxious children"


@pytest.mark.parametrize(
    ("name", "query", "says"),
    [
        ("", "q=anxiety", "Give the search a name."),
        ("x" * 121, "q=anxiety", "Give it a shorter name."),
        ("Anxious children", "q=anxiety", "Give it another name."),
        ("Everything", "", "Search for something first."),
        ("Nonsense", "band=splendid", "Search for something first."),
    ],
)
def test_what_cannot_be_saved_says_why(people, saved, sign_in, name: str, query: str, says: str) -> None:
    response = sign_in(people.commissioner).post("/library/saved/new/", {"name": name, "query": query})
    assert response.status_code == 422
    assert says in text_of(response)
    assert SavedSearch.objects.count() == 1


def test_a_name_already_used_is_refused_where_it_was_typed(people, saved, sign_in) -> None:
    other = actions.save_search(by=people.commissioner, name="Other", asked=Asked(text="behaviour"))
    response = sign_in(people.commissioner).post(
        f"/library/saved/{other.pk}/rename/", {"name": "Anxious children"}
    )
    assert response.status_code == 422
    page = text_of(response)
    assert f'id="error-{other.pk}"' in page
    assert "There is a problem" in page


def test_two_people_may_use_one_name(people, saved) -> None:
    actions.save_search(by=people.colleague, name="Anxious children", asked=ANXIETY)
    assert SavedSearch.objects.count() == 2


def test_there_is_an_end_to_how_many_are_kept(people, saved, monkeypatch) -> None:
    monkeypatch.setattr("wherewithal_web.analyse.library.actions.saved.MOST_KEPT", 1)
    with pytest.raises(BadInput, match="not saved"):
        actions.save_search(by=people.commissioner, name="One more", asked=Asked(text="behaviour"))
