"""The search page: filters with counts, what was made of the words, what exists where nothing was found."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from markupsafe import escape

from wherewithal_web.analyse.library.models import Programme, SearchEntry
from wherewithal_web.analyse.library.searching.asked import MOST_COMPARED, Asked
from wherewithal_web.analyse.library.searching.found import A_PAGE, count, find
from wherewithal_web.analyse.library.searching.upkeep import SearchRow, touch
from wherewithal_web.analyse.library.searching.wider import wider

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def look(people, library, sign_in):
    """The search page as a commissioner sees it."""
    client = sign_in(people.commissioner)

    def look(address: str) -> str:
        response = client.get(f"/library/{address}")
        assert response.status_code == 200
        return text_of(response)

    return look


def slugs(**asked) -> list[str]:
    hits = find(Asked(**asked)).hits
    return [hit.key.removeprefix("programme:") for hit in hits]


def names(page: str) -> list[str]:
    return re.findall(r'<h3 class="lib-result__name"><a href="[^"]*">([^<]+)</a>', page)


# --- What is asked --------------------------------------------------------------------------------------


def test_an_address_with_nonsense_in_it_is_a_search_without_it() -> None:
    asked = Asked.from_query(
        QueryDict("q=%20a%00%20b%20&band=splendid&shade=blue&sort=size&page=-1&saved=x&p=&p=a&p=a")
    )
    assert asked == Asked(text="a b", compare=("a",))
    assert Asked.from_query(QueryDict("page=99999999999999999999&saved=99999999999")) == Asked()
    assert Asked(text="a&b", chosen={"band": ("good",)}).query == "q=a%26b&band=good"


def test_an_address_says_the_whole_search_and_is_read_back() -> None:
    asked = Asked(
        text="home visiting",
        chosen={"band": ("strong", "good")},
        sort="newest",
        page=3,
        case="c",
        compare=("a", "b"),
    )
    assert Asked.from_address(asked.address[1:]) == asked
    assert asked.without("band", "good").chosen == {"band": ("strong",)}
    assert asked.without("band").chosen == {}
    assert asked.without("band").page == 1
    assert asked.everything().carried == (("case", "c"), ("p", "a"), ("p", "b"))


# --- Filters --------------------------------------------------------------------------------------------


def test_a_filter_says_what_it_would_find(look) -> None:
    page = look("?band=good")
    shown = re.search(r"Strong \((\d+)\)", page)
    assert shown
    assert int(shown[1]) == Programme.objects.filter(band="Strong").count()
    both = find(Asked(chosen={"band": ("good", "strong")})).total
    assert both == Programme.objects.filter(band__in=["Good", "Strong"]).count()


def test_filters_narrow_together(library) -> None:
    strong = set(slugs(chosen={"band": ("strong",)}))
    assert "incredible-years-preschool" in strong
    rated = find(Asked(chosen={"band": ("strong",), "register": ("foundations-guidebook",)})).total
    assert 0 < rated < find(Asked(chosen={"band": ("strong",)})).total


def test_a_filter_that_is_on_can_be_taken_off(look) -> None:
    page = look("?q=behaviour&band=good&band=strong")
    assert "Filters that are on" in page
    assert str(escape("?q=behaviour&band=strong")) in page
    assert str(escape("?q=behaviour&band=good")) in page
    assert "Take them all off" in page


def test_what_would_find_nothing_cannot_be_ticked(look) -> None:
    page = look("?q=%22good+behaviour+game%22")
    boxes = re.findall(r'<input[^>]*name="band"[^>]*>', page)
    assert any("disabled" in box for box in boxes)
    assert 'value="eef-toolkit"' not in page, "a register that nothing here is in is left out"


def test_one_that_is_on_stays_tickable_though_it_finds_nothing(look) -> None:
    page = look("?q=xylophone&band=good")
    (box,) = [box for box in re.findall(r'<input[^>]*name="band"[^>]*>', page) if 'value="good"' in box]
    assert "checked" in box
    assert "disabled" not in box


# --- Words ----------------------------------------------------------------------------------------------


def test_words_are_found_however_they_are_spelt(library) -> None:
    assert slugs(text="good behavior game")[0] == "good-behaviour-game"
    assert {"paths-elementary", "paths-preschool"} <= set(slugs(text="PATHS"))
    assert slugs(text="incredible years preschool")[0] == "incredible-years-preschool"
    for text in (
        "100% 'quoted' \"text\" \\ _",
        '"',
        "((",
        "a AND OR NOT b",
        "*",
        "title:x",
        "-",
        "🙂",
        "\\" * 50,
    ):
        find(Asked(text=text))


def test_a_respelling_is_said_and_can_be_refused(look) -> None:
    page = look("?q=anxeity")
    assert "“anxeity” was read as “anxiety”" in page
    assert "?q=%22anxeity%22" in page
    assert "was read as" not in look("?q=%22anxeity%22")


def test_where_no_result_holds_every_word_it_is_said(look) -> None:
    page = look("?q=anxiety+zebra")
    assert "No result holds all the words" in page or "Nothing here holds “zebra”" in page
    assert names(page)


def test_each_result_says_why_it_is_there(look) -> None:
    assert "Found by “anxiety”" in look("?q=anxiety")


# --- Nothing found --------------------------------------------------------------------------------------


def test_a_search_that_finds_nothing_says_what_does_exist(library) -> None:
    asked = Asked(text="anxiety", chosen={"register": ("eef-early-years-toolkit",)})
    assert find(asked).total == 0
    offered = wider(asked)
    assert offered
    for each in offered:
        assert count(each.asked) == each.count > 0


def test_nothing_is_never_the_last_word(look) -> None:
    page = look("?q=xylophone+quartz&band=good")
    assert "0 results" in page
    assert "Nothing here matches all of that" in page
    assert "without the words" in page
    assert "The library holds" in page
    assert "Not being here says nothing about a programme" in page


# --- Order and pages ------------------------------------------------------------------------------------


def test_without_words_the_best_founded_programmes_come_first(look) -> None:
    page = look("")
    assert "Everything we hold" in page
    first = Programme.objects.get(name=names(page)[0])
    assert first.band == "Strong"


def test_by_name_and_by_newest_review(look) -> None:
    by_name = names(look("?kind=programme&sort=name"))
    assert [name.casefold() for name in by_name] == sorted(name.casefold() for name in by_name)
    found = find(Asked(chosen={"register": ("foundations-guidebook",)}, sort="newest"))
    dates = dict(SearchEntry.objects.values_list("key", "facets__on"))
    in_order = [(dates[hit.key] or [""])[0] for hit in found.hits]
    assert in_order == sorted(in_order, reverse=True)


def test_every_page_shows_others_and_one_too_many_is_the_last(look) -> None:
    total = find(Asked()).total
    pages = -(-total // A_PAGE)
    seen = [key for page in range(1, pages + 1) for key in slugs(page=page)]
    assert len(seen) == len(set(seen)) == total
    assert names(look(f"?page={pages}")) == names(look("?page=390"))
    page = look("?page=2")
    assert 'aria-label="Page 2" aria-current="page"' in page
    assert 'rel="prev"' in page


# --- More like this, compare, a case --------------------------------------------------------------------


def test_more_like_one(look) -> None:
    page = look("?like=programme:incredible-years-preschool")
    assert "More like Incredible Years Preschool" in page
    shown = names(page)
    assert shown
    assert "Incredible Years Preschool (Basic)" not in shown
    assert "More like something that is no longer here" in look("?like=programme:nothing-of-this-name")


def test_programmes_are_put_aside_to_compare_without_javascript(look) -> None:
    page = look("?q=behaviour")
    assert "Add to compare" in page
    page = look("?q=behaviour&p=incredible-years-preschool&p=good-behaviour-game&p=not-there")
    assert "Compare these 2" in page
    assert str(escape("/library/compare/?p=incredible-years-preschool&p=good-behaviour-game")) in page
    assert str(escape("?q=behaviour&p=good-behaviour-game")) in page
    five = "&p=".join(Programme.objects.values_list("slug", flat=True)[: MOST_COMPARED + 1])
    page = look(f"?q=behaviour&p={five}")
    assert "Compare these 5" in page
    assert "Add to compare" not in page
    assert "5 is the most that can be compared at once" in page


def test_a_search_from_a_case_stays_with_it_and_adds_in_two_steps(people, library, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    page = text_of(client.get(f"/library/?q=good+behaviour+game&case={case.slug}"))
    assert f'<input type="hidden" name="case" value="{case.slug}">' in page
    assert f"/library/programmes/good-behaviour-game/?case={case.slug}" in page
    assert "Add to the case" in page
    response = client.post("/library/programmes/good-behaviour-game/add/", {"case": case.slug})
    assert response.url.startswith(f"/cases/{case.slug}/sentences/new/?finding=")


def test_a_case_that_is_not_theirs_is_not_named(people, library, case, sign_in) -> None:
    page = text_of(sign_in(people.outsider).get(f"/library/?case={case.slug}"))
    assert case.title not in page
    assert "Add to the case" not in page


# --- What a page costs ----------------------------------------------------------------------------------


def test_a_page_asks_the_database_as_often_for_many_results_as_for_few(
    people, library, sign_in, django_assert_max_num_queries
) -> None:
    client = sign_in(people.commissioner)
    client.get("/library/")  # catches up first
    for address in ("?q=good+behaviour+game", "", "?sort=newest", "?q=anxiety&band=good", "?page=3"):
        with django_assert_max_num_queries(20):
            assert client.get(f"/library/{address}").status_code == 200


def test_what_went_a_moment_ago_is_left_out(look) -> None:
    touch([SearchRow("programme:gone-since", "programme", "Gone since")])
    page = look("?q=%22gone+since%22")
    assert names(page) == []
