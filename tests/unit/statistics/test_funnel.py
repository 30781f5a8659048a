"""Funnel limits and signals against PHEindicatormethods' own test results."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.statistics.phe import number, numbers, rows_of
from wherewithal.statistics.funnel import (
    Signal,
    assess_events,
    assess_proportion,
    assess_rates,
    expected_limits,
    population_at,
    proportion_limits,
    rate_limits,
    ratio_limits,
)

LABELS = {
    "High (0.001)": Signal.HIGH_OUTER,
    "High (0.025)": Signal.HIGH_INNER,
    "Not significant": Signal.WITHIN,
    "Low (0.025)": Signal.LOW_INNER,
    "Low (0.001)": Signal.LOW_OUTER,
    "Not applicable for events less than 10 for dsrs": Signal.NOT_ASSESSED,
}


def test_limits_of_the_reference():
    # PHEindicatormethods, testdata_funnel_prop_outputs.csv and testdata_funnel_ratio_outputs.csv, row 2
    limits = proportion_limits(2, 0.80642448, multiplier=100)
    assert (limits.inner_low, limits.inner_high) == (pytest.approx(25.885383, abs=1e-6), 100)
    ratio = ratio_limits(2)
    assert ratio.inner_low == pytest.approx(27.6828582, rel=1e-7)
    assert ratio.outer_high == pytest.approx(4405.093268, rel=1e-6)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("testdata_funnel_prop_outputs", 1e-6),
        ("testdata_funnel_prop_outputs_with_axis_variation", 1e-6),
    ],
)
def test_every_limit_of_proportions(shared: Path, name, within):
    checked = 0
    for row in rows_of(shared, name):
        limits = proportion_limits(float(row["Population"]), float(row["Baseline"]) / 100, multiplier=100)
        for ours, column in (
            (limits.inner_low, "Lower2s0025limit"),
            (limits.inner_high, "Upper2s0025limit"),
            (limits.outer_low, "Lower3s0001limit"),
            (limits.outer_high, "Upper3s0001limit"),
        ):
            assert ours == pytest.approx(float(row[column]), abs=within)
            checked += 1
    assert checked == 400


@pytest.mark.shared
def test_every_limit_of_ratios(shared: Path):
    checked = 0
    for row in rows_of(shared, "testdata_funnel_ratio_outputs"):
        events = float(next(iter(row.values())))
        expected, ratio = expected_limits(events), ratio_limits(events)
        for theirs, ours, limit in (
            ("lower_2s", expected.inner_high, ratio.inner_low),
            ("upper_2s", expected.inner_low, ratio.inner_high),
            ("lower_3s", expected.outer_high, ratio.outer_low),
            ("upper_3s", expected.outer_low, ratio.outer_high),
        ):
            assert ours == pytest.approx(float(row[f"{theirs}_exp_events"]), rel=5e-5)
            assert events / ours - 1 == pytest.approx(float(row[f"{theirs}_count"]), rel=5e-5, abs=1e-6)
            assert limit == pytest.approx(float(row[f"{theirs}_isr"]), rel=5e-5)
            checked += 3
    assert checked == 1200


@pytest.mark.shared
@pytest.mark.parametrize("number_of_file", ["", "_2", "_3"])
def test_every_limit_of_rates(shared: Path, number_of_file):
    years = 3
    checked = 0
    for row in rows_of(shared, f"testdata_funnel_rate_outputs{number_of_file}"):
        events, baseline = float(row["Events"]), float(row["baseline"])
        limits = rate_limits(events, baseline)
        for theirs, ours in (
            ("lower_2s", limits.inner_low),
            ("upper_2s", limits.inner_high),
            ("lower_3s", limits.outer_low),
            ("upper_3s", limits.outer_high),
        ):
            assert ours == pytest.approx(float(row[f"{theirs}_limit"]), rel=5e-5)
            people = float(row[f"{theirs}_population_1_year"])
            assert population_at(events, ours, years=years) == pytest.approx(people, rel=5e-5)
            checked += 2
    assert checked == 800


@pytest.mark.shared
def test_every_point_of_a_rate_chart(shared: Path):
    checked = left_out = 0
    for row in rows_of(shared, "testdata_funnel_rate_input_funnels"):
        events, rate = float(row["ev"]), float(row["rate"])
        for column, years in (
            ("denominator_derived", 3),
            ("denominator_derived_crude", 3),
            ("denominator_derived_crude_with_denom", 5),
        ):
            people = number(row[column])
            if people is None or people == float(row["pop"]) / years:
                # One row had no events in the reference's test: its own people stand there.
                left_out += 1
                continue
            assert population_at(events, rate, years=years) == pytest.approx(people, rel=1e-8)
            checked += 1
    assert (checked, left_out) == (148, 2)


@pytest.mark.shared
def test_every_signal_of_proportions_and_ratios(shared: Path):
    rows = rows_of(shared, "testdata_funnel_prop_inputs")
    baseline = sum(numbers(rows, "numerator")) / sum(numbers(rows, "denominator"))
    for row in rows:
        signal = assess_proportion(float(row["numerator"]), float(row["denominator"]), baseline)
        assert signal is LABELS[row["significance"]], row
    ratios = rows_of(shared, "testdata_funnel_ratio_inputs")
    for row in ratios:
        assert assess_events(float(row["obs"]), float(row["expected"])) is LABELS[row["significance"]], row
    assert (len(rows), len(ratios)) == (303, 300)


@pytest.mark.shared
def test_every_signal_of_rates(shared: Path):
    every = rows_of(shared, "testdata_funnel_rate_dsr_inputs")
    checked = 0
    for scale, unit in ((1.0, "100000"), (1000.0, "100")):
        multiplier = 100_000 / scale
        for zero in ("with", "without"):
            # The row without events is in the file twice over, but no part of the sets "without 0".
            rows = [row for row in every if zero == "with" or float(row["count"]) > 0]
            counts = numbers(rows, "count")
            rates = [None if (rate := number(row["rate_dsr"])) is None else rate / scale for row in rows]
            standardised = assess_rates(counts, rates=rates, multiplier=multiplier)
            crude = assess_rates(counts, populations=numbers(rows, "pop"), multiplier=multiplier)
            for row, one, other in zip(rows, standardised, crude, strict=True):
                assert one is LABELS[row[f"dsr_per_{unit}_{zero}_0"]], row
                assert other is LABELS[row[f"crude_per_{unit}_{zero}_0"]], row
                checked += 2
    assert checked == 316


@given(st.integers(1, 5_000), st.floats(0.01, 0.99))
def test_outer_limits_lie_outside_inner_ones_and_a_place_at_the_baseline_lies_within(size, baseline):
    for limits in (proportion_limits(size, baseline), ratio_limits(size)):
        assert limits.outer_low <= limits.inner_low <= limits.inner_high <= limits.outer_high
    assert assess_events(size, size) is Signal.WITHIN


def test_nothing_can_be_assessed_without_rates():
    assert assess_rates([3, 4], rates=[None, 50.0]) == (Signal.NOT_ASSESSED, Signal.NOT_ASSESSED)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: proportion_limits(0, 0.5), "denominator above nought"),
        (lambda: proportion_limits(10, 50), "between 0 and 1"),
        (lambda: expected_limits(-1), "below nought"),
        (lambda: ratio_limits(0), "one event"),
        (lambda: rate_limits(5, 0), "baseline rate"),
        (lambda: population_at(5, 0), "above nought"),
        (lambda: assess_proportion(5, 4, 0.5), "5 of 4"),
        (lambda: assess_events(5, -1), "below nought"),
        (lambda: assess_rates([1]), "one of the two"),
    ],
)
def test_impossible_figures_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
