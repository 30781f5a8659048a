import json
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.analyse.needs.rows import a_row, years
from wherewithal.analyse.needs import Basis, Direction, Polarity, recent_trend
from wherewithal.sources.fingertips import IndicatorRow


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


def points_of(rows: list[dict[str, float]]) -> list[IndicatorRow]:
    return [
        a_row(
            year=int(row["Year"]),
            value=row["Value"],
            low95=row.get("LowerCI95", row.get("LowerCI")),
            high95=row.get("UpperCI95", row.get("UpperCI")),
            count=row["Count"],
            denominator=row["Denominator"],
        )
        for row in rows
    ]


def test_the_published_case_by_proportions():
    # fingertips-open, TrendMarkerCalculatorTest.cs, GetTrendDataForProportion_Set1: chi-squared 47.90
    counts = [(994, 40299), (1023, 41527), (1199, 42811), (1332, 44064), (1367, 44701)]
    points = [a_row(year=2014 + i, count=x, denominator=n) for i, (x, n) in enumerate(counts)]
    trend = recent_trend(points, Polarity.LOW_IS_GOOD, Basis.PROPORTIONS)
    assert trend.chi2 == pytest.approx(47.90, abs=0.005)
    assert trend.slope == pytest.approx(0.06524964077898336, rel=1e-12)
    assert trend.label == "Increasing and getting worse"


# What FingertipsNext's own tests expect, as the published words; polarity is in the name of the expectation.
EXPECTED = {
    "Increasing": ("Increasing", Polarity.UNKNOWN),
    "DecreasingAndGettingWorse": ("Decreasing and getting worse", Polarity.HIGH_IS_GOOD),
    "IncreasingAndGettingWorse": ("Increasing and getting worse", Polarity.LOW_IS_GOOD),
    "DecreasingAndGettingBetter": ("Decreasing and getting better", Polarity.LOW_IS_GOOD),
    "CannotBeCalculated": ("Cannot be calculated", Polarity.UNKNOWN),
    # Without an interval that code answers that nothing changed. We do not: nothing was worked out.
    "NoChange": ("Cannot be calculated", Polarity.UNKNOWN),
}


@pytest.mark.shared
def test_every_case_of_fingertips_own_tests(shared: Path):
    cases = json.loads((shared / "needs/fingertips/trend_cases.json").read_text())["cases"]
    checked: Counter[str] = Counter()
    for case in cases:
        points, expected, computed = points_of(case["rows"]), case["expected"], case["computed"]
        proportions = case.get("method") == "proportion"
        basis = Basis.PROPORTIONS if proportions else Basis.INTERVALS
        if expected.get("marker") in EXPECTED:
            label, polarity = EXPECTED[expected["marker"]]
            assert recent_trend(points, polarity, basis).label == label, case["case"]
            checked["label"] += 1
        trend = recent_trend(points, basis=basis)
        if expected.get("marker") == "cannot be calculated":
            assert trend.direction is Direction.CANNOT
            assert trend.reason == "a count is nobody or everybody"
            checked["cannot"] += 1
        if "significant" in expected:
            assert (trend.direction in (Direction.INCREASING, Direction.DECREASING)) == expected[
                "significant"
            ]
            checked["significant"] += 1
        if trend.chi2 is not None:
            assert trend.chi2 == pytest.approx(computed["chi2"], rel=1e-9)
            assert trend.slope == pytest.approx(computed["slope_logit" if proportions else "slope"], rel=1e-9)
            checked["chi2"] += 1
    assert checked == {"label": 6, "cannot": 1, "significant": 3, "chi2": 7}


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


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([(1, 5)] * 4, "4 of the 5 values with a count and a denominator that it needs"),
        ([(0, 5)] + [(1, 5)] * 4, "a count is nobody or everybody"),
        ([(6, 5)] + [(1, 5)] * 4, "a count is above its denominator, so these are not proportions"),
    ],
)
def test_proportions_that_cannot_be_tested_say_why(counts, reason):
    points = [a_row(year=2014 + i, count=x, denominator=n) for i, (x, n) in enumerate(counts)]
    assert recent_trend(points, basis=Basis.PROPORTIONS).reason == reason
