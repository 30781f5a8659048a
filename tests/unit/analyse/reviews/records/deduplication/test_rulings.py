from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.records.deduplication.rulings import Group, Ruled, Ruling, groups_of


def same(*sides: tuple[int, ...]) -> Ruling:
    return Ruling(True, sides)


def parted(*sides: tuple[int, ...]) -> Ruling:
    return Ruling(False, sides)


def members(clusters: list[list[int]], *rulings: Ruling) -> list[tuple[int, ...]]:
    return [group.members for group in groups_of(clusters, Ruled(rulings))]


def test_without_rulings_the_groups_are_the_clusters() -> None:
    assert groups_of([[4, 2], [9]], Ruled([])) == [Group((2, 4))]


def test_a_person_joins_what_the_machine_did_not() -> None:
    assert groups_of([[1, 2], [5, 6]], Ruled([same((1, 2), (5, 6))])) == [Group((1, 2, 5, 6), frozenset({5}))]


def test_a_record_taken_out_stays_out_and_the_others_stay_together() -> None:
    assert members([[1, 2, 3]], parted((1,), (2, 3))) == [(2, 3)]
    assert members([[1, 2, 3, 4]], parted((1,), (2, 3))) == [(1, 4), (2, 3)]


def test_a_group_taken_apart_falls_apart_whole() -> None:
    assert members([[1, 2, 3]], parted((1,), (2,), (3,))) == []


def test_of_two_rulings_the_newer_holds() -> None:
    assert members([], same((1,), (2,)), parted((1,), (2,))) == []
    assert members([], parted((1,), (2,)), same((1,), (2,))) == [(1, 2)]
    assert members([], same((1,), (2,)), same((1, 2), (3,)), parted((3,), (1, 2))) == [(1, 2)]


def test_joining_two_of_a_group_that_was_taken_apart_leaves_the_others_apart() -> None:
    assert members([[1, 2, 3]], parted((1,), (2,), (3,)), same((1,), (2,))) == [(1, 2)]
    assert members([[1, 2, 3]], parted((1,), (2,), (3,)), same((1,), (2,)), same((1, 2), (3,))) == [(1, 2, 3)]


def test_what_a_person_said_of_one_copy_is_not_forgotten_when_another_is_joined_to_it() -> None:
    ruled = Ruled([parted((1,), (2, 3)), same((2,), (9,))])
    assert ruled.part([1], [2])
    assert ruled.part([1], [3])
    assert not ruled.part([2], [3, 9])
    assert [group.members for group in groups_of([[1, 2, 3]], ruled)] == [(2, 3, 9)]


def test_thousands_of_copies_are_quickly_grouped_and_quickly_taken_apart() -> None:
    thousands = list(range(5_000))
    alone = Ruled([parted((17,), tuple(number for number in thousands if number != 17))])
    (group,) = groups_of([thousands], alone)
    assert len(group.members) == 4_999
    assert alone.pairs_apart() == []
    assert groups_of([thousands], Ruled([parted(*((number,) for number in thousands))])) == []


def test_the_matching_is_told_of_small_rulings() -> None:
    ruled = Ruled([parted((1,), (2, 3)), same((4,), (5, 6))])
    assert ruled.pairs_apart() == [(1, 2), (1, 3)]
    assert ruled.pairs_together() == [(4, 5), (5, 6)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[list[int]], list[Ruling], list[list[Group]]]:
    """Clusters, and rulings as a person makes them from the groups that are there at the time."""
    homes = draw(st.lists(st.integers(0, 3), min_size=2, max_size=8))
    clusters = [[n for n, home in enumerate(homes) if home == each] for each in sorted(set(homes))]
    rulings: list[Ruling] = []
    states = [groups_of(clusters, Ruled(rulings))]
    for _ in range(draw(st.integers(0, 5))):
        group_of = {n: (n,) for n in range(len(homes))}
        for group in states[-1]:
            group_of |= dict.fromkeys(group.members, group.members)
        one = draw(st.integers(0, len(homes) - 1))
        other = draw(st.integers(0, len(homes) - 1))
        here, there = group_of[one], group_of[other]
        if here != there:
            rulings.append(draw(st.sampled_from([same(here, there), parted((one,), (other,))])))
        elif len(here) > 1:
            rest = tuple(n for n in here if n != one)
            rulings.append(draw(st.sampled_from([parted((one,), rest), parted(*((n,) for n in here))])))
        states.append(groups_of(clusters, Ruled(rulings)))
    return clusters, rulings, states


@given(histories())
def test_what_was_ruled_last_holds(history) -> None:
    _clusters, rulings, states = history
    ruled = Ruled(rulings)
    group_of: dict[int, tuple[int, ...]] = {}
    for group in states[-1]:
        assert not any(ruled.part([one], [other]) for one, other in combinations(group.members, 2))
        assert not set(group.members) & set(group_of)
        assert group.by_people <= set(group.members[1:])
        group_of |= dict.fromkeys(group.members, group.members)
    if rulings:
        last = rulings[-1]
        records = [record for side in last.sides for record in side]
        together = {group_of.get(record, (record,)) for record in records}
        if last.same:
            assert len(together) == 1
        else:
            for here, there in combinations(last.sides, 2):
                assert all(group_of.get(a) is None or b not in group_of[a] for a in here for b in there)


@given(histories())
def test_a_ruling_changes_no_other_group(history) -> None:
    _clusters, rulings, states = history
    for ruling, before, after in zip(rulings[-1:], states[-2:], states[-1:], strict=False):
        records = {record for side in ruling.sides for record in side}
        untouched = [group for group in before if not records & set(group.members)]
        assert all(group in after for group in untouched)
