"""A fixed set of searches of the editions that ship, with what each is to find first.

The same tests run on SQLite and on PostgreSQL, and each search on both engines: whoever looks for something here finds
the same, whatever the workbench stands on. Where a shipped edition or a word list changes, look at what a search finds
now before changing what is expected of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from wherewithal.analyse.library.facets import FACETS
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.choices import YEARS, choices_of
from wherewithal_web.analyse.library.searching.filters import filters_of
from wherewithal_web.analyse.library.searching.found import find

pytestmark = pytest.mark.django_db

FIRST = {
    # programmes, by any name and however they are spelt
    "good behavior game": "programme:good-behaviour-game",
    "Good Behaviour": "programme:good-behaviour-game",
    "triple p online": "programme:triple-p-online",
    "incredible years toddler": "programme:incredible-years-toddler",
    "PATHS": "programme:paths-elementary",
    "multisystemic therapy": "programme:multisystemic-therapy",
    "functional family therapy": "programme:functional-family-therapy",
    "scared straight": "programme:scared-straight",
    "zippys freinds": "programme:zippys-friends",
    "nurse family partnership": "programme:nurse-family-partnership",
    "strengthening families 10 to 14": "programme:strengthening-families-programme-10-14",
    "trauma focused cbt": "programme:trauma-focused-cbt",
    "phonics": "programme:phonics",
    # what people look for in their own words
    "anxeity": "programme:cool-kids-anxiety-program-child-and-adolescent",
    "couple relationships": "programme:parents-as-partners",
    '"video feedback"': "programme:vipp-sd",
    "home visiting": "programme:other-home-visiting-for-at-risk-families",
    # guidance
    "ng76": "entry:nice-guidelines/ng76",
    "NG 76": "entry:nice-guidelines/ng76",
    "child abuse and neglect": "entry:nice-guidelines/ng76",
    "looked after children": "entry:nice-guidelines/ng205",
    "attention deficit": "entry:nice-guidelines/ng87",
    "self harm": "entry:nice-guidelines/ng225",
    "kinship care": "entry:practice-guides/kinship-care",
    # places to look, and what others have done
    "cebc": "entry:where-to-look/cebc",
    "knowledge hub": "entry:where-to-look/lga-knowledge-hub",
    "public health outcomes": "entry:where-to-look/public-health-outcomes-framework-fingertips",
    "solihull": "entry:practice-examples/solihull-approach-parenting-group",
}
NARROWED = {
    # the words, what is ticked: how many there are, and the first
    ("", "kind=guidance&outcome=abuse-neglect"): (5, "entry:nice-guidelines/cg89"),
    ("behaviour", "band=strong&age=3-4"): (5, "programme:parent-child-interaction-therapy"),
    ("", "cost=guidebook-1&register=foundations-guidebook"): (25, "programme:blues-programme"),
    ("parenting", "uk_tested=yes&setting=home"): (4, "programme:parents-under-pressure-nspcc"),
    ("", "reviewed=last-5-years&kind=programme"): (13, "programme:generation-pmto-group"),
}


@pytest.fixture(params=["memory", "disk"])
def shipped(request, settings, tmp_path: Path, monkeypatch, people) -> None:
    """Every edition that ships, searched by one engine and by the other."""
    settings.SEARCH_INDEX = request.param
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))
    actions.load_starter_editions(by=people.admin)


def first(text: str) -> str:
    hits = find(Asked(text=text)).hits
    return hits[0].key if hits else "nothing"


def test_every_search_finds_what_it_should_first(shipped) -> None:
    wrong = {text: first(text) for text, expected in FIRST.items() if first(text) != expected}
    assert wrong == {}


AMONG_FIVE = {
    "adhd": "entry:nice-guidelines/ng87",
    "FFT": "programme:functional-family-therapy",
    "mindfulness": "programme:mindfulness-based-cognitive-therapy",
}


def test_words_with_several_good_answers_have_each_among_the_first_five(shipped) -> None:
    for text, key in AMONG_FIVE.items():
        assert key in [hit.key for hit in find(Asked(text=text)).hits[:5]], text


def test_filters_find_as_many_everywhere(shipped, settings) -> None:
    found = {}
    for text, ticked in NARROWED:
        results = find(Asked.from_address(f"q={text}&{ticked}"))
        found[text, ticked] = (results.total, results.hits[0].key if results.hits else "nothing")
    assert found == NARROWED


def test_both_engines_count_and_order_alike(settings, tmp_path: Path, monkeypatch, people) -> None:
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))
    actions.load_starter_editions(by=people.admin)
    searches = ["", *(f"q={text}" for text in FIRST), *(f"q={text}&{ticked}" for text, ticked in NARROWED)]
    searches += ["q=children&sort=newest", "q=parent&page=2", "like=programme:incredible-years-preschool"]
    answers: dict[str, list[object]] = {}
    for engine in ("memory", "disk"):
        settings.SEARCH_INDEX = engine
        for search in searches:
            asked = Asked.from_address(search)
            found = find(asked)
            said = (found.spelt, found.missing, found.loosened, found.also)
            ticks = [(each.key, each.ticks) for each in filters_of(asked, found.facets)]
            answers.setdefault(search, []).append(
                (found.total, [(hit.key, hit.matched) for hit in found.hits], said, ticks)
            )
    unlike = [search for search, (one, other) in answers.items() if one != other]
    assert unlike == []


def test_a_group_of_years_holds_every_year_in_it() -> None:
    groups = next(choices_of(facet) for facet in FACETS if facet.key == YEARS)
    assert [len(group.values) > 0 for group in groups] == [True] * len(groups)
    years = [value for group in groups for value in group.values]
    assert len(years) == len(set(years))
