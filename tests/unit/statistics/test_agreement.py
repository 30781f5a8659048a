"""Agreement, pinned to published examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.statistics.agreement import (
    bootstrap_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    table_of,
)


def by_unit(*judges: str) -> list[list[str | None]]:
    """Units by judges, from a line a judge; a dot is a gap."""
    return [[None if cell == "." else cell for cell in unit] for unit in zip(*judges, strict=True)]


def numbers(rows: list[list[str | None]]) -> list[list[int | None]]:
    return [[None if cell is None else int(cell) for cell in row] for row in rows]


BINARY = by_unit("0100000010", "1110010000")
NOMINAL = by_unit("aabbdcccedda", "babbbccceddd")
FOUR = numbers(by_unit("123321412...", "1233224125.3", ".3332342251.", "12332441251."))
THREE = numbers(by_unit(".....34121133.3", "1.213343.......", "..21344.21133.4"))


@pytest.mark.parametrize(
    ("ratings", "level", "alpha"),
    [
        (BINARY, "nominal", 0.095238),
        (NOMINAL, "nominal", 0.691964),
        (FOUR, "nominal", 0.743421),
        (FOUR, "ordinal", 0.815388),
        (FOUR, "interval", 0.849107),
        (FOUR, "ratio", 0.797403),
        (THREE, "nominal", 0.691358),
        (THREE, "interval", 0.810845),
        (by_unit("001111111100001111110000", "000011110000000110000000"), "nominal", 0.328571),
    ],
)
def test_krippendorffs_published_examples(ratings: list, level: str, alpha: float) -> None:
    """Krippendorff (2011) A to C, the example of three coders, and Krippendorff (1995)."""
    assert krippendorff_alpha(table_of(ratings), level) == pytest.approx(alpha, abs=1e-6)


def test_four_raters_with_gaps() -> None:
    """Gwet's data of four raters: irrCAC 0.4.4."""
    table = table_of(FOUR)
    assert gwet_ac1(table) == pytest.approx(0.77544, abs=5e-6)
    assert fleiss_kappa(table) == pytest.approx(0.76117, abs=5e-6)
    assert percent_agreement(table) == pytest.approx(0.81818, abs=5e-6)


def test_kappa_falls_where_nearly_everything_is_one_value_and_ac1_does_not() -> None:
    """118 both yes, 5 and 2 split, none both no (Gwet 2008)."""
    ratings = [("yes", "yes")] * 118 + [("yes", "no")] * 5 + [("no", "yes")] * 2
    assert cohen_kappa(ratings) == pytest.approx(-0.0234, abs=5e-5)
    assert gwet_ac1(table_of(ratings)) == pytest.approx(0.9408, abs=5e-5)


def test_cohens_textbook_table() -> None:
    ratings = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(ratings) == pytest.approx(0.4)
    krippendorff_1995 = by_unit("001111111100001111110000", "000011110000000110000000")
    assert cohen_kappa(krippendorff_1995) == pytest.approx(0.384615, abs=1e-6)


def test_nothing_to_disagree_about_has_no_value() -> None:
    ratings = [("a", "a")] * 3
    assert math.isnan(cohen_kappa(ratings))
    assert math.isnan(krippendorff_alpha(table_of(ratings)))
    assert gwet_ac1(table_of(ratings)) == 1
    assert all(math.isnan(end) for end in bootstrap_interval(table_of(ratings), krippendorff_alpha, seed=1))


def test_wrong_input_is_named() -> None:
    with pytest.raises(ValueError, match="judged by two"):
        table_of([("a", None), (None, "b")])
    with pytest.raises(ValueError, match="not among the values"):
        table_of([("a", "b")], values=("a", "c"))
    with pytest.raises(ValueError, match="for two judges"):
        cohen_kappa([("a", "a", "b")])
    with pytest.raises(ValueError, match="level"):
        krippendorff_alpha(table_of([("a", "b")]), "cardinal")


def test_an_interval_is_drawn_by_its_seed_and_holds_the_value() -> None:
    table = table_of(FOUR)
    low, high = bootstrap_interval(table, krippendorff_alpha, seed=4)
    assert (low, high) == bootstrap_interval(table, krippendorff_alpha, seed=4)
    assert low < 0.743421 < high


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_the_order_of_units_and_of_judges_makes_no_difference(ratings: list[tuple[str, str]]) -> None:
    turned = [row[::-1] for row in reversed(ratings)]
    one, other = krippendorff_alpha(table_of(ratings)), krippendorff_alpha(table_of(turned))
    assert one == pytest.approx(other, nan_ok=True)
    assert -1 <= gwet_ac1(table_of(ratings)) <= 1
