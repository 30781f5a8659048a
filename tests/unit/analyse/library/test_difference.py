from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.library import Rating, as_it_stands, compare_editions, standing

from .making import edition

A, B, C = Rating("A", rating="3"), Rating("B", rating="3+"), Rating("C", rating="4")
NEXT = date(2026, 6, 1)


def test_new_changed_withdrawn_unchanged() -> None:
    old = edition("blueprints", A, B)
    new = edition("blueprints", Rating("a", rating="2", cost="1"), C, on=NEXT)
    found = compare_editions(old, new)
    assert [row.programme for row in found.added] == ["C"]
    assert [row.programme for row in found.withdrawn] == ["B"]
    (changed,) = found.changed
    assert [(f.column, f.was, f.now) for f in changed.fields] == [("rating", "3", "2"), ("cost", "", "1")]
    assert found.words == "1 new, 1 changed and 1 withdrawn"


def test_a_part_withdraws_nothing() -> None:
    found = compare_editions(edition("blueprints", A, B), edition("blueprints", A, on=NEXT, complete=False))
    assert (found.withdrawn, found.unmentioned, found.same) == ((), (B,), True)


def test_the_first_edition_is_all_new() -> None:
    assert compare_editions(None, edition("blueprints", A, B)).added == (A, B)


def test_two_registers_are_not_compared() -> None:
    with pytest.raises(ValueError, match="two registers"):
        compare_editions(edition("blueprints", A), edition("title-iv-e", A))


def test_what_a_newer_copy_does_not_show_goes_on_standing() -> None:
    old = edition("eef-early-years-toolkit", Rating("P", rating="moderate", months=4), as_of="the PDF")
    new = edition("eef-early-years-toolkit", Rating("P", months=5), on=NEXT, complete=False)
    (row,) = standing([new, old]).values()
    assert (row.row.rating, row.row.months, row.carried) == ("moderate", 5, ("rating",))
    assert row.rating_edition == old
    (changed,) = compare_editions(old, new).changed
    assert [(f.column, f.stands) for f in changed.fields] == [("rating", True), ("months", False)]


def test_a_withdrawn_row_is_remembered_and_can_come_back() -> None:
    first, second = edition("blueprints", A, B), edition("blueprints", B, on=NEXT)
    now = standing([first, second])
    assert now["a"].withdrawn_in == second
    assert now["a"].fingerprint != standing([first])["a"].fingerprint
    assert [row.programme for row in as_it_stands([first, second]).rows] == ["B"]
    third = edition("blueprints", A, B, on=date(2026, 9, 1))
    assert standing([first, second, third])["a"].withdrawn_in is None


rows = st.lists(
    st.builds(Rating, st.sampled_from("ABCDE"), rating=st.sampled_from(["", "2", "3", "4"])),
    unique_by=lambda row: row.programme,
)


@given(rows, rows)
def test_every_row_is_counted_once(before: list[Rating], after: list[Rating]) -> None:
    found = compare_editions(edition("blueprints", *before), edition("blueprints", *after, on=NEXT))
    assert len(found.added) + len(found.changed) + len(found.unchanged) == len(after)
    assert len(found.withdrawn) + len(found.changed) + len(found.unchanged) == len(before)


@given(rows)
def test_the_same_edition_twice_differs_in_nothing(content: list[Rating]) -> None:
    one = edition("blueprints", *content)
    assert compare_editions(one, one).same
    assert compare_editions(as_it_stands([one]), one).same
