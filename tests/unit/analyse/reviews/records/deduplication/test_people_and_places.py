from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication.comparable import doi_of, form_of
from wherewithal.analyse.reviews.records.deduplication.kinds import container_of, kind_of
from wherewithal.analyse.reviews.records.deduplication.people import people_of
from wherewithal.analyse.reviews.records.deduplication.places import (
    issue_of,
    journal_of,
    journals_agree,
    pages_of,
    volume_of,
)


@pytest.mark.parametrize(
    "authors",
    [
        ("Gardner, Frances", "Botton, S. de"),
        ("Frances Gardner", "S. de Botton"),
        ("Gardner F", "de Botton S"),
        ("GARDNER, F.", "DE BOTTON, S."),
        ("Gardner, F. and De Botton, S.",),
        ("Gardner, F.; De Botton, S.; et al.",),
        ("Gardner F.E., Botton S.",),
        ("Gardner, F., Jr.", "Botton, S.", "others"),
    ],
)
def test_family_names(authors: tuple[str, ...]) -> None:
    assert people_of(authors).families == ("gardner", "botton")


def test_nobody() -> None:
    assert people_of(("[Anonymous]", "No authors listed", "")).families == ()


def test_given_names_that_could_be_family_names() -> None:
    assert people_of(("Xiaoguang, Wang",)) == (("xiaoguang",), ("wang",))


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("482-8", ("482", "488")),
        ("482–488", ("482", "488")),
        ("451--508", ("451", "508")),
        ("pp. 12", ("12", "")),
        ("21-Apr", ("4", "21")),
        ("S385S-389", ("s385", "389")),
        ("527-32.e1", ("527", "532")),
        ("e43268", ("e43268", "")),
        ("617-20; discussion 620-1", ("617", "620")),
        ("n/a", ("", "")),
        ("", ("", "")),
        ("CD006828", ("cd006828", "")),
    ],
)
def test_pages(text: str, pages: tuple[str, str]) -> None:
    assert pages_of(text) == pages


def test_volume_and_issue() -> None:
    assert [volume_of(text) for text in ("47", "Vol. 047", "30a", "UNKNOWN", "")] == [
        "47",
        "47",
        "30",
        "",
        "",
    ]
    assert [issue_of(text) for text in ("3", "Suppl. 1", "May", "1-2", "")] == ["3", "s1", "5", "1", ""]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J Thromb Haemost", "Journal of Thrombosis and Haemostasis"),
        ("Curr. Opin. Rheumatol.", "Current Opinion in Rheumatology"),
        ("The Lancet", "Lancet (London, England)"),
        ("JAMA", "Journal of the American Medical Association"),
        ("JPEN. Journal of parenteral and enteral nutrition", "JPEN"),
        ("Chest & Heart", "Chest and Heart"),
        ("Pediatric Nephrology.Conference: 44th Annual Scientific Meeting", "Pediatr Nephrol"),
        (
            "2007 International Conference on Service Systems",
            "INTERNATIONAL CONFERENCE ON SERVICE SYSTEMS, VOLS 1-3",
        ),
    ],
)
def test_one_journal(one: str, other: str) -> None:
    assert journals_agree(journal_of(one), journal_of(other)) == 2
    assert journals_agree(journal_of(other), journal_of(one)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lancet", "BMJ"),
        ("Prevention Science", "Journal of Child Psychology"),
        ("Chest", "Heart"),
        ("American Journal of Cardiology", "European Heart Journal"),
        ("", "Lancet"),
    ],
)
def test_two_journals(one: str, other: str) -> None:
    assert journals_agree(journal_of(one), journal_of(other)) == 0


@pytest.mark.parametrize(
    "text", ["10.5555/ABC", " 10.5555/abc. ", "10.5555%2Fabc", "10.5555/abc/full", "10.5555/abc/"]
)
def test_dois(text: str) -> None:
    assert doi_of(text) == "10.5555/abc"


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (Record(type="paper-conference"), "conference"),
        (Record(journal="Proceedings of the 3rd Conference on Parenting"), "conference"),
        (Record(extra=(("csv:ENTRYTYPE", "inproceedings"),)), "conference"),
        (Record(extra=(("nbib:PT", "Preprint"),)), "preprint"),
        (Record(journal="medRxiv"), "preprint"),
        (Record(doi="10.1101/2020.01.01"), "preprint"),
        (Record(doi="10.2139/ssrn.1", journal="Prevention Science"), ""),
        (Record(type="thesis"), "thesis"),
        (Record(type="Book Section"), "chapter"),
        (Record(journal="Prevention Science"), ""),
    ],
)
def test_kinds(record: Record, kind: str) -> None:
    assert kind_of(record, container_of(record), doi_of(record.doi)) == kind


def test_what_says_enough() -> None:
    assert form_of(Record()).is_empty
    assert not form_of(Record(title="Editorial")).says_enough
    assert not form_of(Record(year=2006, journal="X")).says_enough
    assert form_of(Record(title="Parents in groups")).says_enough
    assert form_of(Record(title="Editorial", doi="10.5555/1")).says_enough
