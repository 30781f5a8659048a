from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.statistics.projection import DAMPED, LAST, MEAN, RATE, AgeRates, damped_trend, ladder


def test_the_first_two_rungs_by_hand():
    found = ladder([10, 12, 14, 13, 15], 2)
    assert [step.value for step in found.rung(LAST).steps] == [15, 15]
    assert [step.value for step in found.rung(MEAN).steps] == [14, 14]
    # Tried from the third and fourth value: 13 and 15 against 14, then 15 against 13.
    assert found.rung(LAST).mean_error == pytest.approx((1 + 1 + 2) / 3)
    assert found.rung(LAST).tries == 3
    assert found.rung(LAST).steps[0].low is None


def test_a_steady_series_stays_where_it_is_and_the_simplest_rung_is_taken():
    found = ladder([50.0] * 8, 3)
    assert found.recommended == LAST
    assert {step.value for rung in found.rungs for step in rung.steps} == {50.0}
    assert found.rung().mean_error == 0
    assert (found.rung().inside, found.rung().with_interval) == (2, 2)
    assert found.rung().coverage == 1


def test_a_straight_rise_is_followed_and_fades():
    found = ladder([10.0 + 2 * year for year in range(10)], 5)
    assert found.recommended == DAMPED
    steps = [step.value for step in found.rung(DAMPED).steps]
    rises = np.diff([28, *steps])
    assert all(0 < later <= earlier for earlier, later in pairwise(rises))
    assert steps[0] == pytest.approx(30, abs=0.5)


def test_noise_without_a_trend_prefers_the_mean_to_the_last_value():
    found = ladder([10, 14, 9, 15, 10, 14, 9, 15, 10, 14], 1)
    assert found.recommended != LAST
    assert found.rung(MEAN).mean_error < found.rung(LAST).mean_error


def test_an_interval_rests_on_what_was_known_on_the_day():
    rung = ladder([10, 12, 11, 13, 12, 14, 13, 15], 1).rung(LAST)
    # Five tries from the third value; the first three have no errors before them to rest on.
    assert (rung.tries, rung.with_interval) == (5, 2)
    # Errors 2, -1, 2, -1, 2: half the interval is t(4) times their root mean square times √1.2
    spread = ((4 + 1 + 4 + 1 + 4) / 5) ** 0.5
    assert rung.steps[0].high - 15 == pytest.approx(2.7764451051977987 * spread * 1.2**0.5)


def test_intervals_of_a_random_walk_hold_about_what_they_say():
    random = np.random.default_rng(7)
    inside = checked = 0
    for _ in range(60):
        rung = ladder(100 + np.cumsum(random.normal(0, 3, 14)), 1).rung(LAST)
        inside, checked = inside + rung.inside, checked + rung.with_interval
    assert inside / checked == pytest.approx(0.95, abs=0.04)


def test_todays_rate_at_each_age_for_the_people_there_will_be():
    counts = [[10, 40]] * 4
    people = [[1000, 1000]] * 4 + [[500, 2000], [1000, 3000]]
    found = ladder([50.0] * 4, 2, rates=AgeRates(counts, people))
    assert [step.value for step in found.rung(RATE).steps] == [85, 130]
    assert found.rung(RATE).mean_error == 0
    assert found.recommended == LAST


@given(st.lists(st.floats(0, 1e4), min_size=4, max_size=12), st.integers(1, 6))
def test_every_rung_gives_as_many_steps_as_asked_and_values_lie_in_their_interval(values, ahead):
    for rung in ladder(values, ahead).rungs:
        assert [step.ahead for step in rung.steps] == list(range(1, ahead + 1))
        assert rung.inside <= rung.with_interval <= rung.tries
        for step in rung.steps:
            assert step.low is None or step.low <= step.value <= step.high


def test_a_fading_trend_of_one_value_is_that_value():
    assert damped_trend([5.0], 2).tolist() == [5.0, 5.0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ladder([1, 2, 3], 1), "at least 4"),
        (lambda: ladder([1, 2, 3, float("nan")], 1), "missing"),
        (lambda: ladder([1, 2, 3, 4], 0), "one or more"),
        (lambda: ladder([1, 2, 3, 4], 1, confidence=95), "between 0 and 1"),
        (lambda: ladder([1] * 4, 1, rates=AgeRates([[1]], [[1]])), "1 periods, and the series has 4"),
        (lambda: ladder([1] * 4, 1, rates=AgeRates([[1]] * 4, [[1]] * 4)), "needed for 5 periods"),
        (lambda: ladder([1] * 4, 1, rates=AgeRates([[1]] * 4, [[0]] * 5)), "above nought"),
    ],
)
def test_impossible_figures_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
