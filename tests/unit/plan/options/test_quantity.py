"""Quantities: what people write is what is worked with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.errors import BadInput
from wherewithal.plan.options import Outlook, Quantity, Range


@pytest.mark.parametrize(
    ("written", "low", "central", "high"),
    [
        ("96", 96, 96, 96),
        ("£1,200", 1200, 1200, 1200),
        ("72%", 72, 72, 72),
        ("96 (80 to 110)", 80, 96, 110),
        ("£2,740 (£2,180 – £3,660)", 2180, 2740, 3660),
        (" .5 ( .25 to 1 ) ", 0.25, 0.5, 1),
        ("1234567.89", 1234567.89, 1234567.89, 1234567.89),
        ("−3", -3, -3, -3),
    ],
)
def test_people_write_figures_in_many_ways(written, low, central, high):
    assert Quantity.parse(written) == Quantity(low, central, high)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "about 90",
        "80 to 110",
        "1,2,3",
        "£",
        ".",
        "-",
        "96 (80)",
        "nan",
        "inf",
        "96 (a to b)",
        "1e9",
    ],
)
def test_what_is_not_a_figure_is_refused_with_how_to_write_it(written):
    with pytest.raises(BadInput, match="is not a figure") as caught:
        Quantity.parse(written)
    assert "96 (80 to 110)" in caught.value.problems[0].expected


@pytest.mark.parametrize("written", ["96 (110 to 80)", "96 (100 to 110)", "96 (80 to 90)"])
def test_a_range_out_of_order_is_refused(written):
    with pytest.raises(BadInput, match="lowest to its highest"):
        Quantity.parse(written)


figures = st.integers(-(10**11), 10**11).map(lambda hundredths: hundredths / 100)


@given(st.lists(figures, min_size=3, max_size=3).map(sorted))
def test_what_is_written_reads_back_the_same(values):
    quantity = Quantity.of(values)
    assert Quantity.parse(quantity.written) == quantity


def test_the_good_end_depends_on_what_is_counted():
    quantity = Quantity(80, 96, 110)
    assert quantity.at(Outlook.WELL, better="more") == quantity.at(Outlook.BADLY, better="less") == 110
    assert quantity.at(Outlook.WELL, better="less") == quantity.at(Outlook.BADLY, better="more") == 80
    assert quantity.at(Outlook.EXPECTED, better="less") == 96


def test_a_range_runs_from_low_to_high_whichever_end_is_good():
    assert (Range(5, 9, 2).low, Range(5, 9, 2).high) == (2, 9)
    assert Range(5, 5, 5).is_certain
