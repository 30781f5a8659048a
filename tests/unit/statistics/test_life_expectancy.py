"""Life expectancy against PHEindicatormethods' own test results."""

from pathlib import Path

import pytest

from tests.unit.statistics.phe import numbers, rows_of
from wherewithal.statistics.life_expectancy import life_expectancy

AGES = [0.0, 1.0, *range(5, 95, 5)]
# PHEindicatormethods, the example of phe_life_expectancy: people and deaths in each band
PEOPLE = [7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601]
PEOPLE += [50209, 56416, 46411, 39820, 37978, 37039, 33288, 23306, 11936, 11936]
DEATHS = [17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937]


def test_years_at_birth_of_the_reference():
    at_birth = life_expectancy(AGES, PEOPLE, DEATHS)[0]
    assert at_birth.value == pytest.approx(80.16960813, abs=5e-9)
    assert at_birth.error is not None
    # The reference's limits take 1.96 errors; ours the exact 1.959964.
    assert at_birth.value - 1.96 * at_birth.error == pytest.approx(79.88268548, abs=5e-9)
    assert at_birth.value + 1.96 * at_birth.error == pytest.approx(80.45653078, abs=5e-9)
    assert at_birth.low == pytest.approx(79.88268548, abs=1e-5)


@pytest.mark.shared
def test_every_life_expectancy_of_the_reference(shared: Path):
    rows = rows_of(shared, "life_expectancy_pinned")
    found = life_expectancy(numbers(rows, "startage"), numbers(rows, "pops"), numbers(rows, "deaths"))
    checked = 0
    for ours, row in zip(found, rows, strict=True):
        assert ours.value == pytest.approx(float(row["value"]), rel=1e-9)
        assert ours.value - 1.96 * ours.error == pytest.approx(float(row["lowercl"]), rel=1e-9)
        assert ours.value + 1.96 * ours.error == pytest.approx(float(row["uppercl"]), rel=1e-9)
        checked += 3
    assert checked == 60


def test_a_life_in_which_a_tenth_die_each_year():
    # Dying at a constant rate m, one lives 1/m years longer at every age, whatever the bands.
    found = life_expectancy([0, 1, 2], [100_000] * 3, [10_000] * 3)
    assert found[-1].value == pytest.approx(10)
    assert found[0].value == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize(
    ("people", "deaths", "said"),
    [
        ([1000, 2000, 2000], [1, 1, 1], "5,000 people, and more than 5,000 are needed"),
        ([5000, 0, 2000], [1, 0, 1], "nobody lives at one of the ages"),
        ([5000, 5000, 2000], [1, 1, 0], "nobody died in the last band"),
        ([5000, 5000, 2000], [1, 2000, 1000], "nobody would outlive it"),
        ([5000, 5000, 100], [1, 1, 1], "wider than 20 years"),
    ],
)
def test_what_cannot_be_worked_out_says_why(people, deaths, said):
    found = life_expectancy([0, 1, 10], people, deaths)
    assert found[0].value is None
    assert said in found[0].reason


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: life_expectancy([0, 1], [1], [1]), "one age, one population"),
        (lambda: life_expectancy([1, 5], [1, 1], [1, 1]), "begin at 0 and rise"),
        (lambda: life_expectancy([0, 5], [1, -1], [0, 0]), "below nought"),
        (lambda: life_expectancy([0, 5], [1, 1], [0, 2]), "more deaths than people"),
        (lambda: life_expectancy([0, 5], [9, 9], [1, 2], confidence=1), "between 0 and 1"),
    ],
)
def test_impossible_figures_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
