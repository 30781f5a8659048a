"""What looks alike and is not one work: each rule with a small example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.analyse.reviews.records.deduplication.piles import (
    BARE,
    TRIAL,
    changed,
    is_asked,
    link_between,
    of,
)
from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication.rules import RELATIONS, RULES


@pytest.mark.parametrize(
    ("title", "more"),
    [
        (f"Erratum: {BARE.title}", {"pages": "99"}),
        (f"Correction to: {BARE.title}", {"pages": "99"}),
        (f"{BARE.title} (vol 47, pg 1123, 2006)", {"issue": "12", "pages": "1300"}),
        (f"{BARE.title} (Journal of Child Psychology and Psychiatry (2006) 47 (1123-1132))", {"pages": "1300"}),
        (f"Retraction: {BARE.title}", {"pages": "99"}),
        (f"Comment on: {BARE.title}", {"pages": "1133-1134"}),
        (f"{BARE.title} - Reply", {"pages": "1135"}),
        (f"{BARE.title}: study protocol", {"pages": "11-20"}),
    ],
)  # fmt: skip
def test_a_notice_is_linked_to_its_article(title: str, more: dict[str, Any]) -> None:
    assert link_between(BARE, changed(title=title, **more)) == "notice"


def test_a_person_is_asked_about_a_record_without_a_title() -> None:
    assert is_asked(BARE, changed(title=""))


def test_a_preprint_is_a_version() -> None:
    preprint = Record(title=BARE.title, authors=BARE.authors, year=2006, type="article", journal="PsyArXiv",
                      doi="10.31234/osf.io/made1")  # fmt: skip
    assert link_between(TRIAL, preprint) == "versions"


@pytest.mark.parametrize("doi", ["10.1002/14651858.cd000001.pub3", ""])
def test_an_update_of_a_cochrane_review_is_a_version(doi: str) -> None:
    review = changed(journal="Cochrane Database of Systematic Reviews", pages="CD000001", volume="", issue="",
                     doi=doi.replace("pub3", "pub2"))  # fmt: skip
    assert link_between(review, replace(review, year=2007, doi=doi)) == "versions"


def test_a_link_says_its_kind_and_why() -> None:
    (link,) = of(BARE, changed(title=f"Erratum: {BARE.title}", pages="99")).links
    assert (link.kind, link.one, link.other) == ("notice", 0, 1)
    assert link.reason == "one is a correction, retraction, comment or protocol"
    assert link.words == f"{RELATIONS[link.kind]}: {link.reason}"


def test_an_edition_years_later_is_a_version() -> None:
    book = Record(
        title="Handbook of parenting support and early help for families",
        authors=BARE.authors,
        year=2001,
        type="book",
    )
    assert link_between(book, replace(book, year=2011)) == "versions"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Part 1", "Part 2"), ("Part I", "Part II"), ("part A", "part B"), ("at one year", "at two years"),
     ("Phase 2", "Phase III"), ("in 2004", "in 2005")],
)  # fmt: skip
def test_numbered_parts(one: str, other: str) -> None:
    first, second = (changed(title=f"{BARE.title}. {part}", pages="", doi="") for part in (one, other))
    assert link_between(first, second) == "parts"


def test_a_conference_abstract_and_an_article() -> None:
    abstract = changed(journal="Annual Meeting of the Society for Prevention Research", type="paper-conference",
                       volume="", issue="", pages="S12", year=2005)  # fmt: skip
    assert link_between(BARE, abstract) == "reports"


def test_a_thesis_and_an_article() -> None:
    thesis = changed(journal="University of Somewhere", type="thesis", volume="", issue="", pages="")
    assert link_between(BARE, thesis) == "reports"


def test_one_study_reported_in_two_journals() -> None:
    assert (
        link_between(BARE, changed(journal="Prevention Science", volume="7", issue="2", pages="1-9"))
        == "reports"
    )


def test_a_column_that_returns_every_year() -> None:
    column = changed(title="Gateways to clinical trials in child health", pages="", volume="28", issue="3")
    assert link_between(column, replace(column, volume="29", issue="7", year=2007)) == "reports"


def test_another_volume_of_no_known_journal() -> None:
    assert link_between(BARE, changed(journal="", volume="12", pages="", issue="")) == "reports"


def test_other_people_elsewhere_in_the_issue() -> None:
    """Seen where a publisher gave a comment the title and abstract of what it comments on."""
    assert is_asked(BARE, changed(authors=("Zorn, Z",), pages="1133-1134"))


def test_editorials_on_the_same_pages_of_two_issues() -> None:
    one = changed(title="Editorial introduction", pages="5-6", issue="1")
    assert of(one, replace(one, issue="2")).works == 2


def test_an_abstract_and_an_article_in_one_journal() -> None:
    assert link_between(BARE, changed(issue="9", pages="875")) == "reports"


def test_other_journals_ask_nobody_about_other_work() -> None:
    found = of(BARE, Record(title="Sleep in adolescents: a survey", authors=("Wong, A",), year=2006))
    assert (found.works, found.doubtful, found.links) == (2, (), ())


def test_two_dois() -> None:
    assert is_asked(TRIAL, changed(doi="10.5555/made.2006.2", pages=""))


def test_two_pubmed_numbers() -> None:
    assert is_asked(changed(pmid="1"), changed(pmid="2"))


def test_one_doi_for_two_chapters() -> None:
    book = {"doi": "10.5555/book", "year": 2001}
    one = Record(title="Housing and health in early childhood", authors=("Abel, A",), pages="1-20", **book)
    other = Record(title="Speech therapists in nurseries", authors=("Zorn, Z",), pages="41-60", **book)
    assert of(one, other).works == 2


EDITORIALS = ["Editorial", "Editor's Comments", "Author index", "Errata", "Front Matter", "Letter to the Editor",
              "Book reviews", "Introduction to the special issue", "Abstracts", "In this issue"]  # fmt: skip


@pytest.mark.parametrize("title", EDITORIALS)
def test_generic_titles_of_two_issues(title: str) -> None:
    one = changed(title=title, pages="", issue="1")
    found = of(one, replace(one, issue="2"))
    assert (found.works, found.doubtful) == (2, ())


@pytest.mark.parametrize("title", EDITORIALS)
def test_generic_titles_of_one_issue(title: str) -> None:
    one = changed(title=title, pages="1-2")
    assert of(one, replace(one, authors=("Gardner F",))).works == 1


@pytest.mark.parametrize("title", EDITORIALS)
def test_generic_titles_without_a_place(title: str) -> None:
    one = Record(title=title, authors=("Gardner, F",), year=2006)
    assert of(one, replace(one, journal="Prevention Science")).works == 2


def test_titles_that_differ_in_words() -> None:
    other = "Parent training for families of young children with sleep problems: a qualitative study"
    assert of(BARE, changed(title=other, pages="")).works == 2


@pytest.mark.parametrize(
    ("one", "other"), [("boys", "girls"), ("mothers", "fathers"), ("hypertension", "hypotension")]
)
def test_words_that_only_look_like_spellings(one: str, other: str) -> None:
    first, second = (
        changed(title=f"Parent training and its effects on {word}: a trial", pages="", issue="")
        for word in (one, other)
    )
    assert of(first, second).works == 2


def test_ahead_of_print_is_asked_about() -> None:
    early = changed(year=2005, volume="", issue="", pages="1-10")
    assert is_asked(BARE, early)


def test_abstracts_that_differ() -> None:
    one = "We tested whether groups for parents in the voluntary sector change how children behave at home."
    other = (
        "Costs fell on schools, health visitors and social care; nobody had counted what volunteers give up."
    )
    assert is_asked(Record(title=BARE.title, authors=BARE.authors, year=2006, abstract=one),
                    Record(title=BARE.title, authors=BARE.authors, year=2006, abstract=other))  # fmt: skip


def test_one_abstract_and_pages_in_two_issues() -> None:
    """Seen in a journal whose articles all have five pages and begin their abstracts with the same words."""
    words = "Employing recent research results covering a topic, and building my argument by drawing on data."
    one = changed(title="The commodification of digital labour", abstract=words, issue="1")
    assert of(one, replace(one, title="Big data in human resource management", issue="2")).works == 2


def test_a_vague_record_does_not_tie_two_works_together() -> None:
    vague = changed(pages="", issue="", volume="", year=None, journal="")
    other = changed(
        doi="10.5555/made.2006.2", journal="Prevention Science", volume="7", issue="2", pages="1-9"
    )
    found = of(TRIAL, vague, other)
    assert found.of_record[0] != found.of_record[2]


def test_every_rule_says_itself_in_words() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
    assert all(rule.words and rule.words[0].islower() for rule in RULES)
