from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.certainty.factors import factor, factors
from wherewithal.analyse.reviews.certainty.grading import Decision, grade
from wherewithal.analyse.reviews.certainty.levels import Certainty, Design
from wherewithal.analyse.reviews.certainty.suggesting import (
    imprecision,
    inconsistency,
    indirectness,
    large_effect,
    needs_a_person,
    people_needed_for_difference,
    people_needed_for_risks,
    publication_bias,
    risk_of_bias,
)
from wherewithal.analyse.reviews.synthesis.pooling import Interval, pool
from wherewithal.analyse.reviews.synthesis.small_studies import egger
from wherewithal.errors import BadInput, NothingThere

LOWERING = [each.key for each in factors() if each.lowers]


def decided(**steps: int) -> list[Decision]:
    return [Decision(key, steps.get(key, 0), "as read" if steps.get(key) else "", "Ann") for key in LOWERING]


def test_trials_start_at_high_and_other_comparisons_at_low() -> None:
    assert grade(Design.RANDOMISED, decided()).level is Certainty.HIGH
    assert grade(Design.OBSERVATIONAL, decided()).level is Certainty.LOW


def test_there_is_no_level_without_a_decision_about_every_factor_that_can_lower_it() -> None:
    suggestions = [risk_of_bias([1, 1], [False, False])]
    found = grade(Design.RANDOMISED, [], suggestions)
    assert found.level is None
    assert len(found.missing) == 5
    assert found.words == "Not graded yet: 5 to decide"
    assert grade(Design.RANDOMISED, decided()[1:]).level is None


def test_what_lowers_is_a_footnote() -> None:
    found = grade(Design.RANDOMISED, decided(risk_of_bias=-1, imprecision=-1))
    assert (found.level, found.words) == (Certainty.LOW, "Low certainty")
    assert found.reasons == (
        "Risk of bias: serious concern. as read",
        "Too little information: serious concern. as read",
    )


def test_nothing_goes_below_very_low_or_above_high() -> None:
    assert grade(Design.OBSERVATIONAL, decided(risk_of_bias=-3, imprecision=-2)).level is Certainty.VERY_LOW
    up = [*decided(), Decision("large_effect", 2, "a ratio of 6", "Ann")]
    assert grade(Design.OBSERVATIONAL, up).level is Certainty.HIGH
    assert grade(Design.RANDOMISED, up).level is Certainty.HIGH
    assert grade(Design.RANDOMISED, up).notes


def test_the_later_decision_holds() -> None:
    rows = [*decided(), Decision("imprecision", -2, "thought again", "Ben")]
    assert grade(Design.RANDOMISED, rows).level is Certainty.LOW


def test_changes_need_reasons_and_so_does_judging_otherwise_than_the_data_suggest() -> None:
    with pytest.raises(BadInput, match="a change without a reason"):
        grade(Design.RANDOMISED, [Decision("imprecision", -1, " ", "Ann")])
    with pytest.raises(BadInput, match=r"no such factor[\s\S]*\+1\. Expected 0, -1, -2, -3"):
        grade(Design.RANDOMISED, [Decision("luck", -1, "a", "Ann"), Decision("imprecision", 1, "a", "Ann")])
    high = risk_of_bias([60, 40], [True, False])
    with pytest.raises(BadInput, match="where the data suggest one"):
        grade(Design.RANDOMISED, decided(), [high])
    held = [d for d in decided() if d.factor != "risk_of_bias"]
    kept = [*held, Decision("risk_of_bias", 0, "The outcome is from registers.", "Ann")]
    found = grade(Design.RANDOMISED, kept, [high])
    assert found.level is Certainty.HIGH
    assert found.lines[0].differs


@given(st.lists(st.sampled_from([0, -1, -2, -3]), min_size=5, max_size=5), st.integers(0, 4))
def test_lowering_by_more_never_gives_a_higher_level(steps: list[int], which: int) -> None:
    def level(chosen: list[int]) -> int:
        found = grade(Design.RANDOMISED, decided(**dict(zip(LOWERING, chosen, strict=True)))).level
        assert found is not None
        return found.place

    lower = list(steps)
    lower[which] = max(-3, lower[which] - 1)
    assert level(lower) <= level(steps)


def test_suggestions_never_enter_the_level() -> None:
    for suggestion in (risk_of_bias([1], [True]), needs_a_person("dose_response")):
        assert grade(Design.OBSERVATIONAL, [], [suggestion]).steps == 0


def test_risk_of_bias_by_weight() -> None:
    assert risk_of_bias([50, 50], [True, False]).steps == -2
    assert risk_of_bias([30, 70], [True, False]).steps == -1
    assert risk_of_bias([10, 90], [True, False]).steps == 0
    assert risk_of_bias([10, 90], [False, None]).steps is None
    moved = risk_of_bias([10, 90], [True, False], everything=0.5, without_high=Interval(0.0, 0.4))
    assert moved.steps == -1
    assert "points elsewhere" in moved.because[-1]
    with pytest.raises(BadInput):
        risk_of_bias([1], [True, False])


def test_studies_that_disagree() -> None:
    alike = pool([0.30, 0.31, 0.29, 0.30], [0.01, 0.01, 0.01, 0.01])
    assert inconsistency(alike, matters=0.1).steps == 0
    apart = pool([0.9, 0.6, -0.1, 0.2, 0.5], [0.02] * 5)
    assert apart.i2 > 75
    assert inconsistency(apart, matters=0.1).steps == -2
    assert inconsistency(apart, matters=0.6).steps == -1
    assert inconsistency(pool([0.1, 0.9], [0.01, 0.01]), matters=0.1).steps is None
    assert inconsistency(pool([0.9, 0.6, -0.1], [0.02] * 3, method="EE"), matters=0.1).steps is None
    with pytest.raises(BadInput, match="would matter"):
        inconsistency(alike, matters=0)


def test_too_little_information() -> None:
    assert imprecision(Interval(-0.3, 0.4), matters=0.2).steps == -2
    assert imprecision(Interval(0.1, 0.4), matters=0.2).steps == -1
    assert imprecision(Interval(-0.1, 0.1), matters=0.2).steps == 0
    assert imprecision(Interval(0.3, 0.5), matters=0.2).steps == 0
    ratio = imprecision(Interval(0.3, 0.5), matters=0.2231, shown=math.exp)
    assert ratio.because[0] == (
        "The interval runs from 1.35 to 1.65; what matters begins at 1.25, or below at 0.80."
    )
    few = imprecision(Interval(0.3, 0.5), matters=0.2, people=300, people_needed=785)
    assert few.steps == -1
    assert "300 people are in the studies" in few.because[1]


def test_how_many_people_one_good_trial_would_need() -> None:
    # 4 (1.96 + 0.8416)² / 0.2² = 784.9; 63 a group for 0.5 before the correction for t, as in Cohen (1988): 64.
    assert people_needed_for_difference(0.2) == pytest.approx(784.9, abs=0.1)
    assert people_needed_for_difference(0.5) / 2 == pytest.approx(62.8, abs=0.1)
    # Pocock (1983), chapter 9: 5% against 10% at 90% power is 578 a group with 10.5 for (z + z)².
    assert people_needed_for_risks(0.10, 0.05, power=0.9) / 2 == pytest.approx(578, abs=1)
    with pytest.raises(BadInput):
        people_needed_for_risks(0.1, 0.1)


def test_results_that_may_be_missing() -> None:
    assert publication_bias(9, None).steps is None
    assert "not a sign that none are missing" in publication_bias(9, None).because[0]
    v = [0.01 * n for n in range(1, 13)]
    noise = [0.03, -0.02, 0.01, -0.03, 0.02, 0.0] * 2
    leaning = egger([0.1 + 2 * x**0.5 + e for x, e in zip(v, noise, strict=True)], v)
    assert publication_bias(12, leaning).steps == -1
    level = egger([0.3 + e for e in noise], v)
    assert publication_bias(12, level).steps == 0


def test_studies_unlike_our_question() -> None:
    assert indirectness([60, 40], [True, False]).steps == 0
    assert indirectness([40, 60], [True, False]).steps == -1
    assert indirectness([40, 60], [False, False]).steps == -2
    assert indirectness([40, 60], [False, None]).steps is None


def test_a_large_effect_raises_only_what_nothing_lowers() -> None:
    assert large_effect(randomised=False, ratio=3, low=2.1, high=4, anything_lowers=False).steps == 1
    assert large_effect(randomised=False, ratio=0.1, low=0.05, high=0.19, anything_lowers=False).steps == 2
    assert large_effect(randomised=False, ratio=3, low=1.5, high=6, anything_lowers=False).steps == 0
    for randomised, lowers in product((True, False), (True, False)):
        found = large_effect(randomised=randomised, ratio=6, low=5.5, high=7, anything_lowers=lowers)
        assert found.steps == (2 if not randomised and not lowers else 0)


def test_every_factor_prints_its_rule_and_source() -> None:
    assert [each.key for each in factors() if not each.lowers] == [
        "large_effect", "dose_response", "opposing_confounding",
    ]  # fmt: skip
    assert all(each.rule and each.source for each in factors())
    with pytest.raises(NothingThere, match="imprecision"):
        factor("luck")


def test_levels_are_words_first() -> None:
    assert [each.words for each in Certainty] == ["Very low", "Low", "Moderate", "High"]
    assert [each.marks for each in Certainty] == ["●○○○", "●●○○", "●●●○", "●●●●"]
