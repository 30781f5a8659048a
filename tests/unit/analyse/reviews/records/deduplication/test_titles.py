from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.records.deduplication.title_comparison import compared, is_respelling
from wherewithal.analyse.reviews.records.deduplication.titles import (
    is_generic,
    length_of,
    notice_in,
    numbers_in,
    title_of,
)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The <i>p53</i> gene &amp; Müller's cells", "the p53 gene and mullers cells"),
        ("[Ein Titel auf Deutsch]", "ein titel auf deutsch"),
        ("A title (in French)", "a title"),
        ("β-blockers: 30-day use", "beta blockers 30 day use"),
        ("RETRACTED: A title", "a title"),
        ("A title.[Erratum appears in J X 2009 Jun;4(2):24]", "a title"),
        ("A title (vol 360, pg 542, 2009)", "a title"),
        ("A title (Lancet (2009) 360 (542-544))", "a title"),
        ("", ""),
    ],
)
def test_words(title: str, text: str) -> None:
    assert title_of(title).words == text


def test_two_titles_in_one() -> None:
    assert title_of("Parents in groups <ORIGINAL> Eltern in Gruppen").others == (
        "parents in groups",
        "eltern in gruppen",
    )
    assert title_of("Parents in groups = Eltern in Gruppen").others == (
        "parents in groups",
        "eltern in gruppen",
    )
    assert title_of("Parents in groups [Eltern in Gruppen]").others == (
        "parents in groups",
        "eltern in gruppen",
    )
    assert title_of("[Parents in groups]").others == ()


@pytest.mark.parametrize(
    "title",
    [
        "Editorial",
        "Guest editorial",
        "Editor's comments",
        "Remarks from MIS Quarterly Editor",
        "Author Index to Volume 12",
        "Table of contents",
        "Volume Information",
        "Errata notes",
    ],
)
def test_generic(title: str) -> None:
    assert is_generic(title_of(title).words)


@pytest.mark.parametrize(
    "title",
    [
        "Editorial decisions in journals of psychology",
        "Letters from prison",
        "",
        "Parenting",
        "Reviews of parenting programmes",
        "The introduction of parent groups",
    ],
)
def test_not_generic(title: str) -> None:
    assert not is_generic(title_of(title).words)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Retraction notice to: A title", "retraction"),
        ("Retraction: A title", "retraction"),
        ("Retracted: A title", ""),
        ("Corrigendum to A title", "correction"),
        ("A title: erratum", "correction"),
        ("Re: A title", "comment"),
        ("Authors' reply", "comment"),
        ("A title: a commentary", "comment"),
        ("A title: rationale and design", "protocol"),
        ("Correction of scoliosis in girls", ""),
        ("Responses of children to loss", ""),
        ("A title", ""),
    ],
)
def test_notices(title: str, kind: str) -> None:
    assert title_of(title).notice == kind


def test_notice_of_nothing() -> None:
    assert notice_in("") == ""


def test_numbers() -> None:
    assert numbers_in("phase ii trial in 30 children at two sites part b") == ("2", "2", "30", "b")
    assert numbers_in("vitamin c and i") == ()


def test_length_without_spaces() -> None:
    assert length_of("儿童研究与家庭支持的随机试验") == 7
    assert length_of("the effects of a group") == 2


@pytest.mark.parametrize(
    ("one", "other", "likeness", "said"),
    [
        ("parent groups in post operative care", "parent groups in postoperative care", 1.0, "near"),
        ("behaviour of children in care homes", "behavior of child in care home", 0.93, "near"),
        (
            "a framework of groups for parents",
            "invited article a framework of groups for parents",
            0.7,
            "contained",
        ),
        ("parent groups at home", "parent groups at home and in schools in three regions", 0.5, "contained"),
        (
            "social distress after parenting groups",
            "social support after parenting groups",
            0.86,
            "reworded_little",
        ),
        ("outcomes for boys of parenting groups", "gains for mothers of parenting groups", 0.76, "reworded"),
        ("sleep of adolescents", "costs of early help", 0.3, "different"),
    ],
)
def test_compared(one: str, other: str, likeness: float, said: str) -> None:
    assert compared(one, other, likeness) == said
    assert compared(other, one, likeness) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("randomised", "randomized"),
        ("programme", "program"),
        ("parents", "parent"),
        ("developng", "developing"),
    ],
)
def test_spellings(one: str, other: str) -> None:
    assert is_respelling(one, other)
    assert is_respelling(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hypertension", "hypotension"),
        ("preoperative", "postoperative"),
        ("men", "women"),
        ("increase", "decrease"),
        ("invasive", "noninvasive"),
        ("2004", "2005"),
    ],
)
def test_not_spellings(one: str, other: str) -> None:
    assert not is_respelling(one, other)
    assert not is_respelling(other, one)
