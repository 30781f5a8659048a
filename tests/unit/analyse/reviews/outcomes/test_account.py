"""An outcome told: the sentence, what it comes to, what the data suggest, the charts, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from tests.unit.analyse.reviews.outcomes.test_outcomes import ABILITY, CONDUCT, at, expectancy
from wherewithal.analyse.reviews.certainty.factors import factors
from wherewithal.analyse.reviews.certainty.grading import Decision
from wherewithal.analyse.reviews.certainty.levels import Certainty, Design
from wherewithal.analyse.reviews.extraction.study import Better, Outcome
from wherewithal.analyse.reviews.in_words.risks import Baseline
from wherewithal.analyse.reviews.in_words.sentences import Size
from wherewithal.analyse.reviews.outcomes import OutcomeSettings, PoolingChoices, StudyEffect, account_of
from wherewithal.analyse.reviews.outcomes.pictures import forest, funnel, without_each
from wherewithal.errors import BadInput

CARE = Outcome("care", "Children who came into care", Better.LOWER, "RR")
MINUTES = Outcome("minutes", "Minutes of reading", Better.HIGHER, "MD")
HERE = Baseline(0.12, "two-year-olds in Northmoor", "the council's own count, 2025")
SETTINGS = OutcomeSettings(service="the programme")


def care(*ratios: float) -> list[StudyEffect]:
    return [
        StudyEffect(str(n), f"Study {n}", log(ratio), 0.01, f"{n}", people=400)
        for n, ratio in enumerate(ratios, start=1)
    ]


def decided(**steps: int) -> list[Decision]:
    return [
        Decision(each.key, steps.get(each.key, 0), "a reason", "Priya Shah")
        for each in factors()
        if each.lowers
    ]


def test_without_a_judgement_the_sentence_says_what_was_found_and_no_more() -> None:
    unclear = account_of(ABILITY, expectancy(), SETTINGS)
    assert unclear.statement.startswith(
        "Put together, 19 studies show no clear difference in measured ability with the programme. Standardised"
    )
    assert "0.08 (−0.05 to 0.21), 19 studies, 1,900 people." in unclear.statement
    assert unclear.certainty is None
    clear = account_of(CARE, care(0.7, 0.75, 0.8), SETTINGS)
    assert "find children who came into care lower with the programme" in clear.statement


def test_a_person_s_judgement_sets_the_tone() -> None:
    told = account_of(CARE, care(0.7, 0.75, 0.8), SETTINGS, decided(risk_of_bias=-1))
    assert told.certainty is Certainty.MODERATE
    assert told.statement.startswith("The programme probably lowers children who came into care.")
    other = account_of(
        CARE, care(0.7, 0.75, 0.8), replace(SETTINGS, design=Design.OBSERVATIONAL), decided(risk_of_bias=-1)
    )
    assert other.certainty is Certainty.VERY_LOW
    assert other.statement.startswith("It is unclear")


def test_a_risk_here_turns_a_ratio_into_children() -> None:
    told = account_of(CARE, care(0.7, 0.75, 0.8), replace(SETTINGS, baseline=HERE))
    assert told.absolute is not None
    assert told.absolute.per().value == pytest.approx(-120 * (1 - 0.7489), abs=0.5)
    assert any("fewer in every 1,000" in words for words in told.words)


def test_a_risk_here_turns_scores_into_children_past_a_line() -> None:
    effects = [at("1", -0.3, 12), at("2", -0.35, 12), at("3", -0.25, 12)]
    told = account_of(CONDUCT, effects, replace(SETTINGS, baseline=HERE))
    assert told.absolute is not None
    assert told.absolute.difference.value < 0
    # For problems, fewer is better: an average child moves up.
    assert told.words[0].startswith("An average child would move up by 12 places in 100")


def test_a_measure_in_its_own_unit_needs_somebody_to_say_what_matters() -> None:
    effects = [at(str(n), 5.0 + n, 12) for n in range(3)]
    with pytest.raises(BadInput, match="Nobody has said how large"):
        account_of(MINUTES, effects, SETTINGS)
    told = account_of(
        MINUTES, effects, replace(SETTINGS, matters=4.0, matters_source="the heads of two schools")
    )
    assert (told.line, told.line_source) == (4.0, "the heads of two schools")
    asked = replace(SETTINGS, matters=4.0, matters_source="the heads", baseline=HERE)
    assert "does not say how a risk changes" in account_of(MINUTES, effects, asked).no_absolute


@pytest.mark.parametrize(
    ("outcome", "matters"), [(CARE, 1.0), (CARE, -0.5), (CARE, 0.0), (MINUTES, 0.0), (MINUTES, float("nan"))]
)
def test_a_line_that_is_no_effect_is_refused(outcome: Outcome, matters: float) -> None:
    with pytest.raises(BadInput, match="is no effect"):
        OutcomeSettings(matters=matters, matters_source="somebody").line(outcome)


def test_lines_have_a_source_and_are_the_same_on_both_sides() -> None:
    with pytest.raises(BadInput, match="no line goes without a source"):
        OutcomeSettings(matters=0.3)
    one = OutcomeSettings(matters=1.5, matters_source="a panel")
    other = OutcomeSettings(matters=1 / 1.5, matters_source="a panel")
    assert one.line(CARE)[0] == pytest.approx(other.line(CARE)[0])
    assert one.size(CARE, log(1.2)) is Size.NONE
    assert one.size(CARE, log(0.5)) is Size.MODERATE
    assert SETTINGS.size(CONDUCT, -0.3) is Size.SMALL
    assert SETTINGS.size(CONDUCT, -0.9) is Size.LARGE


def test_the_data_suggest_and_never_decide() -> None:
    told = account_of(
        ABILITY,
        expectancy(),
        SETTINGS,
        at_high_risk={"1": True, "2": False},
        resembles={"1": True, "2": False},
    )
    suggested = {line.factor.key: line.suggestion for line in told.grade.lines}
    assert suggested["imprecision"].steps == -1
    assert suggested["risk_of_bias"].steps is None
    assert suggested["indirectness"].steps is None
    assert told.grade.level is None
    assert len(told.grade.missing) == 5


def test_settings_come_back_as_they_were_kept() -> None:
    settings = OutcomeSettings(
        PoolingChoices(leave_out=(("3", "another age"),)), "it", 1.4, "a panel", Design.OBSERVATIONAL, HERE
    )
    assert OutcomeSettings.from_dict(settings.as_dict()) == settings
    assert settings.leaving_out("3", "").choices.leave_out == ()
    assert settings.leaving_out("4", "older children").choices.leave_out == (
        ("3", "another age"),
        ("4", "older children"),
    )


def test_the_charts_say_what_the_numbers_say() -> None:
    told = account_of(ABILITY, expectancy(), SETTINGS)
    drawn = forest(told.whole)
    assert len(drawn.rows) == 21  # the studies, together, and a next study
    assert "19 studies together" in drawn.read_out
    left = without_each(told.whole, told.checks)
    assert left is not None
    assert len(left.rows) == 20
    assert funnel(told.whole, told.checks) is not None
    few = account_of(CARE, care(0.7, 0.75), SETTINGS)
    assert funnel(few.whole, few.checks) is None
    assert without_each(few.whole, few.checks) is None


def test_several_effects_of_a_study_stand_below_its_name() -> None:
    effects = [
        at("1", -0.3, 12, "a scale"),
        at("1", -0.2, 12, "another"),
        at("2", -0.1, 12),
        at("3", -0.4, 12),
    ]
    told = account_of(CONDUCT, effects, SETTINGS)
    assert [row[0] for row in forest(told.whole).rows][:3] == [
        "Study 1: a scale, 12 weeks",
        "Study 1: another, 12 weeks",
        "Study 2",
    ]
    assert "take" in told.checks.why_not
