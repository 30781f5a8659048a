"""Intervals against PHEindicatormethods' own test results and against what must always hold."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.statistics.intervals import byar, exact_poisson, rate, wilson

# PHEindicatormethods 2.1.0, tests/testdata: testdata_B_W.csv, testdata_Rate.csv, testdata_Prop.csv
PINS = [
    (byar(65), 50.163187710459454, 82.84913854593984),
    (byar(1045, 0.998), 947.9407035610374, 1148.806160988033),
    (wilson(65, 100), 0.5525444329688797, 0.7363575175690247),
    (wilson(1045, 5000, confidence=0.998), 0.19179381799015244, 0.22731562902525818),
    (rate(1, 100, multiplier=100), 0.025317807984289897, 5.571643390938898),
    (rate(5, 100, multiplier=100_000, confidence=0.998), 739.3717319178389, 16454.745203680104),
    (rate(222, 3215, multiplier=100), 6.026574877652675, 7.87572937087185),
]


@pytest.mark.parametrize(("limits", "low", "high"), PINS)
def test_agrees_with_the_reference(limits, low, high):
    assert limits.low == pytest.approx(low, rel=1e-13)
    assert limits.high == pytest.approx(high, rel=1e-13)


def test_byar_has_no_lower_limit_where_its_formula_falls_below_nought():
    limits = byar(1, 0.998)  # testdata_B_W.csv, last row
    assert limits.low is None
    assert limits.high == pytest.approx(9.362180217908362, rel=1e-13)


def number(text: str) -> float | None:
    return float(text) if text.strip() else None


def agrees(ours: float | None, theirs: str) -> bool:
    expected = number(theirs)
    return ours is None if expected is None else ours == pytest.approx(expected, rel=1e-12)


@pytest.mark.shared
def test_every_byar_and_wilson_limit_of_the_reference(shared: Path):
    checked = 0
    with (shared / "needs/phe/Byars_Wilson__testdata_B_W.csv").open() as file:
        for row in csv.DictReader(file):
            confidence = float(row["confidence"].rstrip("%")) / 100
            if row["method"] == "Wilson":
                ours = wilson(float(row["x"]), float(row["n"]), confidence=confidence)
            else:
                ours = byar(float(row["x"]), confidence)
            assert agrees(ours.low, row["lowercl"]), row
            assert agrees(ours.high, row["uppercl"]), row
            checked += 1
    assert checked == 13


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "method", "rows"), [("Rate__testdata_Rate", rate, 17), ("Proportion__testdata_Prop", wilson, 16)]
)
def test_every_rate_and_proportion_of_the_reference(shared: Path, name, method, rows):
    checked = 0
    with (shared / f"needs/phe/{name}.csv").open() as file:
        for row in csv.DictReader(file):
            count, denominator = number(row["Numerator"]), number(row["Denominator"])
            if count is None or denominator is None or not row["lower95_0cl"]:
                continue
            for confidence, suffix in ((0.95, "95_0cl"), (0.998, "99_8cl")):
                ours = method(count, denominator, multiplier=float(row["multiplier"]), confidence=confidence)
                assert agrees(ours.low, row[f"lower{suffix}"]), row
                assert agrees(ours.high, row[f"upper{suffix}"]), row
            checked += 1
    assert checked == rows


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_proportion_lies_in_its_interval_and_the_interval_in_nought_to_one(count, more):
    denominator = count + more - 1 or 1
    limits = wilson(count, denominator)
    assert limits.low is not None
    assert 0 <= limits.low <= count / denominator + 1e-12
    assert count / denominator - 1e-12 <= limits.high <= 1


@given(st.integers(0, 100_000))
def test_more_confidence_is_never_narrower(count):
    for method in (exact_poisson, byar):
        ninety_five, more = method(count, 0.95), method(count, 0.998)
        assert more.high > ninety_five.high
        assert (more.low or 0.0) <= (ninety_five.low or 0.0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: byar(-1), "below nought"),
        (lambda: byar(10, 95), "between 0 and 1"),
        (lambda: rate(1, 0), "above nought"),
        (lambda: wilson(5, 0), "above nought"),
        (lambda: wilson(5, 4), "5 of 4"),
        (lambda: exact_poisson(-1), "below nought"),
    ],
)
def test_impossible_figures_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
