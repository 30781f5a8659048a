from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.library import (
    Edition,
    Entry,
    Programme,
    Rating,
    read_programme,
    registers,
    standing,
)
from wherewithal.analyse.library.recheck import (
    CHANGED,
    GONE,
    RECHECK_RULE,
    SAME,
    Check,
    Item,
    Resting,
    copy_item,
    copy_months,
    due_on,
    entry_item,
    months_on,
    queue,
    rating_item,
    study_item,
)

from .making import TODAY, edition, rated

A = Programme("a", "A programme")


def reading(*rows):
    return read_programme(A, rows, today=TODAY)


def only(item: Item | None, today: date = TODAY):
    assert item is not None
    return queue([item], today=today)


# --- what falls due -----------------------------------------------------------------------------------------


def test_the_rule_is_printed_and_every_source_has_an_interval() -> None:
    assert len(RECHECK_RULE) == 6
    assert all(copy_months(register) > 0 for register in registers().values())


def test_a_copy_is_due_when_it_is_older_than_its_interval() -> None:
    item = copy_item(edition("foundations-guidebook", on=date(2026, 4, 30)))
    assert only(item, date(2026, 10, 29)) == []
    (due,) = only(item, date(2026, 10, 30))
    assert due.subject == "register:foundations-guidebook"
    assert due.days_over == 0
    (due,) = only(item)
    assert due.why == (
        "Our newest copy is of 30 April 2026. We look again after 6 months: due since 30 October 2026."
    )
    assert (due.since, due.days_over) == (date(2026, 10, 30), 24)
    assert due.link == registers()["foundations-guidebook"].home


def test_a_rating_is_due_with_the_first_of_its_reviews() -> None:
    item = rating_item(
        reading(
            rated("foundations-guidebook", "3", last_reviewed="2016-07"),
            rated("blueprints", "model", last_reviewed="2025"),
        )
    )
    (due,) = only(item)
    assert due.subject == "programme:a"
    assert due.page == "/library/programmes/a/"
    assert due.why == (
        "Foundations Guidebook last reviewed it in July 2016. We look again after five years: due since 31 July 2021."
    )
    both = rating_item(
        reading(
            rated("foundations-guidebook", "3", last_reviewed="2016-07"),
            rated("blueprints", "model", last_reviewed="2018"),
        )
    )
    assert "Also due: Blueprints." in only(both)[0].why


def test_a_rating_without_a_date_counts_from_our_copy_and_a_silent_one_not_at_all() -> None:
    undated = rating_item(reading(rated("foundations-guidebook", "3")))
    assert undated is not None
    assert undated.due == date(2031, 1, 1)
    assert "gives no date of review" in undated.what
    assert rating_item(reading(rated("foundations-guidebook", ""))) is None


def test_a_study_is_due_when_nobody_asked_for_three_months_and_at_once_when_nobody_ever_did() -> None:
    facts = {"slug": "s", "title": "A study", "added_on": date(2026, 1, 1)}
    asked = study_item(doi="10.1000/x", asked_on=date(2026, 9, 1), **facts)
    assert only(asked) == []
    (due,) = only(asked, date(2026, 12, 1))
    assert due.link == "https://doi.org/10.1000/x"
    (never,) = only(study_item(doi="10.1000/x", asked_on=None, **facts))
    assert never.why == (
        "It was added on 1 January 2026 and nobody has asked about retractions or corrections. "
        "Due since 1 January 2026."
    )
    assert study_item(doi="", asked_on=None, **facts) is None


def test_guidance_is_due_when_our_copy_is_old_and_other_lists_are_not_looked_at_entry_by_entry() -> None:
    nice = registers()["nice-guidelines"]
    row = Entry(
        "Autism", reference="QS51", type="standard", published="2014", link="https://nice.example/qs51"
    )
    stands = standing([Edition(nice.key, date(2026, 4, 30), (row,))])["autism"]
    (due,) = only(entry_item(nice, stands))
    assert due.subject == "entry:nice-guidelines/qs51"
    assert due.name == "Autism (QS51)"
    assert due.why.startswith(
        "Our copy of it is of 30 April 2026. It was dated 2014 there. We look again after 3 months"
    )
    gone = Edition(nice.key, date(2026, 5, 1), (Entry("Other", link="https://nice.example/o"),))
    withdrawn = standing([Edition(nice.key, date(2026, 4, 30), (row,)), gone])["autism"]
    assert entry_item(nice, withdrawn) is None
    places = registers()["where-to-look"]
    assert entry_item(places, replace(stands, register=places.key)) is None


# --- looking --------------------------------------------------------------------------------------------------


def test_looking_and_finding_nothing_changed_starts_the_clock_again() -> None:
    copy = edition("foundations-guidebook", on=date(2026, 1, 1))
    looked = copy_item(copy, check=Check(date(2026, 11, 1), SAME))
    assert only(looked) == []
    (due,) = only(looked, date(2027, 5, 1))
    assert due.why == (
        "Our newest copy is of 1 January 2026. Somebody looked on 1 November 2026 and found nothing changed. We look "
        "again after 6 months: due since 1 May 2027."
    )


def test_an_old_rating_that_was_looked_at_is_due_again_in_a_year_and_not_in_five() -> None:
    old = reading(rated("foundations-guidebook", "3", last_reviewed="2016-07"))
    item = rating_item(old, check=Check(date(2026, 11, 1)))
    assert only(item) == []
    assert only(item, date(2027, 11, 1))


def test_a_change_that_somebody_found_is_due_until_a_newer_copy_holds_it() -> None:
    fresh = edition("foundations-guidebook", on=date(2026, 11, 1))
    for outcome, words in ((CHANGED, "had changed"), (GONE, "was no longer there")):
        (due,) = only(copy_item(fresh, check=Check(date(2026, 11, 20), outcome)))
        assert due.since == date(2026, 11, 20)
        assert words in due.why
    newer = edition("foundations-guidebook", on=date(2026, 11, 21))
    assert only(copy_item(newer, check=Check(date(2026, 11, 20), CHANGED))) == []


# --- the order --------------------------------------------------------------------------------------------------

ITEMS = st.lists(
    st.builds(
        Item,
        subject=st.sampled_from(["a", "b", "c", "d", "e"]),
        name=st.sampled_from(["One", "one", "Two", "Three"]),
        what=st.just("What."),
        due=st.dates(date(2020, 1, 1), date(2028, 1, 1)),
        months=st.integers(1, 60),
        after=st.sampled_from(["", "6 months"]),
        copied=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        check=st.none()
        | st.builds(
            Check, st.dates(date(2020, 1, 1), date(2026, 11, 1)), st.sampled_from([SAME, CHANGED, GONE])
        ),
        resting=st.builds(Resting, st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)),
    ),
    max_size=6,
    unique_by=lambda item: item.subject,
)


def test_decisions_come_before_sentences_before_findings_before_time_before_name() -> None:
    plain = Item("z", "Zebra", "What.", date(2026, 11, 1), 6, "6 months")
    longest = replace(plain, subject="y", due=date(2020, 1, 1))
    finding = replace(plain, subject="x", resting=Resting(findings=9))
    sentence = replace(plain, subject="w", resting=Resting(sentences=1))
    decision = replace(plain, subject="v", resting=Resting(decisions=1))
    ape = replace(plain, subject="u", name="ape")
    found = queue([plain, longest, ape, finding, sentence, decision], today=TODAY)
    assert [line.subject for line in found] == ["v", "w", "x", "y", "u", "z"]
    assert found[0].why.endswith("1 decision rests on it.")
    assert found[2].why.endswith("9 findings rest on it.")
    both = queue([replace(plain, resting=Resting(2, 1))], today=TODAY)
    assert both[0].why.endswith("2 decisions and 1 sentence rest on it.")


@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_handed_in_changes_nothing(items, random) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    assert queue(shuffled, today=TODAY) == queue(items, today=TODAY)


@given(ITEMS)
def test_what_is_due_is_in_the_queue_once_and_what_is_not_is_left_out(items) -> None:
    found = queue(items, today=TODAY)
    assert sorted(line.subject for line in found) == sorted(
        item.subject for item in items if due_on(item) <= TODAY
    )
    assert all(line.days_over >= 0 and line.why for line in found)
    keys = [(line.decisions, line.sentences, line.findings) for line in found]
    assert keys == sorted(keys, reverse=True)


@given(ITEMS.filter(bool))
def test_looking_never_makes_it_due_earlier_and_more_resting_on_it_never_later(items) -> None:
    first = items[0]
    looked = replace(first, check=Check(TODAY, SAME))
    assert due_on(looked) >= first.due
    assert due_on(looked) > TODAY
    heavier = replace(first, resting=replace(first.resting, decisions=first.resting.decisions + 1))

    def place(item: Item) -> int:
        order = [line.subject for line in queue([item, *items[1:]], today=TODAY)]
        return order.index(item.subject) if item.subject in order else len(order)

    assert place(heavier) <= place(first)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_months_on_keeps_the_day_where_there_is_one(day, months) -> None:
    later = months_on(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, calendar.monthrange(later.year, later.month)[1])
    assert months_on(day, 0) == day
    assert months_on(day, 1) - day <= timedelta(days=31)


def test_a_row_of_a_programme_with_no_rating_that_still_stands_is_not_due() -> None:
    gone = standing(
        [
            edition("blueprints", Rating("A", rating="model"), Rating("B", rating="model")),
            edition("blueprints", Rating("B", rating="model"), on=date(2026, 6, 1)),
        ]
    )["a"]
    assert rating_item(reading(gone)) is None
