"""Egger, PET, PEESE and rank correlation: every shared result of metafor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.small_studies import (
    Asymmetry,
    egger,
    egger_between,
    kendall,
    peese,
    pet,
    pet_peese,
    rank_test,
)
from wherewithal.errors import BadInput


def against(ours: Asymmetry, theirs: dict) -> dict[str, float]:
    return ref.compared(
        {
            "statistic": (ours.statistic, theirs["zval"]),
            "p": (ours.p, theirs["pval"]),
            "df": (ours.df, theirs["dfs"]),
            "limit": (ours.limit, theirs["est"]),
            "low": (ours.limit_ci.low, theirs["ci.lb"]),
            "high": (ours.limit_ci.high, theirs["ci.ub"]),
        }
    )


@pytest.mark.shared
def test_regression_and_rank_tests_agree_with_metafor(shared: Path) -> None:
    kept, compared = ref.read(shared), 0
    for name, results in kept["uni"].items():
        if "regtest_lm" not in results:
            continue
        y, v = ref.effects(kept, name)
        assert max(against(egger(y, v), results["regtest_lm"]).values()) < ref.AGREES, name
        far = max(against(egger_between(y, v), results["regtest_sei"]).values())
        # Risk differences: tau² of 0.0004, where metafor's step of 1e-5 is too coarse; ours goes on.
        assert far < ref.AGREES or name == "bcg_RD"
        rank = rank_test(y, v)
        assert ref.apart(rank.tau, results["ranktest"]["tau"]) < ref.AGREES, name
        assert ref.apart(rank.p, results["ranktest"]["pval"]) < ref.AGREES, name
        compared += 1
    assert compared == 24


@pytest.mark.shared
@pytest.mark.parametrize(("line", "key"), [(pet, "pet_bangert"), (peese, "peese_bangert")])
def test_pet_and_peese_agree_with_metafor(shared: Path, line, key: str) -> None:
    kept = ref.read(shared)
    ours, theirs = line(*ref.effects(kept, "bangertdrowns2004_yivi")), kept[key]
    for number, each in enumerate(ours.coefficients):
        pairs = {
            "b": (each.estimate, theirs["beta"][number]),
            "se": (each.se, theirs["se"][number]),
            "z": (each.statistic, theirs["zval"][number]),
            "p": (each.p, theirs["pval"][number]),
            "low": (each.ci.low, theirs["ci.lb"][number]),
            "high": (each.ci.high, theirs["ci.ub"][number]),
        }
        assert max(ref.compared(pairs).values()) < ref.AGREES
    pairs = {
        "tau2": (ours.tau2, theirs["tau2"]),
        "qm": (ours.qm, theirs["QM"]),
        "r2": (ours.r2, theirs["R2"]),
    }
    assert max(ref.compared(pairs).values()) < ref.AGREES


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=14))
def test_kendall_with_ties_is_scipys(pairs: list[tuple[int, int]]) -> None:
    x, y = (np.array(values, dtype=float) for values in zip(*pairs, strict=True))
    if len(set(x)) == 1 or len(set(y)) == 1:
        return
    tied = len(set(x)) < len(x) or len(set(y)) < len(y)
    theirs = stats.kendalltau(x, y, method="asymptotic" if tied else "exact")
    ours = kendall(x, y)
    assert ours.tau == pytest.approx(theirs.statistic, abs=1e-12)
    assert ours.p == pytest.approx(theirs.pvalue, abs=1e-9)


def test_the_rule_between_pet_and_peese() -> None:
    se = np.linspace(0.05, 0.4, 20)
    assert pet_peese(0.5 + 0.1 * se, se**2).taken == "PEESE"
    assert pet_peese(1.5 * se - 0.01, se**2).taken == "PET"


def test_effects_on_a_line_leave_nothing_to_test_with() -> None:
    with pytest.raises(BadInput, match="exactly on a line"):
        egger([0.3, 0.3, 0.3, 0.3], [0.1, 0.2, 0.3, 0.4])


def test_few_studies_are_said_to_be_few_and_two_refused() -> None:
    assert "4 studies" in egger([0.1, 0.2, 0.4, 0.3], [0.1, 0.2, 0.3, 0.05]).notes[0]
    with pytest.raises(BadInput, match="at least 3"):
        egger([0.1, 0.2], [0.1, 0.2])
    with pytest.raises(BadInput, match="same in every study"):
        pet([0.1, 0.2, 0.4, 0.3], [0.1] * 4)


def test_effects_that_are_all_the_same_have_no_rank_correlation() -> None:
    """Their average differs from them in the last digit, which is no order."""
    found = rank_test([0.2, 0.2, 0.2], [0.02, 0.03, 0.04])
    assert np.isnan(found.tau)
    assert found.p == 1
