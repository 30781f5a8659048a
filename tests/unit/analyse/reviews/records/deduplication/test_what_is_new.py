"""What a new search brings: by the same rules as deduplicating everything, and without touching what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analyse.reviews.records.deduplication.piles import BARE, TRIAL, changed
from tests.unit.analyse.reviews.records.deduplication.test_always import piles
from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication import (
    RELATIONS,
    STANDINGS,
    Arrivals,
    deduplicate,
    what_is_new,
)
from wherewithal.errors import BadInput

SLEEP = Record(
    title="Sleep in adolescents: a survey of schools",
    authors=("Zorn, Zoe", "Able, Ann"),
    year=2011,
    journal="Prevention Science",
    volume="3",
    pages="20-31",
)
EDITORIAL = Record(title="Editorial")


def standings(found: Arrivals) -> list[str]:
    return [arrival.standing for arrival in found.arrivals]


def test_each_standing() -> None:
    held = [TRIAL, SLEEP]
    new = [
        BARE,
        Record(title="Costs of early help in twelve English councils", year=2019, pages="5-19"),
        changed(title=TRIAL.title.upper(), abstract="Made."),
        replace(TRIAL, doi="10.5555/b", pages="", issue=""),
        changed(title=f"Erratum: {TRIAL.title}", pages="9"),
        Record(title="Costs of early help in twelve English councils", year=2019, pages="5-19"),
    ]
    found = what_is_new(held, new)
    assert standings(found) == ["held", "new", "held", "doubtful", "linked", "again"]
    first, _, _, doubtful, linked, again = found.arrivals
    assert first.held == 0
    assert first.reason is not None
    assert first.reason.words.startswith("the same title, the same first and last page")
    assert doubtful.doubts[0].rule == "one of them is like another record that it cannot be one with"
    assert doubtful.doubts[0].other == 2 + 3
    assert (linked.links[0].kind, linked.links[0].one, linked.links[0].other) == ("notice", 0, 2 + 4)
    assert linked.links[0].words == f"{RELATIONS['notice']}: {linked.links[0].reason}"
    assert (again.held, again.reason and again.reason.other) == (None, 2 + 1)
    assert [arrival.record for arrival in found.standing("new", "linked", "doubtful")] == [1, 3, 4]
    assert set(STANDINGS) == {*standings(found)}


def test_the_reason_names_a_held_record_where_one_is_as_like() -> None:
    found = what_is_new([TRIAL], [BARE, replace(BARE, abstract="Made text of some length. " * 9)])
    assert standings(found) == ["held", "held"]
    assert [arrival.reason and arrival.reason.other for arrival in found.arrivals] == [0, 0]


def test_what_is_said_of_one_new_record_goes_for_its_work() -> None:
    # The second is the one that is like the held record.
    new = [replace(BARE, doi="10.5555/b", pages="", issue="", volume=""), replace(BARE, doi="10.5555/b")]
    found = what_is_new([replace(TRIAL, pages="")], new)
    assert sorted(standings(found)) == ["again", "doubtful"]


def test_clusters_that_people_made_stand() -> None:
    # A person said that two copies are two works, and that two different records are one.
    found = what_is_new([BARE, BARE, SLEEP], [BARE, SLEEP], clusters=[7, 8, 7])
    assert found.together.of_record[:3] == (0, 1, 0)
    assert standings(found) == ["held", "held"]
    like_two, like_one = found.arrivals
    assert like_two.held in (0, 1)
    assert [doubt.rule for doubt in like_two.doubts] == [
        "one of them is like another record that it cannot be one with"
    ]
    assert like_one.held == 0


def test_a_new_record_never_makes_two_held_works_one() -> None:
    one, other = replace(TRIAL, pages=""), changed(title="Parent training for families", issue="", volume="")
    before = deduplicate([one, other])
    assert before.works == 2
    found = what_is_new([one, other], [TRIAL], clusters=before.of_record)
    assert found.together.works == 2


@pytest.mark.parametrize("clusters", [[0, 1], [0, 0]])
def test_records_that_say_too_little_are_asked_about(clusters: list[int]) -> None:
    found = what_is_new([EDITORIAL, EDITORIAL], [EDITORIAL, Record(), EDITORIAL], clusters=clusters)
    assert standings(found) == ["doubtful", "new", "doubtful"]
    assert found.together.of_record[0:2] == tuple(clusters)


def test_nothing_held_and_nothing_new() -> None:
    assert standings(what_is_new([], [TRIAL, BARE])) in (["new", "again"], ["again", "new"])
    assert what_is_new([TRIAL], []).arrivals == ()


def test_clusters_of_other_records_are_refused() -> None:
    with pytest.raises(BadInput) as raised:
        what_is_new([TRIAL, SLEEP], [BARE], clusters=[0])
    assert "one for each of 2 held records" in raised.value.problems[0].expected


def parts(clusters: Sequence[int]) -> set[frozenset[int]]:
    found = defaultdict(set)
    for number, cluster in enumerate(clusters):
        found[cluster].add(number)
    return {frozenset(numbers) for numbers in found.values()}


@settings(max_examples=300, deadline=None)
@given(piles, piles)
def test_agrees_with_deduplicating_everything_at_once(held: list[Record], new: list[Record]) -> None:
    before = deduplicate(held).of_record
    found = what_is_new(held, new, clusters=before)
    assert parts(found.together.of_record[: len(held)]) == parts(before)
    at_once = deduplicate([*held, *new])
    # Where one work has two DOIs or PubMed numbers, it depends on the order in which records meet.
    doubtful_identifiers = any(
        len({getattr(([*held, *new])[number], field) for number in numbers} - {""}) > 1
        for numbers in (*parts(at_once.of_record), *parts(found.together.of_record))
        for field in ("doi", "pmid")
    )
    if parts(at_once.of_record[: len(held)]) == parts(before) and not doubtful_identifiers:
        assert parts(found.together.of_record) == parts(at_once.of_record)


@settings(max_examples=100, deadline=None)
@given(piles, piles, st.lists(st.integers(0, 4), min_size=12, max_size=12))
def test_held_clusters_stand_whatever_they_are(
    held: list[Record], new: list[Record], made: list[int]
) -> None:
    clusters = made[: len(held)]
    found = what_is_new(held, new, clusters=clusters)
    assert parts(found.together.of_record[: len(held)]) == parts(clusters)
    for arrival in found.arrivals:
        number = arrival.record + len(held)
        assert arrival.standing in STANDINGS
        assert (arrival.held is None) == (arrival.standing != "held")
        if arrival.held is not None:
            assert found.together.of_record[arrival.held] == found.together.of_record[number]
        assert (arrival.reason is None) == (arrival.standing in ("doubtful", "linked", "new"))


@settings(max_examples=100, deadline=None)
@given(piles.filter(bool))
def test_the_same_search_again_brings_nothing(pile: list[Record]) -> None:
    found = what_is_new(pile, pile)
    assert {arrival.standing for arrival in found.arrivals} <= {"held", "doubtful", "new"}
    for arrival in found.arrivals:
        if arrival.standing == "new":
            # Nothing can be said about a record that says nothing.
            assert (pile[arrival.record].title, pile[arrival.record].doi) == ("", "")
