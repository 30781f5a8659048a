"""Differences against published examples and against what must always hold."""

from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.review.outcomes import difference_of_means, difference_of_shares


def test_agrees_with_newcombes_own_example():
    # Newcombe, Statistics in Medicine 17 (1998), pages 873 to 890: 56 of 70 less 48 of 80, method 10
    difference = difference_of_shares(56, 70, 48, 80)
    assert round(difference.value, 4) == 0.2000
    assert round(difference.low, 4) == 0.0524
    assert round(difference.high, 4) == 0.3339


def test_agrees_with_welchs_test_in_r():
    # R's t.test(extra ~ group, data = sleep), with the data of Student, Biometrika 6 (1908), page 20
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    difference = difference_of_means(mean(one), stdev(one), 10, mean(two), stdev(two), 10)
    assert difference.value == pytest.approx(-1.58)
    assert difference.low == pytest.approx(-3.3654832, abs=5e-8)
    assert difference.high == pytest.approx(0.2054832, abs=5e-8)


@st.composite
def shares(draw):
    total = draw(st.integers(1, 300))
    return draw(st.integers(0, total)), total


@given(shares(), shares())
def test_shares_the_other_way_round_give_the_same_interval_mirrored(one, other):
    there, back = difference_of_shares(*one, *other), difference_of_shares(*other, *one)
    assert there.low == pytest.approx(-back.high, abs=1e-12)
    assert -1 <= there.low <= there.value + 1e-12
    assert there.value - 1e-12 <= there.high <= 1


@given(
    st.floats(-100, 100),
    st.floats(0.01, 50),
    st.integers(2, 500),
    st.floats(-100, 100),
    st.floats(0.01, 50),
    st.integers(2, 500),
)
def test_averages_lie_in_the_middle_of_their_interval(mean_, sd, number, other, other_sd, other_number):
    difference = difference_of_means(mean_, sd, number, other, other_sd, other_number)
    assert difference.low < difference.value < difference.high
    assert (difference.low + difference.high) / 2 == pytest.approx(difference.value, abs=1e-6)


@pytest.mark.parametrize("bad", [(1, 1, 1, 1, 1, 9), (1, 0, 9, 1, 1, 9), (1, 1, 9, 1, -1, 9)])
def test_averages_without_spread_or_number_are_refused(bad):
    with pytest.raises(ValueError, match=r"two scores|above nought"):
        difference_of_means(*bad)


def test_a_count_above_its_total_is_refused():
    with pytest.raises(ValueError, match="cannot count"):
        difference_of_shares(9, 8, 1, 2)
