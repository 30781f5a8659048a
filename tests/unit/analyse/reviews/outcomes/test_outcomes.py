"""One outcome put together: what counts, which model, the checks, and the finding it makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.extraction.study import Better, Outcome, Report
from wherewithal.analyse.reviews.outcomes import (
    PoolingChoices,
    StudyEffect,
    Together,
    When,
    check,
    chosen,
    pooled_finding,
    put_together,
)
from wherewithal.analyse.reviews.outcomes.exported import more_charts
from wherewithal.analyse.reviews.outcomes.spread import further_tests, movers, spread_of
from wherewithal.analyse.reviews.synthesis import multilevel, pool
from wherewithal.errors import BadInput
from wherewithal.thread import Lane

# Raudenbush (1984), Journal of Educational Psychology 76:85, as in Raudenbush and Bryk (1985), Journal of Educational
# Statistics 10:75, table 1: the effect of what teachers expect on pupils' measured ability. Study, effect, standard
# error.
EXPECTANCY = (
    ("Rosenthal and others 1974", 0.03, 0.125), ("Conn and others 1968", 0.12, 0.147),
    ("Jose and Cody 1971", -0.14, 0.167), ("Pellegrini and Hicks 1972", 1.18, 0.373),
    ("Pellegrini and Hicks 1972, second", 0.26, 0.369), ("Evans and Rosenthal 1969", -0.06, 0.103),
    ("Fielder and others 1971", -0.02, 0.103), ("Claiborn 1969", -0.32, 0.220), ("Kester 1969", 0.27, 0.164),
    ("Maxwell 1970", 0.80, 0.251), ("Carter 1970", 0.54, 0.302), ("Flowers 1966", 0.18, 0.223),
    ("Keshock 1970", -0.02, 0.289), ("Henrikson 1970", 0.23, 0.290), ("Fine 1972", -0.18, 0.159),
    ("Grieger 1970", -0.06, 0.167), ("Rosenthal and Jacobson 1968", 0.30, 0.139),
    ("Fleming and Anttonen 1971", 0.07, 0.094), ("Ginsburg 1970", -0.07, 0.174),
)  # fmt: skip
ABILITY = Outcome("ability", "Measured ability", Better.HIGHER, "SMD")
CONDUCT = Outcome("conduct", "Conduct problems", Better.LOWER, "SMD")
DAY = date(2026, 11, 1)


def expectancy() -> list[StudyEffect]:
    return [
        StudyEffect(
            str(number),
            name,
            effect,
            error**2,
            inputs=f"numbers of {number}",
            people=100.0,
            reports=(Report(f"doi:10.1/{number}", name),),
        )
        for number, (name, effect, error) in enumerate(EXPECTANCY, start=1)
    ]


def at(study: str, value: float, weeks: float | None, instrument: str = "") -> StudyEffect:
    time = "" if weeks is None else f"{weeks:g} weeks"
    return StudyEffect(
        study, f"Study {study}", value, 0.04, f"{study}{weeks}{instrument}", 80, weeks, time, instrument
    )


def together(**chosen_: object) -> Together:
    return put_together(ABILITY, expectancy(), PoolingChoices(**chosen_))


# --- Which effects count --------------------------------------------------------------------------------


def test_the_first_measurement_of_each_study_counts_unless_another_is_chosen() -> None:
    effects = [at("1", 0.1, 12), at("1", 0.2, 52), at("2", 0.3, 26), at("3", 0.4, None), at("3", 0.5, 10)]
    first, left = chosen(effects, PoolingChoices())
    assert [each.value for each in first] == [0.1, 0.3, 0.4, 0.5]
    assert [(each.effect.value, each.why) for each in left] == [
        (0.2, "not each study’s first measurement after the programme")
    ]
    last, _ = chosen(effects, PoolingChoices(When.LAST))
    assert [each.value for each in last] == [0.2, 0.3, 0.4, 0.5]
    assert len(chosen(effects, PoolingChoices(When.ALL))[0]) == 5


def test_a_retracted_report_never_counts_and_what_a_person_leaves_out_keeps_the_reason() -> None:
    effects = expectancy()
    effects[0] = replace(effects[0], reports=(Report("doi:10.1/1", "One", retracted=True),))
    choices = PoolingChoices(leave_out=(("4", "another age group"),))
    counted, left = chosen(effects, choices)
    assert len(counted) == 17
    assert [(each.effect.study, each.why) for each in left] == [
        ("1", "its report has been retracted"),
        ("4", "another age group"),
    ]
    with pytest.raises(BadInput, match="Say why"):
        PoolingChoices(leave_out=(("4", " "),))


def test_a_retracted_first_measurement_gives_way_to_the_study_s_next() -> None:
    gone = replace(at("1", 0.1, 12), reports=(Report("doi:10.1/1", "One", retracted=True),))
    counted, _ = chosen([gone, at("1", 0.2, 52), at("2", 0.3, 12)], PoolingChoices())
    assert [each.value for each in counted] == [0.2, 0.3]


# --- Putting together -----------------------------------------------------------------------------------


def test_one_effect_a_study_agrees_with_the_published_analysis() -> None:
    """metafor's documentation of dat.raudenbush1985 gives 0.0837 (SE 0.0516), tau² 0.0188 by REML, z.

    Those are from variances of more places than the table prints, hence to two.
    """
    made = together(test="z")
    assert made.estimate == pytest.approx(0.0837, abs=0.002)
    assert made.se == pytest.approx(0.0516, abs=0.001)
    assert made.tau2 == pytest.approx(0.0188, abs=0.001)
    assert made.studies == 19
    assert made.people == 1900
    assert not made.clear


def test_the_usual_interval_is_never_narrower_than_the_plain_one() -> None:
    plain, usual = together(test="z"), together()
    assert usual.ci.high - usual.ci.low >= plain.ci.high - plain.ci.low
    direct = pool([e.value for e in expectancy()], [e.variance for e in expectancy()], test="adhoc")
    assert (usual.estimate, usual.ci, usual.pi) == (direct.estimate, direct.ci, direct.pi)


def test_several_effects_of_a_study_hang_together() -> None:
    effects = [at(str(n % 6), 0.1 * n, 12, f"scale {n}") for n in range(12)]
    made = put_together(CONDUCT, effects, PoolingChoices())
    direct = multilevel(
        [e.value for e in effects],
        [e.variance for e in effects],
        {"study": [e.study for e in effects], "effect": list(range(12))},
        correlation=0.6,
    )
    assert made.several
    assert made.estimate == direct.robust[0].estimate
    assert made.ci == direct.robust[0].ci
    assert "three-level" in made.method
    assert made.people == 480
    assert sum(made.weights) == pytest.approx(100)
    assert np.average([e.value for e in effects], weights=made.weights) == pytest.approx(made.estimate)


def test_only_likelihood_fits_several_effects_of_a_study() -> None:
    effects = [at("1", 0.1, 12, "a"), at("1", 0.2, 12, "b"), at("2", 0.3, 12)]
    with pytest.raises(BadInput, match="REML or ML"):
        put_together(CONDUCT, effects, PoolingChoices(method="DL"))


@pytest.mark.parametrize(
    ("effects", "words"),
    [([], "No study counts"), ([at("1", 0.1, 1), at("1", 0.3, 1, "b")], "Only one study counts")],
)
def test_one_study_is_not_put_together(effects: list[StudyEffect], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        put_together(CONDUCT, effects, PoolingChoices())


def test_choices_that_there_are_none_of_are_refused() -> None:
    with pytest.raises(BadInput, match="no method"):
        PoolingChoices(method="reml")
    with pytest.raises(BadInput, match="correlation"):
        PoolingChoices(correlation=1)
    assert PoolingChoices.from_dict(PoolingChoices(When.ALL).as_dict()) == PoolingChoices(When.ALL)


@given(st.lists(st.floats(-2, 2), min_size=3, max_size=8), st.floats(0.01, 1))
def test_turning_every_effect_round_turns_the_answer_round(values: list[float], variance: float) -> None:
    effects = [StudyEffect(str(n), str(n), value, variance + n / 50, "") for n, value in enumerate(values)]
    round_ = [replace(each, value=-each.value) for each in effects]
    one, other = (put_together(CONDUCT, each, PoolingChoices(method="DL")) for each in (effects, round_))
    assert one.estimate == pytest.approx(-other.estimate, abs=1e-9)
    assert one.ci.low == pytest.approx(-other.ci.high, abs=1e-9)


# --- Checks ---------------------------------------------------------------------------------------------


def test_without_each_study() -> None:
    whole = together(test="z")
    checks = check(whole)
    assert len(checks.without) == 19
    without = next(each for each in checks.without if each.name.startswith("Pellegrini and Hicks 1972"))
    assert without.estimate < whole.estimate
    assert checks.small is not None
    assert checks.filled is not None
    assert checks.why_not == ""


def test_few_studies_cannot_tell_what_is_missing_and_say_so() -> None:
    whole = put_together(ABILITY, expectancy()[:4], PoolingChoices())
    checks = check(whole)
    assert checks.small is None
    assert "With 4 studies nobody can tell" in checks.why_not
    assert check(put_together(ABILITY, expectancy()[:2], PoolingChoices())).without == ()


def test_a_study_that_turns_the_answer_is_named() -> None:
    effects = [at("1", 0.9, 1), at("2", 0.02, 1), at("3", 0.01, 1), at("4", 0.0, 1)]
    effects[0] = replace(effects[0], variance=0.001)
    whole = put_together(ABILITY, effects, PoolingChoices(method="EE"))
    assert whole.clear
    assert [each.name for each in check(whole).turning(whole)] == ["Study 1"]


# --- The finding ----------------------------------------------------------------------------------------


def found(whole: Together, **more: object):
    return pooled_finding(whole, case_key="a-case", statement="It helps a little.", on=DAY, **more)


def test_the_finding_holds_the_number_its_range_and_every_study() -> None:
    finding = found(together())
    assert finding.lane is Lane.RESEARCH
    assert finding.subject == "reviews:outcome:a-case:ability"
    assert finding.value == pytest.approx(0.084, abs=0.002)
    assert finding.facts["Studies"] == "19"
    assert finding.facts["Certainty"] == "not judged yet"
    assert "Nobody has judged yet how certain this is." in finding.cautions
    assert len(finding.sources) == 19
    assert finding.look_again == date(2028, 11, 1)
    assert found(together(), searched_on=date(2025, 3, 31)).look_again == date(2027, 3, 28)


def test_a_corrected_number_a_retraction_and_a_judgement_each_make_another_finding() -> None:
    effects = expectancy()
    first = found(put_together(ABILITY, effects, PoolingChoices()))
    again = found(put_together(ABILITY, effects, PoolingChoices()))
    assert first.fingerprint == again.fingerprint
    corrected = [replace(effects[0], value=0.05, inputs="corrected"), *effects[1:]]
    retracted = [
        replace(effects[0], reports=(Report("doi:10.1/1", "One", retracted=True),)),
        *effects[1:],
    ]
    others = [
        found(put_together(ABILITY, corrected, PoolingChoices())),
        found(put_together(ABILITY, retracted, PoolingChoices())),
        found(put_together(ABILITY, effects, PoolingChoices(test="z"))),
        found(
            put_together(ABILITY, effects, PoolingChoices()),
            certainty="Low",
            certainty_reasons=["few people"],
        ),
    ]
    assert len({first.fingerprint, *(each.fingerprint for each in others)}) == 5
    assert (
        "Rosenthal and others 1974 is left out because its report has been retracted." in others[1].cautions
    )


def test_a_ratio_is_shown_as_a_ratio() -> None:
    outcome = Outcome("care", "Children who came into care", Better.LOWER, "RR")
    effects = [StudyEffect(str(n), f"Study {n}", np.log(0.8), 0.01 * n, "") for n in (1, 2, 3)]
    finding = found(put_together(outcome, effects, PoolingChoices()))
    assert finding.value == pytest.approx(0.8)
    assert outcome.nothing == 1
    assert outcome.good(np.log(0.8))


# --- for those who ask for more ---------------------------------------------------------------------------


def test_how_much_studies_differ_is_told_with_its_range() -> None:
    """metafor 3.8-1 on the same effects and errors: rma by REML, and confint of it."""
    figures = spread_of(put_together(ABILITY, expectancy(), PoolingChoices()))
    assert {each.name: each.words for each in figures} == {
        "tau²": "0.019 (0.006 to 0.198)",
        "I²": "42% (18% to 88%)",
        "H²": "1.72 (1.22 to 8.55)",
        "Test that studies differ (Q)": "p = 0.007",
    }


def test_further_tests_give_a_figure_or_say_why_there_is_none() -> None:
    told = {each.name: each for each in further_tests(put_together(ABILITY, expectancy(), PoolingChoices()))}
    assert list(told) == [
        "Egger’s test", "Rank test", "PET-PEESE", "Selection model", "Fail-safe N (Rosenthal)",
    ]  # fmt: skip
    assert told["PET-PEESE"].words.endswith(("by PET", "by PEESE"))
    assert "not advised" in told["Fail-safe N (Rosenthal)"].meaning
    two = further_tests(put_together(ABILITY, expectancy()[:2], PoolingChoices()))
    assert two[0].words.startswith("none: ")


def test_the_studies_that_move_the_answer_more_than_most_are_named() -> None:
    """metafor 3.8-1, influence(rma(...)) of the same numbers, marks the tenth alone by its rule."""
    whole = put_together(ABILITY, expectancy(), PoolingChoices(test="z"))
    assert movers(whole) == ("Maxwell 1970",)
    assert movers(put_together(ABILITY, expectancy()[:3], PoolingChoices())) == ()


def test_where_less_is_better_pet_peese_is_turned_and_turned_back() -> None:
    turned = [replace(each, value=-each.value) for each in expectancy()]
    one = further_tests(put_together(ABILITY, expectancy(), PoolingChoices()))[2].words
    other = further_tests(put_together(CONDUCT, turned, PoolingChoices()))[2].words
    assert one.rpartition("by ")[2] == other.rpartition("by ")[2]
    assert float(one.split(" ")[0].replace("−", "-")) == -float(other.split(" ")[0].replace("−", "-"))


def test_several_effects_a_study_have_no_tests_that_take_each_for_a_study() -> None:
    several = [*expectancy(), replace(expectancy()[0], instrument="another", value=0.2)]
    whole = put_together(ABILITY, several, PoolingChoices())
    assert further_tests(whole) == ()
    assert more_charts(whole, {}) == {}
    assert [each.name for each in spread_of(whole)] == ["tau²", "I²", "Test that studies differ (Q)"]


def test_more_charts_need_every_year_for_the_one_by_year() -> None:
    whole = put_together(ABILITY, expectancy(), PoolingChoices())
    years = {each.study: float(each.name[-4:]) for each in expectancy() if each.name[-4:].isdigit()}
    assert set(more_charts(whole, years)) == {"baujat"}
    assert set(more_charts(whole, {**years, "5": 1972.0})) == {"baujat", "cumulative"}
