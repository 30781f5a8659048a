import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.statistics.disclosure import hide_small, rounded


def test_counts_are_rounded_to_five_halves_upwards():
    assert [rounded(count) for count in (0, 2, 2.5, 3, 7, 7.5, 12)] == [0, 0, 5, 5, 5, 10, 10]
    assert rounded(14, base=10) == 10


def test_a_small_count_takes_the_next_smallest_with_it():
    found = hide_small([[3, 40, 12, 0]])
    assert found.cells == ((None, 40, None, 0),)
    assert (found.small, found.beside) == (1, 1)


def test_without_totals_nothing_else_is_hidden():
    assert hide_small([[3, 40, 12]], row_totals=False).cells == ((None, 40, 12),)


def test_a_table_is_hidden_by_rows_and_columns():
    found = hide_small([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    assert found.cells == ((None, None, 30), (None, None, 60), (70, 80, 90))
    assert (found.small, found.beside) == (1, 3)


def test_two_that_together_are_small_give_each_other_away():
    assert hide_small([[1, 2, 30, 40]]).cells == ((None, None, None, 40),)


def test_nought_can_be_hidden_too():
    assert hide_small([[0, 20, 30]], show_nought=False).cells == ((None, None, 30),)


@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=2, max_size=5))
def test_no_hidden_count_stands_alone_beside_its_total(table):
    found = hide_small(table)
    for cells, counts in [
        *zip(found.cells, table, strict=True),
        *zip(zip(*found.cells, strict=True), zip(*table, strict=True), strict=True),
    ]:
        shut = [count for cell, count in zip(cells, counts, strict=True) if cell is None]
        still_open = [cell for cell in cells if cell]
        assert all(cell is None or cell == count for cell, count in zip(cells, counts, strict=True))
        assert all(cell is None or cell == 0 or cell >= 5 for cell in cells)
        assert not shut or not still_open or (len(shut) > 1 and sum(shut) >= 5)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: rounded(3, base=0), "1 or more"),
        (lambda: hide_small([[1, 2], [3]]), "differ in length"),
        (lambda: hide_small([[-1]]), "below nought"),
    ],
)
def test_impossible_tables_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
