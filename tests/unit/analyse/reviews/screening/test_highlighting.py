from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.screening.highlighting import Piece, pieces_of


def test_words_and_pairs_are_marked_in_any_capitals_and_number() -> None:
    found = pieces_of(
        "Parenting programmes: a trial. Families' views of Triple P.",
        asked={"parenting", "family"},
        towards={"a trial", "programme"},
        against={"views of"},
    )
    assert [(each.text, each.kind) for each in found if each.kind] == [
        ("Parenting", "asked"),
        ("programmes", "towards"),
        ("a trial", "towards"),
        ("Families", "asked"),
        ("views of", "against"),
    ]


def test_what_was_asked_for_comes_before_what_was_learnt() -> None:
    assert pieces_of("stress", asked={"stress"}, towards={"stress"}) == [Piece("stress", "asked")]
    assert pieces_of("stres", asked={"stress"}) == [Piece("stres")]


def test_nothing_to_mark() -> None:
    assert pieces_of("") == []
    assert pieces_of("plain <b>text</b>") == [Piece("plain <b>text</b>")]


@given(st.text(), st.sets(st.text(min_size=1), max_size=5))
def test_nothing_is_lost(text: str, words: set[str]) -> None:
    assert "".join(each.text for each in pieces_of(text, asked=words, towards=words)) == text
