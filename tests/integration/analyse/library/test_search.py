from __future__ import annotations

import pytest

from wherewithal_web.analyse.library.search import Search, fold, found, wider

pytestmark = pytest.mark.django_db


def slugs(**asked: str) -> list[str]:
    return [programme.slug for programme in found(Search(**asked))]


def test_spelling_gets_in_nobodys_way() -> None:
    assert fold("Behavior  Programme’s") == fold("behaviour programs")
    assert fold("Café-based") == "cafe based"


def test_words_are_found_in_names_families_and_outcomes(library) -> None:
    assert slugs(text="good behavior game") == ["good-behaviour-game"]
    assert set(slugs(text="PATHS")) == {"paths-elementary", "paths-preschool"}
    assert "level-4-group-triple-p" in slugs(text="triple p group")
    assert "friends-for-youth" in slugs(text="anxiety")
    assert slugs(text="100% 'quoted' \"text\" \\ _") == []


def test_a_name_comes_before_a_mention(library) -> None:
    assert slugs(text="multisystemic")[-1].startswith("multisystemic")
    assert slugs(text="incredible years preschool")[0] == "incredible-years-preschool"


def test_filters_narrow_together(library) -> None:
    strong = slugs(band="Strong")
    assert "incredible-years-preschool" in strong
    primary = slugs(band="Strong", ages="5-10", register="foundations-guidebook")
    assert "incredible-years-preschool" in primary
    assert "blues-programme" not in primary
    assert set(primary) < set(strong)


def test_a_search_that_finds_nothing_says_what_does_exist(library) -> None:
    search = Search(text="anxiety zebra", band="Strong")
    assert not slugs(text="anxiety zebra", band="Strong")
    offered = wider(search)
    assert offered
    for each in offered:
        assert found(each.search).count() == each.count > 0


def test_an_address_with_nonsense_in_it_is_a_search_without_it() -> None:
    search = Search.from_query({"q": " a  b ", "band": "Splendid", "ages": "1", "register": "x"}, {})
    assert search == Search(text="a b")
    assert Search(text="a&b", band="Good").address() == "q=a%26b&band=Good"
