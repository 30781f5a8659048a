from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.analyse.reviews.screening.settling import Judgement, Outcome, people_needed, standing_of

IN, OUT, UNSURE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.UNSURE


def test_one_person_is_enough_where_one_is_needed() -> None:
    assert standing_of([Judgement(1, IN)]).outcome is Outcome.INCLUDE
    assert standing_of([Judgement(1, IN), Judgement(1, OUT, "design")]).holding == 1


def test_two_are_waited_for_where_two_are_needed() -> None:
    first = [Judgement(1, IN)]
    assert standing_of(first, needed=2).outcome is Outcome.WAITING
    assert standing_of([*first, Judgement(1, OUT, "design")], needed=2).outcome is Outcome.WAITING
    assert standing_of([*first, Judgement(2, IN)], needed=2).outcome is Outcome.INCLUDE


def test_two_who_differ_are_a_conflict_however_many_are_needed() -> None:
    both = [Judgement(1, IN), Judgement(2, OUT, "design")]
    assert standing_of(both).outcome is Outcome.CONFLICT
    assert standing_of(both, needed=2).outcome is Outcome.CONFLICT
    assert standing_of([Judgement(1, UNSURE), Judgement(2, IN)], needed=2).outcome is Outcome.CONFLICT


def test_what_settles_ends_what_was_before() -> None:
    both = [Judgement(1, IN), Judgement(2, OUT, "design")]
    settled = standing_of([*both, Judgement(3, OUT, "population", settles=True)], needed=2)
    assert (settled.outcome, settled.holding, settled.people) == (Outcome.EXCLUDE, 2, 2)


def test_a_decision_made_without_knowing_of_a_settled_one_reopens_it() -> None:
    rows = [Judgement(1, IN), Judgement(2, IN, settles=True), Judgement(3, OUT, "design")]
    assert standing_of(rows).outcome is Outcome.CONFLICT
    assert standing_of([*rows[:2], Judgement(3, IN)]).outcome is Outcome.INCLUDE


def test_of_two_reasons_the_one_that_comes_first_holds() -> None:
    found = standing_of([Judgement(1, OUT, "design"), Judgement(2, OUT, "population")], needed=2)
    assert (found.outcome, found.holding) == (Outcome.EXCLUDE, 1)


def test_what_was_decided_about_two_duplicates_alike_holds() -> None:
    alike = [Judgement(1, IN, record=1), Judgement(1, IN, record=2)]
    assert standing_of(alike).outcome is Outcome.INCLUDE
    assert standing_of(alike, needed=2).outcome is Outcome.WAITING
    assert standing_of([alike[0], Judgement(2, IN, record=2)], needed=2).outcome is Outcome.INCLUDE


def test_what_was_decided_about_two_duplicates_differently_is_a_difference_even_of_one_person() -> None:
    differ = [Judgement(1, IN, record=1), Judgement(1, OUT, "design", record=2)]
    assert standing_of(differ).outcome is Outcome.CONFLICT
    both = frozenset({1, 2})
    settled = [*differ, Judgement(2, OUT, "design", settles=True, record=1, also=both)]
    assert (standing_of(settled).outcome, standing_of(settled).holding) == (Outcome.EXCLUDE, 2)


def test_a_settled_record_does_not_outvote_a_duplicate_found_later() -> None:
    rows = [Judgement(1, IN, record=1), Judgement(2, OUT, "design", settles=True, record=1)]
    assert standing_of(rows).outcome is Outcome.EXCLUDE
    assert standing_of([Judgement(3, IN, record=2), *rows]).outcome is Outcome.CONFLICT


def test_a_decision_made_for_a_whole_group_replaces_ones_own_about_its_members() -> None:
    rows = [Judgement(1, IN, record=2), Judgement(1, OUT, "design", record=1, also=frozenset({2}))]
    assert standing_of(rows).outcome is Outcome.EXCLUDE


def test_nobody_has_decided() -> None:
    with pytest.raises(ValueError, match="nobody"):
        standing_of([])


@given(st.integers(0, 10**9), st.integers(0, 100), st.integers(0, 10**6))
def test_who_is_drawn_once_stays_drawn_when_the_share_grows(record: int, share: int, seed: int) -> None:
    if people_needed(record, share=share, seed=seed) == 2:
        assert people_needed(record, share=100, seed=seed) == 2
        assert people_needed(record, share=min(100, share + 5), seed=seed) == 2
    assert people_needed(record, share=0, seed=seed) == 1


def test_the_draw_is_near_its_share() -> None:
    drawn = sum(people_needed(record, share=20, seed=1) == 2 for record in range(10_000))
    assert 1_880 <= drawn <= 2_120
