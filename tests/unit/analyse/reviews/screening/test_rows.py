"""Rows that are mostly zero, against the same sums written out; and words cut as the pattern has them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wherewithal.analyse.reviews.screening.ranking.rows import ReadRows, Rows, rows_from_columns
from wherewithal.analyse.reviews.screening.ranking.words import read_features

tables = arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(1, 8)), elements=st.integers(-3, 3))


def rows_of(table: np.ndarray) -> Rows:
    column, row = np.nonzero(table.T)
    ends = np.concatenate([[0], np.cumsum((table != 0).sum(axis=0))])
    return rows_from_columns(ends, row, table[row, column], height=len(table))


@given(tables)
def test_products_are_those_of_the_table(table: np.ndarray) -> None:
    rows = rows_of(table)
    across, down = np.arange(table.shape[1], dtype=float), np.arange(len(table), dtype=float)
    assert rows.times(across) == pytest.approx(table @ across)
    assert rows.summed(down) == pytest.approx(table.T @ down)
    which = np.arange(len(table))[::-1]
    assert rows.taken(which).times(across) == pytest.approx(table[which] @ across)
    columns, weights = rows.row(0)
    assert np.flatnonzero(table[0]).tolist() == columns.tolist()
    assert table[0][columns].tolist() == weights.tolist()


@given(tables, st.lists(st.lists(st.integers(0, 7), max_size=8), max_size=4))
def test_rows_kept_between_lessons_are_the_rows_taken_anew(
    table: np.ndarray, lessons: list[list[int]]
) -> None:
    rows = rows_of(table)
    kept = ReadRows(rows)
    across = np.arange(table.shape[1], dtype=float)
    read: list[int] = []
    for lesson in [*lessons, []]:
        read = [*read, *(record for record in lesson if record < len(table))] if lesson else [0]
        records = np.array(read, dtype=np.int64)
        assert kept.of(records).times(across) == pytest.approx(table[records] @ across)


def test_a_row_that_is_not_there_and_a_vector_of_another_length_are_refused() -> None:
    rows = rows_of(np.eye(3))
    with pytest.raises(IndexError, match="from 0 to 2"):
        rows.taken(np.array([3]))
    with pytest.raises(ValueError, match="3 numbers"):
        rows.times(np.ones(4))


@given(st.lists(st.text(max_size=30), max_size=5))
def test_words_are_cut_as_the_pattern_has_them(texts: list[str]) -> None:
    found = {word for text in texts for word in re.findall(r"\w\w+", text.lower())}
    assert set(read_features(texts).words) == found
