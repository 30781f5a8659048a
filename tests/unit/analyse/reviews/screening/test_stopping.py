"""Stopping rules: against their authors' package, and held to their promise on made-up piles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from wherewithal.analyse.reviews.screening.stopping import (
    Audit,
    Looks,
    chance_of_missing,
    draws_needed,
    missed_at_most,
    more_to_read,
    planned_looks,
)

READ = [True] * 20 + [False] * 30 + [True] * 5 + [False] * 60 + [True] + [False] * 100


@pytest.mark.parametrize(
    ("records", "target", "chance"),
    [(1000, 0.95, 0.7864386629292365), (400, 0.95, 0.41895187378689097), (1000, 0.8, 0.4302528380985655)],
)
def test_the_chance_is_that_of_its_authors(records: int, target: float, chance: float) -> None:
    """calculate_h0 of buscarpy 0.0.2, by the authors of the method."""
    assert chance_of_missing(READ, records=records, target=target) == pytest.approx(chance, rel=1e-9)


def test_nothing_found_says_nothing_and_everything_read_is_certain() -> None:
    assert chance_of_missing([], records=50) == 1
    assert chance_of_missing([False] * 20, records=50) == 1
    assert chance_of_missing([True, False, False], records=3) == 0
    assert more_to_read([False] * 20, records=50) is None


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="3 decisions on 2 records"):
        chance_of_missing([True] * 3, records=2)
    with pytest.raises(ValueError, match="target"):
        chance_of_missing([True], records=2, target=1)
    with pytest.raises(ValueError, match="found among"):
        missed_at_most(10, 3, 4)


def test_so_many_more_are_enough_and_one_less_is_not() -> None:
    more = more_to_read(READ, records=400)
    assert more is not None
    longer = READ + [False] * more
    assert chance_of_missing(longer, records=400) < 0.05
    assert chance_of_missing(longer[:-1], records=400) >= 0.05
    assert more_to_read(longer, records=400) == 0


def test_looks_share_the_chance_to_be_wrong() -> None:
    looks = planned_looks(1_000, looks=5)
    assert looks.after == (200, 400, 600, 800, 1000)
    assert looks.level == pytest.approx(0.01)
    assert Looks(()).level == pytest.approx(0.05)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(5, 40))
def test_a_random_order_stops_too_early_once_in_twenty_at_most(seed: int, relevant: int) -> None:
    """With no ranking at all, the worst case for the rule, over 200 piles: a wide margin for chance."""
    draw = np.random.default_rng(seed)
    early = 0
    for _ in range(200):
        pile = np.zeros(300, dtype=bool)
        pile[draw.choice(300, relevant, replace=False)] = True
        looks = planned_looks(300, looks=4)
        for place in looks.after:
            if chance_of_missing(pile[:place], records=300) < looks.level:
                early += pile[:place].sum() < 0.95 * relevant
                break
    assert early <= 24


def test_what_is_left_is_bounded_at_every_draw() -> None:
    """The bound is wrong at any draw in fewer than one pile in twenty: 500 piles, 12 relevant of 300."""
    wrong = 0
    for seed in range(500):
        pile = np.random.default_rng(seed).permutation(np.arange(300) < 12).cumsum()
        wrong += any(missed_at_most(300, drawn, int(pile[drawn - 1])) < 12 for drawn in range(5, 300, 5))
    assert wrong <= 25


def test_reading_everything_leaves_nothing_to_bound() -> None:
    assert missed_at_most(40, 40, 3) == 3
    assert Audit(40, 40, 3, earlier=17).recall_at_least() == 1


def test_more_draws_bound_more_tightly() -> None:
    bounds = [missed_at_most(1_000, drawn, 0) for drawn in (0, 50, 100, 300, 900)]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[0] >= 900


def test_so_many_draws_certify_and_one_less_does_not() -> None:
    more = draws_needed(800, 100)
    assert Audit(800, more, 0, earlier=100).recall_at_least() >= 0.95
    assert Audit(800, more - 1, 0, earlier=100).recall_at_least() < 0.95
    assert draws_needed(800, 100, drawn=more) == 0


@given(
    st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 40), st.sampled_from([0.5, 0.8, 0.95])
)
@settings(max_examples=150, deadline=None)
def test_only_some_stretches_have_to_be_looked_at(read: list[bool], unread: int, target: float) -> None:
    """The chance from every stretch of last records, one by one, is the chance from those that can speak loudest."""
    records = len(read) + unread
    found = sum(read)
    chances = [1.0]
    for length in range(1, len(read) + 1):
        within = sum(read[-length:])
        before = unread + length
        fewest = np.floor(found / target + 1 - (found - within))
        chances.append(0.0 if fewest > before else float(hypergeom.cdf(within, before, fewest, length)))
    expected = min(chances) if found else 1.0
    assert chance_of_missing(read, records=records, target=target) == pytest.approx(expected, abs=1e-12)
