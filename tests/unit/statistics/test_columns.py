"""Whole columns at once give what one by one gives."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.statistics.columns import proportions, rates
from wherewithal.statistics.estimates import crude_rate, proportion

PAIRS = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 100_000)), min_size=1, max_size=40)


@given(PAIRS, st.sampled_from([0.9, 0.95, 0.998]))
def test_rates_are_those_of_one_by_one(pairs, confidence):
    counts, people = zip(*pairs, strict=True)
    found = rates(counts, people, confidence=confidence)
    for place, (count, of) in enumerate(pairs):
        one = crude_rate(count, of, confidence=confidence)
        assert found.value[place] == pytest.approx(one.value, rel=1e-13)
        assert found.high[place] == pytest.approx(one.high, rel=1e-12)
        assert (one.low is None) == math.isnan(found.low[place])
        assert one.low is None or found.low[place] == pytest.approx(one.low, rel=1e-12)


@given(PAIRS)
def test_proportions_are_those_of_one_by_one(pairs):
    pairs = [(min(count, of), of) for count, of in pairs]
    counts, people = zip(*pairs, strict=True)
    found = proportions(counts, people, multiplier=100)
    for place, (count, of) in enumerate(pairs):
        one = proportion(count, of, multiplier=100)
        assert (found.value[place], found.low[place], found.high[place]) == pytest.approx(
            (one.value, one.low, one.high), rel=1e-12, abs=1e-12
        )


@pytest.mark.parametrize(
    ("counts", "people", "said"),
    [
        ([1, 2], [3], "2 counts and 1 denominators"),
        ([-1], [3], "below nought or missing"),
        ([math.nan], [3], "below nought or missing"),
        ([1], [0], "not above nought"),
    ],
)
def test_what_cannot_be_is_said(counts, people, said):
    for work in (rates, proportions):
        with pytest.raises(ValueError, match=said):
            work(counts, people)
    with pytest.raises(ValueError, match="more than there are"):
        proportions([4], [3])
    with pytest.raises(ValueError, match="confidence"):
        rates([1], [2], confidence=95)


def test_no_rows_give_no_rows():
    assert [len(each) for each in rates(np.array([]), np.array([]))] == [0, 0, 0]
