"""Standardised rates against PHEindicatormethods' own test results."""

from pathlib import Path

import pytest

from tests.unit.statistics.phe import number, numbers, rows_of
from wherewithal.statistics.standardisation import (
    ESP2013,
    TooFewEvents,
    directly_standardised_rate,
    expected_events,
    indirectly_standardised_rate,
    standardised_ratio,
)

WEIGHTS = list(ESP2013.values())
# PHEindicatormethods 2.1.0, tests/testdata: testdata_multiarea.csv, area testdata_big, and its results
COUNTS = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
PEOPLE = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207]


def test_a_rate_of_the_reference():
    found = directly_standardised_rate(COUNTS, PEOPLE, WEIGHTS, multiplier=10_000)
    assert found.value == pytest.approx(1043.0247991469423, rel=1e-13)
    assert (found.low, found.high) == pytest.approx((971.770906798568, 1117.894091547925), rel=1e-13)
    assert found.method == "Dobson"
    assert sum(WEIGHTS) == 100_000


def close(ours, row, level, scale=1.0) -> int:
    assert ours.value == pytest.approx(float(row["value"]), rel=1e-9)
    assert ours.low == pytest.approx(float(row[f"lower{level}cl"]) * scale, rel=1e-9)
    assert ours.high == pytest.approx(float(row[f"upper{level}cl"]) * scale, rel=1e-9)
    return 3


@pytest.mark.shared
def test_every_directly_standardised_rate_of_the_reference(shared: Path):
    several = rows_of(shared, "DSR_ISR__testdata_multiarea")
    of_1976 = rows_of(shared, "DSR_ISR__testdata_1976")
    checked = missing = 0
    for row in rows_of(shared, "DSR_ISR__testresults_DSR"):
        if "nonind" in row["area"]:
            continue
        mine = of_1976 if "1976" in row["area"] else [each for each in several if each["area"] == row["area"]]
        standard = numbers(mine, "esp1976") if "1976" in row["area"] else WEIGHTS
        data = (numbers(mine, "count"), numbers(mine, "pop"), standard)
        if number(row["value"]) is None:
            with pytest.raises(TooFewEvents, match="9 events"):
                directly_standardised_rate(*data)
            missing += 1
            continue
        multiplier = float(row["statistic"].rsplit(" ", 1)[-1])
        for confidence, level in ((0.95, "95_0"), (0.998, "99_8")):
            # The file's 99.8% limits of the 1976 population are ten times its other numbers.
            scale = 0.1 if "1976" in row["area"] and level == "99_8" else 1.0
            found = directly_standardised_rate(*data, multiplier=multiplier, confidence=confidence)
            checked += close(found, row, level, scale)
    assert (checked, missing) == (36, 2)


@pytest.mark.shared
def test_every_rate_of_events_that_repeat(shared: Path):
    rows = rows_of(shared, "DSR_ISR__testdata_nonindepe")
    checked = missing = 0
    for row in rows_of(shared, "DSR_ISR__testresults_DSR"):
        mine = [each for each in rows if each["area"] == row["area"]]
        if not mine:
            continue
        repeats = {times: numbers(mine, f"f{times}") for times in (1, 2, 3, 4)}
        data = (numbers(mine, "count"), numbers(mine, "pop"), WEIGHTS)
        if number(row["value"]) is None:
            with pytest.raises(TooFewEvents):
                directly_standardised_rate(*data, repeats=repeats)
            missing += 1
            continue
        for confidence, level in ((0.95, "95_0"), (0.998, "99_8")):
            checked += close(
                directly_standardised_rate(*data, confidence=confidence, repeats=repeats), row, level
            )
    assert (checked, missing) == (18, 1)


@pytest.mark.shared
def test_every_indirectly_standardised_rate_and_ratio_of_the_reference(shared: Path):
    reference = rows_of(shared, "DSR_ISR__refdata")
    counts, people = numbers(reference, "refcount"), numbers(reference, "refpop")
    places = rows_of(shared, "DSR_ISR__testdata_multiarea") + rows_of(shared, "DSR_ISR__testdata_err2")
    checked = 0
    for row in rows_of(shared, "DSR_ISR__testresults_ISR"):
        mine = [each for each in places if each["area"] == row["area"]]
        observed = sum(numbers(mine, "count"))
        expected = expected_events(numbers(mine, "pop"), counts, people)
        assert expected == pytest.approx(float(row["expected"]), rel=1e-13)
        assert observed == float(row["observed"])
        checked += 2
        for confidence, level in ((0.95, "95_0"), (0.998, "99_8")):
            if not row[f"lower{level}cl"]:
                continue
            multiplier = float(row["statistic"].rsplit(" ", 1)[-1])
            if "ratio" in row["statistic"]:
                found = standardised_ratio(observed, expected, multiplier=multiplier, confidence=confidence)
            else:
                found = indirectly_standardised_rate(
                    observed,
                    numbers(mine, "pop"),
                    counts,
                    people,
                    multiplier=multiplier,
                    confidence=confidence,
                )
                assert sum(counts) / sum(people) * multiplier == pytest.approx(
                    float(row["ref_rate"]), rel=1e-13
                )
                checked += 1
            assert found.method == {"Byars": "Byar", "Exact": "exact Poisson"}[row["method"]]
            checked += close(found, row, level)
    assert checked == 32 + 84 + 14


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("err1", "a count is missing or below nought"),
        ("err3", "a population at some age"),
        ("err4", "a standard population is missing or below nought"),
    ],
)
def test_what_the_reference_refuses_is_refused(shared: Path, name, said):
    rows = rows_of(shared, f"DSR_ISR__testdata_{name}")
    with pytest.raises(ValueError, match=said):
        directly_standardised_rate(numbers(rows, "count"), numbers(rows, "pop"), numbers(rows, "stdpop"))


def test_events_that_repeat_make_the_interval_wider():
    alone = directly_standardised_rate([20, 30], [500, 600], [1, 1])
    twice = directly_standardised_rate([20, 30], [500, 600], [1, 1], repeats={1: [10, 20], 2: [5, 5]})
    assert twice.value == alone.value
    assert twice.high - twice.low > alone.high - alone.low
    once = directly_standardised_rate([20, 30], [500, 600], [1, 1], repeats={1: [20, 30]})
    assert (once.low, once.high) == (alone.low, alone.high)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: directly_standardised_rate([1, 2], [10], [1, 1]), "2 bands of age beside 1"),
        (lambda: directly_standardised_rate([5, 6], [10, 0], [1, 1]), "join it with the age beside it"),
        (lambda: directly_standardised_rate([5, 6], [10, 10], [0, 0]), "nought at every age"),
        (lambda: directly_standardised_rate([5, 6], [9, 9], [1, 1], repeats={1: [5, 5]}), "do not add up"),
        (lambda: standardised_ratio(5, 0), "expected events above nought"),
        (lambda: expected_events([1], [1], [0]), "reference population"),
    ],
)
def test_impossible_figures_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
