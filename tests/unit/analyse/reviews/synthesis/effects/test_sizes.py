"""Effect sizes: every shared result of metafor's escalc, variances by another way, empty cells, bad numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.effects.parts import Choices
from wherewithal.analyse.reviews.synthesis.effects.sizes import MEASURES, effect_sizes
from wherewithal.errors import BadInput

BCG = {"ai": "tpos", "bi": "tneg", "ci": "cpos", "di": "cneg"}
CBT = {"ai": "n.cbt.rec", "bi": "n.cbt.non", "ci": "n.ctrl.rec", "di": "n.ctrl.non"}
OWN = {name: name for name in ("n1i", "n2i", "m1i", "m2i", "sd1i", "sd2i", "ri", "ni", "ai", "ci")}
SETS = {
    "bcg_RR": ("RR", BCG, 13),
    "bcg_OR": ("OR", BCG, 13),
    "bcg_RD": ("RD", BCG, 13),
    "landenberger2005_OR": ("OR", CBT, 58),
    "normand1999_MD": ("MD", OWN, 9),
    "normand1999_SMD": ("SMD", OWN, 9),
    "ROM_normand": ("ROM", OWN, 9),
    "SMD1H_normand": ("SMDH", OWN, 9),  # the shared name says SMD1H; its numbers are SMDH's
    "molloy2014_ZCOR": ("ZCOR", OWN, 16),
    "molloy2014_COR": ("COR", OWN, 16),
    "mcdaniel1994_ZCOR": ("ZCOR", OWN, 160),
    "cohen1981_ZCOR": ("ZCOR", OWN, 20),
    "yusuf1985_PETO": ("PETO", OWN, 21),
    "hine1989_RD": ("RD", OWN, 6),
    "nielweise2007_OR": ("OR", OWN, 18),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_agrees_with_metafor_on_every_shared_set(shared: Path, name: str) -> None:
    measure, columns, count = SETS[name]
    table = ref.table(shared, f"es_{name}")
    ours = effect_sizes(
        measure, {ours: ref.column(table[own]) for ours, own in columns.items() if own in table}
    )
    theirs = ref.effects(ref.read(shared), name)
    assert ours.there.sum() == count
    np.testing.assert_allclose(ours.effects[ours.there], theirs[0], rtol=1e-10, atol=1e-15)
    np.testing.assert_allclose(ours.variances[ours.there], theirs[1], rtol=1e-10)


@pytest.mark.shared
def test_agrees_with_metafor_on_proportions_and_changes(shared: Path) -> None:
    """The raw numbers are not shared: the proportions follow from their log odds, the changes are Morris (2008)."""
    kept = ref.read(shared)
    x, n = np.array([4, 9, 1, 12, 3, 20]), np.array([40, 50, 33, 80, 21, 90])
    # Morris, Organizational Research Methods 11 (2008) 364, table 1, treatment groups.
    before, after = [30.6, 23.5, 0.5, 53.4, 35.6], [38.5, 26.8, 0.7, 75.9, 36.0]
    morris = {
        "m1i": before,
        "m2i": after,
        "sd1i": [15.0, 3.1, 0.1, 14.5, 4.7],
        "ni": [20, 50, 9, 10, 14],
        "ri": [0.47, 0.64, 0.77, 0.89, 0.44],
    }
    for name, measure, columns in (
        ("proportions_PLO_made", "PLO", {"xi": x, "ni": n}),
        ("proportions_PFT_made", "PFT", {"xi": x, "ni": n}),
        ("SMCR_morris", "SMCR", morris),
    ):
        ours, theirs = effect_sizes(measure, columns), ref.effects(kept, name)
        np.testing.assert_allclose(ours.effects, theirs[0], rtol=1e-10)
        np.testing.assert_allclose(ours.variances, theirs[1], rtol=1e-10)


def spread(function: Callable[[np.ndarray], float], at: np.ndarray, covariance: np.ndarray) -> float:
    """The variance of a function of estimates, by its slopes (the delta method)."""
    step = 1e-6 * np.maximum(1e-3, np.abs(at))
    slopes = np.array(
        [(function(at + e) - function(at - e)) / (2 * s) for s, e in zip(step, np.diag(step), strict=True)]
    )
    return float(slopes @ covariance @ slopes)


@given(st.lists(st.integers(5, 400), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("measure", ["RR", "OR", "RD", "YUQ", "YUY", "PBIT", "OR2DL", "OR2DN"])
def test_variances_of_tables_follow_from_two_proportions(measure: str, cells: list[int]) -> None:
    a, b, c, d = (float(cell) for cell in cells)
    n1, n2 = a + b, c + d
    at = np.array([a / n1, c / n2])
    covariance = np.diag(at * (1 - at) / [n1, n2])

    def function(p: np.ndarray) -> float:
        columns = {"ai": [p[0] * n1], "bi": [(1 - p[0]) * n1], "ci": [p[1] * n2], "di": [(1 - p[1]) * n2]}
        return float(effect_sizes(measure, columns).effects[0])

    ours = effect_sizes(measure, {"ai": [a], "bi": [b], "ci": [c], "di": [d]})
    assert ours.variances[0] == pytest.approx(spread(function, at, covariance), rel=1e-4)


def test_phi_has_the_variance_of_a_table_of_one_sample() -> None:
    cells = np.array([30.0, 12.0, 9.0, 41.0])
    total = cells.sum()
    p = cells / total
    covariance = (np.diag(p) - np.outer(p, p)) / total

    def function(shares: np.ndarray) -> float:
        columns = dict(zip(("ai", "bi", "ci", "di"), (shares * total)[:, None], strict=True))
        return float(effect_sizes("PHI", columns).effects[0])

    ours = effect_sizes("PHI", dict(zip(("ai", "bi", "ci", "di"), cells[:, None], strict=True)))
    assert ours.variances[0] == pytest.approx(spread(function, p, covariance), rel=1e-4)


MEANS = {"m1i": [12.0], "m2i": [10.0], "sd1i": [3.0], "sd2i": [2.0], "n1i": [4000.0], "n2i": [5000.0]}


@pytest.mark.parametrize("measure", ["MD", "SMDH", "SMD1H", "ROM", "VR", "CVR"])
def test_variances_of_means_follow_from_normal_groups(measure: str) -> None:
    """A mean has variance s²/n, a standard deviation s²/(2(n - 1)), in large groups."""
    names = ["m1i", "m2i", "sd1i", "sd2i"]
    at = np.array([MEANS[name][0] for name in names])
    n = np.array([4000.0, 5000.0])
    covariance = np.diag([*(at[2:] ** 2 / n), *(at[2:] ** 2 / (2 * (n - 1)))])

    def function(x: np.ndarray) -> float:
        return float(
            effect_sizes(measure, {**MEANS, **{k: [v] for k, v in zip(names, x, strict=True)}}).effects[0]
        )

    ours = effect_sizes(measure, MEANS)
    assert ours.variances[0] == pytest.approx(spread(function, at, covariance), rel=2e-3)


def test_hedges_correction_exact_and_approximate() -> None:
    """Hedges (1981): with 10 degrees of freedom c = 0.9228 exactly, 1 - 3/39 = 0.9231 by his approximation."""
    columns = {"m1i": [1.0], "m2i": [0.0], "sd1i": [1.0], "sd2i": [1.0], "n1i": [6.0], "n2i": [6.0]}
    by = {
        c: effect_sizes("SMD", columns, choices=Choices(correction=c)).effects[0]
        for c in ("exact", "approximate", "none")
    }
    assert by["exact"] == pytest.approx(0.92275, abs=5e-6)
    assert by["approximate"] == pytest.approx(0.923077, abs=1e-6)
    assert by["none"] == 1.0
    wide = effect_sizes("SMD", columns, choices=Choices(variance="LS2"))
    assert wide.variances[0] == pytest.approx(by["exact"] ** 2 * (1 / 3 + 1 / 24))


EMPTY = {"ai": [0, 3, 0], "bi": [20, 17, 20], "ci": [4, 2, 0], "di": [16, 18, 20]}


@pytest.mark.parametrize(
    ("choices", "effects", "notes"),
    [
        (Choices(), [True, True, True], [1, 0, 1]),
        (Choices(drop00=True), [True, True, False], [1, 0, 1]),
        (Choices(to="none"), [False, True, False], [1, 0, 1]),
        (Choices(to="all"), [True, True, True], [1, 1, 1]),
        (Choices(to="if0all"), [True, True, True], [1, 1, 1]),
        (Choices(add=0.0), [False, True, False], [1, 0, 1]),
    ],
)
@pytest.mark.parametrize("measure", ["RR", "OR"])
def test_empty_cells_are_never_silent(
    measure: str, choices: Choices, effects: list[bool], notes: list[int]
) -> None:
    ours = effect_sizes(measure, EMPTY, choices=choices)
    assert ours.there.tolist() == effects
    assert [len(said) for said in ours.notes] == notes


def test_an_addition_by_the_opposite_groups_size() -> None:
    """Sweeting and others (2004): 1 in all, shared as the groups' sizes are; even groups get a half each."""
    cells = {"ai": [0.0, 0.0], "bi": [100.0, 50.0], "ci": [2.0, 3.0], "di": [298.0, 47.0]}
    ours = effect_sizes("OR", cells, choices=Choices(shared="opposite"))
    assert ours.effects[0] == pytest.approx(np.log(0.25 * 298.75 / (100.25 * 2.75)))
    even = effect_sizes("OR", cells)
    assert ours.effects[1] == pytest.approx(even.effects[1])
    assert "shared between the groups' cells by their sizes" in ours.notes[0][0]
    with pytest.raises(BadInput, match="shared is one of even, opposite"):
        effect_sizes("OR", cells, choices=Choices(shared="both"))  # type: ignore[arg-type]


def test_the_same_addition_gives_the_same_odds() -> None:
    ours = effect_sizes("OR", EMPTY, choices=Choices(add=1))
    assert ours.effects[0] == pytest.approx(np.log(1 * 17 / (21 * 5)))
    assert "1 added" in ours.notes[0][0]


def test_peto_needs_no_addition_but_an_event() -> None:
    ours = effect_sizes("PETO", EMPTY, choices=Choices(to="none"))
    assert ours.there.tolist() == [True, True, False]


def test_no_events_in_proportions_and_rates() -> None:
    assert effect_sizes("PLO", {"xi": [0], "ni": [10]}).effects[0] == pytest.approx(np.log(0.5 / 10.5))
    assert effect_sizes("PFT", {"xi": [0], "ni": [10]}).notes == ((),)
    rates = effect_sizes("IRR", {"x1i": [0, 4], "x2i": [3, 8], "t1i": [100, 100], "t2i": [90, 100]})
    assert rates.effects[1] == pytest.approx(np.log(0.5))
    assert "0.5 added" in rates.notes[0][0]
    assert effect_sizes("PR", {"xi": [0], "ni": [10]}, choices=Choices(to="none")).there.tolist() == [False]


def test_a_missing_number_is_said_and_leaves_the_others_alone() -> None:
    ours = effect_sizes("MD", {**{k: v * 2 for k, v in MEANS.items()}, "sd2i": [2.0, float("nan")]})
    assert ours.there.tolist() == [True, False]
    assert ours.notes[1] == ("no effect: sd2i not given",)


def test_directions_turned_are_noted() -> None:
    ours = effect_sizes("SMD", {k: v * 2 for k, v in MEANS.items()}, turned=[False, True])
    assert ours.effects[0] == -ours.effects[1] > 0
    assert ours.variances[0] == ours.variances[1]
    assert ours.notes == ((), ("direction turned round",))
    with pytest.raises(BadInput, match="no direction"):
        effect_sizes("PLO", {"xi": [1], "ni": [10]}, turned=True)


@given(st.floats(0, 40), st.floats(0.5, 20))
def test_standardised_differences_do_not_depend_on_the_unit(moved: float, factor: float) -> None:
    other = {
        k: [factor * v[0] + (moved if k.startswith("m") else 0)] for k, v in MEANS.items() if k[0] != "n"
    }
    for measure in ("SMD", "SMDH", "SMD1", "SMD1H"):
        here, there = effect_sizes(measure, MEANS), effect_sizes(measure, {**MEANS, **other})
        assert there.effects[0] == pytest.approx(here.effects[0], rel=1e-9)
        assert there.variances[0] == pytest.approx(here.variances[0], rel=1e-9)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
def test_swapping_the_groups_turns_the_sign(a: int, c: int, more1: int, more2: int) -> None:
    assume(a + c > 0)
    one = {"ai": [a], "n1i": [a + more1], "ci": [c], "n2i": [c + more2]}
    two = {"ai": [c], "n1i": [c + more2], "ci": [a], "n2i": [a + more1]}
    for measure in ("RR", "OR", "RD", "PETO", "AS", "PBIT", "YUQ"):
        here, there = effect_sizes(measure, one), effect_sizes(measure, two)
        assert here.effects[0] == pytest.approx(-there.effects[0], abs=1e-9)
        assert here.variances[0] == pytest.approx(there.variances[0])


@pytest.mark.parametrize(
    ("measure", "columns", "says"),
    [
        ("SMD", {**MEANS, "sd1i": [0.0]}, "study 1, column 'sd1i': 0"),
        ("SMD", {**MEANS, "n1i": [-4]}, "column 'n1i': -4"),
        ("OR", {"ai": [12], "n1i": [10], "ci": [1], "n2i": [10]}, "more events than people"),
        ("OR", {"ai": [-1], "bi": [2], "ci": [1], "di": [1]}, "column 'ai': -1"),
        ("ZCOR", {"ri": [37.0], "ni": [20]}, "percentage"),
        ("SMD", {"m1i": [1.0]}, "standard deviation of group 1"),
        ("SMDD", MEANS, "standardised mean difference"),
        ("SMD", {**MEANS, "m1i": ["x"]}, "not all numbers"),
        ("SMD", {**MEANS, "m1i": [1.0, 2.0]}, "same length"),
        ("IR", {"xi": [1], "ti": [0.0]}, "person-time"),
    ],
)
def test_numbers_that_cannot_be_are_refused_with_the_place(measure, columns, says) -> None:
    with pytest.raises(BadInput) as refused:
        effect_sizes(measure, columns)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "choices", [Choices(add=-1), Choices(to="some"), Choices(variance="XX"), Choices(correction="x")]
)
def test_choices_that_are_not_there_are_refused(choices: Choices) -> None:
    with pytest.raises(BadInput):
        effect_sizes("SMD", MEANS, choices=choices)


def test_every_measure_works_on_plain_numbers() -> None:
    numbers = {
        "ai": 12.0,
        "bi": 30.0,
        "ci": 20.0,
        "di": 25.0,
        "xi": 8.0,
        "ti": 100.0,
        "ni": 60.0,
        "ri": 0.4,
        "mi": 2.0,
        "n1i": 42.0,
        "n2i": 45.0,
        "m1i": 11.0,
        "m2i": 9.0,
        "sd1i": 3.0,
        "sd2i": 2.5,
        "sdi": 2.0,
        "x1i": 8.0,
        "x2i": 5.0,
        "t1i": 90.0,
        "t2i": 80.0,
        "m1b": 9.0,
        "m2b": 9.2,
        "m1a": 12.0,
        "m2a": 9.9,
        "sd1b": 3.0,
        "sd2b": 2.8,
    }
    for key, measure in MEASURES.items():
        ours = effect_sizes(key, {name: [numbers[name]] for name in measure.needs})
        assert ours.there.all(), key
        assert ours.variances[0] > 0, key


def test_a_mean_below_nought_has_no_ratio() -> None:
    ours = effect_sizes("ROM", {**MEANS, "m1i": [-1.0]})
    assert not ours.there[0]
    assert "no ratio" in ours.notes[0][0]
