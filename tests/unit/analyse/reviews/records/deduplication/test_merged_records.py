from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from tests.unit.analyse.reviews.records.deduplication.piles import BARE, TRIAL, changed, of
from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication import merged
from wherewithal.errors import BadInput

PUBMED = replace(
    TRIAL,
    authors=("Gardner F", "Burton J", "Klimes I"),
    journal="J Child Psychol Psychiatry",
    pmid="1",
    keywords=("Parents", "Trial"),
    database="MEDLINE",
    title=TRIAL.title.upper(),
    pages="1123",
)
PSYCINFO = changed(
    abstract="We tested groups for parents.",
    keywords=("parents", "Voluntary sector"),
    database="PsycInfo",
    notes=("Read twice",),
    extra=(("csv:Who looked", "Ana"),),
    year=2005,
    volume="",
    issue="",
    pages="",
)


def test_the_best_of_each_field() -> None:
    made = merged([PUBMED, PSYCINFO], [0, 1])
    assert made.record == replace(
        TRIAL,
        pages="1123",
        pmid="1",
        abstract="We tested groups for parents.",
        keywords=("Parents", "Trial", "Voluntary sector"),
        notes=("Read twice",),
        extra=(("csv:Who looked", "Ana"),),
        database="MEDLINE; PsycInfo",
    )
    assert made.origins == (0, 1)
    assert made.taken_from["abstract"] == (1,)
    assert made.taken_from["title"] == (1,)
    assert made.taken_from["pages"] == made.taken_from["year"] == (0,)
    assert made.taken_from["keywords"] == made.taken_from["database"] == (0, 1)


def test_no_order_in_what_is_merged() -> None:
    pile = [PUBMED, PSYCINFO, TRIAL]
    assert len({merged(list(order), [0, 1, 2]).record for order in permutations(pile)}) == 1


def test_damaged_text_is_not_taken() -> None:
    damaged = changed(
        title=BARE.title.replace("young", "yo?ng") + " and more",
        authors=("M?ller, A", "Burton, J", "Klimes, I"),
    )
    assert merged([damaged, BARE], [0, 1]).record.title == BARE.title


def test_the_publishers_doi_before_an_archives() -> None:
    assert merged([changed(doi="10.2307/1"), TRIAL], [0, 1]).record.doi == TRIAL.doi


def test_every_record_is_in_one_merged_record() -> None:
    pile = [PUBMED, Record(title="Sleep in adolescents: a survey of schools"), PSYCINFO, Record()]
    made = list(of(*pile).merged(pile))
    assert [record.origins for record in made] == [(0, 2), (1,), (3,)]
    assert made[1].record == pile[1]
    assert made[1].taken_from == {"title": (1,), "type": (1,)}


def test_people_decide_first() -> None:
    from wherewithal.analyse.reviews.records.deduplication import deduplicate

    pile = [TRIAL, PUBMED, Record(title="Sleep in adolescents: a survey of schools"), TRIAL]
    assert deduplicate(pile).of_record == (0, 0, 1, 0)
    apart = deduplicate(pile, apart=[(0, 3)])
    assert apart.of_record[0] != apart.of_record[3]
    together = deduplicate(pile, together=[(1, 2)])
    assert together.of_record == (0, 0, 0, 0)
    assert "a person decided that they are one" in {reason.words for reason in together.clusters[0].reasons}


def test_decisions_that_cannot_hold() -> None:
    from wherewithal.analyse.reviews.records.deduplication import deduplicate

    with pytest.raises(BadInput, match="other decisions make them one"):
        deduplicate([TRIAL, TRIAL, BARE], together=[(0, 1), (1, 2)], apart=[(0, 2)])
    with pytest.raises(BadInput, match="numbers from 0 to 1") as refused:
        deduplicate([TRIAL, BARE], together=[(0, 7)], apart=[(-1, 0)])
    assert len(refused.value.problems) == 2
