from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.in_words.risks import (
    Baseline,
    Range,
    absolute_effect,
    at_baselines,
    number_needed,
)
from wherewithal.errors import BadInput


def baseline(risk: float) -> Baseline:
    return Baseline(risk, "Westmere, 2024/25", "made up for a test")


def test_an_odds_ratio_at_a_baseline() -> None:
    """Cochrane Handbook 5.1, section 12.5.4.3 (now 15.4.4.3): OR 0.73 at 0.3 is 62 fewer per 1,000; NNT 17."""
    found = absolute_effect("OR", 0.73, 0.6, 0.9, baseline(0.3))
    assert round(found.per(1000).value) == -62
    assert number_needed(found, event_is_good=False).value.words == "NNTB 17"


def test_a_risk_ratio_at_a_baseline() -> None:
    """The same chapter's formula for a risk ratio: 0.92 at 0.3 is 0.3 (1 - 0.92) = 24 fewer per 1,000; NNT 42."""
    found = absolute_effect("RR", 0.92, 0.8, 1.05, baseline(0.3))
    assert round(found.per(1000).value) == -24
    assert number_needed(found, event_is_good=False).value.words == "NNTB 42"


def test_a_risk_difference() -> None:
    """Cochrane Handbook 5.1, section 12.5.4.0: -0.133 is 133 fewer per 1,000."""
    found = absolute_effect("RD", -0.133, -0.2, -0.05, baseline(0.3))
    assert round(found.per(1000).value) == -133
    assert found.words() == "133 fewer in every 1,000 (from 200 fewer to 50 fewer): 167 instead of 300"


def test_an_interval_through_no_effect() -> None:
    """Altman, BMJ 317 (1998) 1309: a reduction of 10% (-5% to 25%) is NNTB 10 (NNTB 4 to infinity to NNTH 20)."""
    found = number_needed(Range(-0.10, -0.25, 0.05), event_is_good=False)
    assert found.words == "NNTB 10 (NNTB 4 to ∞ to NNTH 20)"
    assert "make no difference" in found.sentence


def test_an_interval_that_stays_on_one_side() -> None:
    """Barrowman, CMAJ 166 (2002) 1676: a reduction of 16.6% (0.9% to 32.2%) is 6 (3.1 to 111.1)."""
    found = number_needed(Range(-0.166, -0.322, -0.009), event_is_good=False)
    assert round(found.value.people) == 6
    assert round(found.best.people, 1) == 3.1
    assert round(found.worst.people, 1) == 111.1
    assert not found.through_infinity
    assert (
        found.sentence
        == "For every 7 people who get it, one more benefits; it could be one in 4, or one in 112."
    )


def test_more_of_an_event_that_is_wanted_is_a_benefit() -> None:
    assert number_needed(Range(0.1, 0.05, 0.2), event_is_good=True).words == "NNTB 10 (NNTB 5 to NNTB 20)"
    assert number_needed(Range(0.1, 0.05, 0.2), event_is_good=False).words == "NNTH 10 (NNTH 20 to NNTH 5)"


def test_no_difference_at_all() -> None:
    found = number_needed(Range(0.0, -0.1, 0.1), event_is_good=True)
    assert found.words == "∞ (NNTB 10 to ∞ to NNTH 10)"
    assert found.sentence.startswith("The studies found no difference")
    assert number_needed(Range(0.1, 0.0, 0.2), event_is_good=True).words == "NNTB 10 (NNTB 5 to ∞)"


def test_what_an_effect_comes_to_depends_on_the_baseline() -> None:
    low, high = at_baselines("RR", 0.5, 0.4, 0.6, [baseline(0.02), baseline(0.4)])
    assert (round(low.per().value), round(high.per().value)) == (-10, -200)


@pytest.mark.parametrize("risk", [0, 1, 1.2, -0.1, math.nan, 12])
def test_a_baseline_is_a_share(risk: float) -> None:
    with pytest.raises(BadInput, match="risk without the service"):
        baseline(risk)


def test_a_baseline_has_a_source() -> None:
    with pytest.raises(BadInput, match="where the risk"):
        Baseline(0.2, "Westmere", " ")


def test_what_cannot_be_is_refused_with_what_to_do() -> None:
    with pytest.raises(
        BadInput, match="at a baseline of 70% this risk ratio would make a risk of 140%".capitalize()
    ):
        absolute_effect("RR", 2, 1.5, 2.5, baseline(0.7))
    with pytest.raises(BadInput, match="not its logarithm"):
        absolute_effect("OR", 0.1, -0.2, 0.3, baseline(0.7))
    with pytest.raises(BadInput, match="does not hold"):
        absolute_effect("OR", 0.1, 0.2, 0.3, baseline(0.7))
    with pytest.raises(BadInput, match="does not say how a risk changes"):
        absolute_effect("SMD", 0.1, 0.0, 0.3, baseline(0.7))


def test_an_end_of_the_interval_stops_at_one() -> None:
    found = absolute_effect("RR", 1.2, 0.9, 1.6, baseline(0.7))
    assert found.with_service.high == 1
    assert found.notes


@given(st.floats(0.01, 0.99), st.floats(0.05, 20), st.sampled_from(["OR", "PETO"]))
def test_an_odds_ratio_never_leaves_nought_to_one_and_is_undone_by_its_inverse(
    risk: float, ratio: float, measure: str
) -> None:
    there = absolute_effect(measure, ratio, ratio, ratio, baseline(risk)).with_service.value
    assert 0 < there < 1
    if 1e-6 < there < 1 - 1e-6:
        back = absolute_effect(measure, 1 / ratio, 1 / ratio, 1 / ratio, baseline(there)).with_service.value
        assert back == pytest.approx(risk)


@given(st.floats(0.001, 1), st.floats(0, 0.5), st.booleans())
def test_the_best_end_is_never_worse_than_the_worst(size: float, reach: float, good: bool) -> None:
    found = number_needed(Range(size, size - reach, size + reach), event_is_good=good)
    order = [1 / side.people * (1 if side.benefit else -1) for side in (found.worst, found.value, found.best)]
    assert order == sorted(order)
