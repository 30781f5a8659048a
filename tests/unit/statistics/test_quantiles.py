"""Groups of equal size against PHEindicatormethods' own test results."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.statistics.phe import number, rows_of
from wherewithal.statistics.quantiles import percentile, quantile_groups, ranks

GROUPS = {"Quartile": 4, "Septile": 7, "Decile": 10}
# What each set of the reference is divided within.
WITHIN = {"IndSexReg": ("IndSexRef", "ParentCode"), "IndSex": ("IndSexRef",), "None": ()}
HIGHEST_FIRST = ("RAG - Low is good", "True")


@pytest.mark.shared
def test_every_group_of_the_reference(shared: Path):
    sets: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows_of(shared, "Quantiles__testdata_Quantiles"):
        # Undivided, the whole file is one set; elsewhere a test is a set of its own.
        key = ("" if row["GroupSet"] == "None" else row["Test"], row["GroupSet"], row["QuantileNm"])
        sets.setdefault(key + tuple(row[column] for column in WITHIN[row["GroupSet"]]), []).append(row)
    checked = 0
    for (_, _, name, *_), rows in sets.items():
        highest_first = any(row["Polarity"] in HIGHEST_FIRST for row in rows)
        ours = quantile_groups(
            [number(row["Value"]) for row in rows], GROUPS[name], highest_first=highest_first
        )
        assert [str(group or "") for group in ours] == [row["QuantileInGrp"] for row in rows]
        checked += len(rows)
    assert checked == 1017


def test_ranks_share_ties_and_leave_out_what_is_missing():
    # dfe-analytical-services/local-authority-interactive-tool, test-fn_analysis.R (MIT)
    assert ranks([10, 20, 30, 40, 50]) == [1, 2, 3, 4, 5]
    assert ranks([10, 20, 20, 30, 40], highest_first=True) == [5, 3, 3, 2, 1]
    assert ranks([10, None, 30, 20, None]) == [1, None, 3, 2, None]


def test_percentiles_are_those_of_a_spreadsheet():
    # FingertipsNext (MIT): the percentiles of 1 to 50
    shares = (0.2, 0.4, 0.6, 0.8)
    assert [percentile(range(1, 51), share) for share in shares] == pytest.approx([10.8, 20.6, 30.4, 40.2])


def test_too_few_values_are_not_divided():
    assert quantile_groups([1.0, 2.0, None], 4) == [None, None, None]


@given(st.lists(st.integers(0, 10_000), min_size=10, max_size=200, unique=True), st.integers(2, 10))
def test_groups_differ_by_at_most_one_and_follow_the_values(values, groups):
    found = quantile_groups([float(value) for value in values], groups)
    sizes = [found.count(group) for group in range(1, groups + 1)]
    assert max(sizes) - min(sizes) <= 1
    ordered = [group for _, group in sorted(zip(values, found, strict=True))]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: quantile_groups([1.0], 1), "two groups or more"),
        (lambda: percentile([], 0.5), "at least one"),
        (lambda: percentile([1.0], 50), "between 0 and 1"),
    ],
)
def test_impossible_requests_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
