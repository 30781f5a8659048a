from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.side_by_side import Piece, side_by_side


def test_words_that_differ_are_marked_and_spelling_is_not() -> None:
    one = Record(title="Group Parenting: a trial", year=2006, doi="10.5555/A")
    other = Record(title="Group parenting, a pilot trial", year=2007, doi="10.5555/a")
    lines = {line.name: line for line in side_by_side(one, other)}
    assert lines["Title"].says == "differs"
    assert lines["Title"].one == (Piece("Group Parenting: a "), Piece("trial"))
    assert lines["Title"].other == (Piece("Group parenting, a "), Piece("pilot ", True), Piece("trial"))
    assert lines["DOI"].says == "same"
    assert lines["Year"].one == (Piece("2006", True),)
    assert "Volume" not in lines


def test_what_only_one_gives_is_no_difference() -> None:
    (_title, line, _kind) = side_by_side(Record(title="A", pages="1-2"), Record(title="A"))
    assert (line.name, line.says, line.other) == ("Pages", "one", ())


def test_a_text_of_many_words_is_not_compared_word_by_word() -> None:
    lines = side_by_side(Record(abstract="a " * 5_000), Record(abstract="b " * 5_000))
    assert lines[-1].one == (Piece("a " * 5_000, True),)


@given(st.text(), st.text())
def test_nothing_is_lost_of_either_text(one: str, other: str) -> None:
    for line in side_by_side(Record(title=one), Record(title=other)):
        if line.name == "Title":
            assert "".join(piece.text for piece in line.one) == (
                one if line.says != "differs" else one.lstrip()
            )
            assert "".join(piece.text for piece in line.other) == (
                other if line.says != "differs" else other.lstrip()
            )
