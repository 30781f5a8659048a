"""Figures of an order of reading, worked out by hand on ten records."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.screening.figures import figures_of, recall_curve


def test_ten_records_two_included_at_places_one_and_four() -> None:
    found = figures_of([True, False, False, True], records=10)
    assert found.recall10 == 0.5
    assert found.wss95 == pytest.approx(1 - 0.4 - 0.05)
    assert found.atd == pytest.approx((0.1 + 0.4) / 2)
    # The curve lies 0, 1, 1, 0, ... below the best: two of the sixteen that the worst order loses.
    assert found.loss == pytest.approx(2 / 16)
    assert found.ndcg == pytest.approx((1 + 1 / math.log2(5)) / (1 + 1 / math.log2(3)))
    assert found.read == 4


def test_the_best_order_loses_nothing_and_the_worst_everything() -> None:
    assert figures_of([True, True, False], records=6).loss == 0
    assert figures_of([False] * 4 + [True, True], records=6).loss == 1


@pytest.mark.parametrize("labels", [[], [False, False], [True, True]])
def test_labels_of_one_kind_have_no_order(labels: list[bool]) -> None:
    with pytest.raises(ValueError, match="both kinds"):
        figures_of(labels, records=len(labels))


@given(st.lists(st.booleans(), min_size=2, max_size=60))
def test_figures_stay_in_their_range(labels: list[bool]) -> None:
    if all(labels) or not any(labels):
        return
    found = figures_of(labels, records=len(labels))
    assert 0 <= found.loss <= 1
    assert 0 < found.ndcg <= 1
    assert 0 <= found.recall10 <= 1
    assert found.wss95 <= 0.95
    assert figures_of(sorted(labels, reverse=True), records=len(labels)).ndcg == pytest.approx(1)


def test_a_recall_curve_by_fifths_of_ten_records() -> None:
    assert recall_curve([True, False, False, True], records=10, parts=5) == [0, 0.5, 1, 1, 1, 1]
    assert recall_curve([False, False, True], records=25, parts=10) == [0, 0, *[1] * 9]
    with pytest.raises(ValueError, match="one inclusion"):
        recall_curve([False], records=3)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 40))
def test_a_recall_curve_rises_from_nothing_to_everything(labels: list[bool], unread: int) -> None:
    if not any(labels):
        return
    curve = recall_curve(labels, records=len(labels) + unread)
    assert len(curve) == 101
    assert curve == sorted(curve)
    assert (curve[0], curve[-1]) == (0, 1)
