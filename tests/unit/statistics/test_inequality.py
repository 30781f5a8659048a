"""Slope and relative indices against PHEindicatormethods' own test results."""

import re
from pathlib import Path
from statistics import NormalDist

import pytest

from tests.unit.statistics.phe import number, rows_of
from wherewithal.statistics.inequality import Gradient, Group, Kind, gradient

KINDS = {"0": Kind.MEASURE, "1": Kind.RATE, "2": Kind.PROPORTION}
# PHEindicatormethods 2.1.0, tests/testdata: testdata_SII.csv, records 1 to 10
PEOPLE = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]
YEARS = [75.9334590103081, 78.3442382727843, 83.8360631041654, 83.6375399664931, 80.4655031529559]
YEARS += [81.1156759857022, 81.6930835718562, 84.1900062060987, 80.5955641081472, 86.2894349578624]


def test_an_index_of_the_reference():
    groups = [Group(people, value, error=1.6) for people, value in zip(PEOPLE, YEARS, strict=True)]
    found = gradient(groups, draws=2_000)
    assert found.slope == pytest.approx(6.934616473668819, rel=1e-12)
    assert found.ratio == pytest.approx(1.0888180804446217, rel=1e-12)
    assert found.slope_interval[0] < found.slope < found.slope_interval[1]
    assert found == gradient(groups, draws=2_000)
    assert found.slope_interval != gradient(groups, draws=2_000, seed=2).slope_interval


def groups_of(rows: list[dict[str, str]]) -> list[Group]:
    return [
        Group(
            float(row["Population"]),
            float(row["Value"]),
            number(row["LowerCL"]),
            number(row["UpperCL"]),
            number(row["StandardError"]),
        )
        for row in sorted(rows, key=lambda row: int(row["Quantile"]))
    ]


def options_of(test: str, row: dict[str, str]) -> dict[str, object]:
    multiplier = 1.0
    if named := re.search(r"multiplier \(x (-?\d+)\)", test):
        multiplier = float(named[1])
    elif "negative multiplier" in test:
        multiplier = -1.0
    return {
        "kind": KINDS[row["ValueType"]],
        "transform": "transform" in test,
        "multiplier": multiplier,
    }


def within_chance(ours: tuple[float, float], low: str, high: str, confidence: float, draws: int) -> int:
    """Two simulations of one limit differ by chance: by no more than six standard errors of their difference."""
    theirs = (float(low), float(high))
    normal = NormalDist()
    z = normal.inv_cdf((1 + confidence) / 2)
    deviation = (theirs[1] - theirs[0]) / (2 * z)
    tail = (1 - confidence) / 2
    error = deviation * (tail * (1 - tail) * (1 / draws + 1 / 100_000)) ** 0.5 / normal.pdf(z)
    assert ours == pytest.approx(theirs, abs=6 * error)
    return 2


@pytest.mark.shared
def test_every_index_and_interval_of_the_reference(shared: Path):
    sets: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows_of(shared, "SII__testdata_SII"):
        sets.setdefault((row["TestDescription"], row["Area"]), []).append(row)
    exact = limits = 0
    done: dict[tuple[object, ...], Gradient] = {}
    for (test, area), rows in sets.items():
        first = rows[0]
        if not first["sii"]:
            continue
        options = options_of(test, first)
        for place, level in enumerate(re.findall(r"\d+", first["Confidence"]), 1):
            confidence = (
                0.98 if "98% c" in test.lower() and place == 1 and "95" not in test else int(level) / 100
            )
            groups = groups_of(rows)
            key = (area, tuple(groups), tuple(options.items()), confidence)
            ours = done.setdefault(key, gradient(groups, confidence=confidence, **options))  # type: ignore[arg-type]
            assert ours.slope == pytest.approx(float(first["sii"]), rel=1e-11), test
            exact += place == 1
            if first["rii"]:
                assert ours.ratio == pytest.approx(float(first["rii"]), rel=1e-11), test
                exact += place == 1
            if first["Intercept"]:
                assert ours.intercept == pytest.approx(float(first["Intercept"]), rel=1e-11), test
                exact += place == 1
            draws = int(first["Repetitions"])
            if low := first[f"sii_lowercl_{place}"]:
                high = first[f"sii_uppercl_{place}"]
                limits += within_chance(ours.slope_interval, low, high, confidence, draws)
            if low := first[f"rii_lowercl_{place}"]:
                high = first[f"rii_uppercl_{place}"]
                limits += within_chance(ours.ratio_interval, low, high, confidence, draws)
    assert (exact, limits) == (110, 168)


@pytest.mark.shared
def test_what_the_reference_refuses_is_refused(shared: Path):
    rows = rows_of(shared, "SII__testdata_SII")
    negative = [row for row in rows if row["TestDescription"] == "error handling - negative populations"]
    with pytest.raises(ValueError, match="has no people"):
        gradient(groups_of(negative))


def test_a_gradient_with_known_ends():
    groups = [Group(100, value, value - 1, value + 1) for value in (10, 20, 30, 40, 50)]
    found = gradient(groups, draws=1_000)
    assert found.intercept == pytest.approx(5)
    assert found.slope == pytest.approx(50)
    assert found.ratio == pytest.approx(11)
    turned = gradient(groups, multiplier=-1, draws=1_000)
    assert turned.slope == pytest.approx(-50)
    assert turned.ratio == pytest.approx(1 / 11)


@pytest.mark.parametrize(
    ("groups", "options", "said"),
    [
        ([Group(1, 1, error=1)] * 2, {}, "at least three groups"),
        ([Group(1, 1)] * 3, {}, "neither 95% limits nor a standard error"),
        ([Group(1, 1, 2, 0)] * 3, {}, "wrong way round"),
        ([Group(1, 0, error=1)] * 3, {"kind": Kind.RATE}, "not above nought"),
        ([Group(1, 12, error=1)] * 3, {"kind": Kind.PROPORTION}, "not between 0 and 1"),
        ([Group(1, 1, error=1)] * 3, {"transform": True}, "say which the values are"),
        ([Group(1, 1, error=1)] * 3, {"multiplier": 0}, "other than nought"),
        ([Group(1, float("nan"), error=1)] * 3, {}, "has no value"),
        ([Group(1, 1, error=1)] * 3, {"confidence": 95}, "between 0 and 1"),
    ],
)
def test_impossible_figures_are_refused(groups, options, said):
    with pytest.raises(ValueError, match=said):
        gradient(groups, **options)
