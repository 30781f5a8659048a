import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.statistics.ranking import rank_ranges


def test_places_far_apart_keep_their_rank():
    found = rank_ranges([10, 20, 30], [(9, 11), (19, 21), (29, 31)])
    assert [(each.rank, each.low, each.high) for each in found] == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]
    assert found[0].of == 3


def test_two_places_alike_could_each_be_first():
    first, second = rank_ranges([10, 10], [(5, 15), (5, 15)])
    assert first.rank == second.rank == 1
    assert (first.low, first.high) == (1, 2)
    assert first.quarters[0] == pytest.approx(0.5, abs=0.03)


def test_the_chance_of_being_ahead_is_that_of_the_normal_distribution():
    # Two values one standard error of their difference apart: Φ(1) = 0.8413
    half = 1.959964 / 2**0.5
    first, _ = rank_ranges([0, 1], [(-half, half), (1 - half, 1 + half)], draws=200_000)
    assert first.quarters[0] == pytest.approx(0.8413, abs=0.005)


def test_an_interval_that_reaches_further_up_moves_the_rank_up():
    up, _ = rank_ranges([10, 12], [(9.9, 20), (11.9, 12.1)], draws=20_000)
    down, _ = rank_ranges([10, 12], [(0, 10.1), (11.9, 12.1)], draws=20_000)
    assert (up.low, up.high) == (1, 2)
    assert (down.low, down.high) == (1, 1)


def test_missing_values_and_missing_intervals():
    found = rank_ranges([3, None, 1, 2], [(2, 4), None, None, (1, 3)], highest_first=True)
    assert found[1] is None
    assert (found[2].rank, found[2].low, found[2].quarters) == (3, None, None)
    assert found[0].rank == 1
    assert rank_ranges([None], [None]) == [None]


def test_the_same_seed_gives_the_same_ranges():
    values, limits = [1, 2, 3], [(0, 2), (1, 3), (2, 4)]
    assert rank_ranges(values, limits, seed=3) == rank_ranges(values, limits, seed=3)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 50)), min_size=1, max_size=12))
def test_a_rank_lies_in_its_range_and_the_chances_add_up(places):
    values = [value for value, _ in places]
    found = rank_ranges(values, [(value - width, value + width) for value, width in places], draws=200)
    for each in found:
        assert 1 <= each.low <= each.rank <= each.high <= len(places)
        assert sum(each.quarters) == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: rank_ranges([1], []), "1 values beside 0"),
        (lambda: rank_ranges([1], [(2, 3)]), "outside its own interval"),
        (lambda: rank_ranges([1], [(0, 3)], level=95), "between 0 and 1"),
    ],
)
def test_impossible_figures_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
