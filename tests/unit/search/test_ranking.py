from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.search import ranking
from wherewithal.search.loosening import ENOUGH, least_words
from wherewithal.search.synonyms import same_meaning
from wherewithal.search.telling import most_telling


def test_the_score_is_okapi_bm25_by_hand() -> None:
    """One word, twice in a text of 100 words where 80 is the average, in 10 of 1,000 things: by the formula."""
    damped = 1.2 * (1 - 0.5 + 0.5 * 100 / 80)
    assert ranking.damping(100.0, 80.0, 0.5) == pytest.approx(damped)
    assert ranking.worth([0.0, 0.0, 2.0], [1.2, 1.2, damped]) == pytest.approx(2 * 2.2 / (2 + damped))
    assert ranking.worth([1.0, 0.0, 2.0], [1.2, 1.2, damped]) == pytest.approx(2 + 2 * 2.2 / (2 + damped))
    assert ranking.idf(1_000, 10) == pytest.approx(log(1 + 990.5 / 10.5))


@given(st.lists(st.tuples(*[st.integers(0, 127)] * 3, st.integers(1, 60_000)), min_size=1), st.floats(1, 500))
def test_whole_arrays_give_what_single_numbers_give_to_the_last_bit(
    rows: list[tuple[int, int, int, int]], average: float
) -> None:
    title, names, text, lengths = (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True))
    k = ranking.damping(lengths, average, 0.5)
    many = ranking.worth([title, names, text], [np.full(len(rows), 1.2), np.full(len(rows), 1.2), k])
    for row, value in zip(rows, many.tolist(), strict=True):
        *times, length = map(float, row)
        assert ranking.worth(times, [1.2, 1.2, ranking.damping(length, average, 0.5)]) == value


@given(st.integers(1, 10**6), st.data())
def test_a_rarer_word_tells_more_and_none_tells_nothing(held: int, data: st.DataObject) -> None:
    by = data.draw(st.integers(1, held))
    assert ranking.idf(held, by) > 0
    assert ranking.idf(held, by) <= ranking.idf(held, max(1, by - 1))


def test_nothing_can_be_worth_more_than_a_title_that_is_the_search() -> None:
    most = ranking.worth([1e9] * 3, [0.1] * 3)
    assert ranking.TITLE_IS > ranking.NAME_IS > most


@pytest.mark.parametrize(
    ("holding", "least"),
    [
        ([0, 5, 3, 1], 3),  # three words, and one thing has all
        ([0, 5, 3, 0], 2),
        ([0, 0, 0, 0], 0),
        ([9], 0),
        ([0, 9, 9, 9, 9, 9, ENOUGH], 6),  # six words, and enough things have all
        ([0, 9, 9, 9, 9, 9, ENOUGH - 1], 2),
        ([0, 9, 0, 0, 0, 0, 0], 1),
    ],
)
def test_how_many_words_must_be_held(holding: list[int], least: int) -> None:
    assert least_words(holding) == least


def test_a_longer_way_of_saying_something_is_taken_before_a_shorter_one() -> None:
    stems = ["tf", "cbt", "adhd"]
    found = [(first, after) for first, after, _ in same_meaning(stems)]
    assert found == [(0, 2), (2, 3)]
    assert list(same_meaning(["no", "such", "words"])) == []


def test_telling_words_are_rare_often_said_and_shared() -> None:
    words = [
        ("the", 9.0, 5),
        ("alone", 9.0, 1),
        ("rare", 2.0, 2),
        ("common", 2.0, 90),
        ("7", 3.0, 3),
        ("often", 4.0, 2),
    ]
    assert most_telling(words, 100) == ["often", "rare", "common"]
