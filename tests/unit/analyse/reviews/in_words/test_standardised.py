from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.in_words.risks import Baseline, Range
from wherewithal.analyse.reviews.in_words.standardised import (
    Familiar,
    Standardised,
    above_average,
    improvement_index,
    overlap,
    superiority,
)
from wherewithal.errors import BadInput

SDQ = Familiar("SDQ total difficulties", 5.8, "points", "made up for a test", higher_is_better=False)


def test_the_improvement_index_of_the_what_works_clearinghouse() -> None:
    """Its handbook, version 2, appendix F: an effect of 0.25 is +10; the index runs from -50 to 50."""
    assert round(improvement_index(0.25)) == 10
    assert improvement_index(0) == 0
    assert improvement_index(9) == pytest.approx(50)


@pytest.mark.parametrize(
    ("d", "u3", "over", "chance"),
    [(0.2, 57.9, 92.0, 55.6), (0.5, 69.1, 80.3, 63.8), (0.8, 78.8, 68.9, 71.4)],
)
def test_shares_of_children(d: float, u3: float, over: float, chance: float) -> None:
    """Cohen's U3 (1988), overlap and the common language effect size, as tabled for 0.2, 0.5 and 0.8."""
    assert 100 * above_average(d) == pytest.approx(u3, abs=0.06)
    assert 100 * overlap(d) == pytest.approx(over, abs=0.06)
    assert 100 * superiority(d) == pytest.approx(chance, abs=0.06)


@given(st.floats(-4, 4))
def test_the_ways_agree_about_direction_and_mirror(g: float) -> None:
    assert above_average(g) == pytest.approx(1 - above_average(-g))
    assert superiority(g) == pytest.approx(1 - superiority(-g))
    assert overlap(g) == overlap(-g)
    assert (improvement_index(g) > 0) == (superiority(g) > 0.5)
    assert abs(superiority(g) - 0.5) <= abs(above_average(g) - 0.5) + 1e-12


def test_above_nought_is_better_for_children_whichever_way_the_measure_runs() -> None:
    fewer = Standardised.of(-0.4, -0.6, -0.2, higher_is_better=False)
    assert fewer.g == Range(0.4, 0.2, 0.6)
    assert fewer.through(improvement_index).low < fewer.through(improvement_index).high


def test_in_the_units_of_a_familiar_measure() -> None:
    fewer = Standardised.of(-0.4, -0.6, -0.2, higher_is_better=False)
    assert fewer.in_units_of(SDQ) == pytest.approx(Range(-2.32, -3.48, -1.16))
    reading = Familiar("Reading score", 15, "points", "made up for a test", higher_is_better=True)
    assert fewer.in_units_of(reading) == pytest.approx(Range(6, 3, 9))


def test_children_past_a_line() -> None:
    baseline = Baseline(0.2, "Westmere", "made up for a test")
    found = Standardised.of(0.5, 0.2, 0.8, higher_is_better=True).past_a_line(baseline)
    # Φ(-0.8416 - 0.5) = Φ(-1.3416)
    assert found.with_service.value == pytest.approx(0.0899, abs=1e-4)
    assert found.with_service.low < found.with_service.value < found.with_service.high
    by_odds = Standardised.of(0.5, 0.2, 0.8, higher_is_better=True).past_a_line_by_odds(baseline)
    # exp(-1.814 x 0.5) = 0.404; 0.404 x 0.25 = 0.101 odds
    assert by_odds.with_service.value == pytest.approx(0.0917, abs=1e-4)


def test_a_difference_of_nought_changes_nobody() -> None:
    baseline = Baseline(0.2, "Westmere", "made up for a test")
    none = Standardised.of(0, 0, 0, higher_is_better=True)
    assert none.past_a_line(baseline).difference.value == pytest.approx(0)
    assert none.through(superiority).value == 0.5


def test_the_sentences_carry_their_ranges() -> None:
    said = Standardised.of(0.25, 0.1, 0.4, higher_is_better=True).sentences
    assert said[0] == "An average child would move up by 10 places in 100 (from +4 to +16)."
    assert "60 would do better" in said[1]
    assert "57 times in 100 (53 to 61)" in said[2]


def test_no_spread_without_a_source_and_no_interval_beside_its_effect() -> None:
    with pytest.raises(BadInput, match="no figure goes without a source"):
        Familiar("SDQ", 5.8, "points", "", higher_is_better=False)
    with pytest.raises(BadInput, match="spread of SDQ is 0"):
        Familiar("SDQ", 0, "points", "a", higher_is_better=False)
    with pytest.raises(BadInput, match="does not hold"):
        Standardised.of(0.5, 0.6, 0.8, higher_is_better=True)
