"""Proportions, rates and means against PHEindicatormethods' own test results."""

from math import isnan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.statistics.phe import number, rows_of
from wherewithal.statistics.estimates import Estimate, crude_rate, mean, proportion


def same(ours: Estimate, value: str, low: str, high: str) -> int:
    """How many numbers of the reference were held against ours, every one of them agreeing."""
    assert ours.value == pytest.approx(float(value), rel=1e-12)
    assert ours.low == pytest.approx(float(low), rel=1e-12)
    assert ours.high == pytest.approx(float(high), rel=1e-12)
    return 3


def test_a_proportion_and_a_rate_of_the_reference():
    share = proportion(130, 200)
    assert (share.value, share.method) == (0.65, "Wilson")
    assert (share.low, share.high) == pytest.approx((0.5816346433604008, 0.7127117587264192), rel=1e-13)
    rate = crude_rate(2, 200)
    assert (rate.value, rate.method) == (1000, "exact Poisson")
    assert (rate.low, rate.high) == pytest.approx((121.10463927198258, 3612.3438338619794), rel=1e-13)
    assert crude_rate(10, 200).method == "Byar"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "method", "pins"),
    [
        ("Rate__testdata_Rate", crude_rate, 102),
        ("Proportion__testdata_Prop", proportion, 96),
        ("Rate__testdata_Rate_g", crude_rate, 27),
        ("Proportion__testdata_Prop_g", proportion, 24),
    ],
)
def test_every_rate_and_proportion_of_the_reference(shared: Path, name, method, pins):
    checked = 0
    for row in rows_of(shared, name):
        count, denominator = number(row["Numerator"]), number(row["Denominator"])
        if count is None or denominator is None:
            continue
        levels = [(0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")]
        if "lowercl" in row:
            levels = [(0.95, "lowercl", "uppercl")]
        for confidence, low, high in levels:
            ours = method(count, denominator, multiplier=float(row["multiplier"]), confidence=confidence)
            checked += same(ours, row["value"], row[low], row[high])
    assert checked == pins


@pytest.mark.shared
def test_every_child_measured_of_the_reference(shared: Path):
    checked = 0
    for row in rows_of(shared, "NCMP_testdata"):
        ours = proportion(float(row["Count"]), float(row["Measured"]), multiplier=100)
        assert ours.value == pytest.approx(float(row["Rate"]), rel=1e-12)
        # The limits of this file were worked out with z rounded, in the ninth figure.
        assert ours.low == pytest.approx(float(row["LCL"]), rel=1e-6)
        assert ours.high == pytest.approx(float(row["UCL"]), rel=1e-6)
        checked += 3
    assert checked == 720


@pytest.mark.shared
def test_every_mean_of_the_reference(shared: Path):
    given_rows = rows_of(shared, "Mean__testdata_Mean")
    checked = 0
    for row in rows_of(shared, "Mean__testdata_Mean_results"):
        values = [
            float(each["values"])
            for each in given_rows
            if row["area"] == "No grouping" or each["area"] == row["area"]
        ]
        for confidence, level in ((0.95, "95_0"), (0.998, "99_8")):
            ours = mean(values, confidence=confidence)
            checked += same(ours, row["value"], row[f"lower{level}cl"], row[f"upper{level}cl"])
    assert checked == 18


def test_one_value_has_no_interval():
    assert mean([4.0]) == Estimate(4.0, None, None, "Student's t")


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_a_mean_lies_in_its_interval(values):
    found = mean(values)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high
    assert not isnan(found.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: mean([]), "at least one"),
        (lambda: mean([1.0, float("nan")]), "missing"),
        (lambda: mean([1.0], confidence=95), "between 0 and 1"),
        (lambda: proportion(3, 2), "3 of 2"),
        (lambda: crude_rate(3, 0), "above nought"),
    ],
)
def test_impossible_figures_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
