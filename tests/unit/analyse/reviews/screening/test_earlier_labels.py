"""Decisions made elsewhere: read from other programs' exports, and matched to a pile's records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.screening.earlier_labels import (
    EarlierRow,
    match_labels,
    read_earlier_labels,
)
from wherewithal.errors import BadInput

ASREVIEW_CSV = b"""title,abstract,doi,openalex_id,year,asreview_label,asreview_time
Parent training in groups,A trial,10.1000/one,,2001,1,
Home visiting by nurses,A cohort,,https://openalex.org/W2000000001,2002,0,
School meals and attendance,A survey,,,2003,,
"""

ASREVIEW_RIS = b"""TY  - JOUR
TI  - Parent training in groups
N1  - ASReview_relevant
ER  -
TY  - JOUR
TI  - Home visiting by nurses
N1  - ASReview_irrelevant
ER  -
TY  - JOUR
TI  - School meals and attendance
N1  - ASReview_not_seen
ER  -
"""

RAYYAN = b"""TY  - JOUR
TI  - Parent training in groups
N1  - RAYYAN-INCLUSION: {"Ana"=>"Excluded", "Ben"=>"Included"} | RAYYAN-LABELS: trial
ER  -
TY  - JOUR
TI  - Home visiting by nurses
N1  - RAYYAN-INCLUSION: {"Ana"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong outcome
ER  -
TY  - JOUR
TI  - School meals and attendance
N1  - RAYYAN-INCLUSION: {"Ana"=>"Maybe", "Ben"=>"Excluded"}
ER  -
"""


@pytest.mark.parametrize(
    ("data", "said_in"),
    [(ASREVIEW_CSV, "the column 'asreview_label'"), (ASREVIEW_RIS, "the notes"), (RAYYAN, "the notes")],
    ids=["asreview csv", "asreview ris", "rayyan ris"],
)
def test_exports_of_other_programs_are_read(data: bytes, said_in: str) -> None:
    found = read_earlier_labels(data, name="export")
    assert [row.included for row in found.rows] == [True, False, None]
    assert (found.included, found.excluded, found.said_in) == (1, 1, said_in)


def test_a_column_may_be_named_and_words_may_be_used() -> None:
    data = (
        b"Title,My verdict\nParent training in groups,Include\nHome visiting by nurses,e\nThird one,Maybe\n"
    )
    found = read_earlier_labels(data, name="a.csv", label="my verdict")
    assert [row.included for row in found.rows] == [True, False, None]
    with pytest.raises(BadInput, match="the columns 'my verdict'"):
        read_earlier_labels(data, name="a.csv")


def test_a_file_may_hold_the_included_only() -> None:
    found = read_earlier_labels(b"Title\nParent training\nHome visiting\n", name="a.csv", whole_file=True)
    assert [row.included for row in found.rows] == [True, True]


def test_every_decision_that_cannot_be_read_is_named_and_no_decision_at_all_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        read_earlier_labels(b"title,included\nOne,1\nTwo,perhaps\nThree,7\n", name="a.csv")
    assert [problem.where for problem in caught.value.problems] == [
        "record 2, column 'included'",
        "record 3, column 'included'",
    ]
    with pytest.raises(BadInput, match="no decision"):
        read_earlier_labels(b"title,included\nOne,\nTwo,maybe\n", name="a.csv")


def rows(*records: tuple[Record, bool | None]) -> list[EarlierRow]:
    return [EarlierRow(number, record, said) for number, (record, said) in enumerate(records, 1)]


PILE = [
    ("a", Record(title="Parent training in groups", year=2001, doi="10.1000/ONE")),
    ("b", Record(title="Home visiting by nurses", year=2002, pmid="123")),
    ("c", Record(title="School meals & attendance", year=2003)),
    ("d", Record(title="A study of OpenAlex", extra=(("openalex:id", "https://openalex.org/W2000000001"),))),
    ("e", Record(title="Editorial", year=2004)),
    ("f", Record(title="The same title twice", year=2005)),
    ("g", Record(title="The same title twice", year=2005)),
    ("h", Record(title="Another copy", doi="10.1000/one")),
]


def test_a_record_is_recognised_by_the_surest_thing_there_is() -> None:
    found = match_labels(
        rows(
            (Record(title="Other words", doi="10.1000/one"), True),
            (Record(title="Other words", pmid="123"), False),
            (Record(title="SCHOOL MEALS and attendance.", year=2003), True),
            (Record(title="x", extra=(("csv:openalex_id", "W2000000001"),)), False),
        ),
        PILE,
    )
    assert [(match.record, match.included, match.by) for match in found.matched] == [
        ("a", True, "DOI"),
        ("h", True, "DOI"),
        ("b", False, "PMID"),
        ("c", True, "title and year"),
        ("d", False, "OpenAlex"),
    ]
    assert not found.unknown


def test_what_is_unknown_doubtful_or_undecided_is_said_and_not_used() -> None:
    given = rows(
        (Record(title="Nobody has this one"), True),
        (Record(title="Editorial", year=2004), True),
        (Record(title="The same title twice"), False),
        (Record(title="School meals & attendance", year=1999), True),
        (Record(title="Home visiting by nurses", year=2002, pmid="999"), True),
        (Record(title="Parent training in groups", doi="10.1000/one"), None),
    )
    found = match_labels(given, PILE)
    assert not found.matched
    assert [row.number for row in found.unknown] == [1, 2, 4, 5]
    assert [row.number for row in found.doubtful] == [3]
    assert [row.number for row in found.undecided] == [6]


def test_rows_that_disagree_do_not_count_and_rows_that_repeat_count_once() -> None:
    given = rows(
        (Record(title="x", doi="10.1000/one"), True),
        (Record(title="Parent training in groups", year=2001), False),
        (Record(title="Home visiting by nurses"), True),
        (Record(title="x", pmid="123"), True),
    )
    found = match_labels(given, PILE)
    assert [row.number for row in found.disagreeing] == [1, 2]
    assert [(match.record, match.row.number) for match in found.matched] == [("b", 3)]
    assert [row.number for row in found.repeated] == [4]


@given(st.lists(st.tuples(st.sampled_from([each for _, each in PILE]), st.sampled_from([True, False, None]))))
def test_every_row_is_in_one_place_and_every_record_has_one_decision(
    said: list[tuple[Record, bool | None]],
) -> None:
    given_rows = rows(*said)
    found = match_labels(given_rows, PILE)
    others = (found.repeated, found.unknown, found.doubtful, found.disagreeing, found.undecided)
    placed = [row.number for each in others for row in each]
    used = {match.row.number for match in found.matched}
    assert sorted([*placed, *used]) == [row.number for row in given_rows]
    assert len({match.record for match in found.matched}) == len(found.matched)
