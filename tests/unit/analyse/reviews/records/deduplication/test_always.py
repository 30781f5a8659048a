"""What must hold for any pile: no order, copies join, and a second time changes nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analyse.reviews.records.deduplication.piles import TRIAL
from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication import deduplicate
from wherewithal.analyse.reviews.records.deduplication.comparable import form_of
from wherewithal.analyse.reviews.records.deduplication.figures import figures_of

TITLES = [
    TRIAL.title,
    TRIAL.title.upper(),
    f"{TRIAL.title}: a commentary",
    f"{TRIAL.title}. Part 2",
    f"Erratum: {TRIAL.title}",
    "Parent training for families",
    "Editorial",
    "Editor's comments",
    "",
    "Sleep in adolescents: a survey of schools",
    "Sleep in adolescents: a survey of school",
    "Costs of early help in twelve English councils",
]
records = st.builds(
    Record,
    title=st.sampled_from(TITLES),
    authors=st.sampled_from(
        [(), ("Gardner, F",), ("Gardner F", "Burton J"), ("Burton, J", "Klimes, I"), ("Zorn, Z",)]
    ),
    year=st.sampled_from([None, 2005, 2006, 2010]),
    journal=st.sampled_from(["", "Prevention Science", "Prev Sci", "Lancet", "PsyArXiv"]),
    volume=st.sampled_from(["", "1", "47"]),
    issue=st.sampled_from(["", "1", "11"]),
    pages=st.sampled_from(["", "1", "1123-1132", "1123", "S4"]),
    doi=st.sampled_from(["", "", "10.5555/a", "10.5555/b", "10.2307/c"]),
    pmid=st.sampled_from(["", "", "1", "2"]),
    abstract=st.sampled_from(
        ["", "We tested groups for parents in the voluntary sector. " * 3, "Costs fell on schools. " * 6]
    ),
)
piles = st.lists(records, max_size=12)


def partition(pile: Sequence[Record]) -> set[frozenset[int]]:
    """Clusters as sets of the records' own numbers."""
    found = deduplicate(pile).of_record
    return {frozenset(number for number, cluster in enumerate(found) if cluster == one) for one in set(found)}


@settings(max_examples=200, deadline=None)
@given(piles, st.randoms(use_true_random=False))
def test_order_does_not_matter(pile: list[Record], chance: random.Random) -> None:
    order = list(range(len(pile)))
    chance.shuffle(order)
    shuffled = partition([pile[number] for number in order])
    # Copies that say too little to be joined are interchangeable, so works are compared by what they hold.
    content = sorted(sorted(repr(pile[order[number]]) for number in cluster) for cluster in shuffled)
    assert content == sorted(sorted(repr(pile[number]) for number in cluster) for cluster in partition(pile))


@settings(max_examples=100, deadline=None)
@given(piles.filter(bool))
def test_a_copy_joins_and_changes_nothing_else(pile: list[Record]) -> None:
    if not form_of(pile[0]).says_enough:
        return
    before, after = deduplicate(pile), deduplicate([*pile, pile[0]])
    assert after.of_record == (*before.of_record, before.of_record[0])


@settings(max_examples=100, deadline=None)
@given(piles)
def test_twice_is_once(pile: list[Record]) -> None:
    assert deduplicate(pile) == deduplicate(pile)


@settings(max_examples=100, deadline=None)
@given(piles)
def test_the_result_adds_up(pile: list[Record]) -> None:
    found = deduplicate(pile)
    assert len(found.of_record) == len(pile) == found.works + found.duplicates
    assert (
        sum(len(cluster.members) - 1 for cluster in found.clusters)
        == found.duplicates
        == len(found.reason_of)
    )
    for cluster in found.clusters:
        assert {reason.record for reason in cluster.reasons} | {cluster.main} == set(cluster.members)
        assert all(reason.words and reason.other in cluster.members for reason in cluster.reasons)
    for doubt in found.doubtful:
        assert found.of_record[doubt.one] != found.of_record[doubt.other]
        assert doubt.words
    for link in found.links:
        assert found.of_record[link.one] != found.of_record[link.other]
    assert [len(made.origins) for made in found.merged(pile)] == [
        found.of_record.count(cluster) for cluster in range(found.works)
    ]


@settings(max_examples=100, deadline=None)
@given(piles)
def test_works_with_two_dois_or_numbers_never_meet_by_chance(pile: list[Record]) -> None:
    for cluster in deduplicate(pile).clusters:
        numbers = {pile[number].pmid for number in cluster.members} - {""}
        assert len(numbers) < 2


def test_thousands_of_one_record() -> None:
    found = deduplicate([TRIAL] * 5000)
    assert (found.works, found.duplicates, len(found.doubtful)) == (1, 4999, 0)
    assert {reason.words for reason in found.clusters[0].reasons} == {"identical in every field compared"}


def test_thousands_of_nearly_one_record() -> None:
    found = deduplicate([replace(TRIAL, doi="", issue=str(number)) for number in range(3000)])
    assert found.works == 1


def test_thousands_that_say_nothing() -> None:
    found = deduplicate([Record()] * 3000 + [Record(title="Editorial")] * 3000)
    assert (found.works, len(found.doubtful)) == (6000, 1)
    assert "2,998 more records like them" in found.doubtful[0].words


def test_an_empty_pile() -> None:
    found = deduplicate([])
    assert (found.works, found.duplicates, found.clusters, found.doubtful) == (0, 0, (), ())


def test_progress_is_told() -> None:
    told: list[str] = []
    deduplicate([TRIAL, TRIAL], progress=lambda step, done, of: told.append(step))
    assert list(dict.fromkeys(told)) == [
        "reading titles and authors",
        "looking for pairs",
        "putting clusters together",
    ]


def test_figures() -> None:
    figures = figures_of([0, 0, 0, 1, 2], ["a", "a", "b", "b", "c"])
    assert (figures.right, figures.found, figures.labelled, figures.lost) == (1, 3, 2, 1)
    assert (figures.precision, figures.recall, figures.f1) == (1 / 3, 1 / 2, 2 / 5)
    assert figures_of([], []).f1 == figures_of([0, 1], ["a", "b"]).precision == 1.0
