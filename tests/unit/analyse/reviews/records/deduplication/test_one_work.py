"""What two databases may write differently about one work."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.analyse.reviews.records.deduplication.piles import BARE, TRIAL, are_one, changed, of
from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication import deduplicate


@pytest.mark.parametrize(
    "other",
    [
        {"title": BARE.title.upper()},
        {"title": f"[{BARE.title}]"},
        {"title": f"{BARE.title} [German]"},
        {"title": BARE.title.replace(":", " -")},
        {"title": BARE.title.replace("pragmatic", "pragmatc")},
        {"title": BARE.title.replace("Parent", "<i>Parent</i>")},
        {"title": f"{BARE.title} [Erratum appears in J Child Psychol. 2007 Jan;48(1):99]"},
        {"title": f"Retracted: {BARE.title}"},
        {"title": "Parent training for families of young children with conduct problems"},
        {"title": "Elterntraining für Familien mit kleinen Kindern"},
        {"authors": ("Gardner F", "Burton J", "Klimes I")},
        {"authors": ("F. Gardner", "J. Burton", "I. Klimes")},
        {"authors": ("Gardner, F. and Burton, J. and Klimes, I.",)},
        {"authors": ("Gardner, F., et al.",)},
        {"authors": ("Frances, Gardner", "Jennifer, Burton", "Ivana, Klimes")},
        {"authors": ()},
        {"year": 2007},
        {"year": None},
        {"journal": "J Child Psychol Psychiatry"},
        {"journal": "Journal of child psychology and psychiatry, and allied disciplines"},
        {"journal": "J. Child Psychol. Psychiat. (London)"},
        {"journal": ""},
        {"volume": "47 (11)"},
        {"issue": "Nov"},
        {"volume": "", "issue": "47", "pages": "11"},
        {"pages": "1123-32"},
        {"pages": "pp. 1123–1132"},
        {"pages": ""},
        {"doi": "10.5555/MADE.2006.1"},
    ],
)
def test_two_spellings(other: dict[str, Any]) -> None:
    assert are_one(BARE, changed(**other))


def test_a_record_without_a_title_is_known_by_its_identifier_or_its_abstract() -> None:
    abstract = (
        "Parents of children with conduct problems were offered weekly groups, and most of them came. " * 2
    )
    assert are_one(TRIAL, Record(title="", doi=TRIAL.doi, authors=TRIAL.authors, year=TRIAL.year))
    assert are_one(changed(abstract=abstract), changed(abstract=abstract, title=""))


def test_an_excel_date_is_pages() -> None:
    assert are_one(changed(pages="4-21"), changed(pages="21-Apr"))


def test_a_doi_alone_is_enough_with_the_title() -> None:
    assert are_one(TRIAL, Record(title=TRIAL.title, doi=f"{TRIAL.doi}/full"))


def test_a_pubmed_number() -> None:
    assert are_one(changed(pmid="17076751"), Record(title="Parent training", pmid="017076751"))


def test_an_archives_doi_beside_the_publishers() -> None:
    assert are_one(TRIAL, changed(doi="10.2307/12345678"))


def test_a_mistyped_doi() -> None:
    assert are_one(TRIAL, changed(doi="10.5555/made.2006.11"))


def test_ahead_of_print_under_another_title() -> None:
    team = ("Adams, A", "Baker, B", "Clark, C", "Davis, D", "Evans, E")
    now = changed(
        authors=team, title="Parenting support in conduct problems: a pragmatic trial in the voluntary sector"
    )
    before = changed(
        authors=team,
        volume="",
        issue="",
        pages="",
        title="Parenting groups in conduct problems: a pragmatic trial in the voluntary sector",
    )
    assert are_one(now, before)


def test_reasons_are_in_words() -> None:
    found = of(TRIAL, changed(pages="", issue=""))
    (reason,) = found.clusters[0].reasons
    assert (reason.record, reason.other) == (1, 0)
    assert (
        reason.words
        == "the same title, the same authors, the same year, the same journal and the same volume"
    )
    assert reason.bits == 36


def test_reasons_say_what_speaks_against() -> None:
    reason = of(BARE, changed(title="Elterntraining für Familien mit kleinen Kindern")).clusters[0].reasons[0]
    assert reason.words.endswith("; despite different titles")


def test_identical_records() -> None:
    (reason,) = of(BARE, BARE).clusters[0].reasons
    assert (reason.words, reason.bits) == ("identical in every field compared", None)


@pytest.mark.parametrize(
    "title", ["儿童研究与家庭支持的随机试验", "دراسة عن الأطفال في المدارس", "Забота о детях в семьях"]
)
def test_other_scripts(title: str) -> None:
    assert are_one(changed(title=title), changed(title=title, authors=()))


def test_a_container_that_an_export_put_elsewhere() -> None:
    meeting = changed(
        journal="",
        volume="",
        issue="",
        pages="",
        extra=(("csv:booktitle", "Proceedings of the 3rd Congress on Parenting"),),
    )
    assert are_one(
        meeting, changed(journal="Proceedings of the Congress on Parenting", volume="", issue="", pages="")
    )


def test_what_a_person_says_goes_for_records_that_say_too_little() -> None:
    editorial = Record(title="Editorial")
    found = deduplicate([editorial, editorial, editorial], together=[(0, 1)])
    assert found.of_record == (0, 0, 1)
