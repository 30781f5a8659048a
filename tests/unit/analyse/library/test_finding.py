from __future__ import annotations

from datetime import date

from wherewithal.analyse.library import (
    Programme,
    Rating,
    catalogue,
    reading_finding,
    standing,
    starter_editions,
)
from wherewithal.thread import Lane, Thread, changes_to

from .making import TODAY, edition, rated

SEL = catalogue().programmes["social-and-emotional-learning"]
TOOLKIT = [each for each in starter_editions() if each.register == "eef-toolkit"]


def sel(*editions):
    return [standing(editions)["social and emotional learning"]]


def test_a_reading_becomes_a_finding() -> None:
    programme = catalogue().programmes["incredible-years-preschool"]
    rows = standing(each for each in starter_editions() if each.register == "foundations-guidebook")
    found = reading_finding(programme, [rows["incredible years preschool (basic)"]], today=TODAY)
    assert found.lane is Lane.RESEARCH
    assert found.subject == "library:programme:incredible-years-preschool"
    assert found.link == "/library/programmes/incredible-years-preschool/"
    assert found.facts == {"Foundations Guidebook": "4+", "Our reading": "Strong"}
    assert found.band == "Strong"
    assert found.statement == (
        "Foundations Guidebook 4+ (July 2016). Tested in the UK. Ages as evaluated: 2 to 9. Our reading is Strong, "
        "because one register reports at least two rigorous studies with an effect, one of them lasting a year or "
        "more."
    )
    (source,) = found.sources
    assert source.key == "register:foundations-guidebook"
    assert source.url == "https://guidebook.eif.org.uk/programme/incredible-years-preschool"
    assert "reviewed July 2016" in source.edition


def test_a_newer_edition_shows_as_drift() -> None:
    older, newer = TOOLKIT
    then = reading_finding(SEL, sel(older), today=date(2026, 9, 1))
    now = reading_finding(SEL, sel(older, newer), today=TODAY)
    assert (then.band, now.band) == ("Preliminary", "Good")
    thread = Thread({then.fingerprint: then, now.fingerprint: now}, {then.fingerprint: now.fingerprint})
    (change,) = changes_to(then, thread, today=TODAY)
    assert change.words == (
        "EEF Teaching and Learning Toolkit: was 1 padlock (very limited), +4 months, now 3 padlocks (moderate), "
        "+3 months; Our reading: was Preliminary, now Good."
    )


def test_an_edition_that_leaves_the_facts_alone_is_the_same_finding() -> None:
    row = Rating("A", rating="3", link="https://register.example/a")
    moved = Rating("A", rating="3", link="https://register.example/moved")
    programme = Programme("a", "A")
    first = edition("blueprints", row)
    second = edition("blueprints", moved, Rating("B", rating="3"), on=date(2026, 6, 1))
    then = reading_finding(programme, [standing([first])["a"]], today=date(2026, 2, 1))
    now = reading_finding(programme, [standing([first, second])["a"]], today=TODAY)
    assert then.fingerprint == now.fingerprint


def test_a_withdrawn_programme_says_so() -> None:
    first = edition("blueprints", Rating("A", rating="promising"), Rating("B", rating="promising"))
    second = edition("blueprints", Rating("B", rating="promising"), on=date(2026, 6, 1))
    found = reading_finding(Programme("a", "A"), [standing([first, second])["a"]], today=TODAY)
    assert found.facts["Blueprints"] == "no longer listed (was promising)"
    assert found.band == "Not enough to say"


def test_look_again_is_never_in_the_past() -> None:
    programme = Programme("a", "A")
    cases = {
        "2016-07": date(2027, 11, 23),  # overdue: the caution says it, and it is looked at in a year
        "2023-05": date(2028, 5, 31),  # five years after the review
        "": date(2027, 11, 23),  # nobody knows how old it is
        "2026-10": date(2029, 11, 23),  # newer trials turn up: never more than three years ahead
    }
    for reviewed, wanted in cases.items():
        row = rated("foundations-guidebook", "3", last_reviewed=reviewed)
        assert reading_finding(programme, [row], today=TODAY).look_again == wanted


def test_the_same_reading_twice_is_one_finding_whatever_the_day() -> None:
    row = rated("foundations-guidebook", "3")
    one = reading_finding(Programme("a", "A"), [row], today=TODAY)
    other = reading_finding(Programme("a", "A"), [row], today=date(2026, 12, 24))
    assert one.fingerprint == other.fingerprint
