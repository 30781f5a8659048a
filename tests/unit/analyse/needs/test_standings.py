"""Ranks, quarters and neighbours of the whole of LAIT."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sources.test_lait import DICTIONARY, ROW, parquet
from wherewithal.analyse.needs.standings import banded, ranked, standings
from wherewithal.errors import NothingThere
from wherewithal.sources.lait import read_lait
from wherewithal.sources.statistical_neighbours import read_statistical_neighbours
from wherewithal.statistics.quantiles import ranks


def test_ranks_and_quarters_follow_polarity():
    rows = [
        {**ROW, "Short Desc": measure, "LA Number": float(number), "Values": str(value)}
        for measure in ("LAC", "Absence")
        for number, value in ((1, 10), (2, 20), (3, 20), (4, 30), (5, 40))
    ]
    england = [{**ROW, "LA Number": 970.0, "Region": "NA", "Values": "25"}]
    near = {number: [other for other in range(1, 6) if other != number] for number in range(1, 6)}
    found = standings(read_lait(parquet(*rows, *england), DICTIONARY), near)
    absence, looked_after = found.of(2)
    # Low is good: 10 is best, and 20, the quartile itself, belongs to the quarter below it. Nobody has judged
    # children looked after: the highest is first, without a quarter.
    assert (absence.measure, absence.rank, absence.of, absence.band) == ("Absence", 2, 5, "A")
    assert (looked_after.rank, looked_after.band, looked_after.england) == (3, None, 25)
    assert (looked_after.neighbour_mean, looked_after.neighbour_median) == (25, 25)
    assert (looked_after.neighbour_low, looked_after.neighbour_high, looked_after.neighbours) == (10, 40, 4)


def test_the_long_table_has_a_row_for_every_value():
    rows = [
        {**ROW, "LA Number": float(number), "Values": value}
        for number, value in ((1, "5"), (2, "-"), (3, "9"))
    ]
    frame = standings(read_lait(parquet(*rows)), {1: [2, 3], 2: [1], 3: [2]}).frame()
    assert frame.select("number", "value", "rank", "of", "quarter", "england", "neighbours_mean").rows() == [
        (1, 5.0, 2, 2, "", None, 9.0),
        (3, 9.0, 1, 2, "", None, None),
    ]


def test_a_neighbour_without_a_value_is_left_out_and_counted():
    rows = [
        {**ROW, "LA Number": float(number), "Values": value}
        for number, value in ((1, "5"), (2, "-"), (3, "9"))
    ]
    found = standings(read_lait(parquet(*rows)), {1: [2, 3], 2: [1], 3: [2, 4]})
    (first,) = found.of(1)
    assert (first.neighbour_mean, first.neighbours, first.of) == (9, 1, 2)
    assert found.of(2) == []
    (third,) = found.of(3)
    assert (third.neighbour_median, third.neighbours) == (None, 0)


def test_an_authority_that_is_not_there():
    table = read_lait(parquet(ROW))
    with pytest.raises(NothingThere, match="none of those"):
        standings(table, {1: [2]})
    with pytest.raises(NothingThere, match="number 7"):
        standings(table, {358: []}).of(7)


@pytest.mark.shared
def test_the_quarters_and_ranks_of_laits_own_tests(shared: Path):
    pins = json.loads((shared / "needs/dfe/lait_pins.json").read_text())
    # The quartiles of 0 to 100 are those of the cases: 25, 50 and 75.
    whole = np.arange(101.0)[None, :]
    checked = 0
    for value, polarity, expected in pins["quartile_band"]["cases"]:
        bands = banded(whole, np.array([polarity == "Low"]))
        assert "ABCD"[bands[0, int(value)] - 1] == expected
        checked += 1
    for case in pins["rank"]:
        values = np.array([[np.nan if value is None else value for value in case["values"]]], dtype=float)
        signed = values if case["polarity"] == "Low" else -values
        assert [int(rank) or None for rank in ranked(signed)[0]] == case["expected"]
        checked += 1
    assert checked == 16


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=3, max_size=9), min_size=1, max_size=1
    )
)
def test_ranks_of_rows_are_those_of_a_list(rows):
    values = np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=float)
    assert [int(rank) or None for rank in ranked(values)[0]] == ranks(rows[0])


@pytest.mark.shared
def test_trafford_in_the_real_table(shared: Path):
    folder = shared / "needs/dfe"
    table = read_lait(folder / "bds_long_0.parquet", folder / "lait_data_dictionary.csv")
    neighbours = read_statistical_neighbours(folder / "sn_model_2025_wide.csv")
    found = standings(table, {own.number: [near.number for near in own.near] for own in neighbours.values()})
    assert (len(found.series), len(found.authorities)) == (3771, 153)
    (looked_after,) = [each for each in found.of(358) if (each.measure, each.period) == ("LAC", "2025")]
    assert (looked_after.value, looked_after.england, looked_after.neighbours) == (62, 67, 10)
    # LAIT rounds its rates, so the mean of the ten differs a little from the one worked out from counts.
    assert looked_after.neighbour_mean == pytest.approx(55.5)
    assert looked_after.neighbour_median == 50
    line = found.series.index(("LAC", "2025"))
    column = found.authorities.index(358)
    known = [value for value in found.values[line] if np.isfinite(value)]
    assert found.ranks[line, column] == 1 + sum(value > 62 for value in known)
