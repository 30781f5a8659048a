from __future__ import annotations

from datetime import date

from wherewithal.analyse.library import Edition, Entry, registers, standing, starter_editions
from wherewithal.analyse.library.entry_finding import entry_finding, entry_subject
from wherewithal.thread import Lane, Thread, changes_to

from .making import TODAY

NICE = registers()["nice-guidelines"]
GUIDES = registers()["practice-guides"]
EXAMPLES = registers()["practice-examples"]
PLACES = registers()["where-to-look"]


def stands(register, *rows, on=date(2026, 1, 1)):
    return next(iter(standing([Edition(register.key, on, rows)]).values()))


def entry(**facts: str) -> Entry:
    return Entry(**{"title": "Something", "link": "https://list.example/page", **facts})


def test_a_guideline_of_nice_gives_reference_title_dates_and_link_and_none_of_its_words() -> None:
    row = entry(
        title="Looked-after children and young people",
        reference="NG205",
        type="guideline",
        says="Offer something to somebody",
        strength="offer",
        happened="much",
        programmes="Triple P",
        published="2021-10-20",
        link="https://www.nice.org.uk/guidance/ng205",
    )
    found = entry_finding(NICE, stands(NICE, row), today=TODAY)
    assert found.lane is Lane.RESEARCH
    assert found.subject == entry_subject("nice-guidelines", "ng205") == "library:entry:nice-guidelines:ng205"
    assert found.title == "Looked-after children and young people (NG205)"
    assert found.statement == (
        "NICE guidelines, guideline NG205: Looked-after children and young people. Published 20 October 2021. "
        "What it says is at its link."
    )
    assert found.link == "/library/lists/nice-guidelines/ng205/"
    (source,) = found.sources
    assert (source.key, source.url) == ("register:nice-guidelines", "https://www.nice.org.uk/guidance/ng205")
    everything = str(found.as_dict())
    assert not any(words in everything for words in ("Offer", "offer", "much", "Triple P"))


def test_a_recommendation_names_its_guide_its_strength_and_its_programmes() -> None:
    row = entry(
        title="Mentoring with skills development",
        type="recommendation",
        part_of="Mentoring and Befriending",
        says="One-to-one mentoring with groups that teach skills",
        strength="strong evidence",
        programmes="Fostering Healthy Futures; Another One",
        ages="9-11",
        published="2025-04",
    )
    found = entry_finding(GUIDES, stands(GUIDES, row), today=TODAY)
    assert found.statement == (
        "Foundations Practice Guides, in the guide “Mentoring and Befriending”, recommends: Mentoring with skills "
        "development. One-to-one mentoring with groups that teach skills. Strength, in its own words: strong "
        "evidence. Programmes named: Fostering Healthy Futures and Another One. Ages: 9 to 11. Published April 2025."
    )
    assert found.facts["Guide"] == "Mentoring and Befriending"
    assert found.facts["Strength"] == "strong evidence"
    assert (
        "It is about an approach: a programme of that kind still needs evidence of its own." in found.cautions
    )
    assert found.sources[0].edition == "published April 2025; 1 January 2026"


def test_strength_that_our_copy_lacks_is_said_once() -> None:
    bare = entry(type="recommendation", part_of="A guide")
    noted = entry(
        type="recommendation", part_of="A guide", caveat="Its word for how strong it is was not read."
    )
    words = "Our copy does not show how strong the evidence behind it is."
    assert words in entry_finding(GUIDES, stands(GUIDES, bare), today=TODAY).cautions
    cautions = entry_finding(GUIDES, stands(GUIDES, noted), today=TODAY).cautions
    assert words not in cautions
    assert noted.caveat in cautions


def test_a_changed_strength_shows_as_drift_and_a_moved_page_does_not() -> None:
    was = entry(type="recommendation", part_of="A guide", strength="promising evidence")
    moved = entry(**{**was.as_dict(), "link": "https://list.example/elsewhere"})
    now = entry(**{**was.as_dict(), "strength": "strong evidence"})
    first, same, other = (
        entry_finding(GUIDES, stands(GUIDES, row), today=TODAY) for row in (was, moved, now)
    )
    assert first.fingerprint == same.fingerprint
    thread = Thread(
        {first.fingerprint: first, other.fingerprint: other}, {first.fingerprint: other.fingerprint}
    )
    (change,) = changes_to(first, thread, today=TODAY)
    assert change.words == "Strength: was promising evidence, now strong evidence."


def test_what_a_complete_copy_leaves_out_is_said_and_is_another_finding() -> None:
    row, other = entry(type="guideline"), entry(title="Other", type="guideline")
    first = Edition(NICE.key, date(2026, 1, 1), (row, other))
    second = Edition(NICE.key, date(2026, 6, 1), (other,))
    before = entry_finding(NICE, standing([first])["something"], today=TODAY)
    after = entry_finding(NICE, standing([first, second])["something"], today=TODAY)
    assert before.fingerprint != after.fingerprint
    assert (before.facts["In the list"], after.facts["In the list"]) == ("yes", "no longer")
    assert "Our newest copy of the list no longer has it. That alone does not say why." in after.cautions


def test_age_and_status_are_cautions() -> None:
    old = entry(type="guideline", published="2010-10", updated="2015-05", status="replaced by NG205")
    cautions = entry_finding(NICE, stands(NICE, old), today=TODAY).cautions
    assert "Its status: replaced by NG205." in cautions
    assert "It was last updated eleven years ago (May 2015)." in cautions
    undated = entry(type="guideline", status="published")
    assert entry_finding(NICE, stands(NICE, undated), today=TODAY).cautions == (
        "Our copy does not show its date.",
    )


def test_a_practice_example_is_the_judgement_of_those_who_tell_it() -> None:
    row = entry(
        type="example", place="Leeds", says="Ran groups", happened="Fewer came into care", contact="x"
    )
    found = entry_finding(EXAMPLES, stands(EXAMPLES, row), today=TODAY)
    assert found.lane is Lane.JUDGEMENT
    assert found.judged_by == "those who did it, in Leeds"
    assert found.statement == "Leeds: Something. Ran groups. What came of it: Fewer came into care."
    assert "An account by those who did it, not an evaluation." in found.cautions


def test_a_place_to_look_says_how_to_get_in() -> None:
    row = entry(
        title="A register", type="register", says="Rates programmes", access="Free online", reference="k"
    )
    found = entry_finding(PLACES, stands(PLACES, row), today=TODAY)
    assert found.statement == "A register (register). Rates programmes. How to get in: Free online."
    assert found.cautions == ()


def test_every_entry_that_is_shipped_becomes_a_finding() -> None:
    for register in registers().values():
        if register.rates:
            continue
        rows = standing(each for each in starter_editions() if each.register == register.key)
        subjects = set()
        for row in rows.values():
            found = entry_finding(register, row, today=TODAY)
            assert found.look_again is not None
            assert found.look_again > TODAY
            assert found.sources[0].url
            assert ".." not in found.statement
            assert "  " not in found.statement
            subjects.add(found.subject)
        assert len(subjects) == len(rows)
