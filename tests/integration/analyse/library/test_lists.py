"""Guidance and other lists: read by guide, linked to the programmes they name, and where to look for what."""

from __future__ import annotations

from datetime import date

import pytest

from wherewithal.analyse.library import Edition, Entry, registers
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.cases.actions import write_sentence

pytestmark = pytest.mark.django_db

GUIDE = Entry(
    "Settling at school",
    type="practice guide",
    says="What helps children settle.",
    published="2019-05",
    link="https://guides.example/settling",
)
PRINCIPLE = Entry(
    "Ask the family first",
    type="key principle",
    part_of="Settling at school",
    link="https://guides.example/ask",
)
RECOMMENDED = Entry(
    "Whole-class lessons",
    type="recommendation",
    part_of="Settling at school",
    strength="good evidence",
    programmes="Good Behaviour Game; Something Nobody Rated",
    updated="2026-02",
    link="https://guides.example/lessons",
)
ORPHAN = Entry(
    "Ask neighbours",
    type="recommendation",
    part_of="A guide we lack",
    link="https://guides.example/neighbours",
)


def bring(people, *rows: Entry, register: str = "practice-guides", day: date = date(2026, 11, 1)) -> None:
    actions.apply_edition(by=people.champion, edition=Edition(register, day, rows))


@pytest.fixture
def guides(people, library) -> None:
    bring(people, GUIDE, PRINCIPLE, RECOMMENDED, ORPHAN)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_list_is_read_guide_by_guide(people, guides, sign_in) -> None:
    page = text_of(sign_in(people.viewer).get("/library/lists/practice-guides/"))
    guide, principle = page.index("Settling at school</a></h2>"), page.index("Ask the family first</a>")
    assert guide < page.index("Key principles") < principle < page.index("Recommendations")
    assert "good evidence" in page
    assert "The guide itself is not in our copy, only what follows." in page
    assert "Published May 2019" in page
    assert "7 years ago: check that it still stands" in page


def test_a_programme_that_a_recommendation_names_leads_to_its_page_with_its_band(
    people, guides, sign_in
) -> None:
    page = text_of(sign_in(people.viewer).get("/library/lists/practice-guides/"))
    assert '<a href="/library/programmes/good-behaviour-game/">Good Behaviour Game</a>' in page
    assert "ww-band--mixed" in page
    assert "Something Nobody Rated <span" in page
    assert "not in our registers under this name, which says nothing about it" in page


def test_the_programme_says_which_guidance_names_it(people, guides, sign_in) -> None:
    client = sign_in(people.viewer)
    page = text_of(client.get("/library/programmes/good-behaviour-game/"))
    assert "Guidance that names it" in page
    assert (
        "Recommendation of “Settling at school”, Foundations Practice Guides, updated February 2026" in page
    )
    other = text_of(client.get("/library/programmes/incredible-years-preschool/"))
    assert "Who else has done this" in other
    assert "Guidance that names it" not in other


def test_guidance_that_no_longer_names_it_is_left_out(people, guides) -> None:
    assert [each.slug for each in queries.entries_naming("good-behaviour-game", "guidance")]
    # A complete copy that leaves a row out withdraws it.
    bring(people, GUIDE, day=date(2026, 11, 2))
    assert queries.entries_naming("good-behaviour-game", "guidance") == []


def test_an_entry_that_is_no_longer_listed_says_so(people, guides, sign_in) -> None:
    bring(people, GUIDE, day=date(2026, 11, 2))
    client = sign_in(people.viewer)
    slug = RECOMMENDED.slug
    page = text_of(client.get(f"/library/lists/practice-guides/{slug}/"))
    assert "Our copy of 2 November 2026 leaves it out" in page
    assert "No longer listed" in text_of(client.get("/library/lists/practice-guides/"))


def test_nothing_of_the_text_of_nice_is_here_and_the_page_says_where_it_is(people, library, sign_in) -> None:
    client = sign_in(people.viewer)
    page = text_of(client.get("/library/lists/nice-guidelines/"))
    assert "The text is at each link and not here" in page
    assert "NG76" in page
    assert 'href="https://www.nice.org.uk/guidance/ng76"' in page
    one = text_of(client.get("/library/lists/nice-guidelines/ng76/"))
    assert "Guideline NG76, NICE guidelines." in one
    assert "Published 9 October 2017. " in one
    assert "Its text is at the link below and not here" in one


def test_an_entry_becomes_a_finding_in_two_actions(people, guides, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    address = f"/library/lists/practice-guides/{RECOMMENDED.slug}/"
    assert f'<option value="{case.slug}">' in text_of(client.get(address))
    response = client.post(f"{address}add/", {"case": case.slug})
    stored = case.findings.get().finding
    assert response.url == f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}&section=what-works"
    assert client.get(response.url).status_code == 200
    assert stored.subject == f"library:entry:practice-guides:{RECOMMENDED.slug}"
    write_sentence(
        by=people.commissioner, case=case, text="Lessons may help.", section="what-works", rests_on=[stored]
    )
    page = text_of(client.get(address))
    assert "1 sentence in 1 case that you can see" in page
    assert "(on its thread already)" in page
    assert "Lessons may help." not in text_of(sign_in(people.outsider).get(address))


def test_from_a_case_it_is_one_action(people, guides, case, sign_in) -> None:
    page = text_of(
        sign_in(people.commissioner).get(f"/library/lists/practice-guides/{GUIDE.slug}/?case={case.slug}")
    )
    assert f'<input type="hidden" name="case" value="{case.slug}">' in page
    assert f"Add to {case.title}" in page
    assert "Which case?" not in page


def test_nobody_adds_to_a_case_on_which_they_do_not_contribute(people, guides, case, sign_in) -> None:
    address = f"/library/lists/practice-guides/{GUIDE.slug}/add/"
    for user in (people.viewer, people.outsider, people.parent):
        assert sign_in(user).post(address, {"case": case.slug}).status_code == 404
    assert not case.findings.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/library/lists/nothing/",
        "/library/lists/practice-guides/nothing/",
        "/library/lists/foundations-guidebook/incredible-years-preschool/",
    ],
)
def test_what_is_not_there_is_not_found(people, library, sign_in, address: str) -> None:
    assert sign_in(people.admin).get(address).status_code == 404


@pytest.mark.parametrize(
    ("key", "leads_to"),
    [
        ("foundations-guidebook", "/library/registers/foundations-guidebook/"),
        ("practice-examples", "/library/examples/"),
        ("where-to-look", "/library/where-to-look/"),
    ],
)
def test_a_list_that_has_a_page_of_its_own_leads_there(people, library, sign_in, key, leads_to) -> None:
    assert sign_in(people.viewer).get(f"/library/lists/{key}/").url == leads_to


def test_a_list_of_which_no_copy_is_held_says_where_it_can_be_read(people, sign_in) -> None:
    page = text_of(sign_in(people.champion).get("/library/lists/nice-guidelines/"))
    assert "We hold no copy of this yet." in page
    assert registers()["nice-guidelines"].home in page
    assert "Bring in a copy" in page


def test_every_place_that_the_library_knows_is_listed_once_with_its_copy(people, library, sign_in) -> None:
    found = [place for _, group in queries.places() for place in group]
    named = [place.register.key for place in found if place.register]
    expected = {key for key, one in registers().items() if one.kind != "toolkits"}
    assert set(named) == expected
    assert len(named) == len(set(named))
    page = text_of(sign_in(people.viewer).get("/library/where-to-look/"))
    for name in (
        "Foundations Guidebook",
        "Foundations Practice Guides",
        "NICE guidelines",
        "LGA Knowledge Hub",
        "Public Health Outcomes Framework",
        "Research in Practice",
        "EEF Teaching and Learning Toolkit",
        "YEF Toolkit",
        "California Evidence-Based Clearinghouse",
        "Blueprints",
        "WSIPP",
        "Title IV-E",
        "NES Early Intervention Framework",
    ):
        assert name in page, name
    assert ">not found<" not in page
    assert "we did not find out how to get in" in page


def test_where_to_look_also_helps_where_nothing_was_brought_in(people, sign_in) -> None:
    page = text_of(sign_in(people.outsider).get("/library/where-to-look/"))
    assert "none yet" in page
    assert "Does a programme that somebody proposes work?" in page


def test_a_name_that_two_programmes_could_go_by_links_to_neither(library) -> None:
    unknown, known, also = queries.named(
        ["Nothing Like It", " good  behaviour GAME ", "PATHS Elementary curriculum"]
    )
    assert unknown.programme is None
    assert known.programme.slug == "good-behaviour-game"
    assert also.programme.slug == "paths-elementary"
