from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.search.spelling import Near, choose, first_letter_wrong, is_near, may_be_misspelt, near_among
from wherewithal.search.stemming import stem


@pytest.mark.parametrize(
    ("typed", "meant", "distance"),
    [
        ("anxeity", "anxiety", 1),  # two letters swapped count once
        ("anxity", "anxiety", 1),
        ("anxxiety", "anxiety", 1),
        ("snxiety", "anxiety", 1),
        ("nxiety", "anxiety", 1),
        ("anxeitt", "anxiety", 2),
        ("snxeity", "anxiety", 0),  # two wrong, and the first letter among them
        ("care", "core", 1),
        ("care", "coree", 0),  # short words may have one wrong
        ("anxiety", "anxiety", 0),
        ("anxieti", "anxi3ty", 0),  # what has a digit is never meant
    ],
)
def test_how_far_apart_words_are(typed: str, meant: str, distance: int) -> None:
    assert is_near(typed, meant) == distance


def test_which_words_may_be_misspelt() -> None:
    assert [word for word in ("lac", "cbt", "ng76", "0-5", "care", "anxiety") if may_be_misspelt(word)] == [
        "care",
        "anxiety",
    ]


letters = st.text("abc", min_size=4, max_size=8)


@given(letters, st.lists(letters, max_size=30))
def test_looking_among_many_finds_what_looking_at_each_does(word: str, others: list[str]) -> None:
    same = [other for other in others if other[0] == word[0]]
    assert list(near_among(word, same)) == [
        Near(other, is_near(word, other)) for other in same if is_near(word, other)
    ]
    wrong_first = set(first_letter_wrong(word))
    assert all(
        (other in wrong_first) == (is_near(word, other) == 1) for other in others if other[0] != word[0]
    )


def test_the_nearest_then_the_same_first_letter_then_the_commonest() -> None:
    held = {"parent": 50, "parents": 90, "patent": 3, "garent": 500, "pareto": 900, "parano": 1, "gone": 0}
    near = [Near(word, 2 if word == "pareto" else 1) for word in held]
    chosen = choose("parant", near, held.__getitem__, stem, 3)
    assert [each.word for each in chosen] == ["parents", "patent", "garent"]
    assert choose("parant", [], held.__getitem__, stem, 3) == []
