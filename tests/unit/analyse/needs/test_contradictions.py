from dataclasses import replace

import pytest

from tests.unit.analyse.needs.rows import a_row, england, years
from wherewithal.analyse.needs import Figures, Measure, Polarity
from wherewithal.analyse.needs.contradictions import check_comparison, check_trend, contradictions

LOW = Measure(Polarity.LOW_IS_GOOD, "%", 100.0, 95.0, "a test")
UNKNOWN = Measure()


def comparison(published: str, measure: Measure = LOW, **fields: object):
    benchmark = england(value=18.0)
    return check_comparison(a_row(compared_to_england=published, **fields), benchmark, measure)


def test_a_label_the_values_bear_out_is_left_alone():
    assert comparison("Worse") is None
    assert comparison("Higher") is None


def test_a_label_the_values_contradict_is_shown_with_both():
    found = comparison("Better")
    assert (found.published, found.recomputed, found.period) == ("Better", "Worse", "2024")
    assert found.words == (
        "The file says 'Better' for the comparison with England in 2024. Its own figures give 'Worse' "
        "(20.0% (19.0 to 21.0) beside England's 18.0%). The figures are used here."
    )
    assert comparison("Similar").recomputed == "Worse"
    assert comparison("Worse", low95=17.0).recomputed == "Similar"


def test_a_label_without_a_value_is_contradicted():
    assert comparison("Better", value=None).recomputed == "Not compared"


def test_where_polarity_is_not_known_either_judgement_agrees_with_a_difference():
    assert comparison("Better", UNKNOWN) is None
    assert comparison("Worse", UNKNOWN) is None
    assert comparison("Lower", UNKNOWN).recomputed == "Higher"
    assert comparison("Similar", UNKNOWN).recomputed == "Higher"


def test_where_the_publishers_interval_is_not_known_either_will_do():
    wide = {"low998": 17.5, "high998": 22.5}
    assert comparison("Similar", UNKNOWN, **wide) is None
    assert comparison("Similar", LOW, **wide).recomputed == "Worse"


@pytest.mark.parametrize("published", ["", "Not compared", "Highest quintile"])
def test_what_cannot_be_worked_out_again_is_left_alone(published):
    assert comparison(published) is None


def test_without_an_interval_or_a_value_for_england_nothing_is_settled():
    assert comparison("Better", low95=None) is None
    assert check_comparison(a_row(compared_to_england="Better"), None, LOW) is None


def trend(published: str, *values: float | None, measure: Measure = LOW):
    points = years(*values)
    points[-1] = replace(points[-1], recent_trend=published)
    return check_trend(points[-1], points, measure)


def test_trends():
    assert trend("Increasing and getting worse", 10, 12, 14, 16, 18) is None
    assert trend("Increasing", 10, 12, 14, 16, 18) is None
    assert (
        trend("Decreasing and getting better", 10, 12, 14, 16, 18).recomputed
        == "Increasing and getting worse"
    )
    assert (
        trend("Increasing and getting better", 10, 12, 14, 16, 18).recomputed
        == "Increasing and getting worse"
    )
    assert trend("Increasing and getting better", 10, 12, 14, 16, 18, measure=UNKNOWN) is None
    assert trend("No significant change", 10, 12, 14, 16, 18).recomputed == "Increasing and getting worse"
    assert trend("Cannot be calculated", 10, 12, 14, 16, 18).recomputed == "Increasing and getting worse"


def test_a_file_with_few_periods_cannot_settle_a_trend_but_one_with_gaps_can():
    assert trend("Increasing", 10, 12, 14) is None
    assert trend("Increasing", 10, None, None, 12, 14).recomputed == "Cannot be calculated"


def test_a_series_gives_its_contradictions_newest_first():
    rows = years(20, 20, compared_to_england="Better")
    figures = Figures([*rows, *[england(year=2020 + i, value=18.0) for i in range(2)]])
    (series,) = figures.of_area("E06000001")
    found = contradictions(series, figures.england_beside(series.key), LOW)
    assert [item.period for item in found] == ["2021", "2020"]
    assert found[0].as_dict()["recomputed"] == "Worse"
