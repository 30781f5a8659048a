import json
from pathlib import Path

import pytest

from tests.unit.analyse.needs.rows import a_row, years
from wherewithal.analyse.needs import Direction, Polarity, recent_trend


def test_the_published_case_of_fingertips_own_tests():
    # fingertips-open, TrendMarkerCalculatorTest.cs, GetTrendData_Set1: chi-squared 46.77
    values = [(24.67, 23.16, 26.25), (24.6, 23.15, 26.19), (28.0, 26.44, 29.64), (30.2, 28.63, 31.9)]
    values.append((30.6, 28.98, 32.25))
    points = [
        a_row(year=2014 + i, value=v, low95=low, high95=high) for i, (v, low, high) in enumerate(values)
    ]
    trend = recent_trend(points, Polarity.LOW_IS_GOOD)
    assert trend.chi2 == pytest.approx(46.77, abs=0.005)
    assert trend.label == "Increasing and getting worse"


@pytest.mark.shared
def test_every_case_of_fingertips_own_tests_by_interval(shared: Path):
    cases = json.loads((shared / "needs/fingertips/trend_cases.json").read_text())["cases"]
    by_interval = [case for case in cases if case.get("method") == "ci"]
    assert len(by_interval) == 2
    for case in by_interval:
        points = [
            a_row(year=int(row["Year"]), value=row["Value"], low95=row["LowerCI95"], high95=row["UpperCI95"])
            for row in case["rows"]
        ]
        trend = recent_trend(points)
        assert (trend.direction in (Direction.INCREASING, Direction.DECREASING)) == case["expected"][
            "significant"
        ]
        assert trend.chi2 == pytest.approx(case["computed"]["chi2"], rel=1e-9)
        assert trend.slope == pytest.approx(case["computed"]["slope"], rel=1e-9)


def test_the_last_five_values_count_and_gaps_are_skipped():
    trend = recent_trend(years(90, 10, 12, None, 14, 16, 18, first=2018))
    assert trend.periods == ("2019", "2020", "2022", "2023", "2024")
    assert trend.direction is Direction.INCREASING
    assert not trend.unbroken
    assert recent_trend(years(10, 12, 14, 16, 18)).unbroken


def test_one_odd_year_is_not_a_trend():
    trend = recent_trend(years(10, 10, 10, 10, 30))
    assert trend.chi2 is not None
    assert trend.chi2 > 9.55
    assert trend.direction is Direction.NO_CHANGE


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (years(10, 12, 14, 16), "4 of the 5 values with an interval that it needs"),
        (years(10, 12, 14, 16, None), "4 of the 5 values with an interval that it needs"),
        (years(10, 12, 14, 16, 18, width=0), "an interval has no width"),
        (years(10, 12, 14, 16, 18, period_range="3y"), "each value covers more than one year"),
        ([], "0 of the 5 values with an interval that it needs"),
    ],
)
def test_what_cannot_be_calculated_says_why(points, reason):
    trend = recent_trend(points)
    assert trend.label == "Cannot be calculated"
    assert trend.reason == reason


@pytest.mark.parametrize(
    ("values", "polarity", "label"),
    [
        ((10, 12, 14, 16, 18), Polarity.HIGH_IS_GOOD, "Increasing and getting better"),
        ((18, 16, 14, 12, 10), Polarity.HIGH_IS_GOOD, "Decreasing and getting worse"),
        ((18, 16, 14, 12, 10), Polarity.LOW_IS_GOOD, "Decreasing and getting better"),
        ((18, 16, 14, 12, 10), Polarity.UNKNOWN, "Decreasing"),
        ((10, 10, 10, 10, 10), Polarity.LOW_IS_GOOD, "No significant change"),
    ],
)
def test_better_and_worse_need_polarity(values, polarity, label):
    assert recent_trend(years(*values), polarity).label == label
