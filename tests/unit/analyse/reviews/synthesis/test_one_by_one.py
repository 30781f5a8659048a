"""Leaving out, adding, influence, true effects: every shared result of metafor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.one_by_one import (
    baujat,
    cumulative,
    influence,
    leave_one_out,
    true_effects,
)
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.analyse.reviews.synthesis.regression import meta_regression
from wherewithal.errors import BadInput

SERIES = {
    "estimate": "estimate",
    "se": "se",
    "p": "pval",
    "low": "ci.lb",
    "high": "ci.ub",
    "tau2": "tau2",
    "i2": "I2",
}
INFLUENCE = {
    "deleted": "rstudent",
    "dffits": "dffits",
    "cook": "cook.d",
    "covariance_ratio": "cov.r",
    "hat": "hat",
    "tau2_without": "tau2.del",
    "q_without": "QE.del",
    "weight": "weight",
    "influential": "is.infl",
}
STUDIES = 687
"""In the 24 sets with these results."""


def apart(ours: Any, theirs: Any) -> np.ndarray:
    """Relative differences, nought where metafor gave no number."""
    other = np.array([np.nan if x is None else x for x in theirs], dtype=float)
    far = np.abs(np.asarray(ours, dtype=float) - other) / np.maximum(np.abs(other), 1e-9)
    return np.where(np.isnan(other), 0.0, far)


def sets(shared: Path, part: str) -> list[tuple[str, np.ndarray, np.ndarray, dict]]:
    kept = ref.read(shared)
    return [
        (n, *ref.effects(kept, n), u[part])
        for n, u in kept["uni"].items()
        if "error" not in u.get(part, {"error": 1})
    ]


@pytest.mark.shared
def test_leaving_one_out_agrees_with_metafor(shared: Path) -> None:
    compared = 0
    for name, y, v, theirs in sets(shared, "leave1out"):
        ours = leave_one_out(y, v)
        for field, key in {**SERIES, "q": "Q", "q_p": "Qp", "h2": "H2"}.items():
            far = np.flatnonzero(apart(getattr(ours, field), theirs[key]) > ref.AGREES)
            # One fit of bcg_RD stops too early in metafor: risk differences have a tau² of 0.001.
            assert far.tolist() in ([], [5] if name == "bcg_RD" else []), (name, field)
        compared += y.size
    assert compared == STUDIES


@pytest.mark.shared
def test_adding_one_by_one_agrees_with_metafor(shared: Path) -> None:
    compared = 0
    for name, y, v, theirs in sets(shared, "cumul"):
        ours = cumulative(y, v)
        for field, key in SERIES.items():
            assert apart(getattr(ours, field), theirs[key]).max() < ref.AGREES, (name, field)
        compared += y.size
    assert compared == STUDIES


@pytest.mark.shared
def test_influence_agrees_with_metafor(shared: Path) -> None:
    compared = 0
    for name, y, v, theirs in sets(shared, "influence"):
        ours = influence(y, v)
        for field, key in INFLUENCE.items():
            far = np.flatnonzero(apart(getattr(ours, field), theirs[key]) > ref.AGREES)
            assert far.tolist() in ([], [5] if name == "bcg_RD" else []), (name, field)
        compared += y.size
    assert compared == STUDIES


@pytest.mark.shared
def test_true_effects_agree_with_metafor(shared: Path) -> None:
    for name, y, v, theirs in sets(shared, "blup"):
        ours = true_effects(y, v)
        assert apart(ours.effects, theirs["pred"]).max() < ref.AGREES, name
        assert apart(ours.se, theirs["se"]).max() < ref.AGREES, name


Y, V = np.array([0.1, 0.3, 0.2, 0.6, 0.7, 1.9]), np.array([0.02, 0.03, 0.01, 0.02, 0.04, 0.02])
X = [1.0, 2.0, 2.0, 4.0, 5.0, 3.0]


@pytest.mark.parametrize(
    "method", ["EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "DLIT", "GENQ"]
)
@pytest.mark.parametrize("exact", [True, False])
def test_together_is_the_same_as_one_at_a_time(method: str, exact: bool) -> None:
    out, added = leave_one_out(Y, V, method=method, exact=exact), cumulative(Y, V, method=method, exact=exact)
    for number in range(Y.size):
        rest = np.arange(Y.size) != number
        alone = pool(Y[rest], V[rest], method=method, exact=exact)
        got = [getattr(out, f)[number] for f in ("estimate", "se", "tau2", "i2", "h2", "q", "p")]
        assert got == pytest.approx(
            [alone.estimate, alone.se, alone.tau2, alone.i2, alone.h2, alone.q, alone.p], abs=1e-7
        )
        if number:
            first = pool(Y[: number + 1], V[: number + 1], method=method, exact=exact)
            assert added.estimate[number] == pytest.approx(first.estimate, abs=1e-7)
            assert added.i2[number] == pytest.approx(first.i2, abs=1e-4)


def test_influence_on_a_regression_is_what_leaving_out_changes() -> None:
    found = influence(Y, V, {"x": X}, test="knha")
    for number in range(Y.size):
        rest = np.arange(Y.size) != number
        without = meta_regression(Y[rest], V[rest], {"x": [x for x, r in zip(X, rest, strict=True) if r]})
        assert found.tau2_without[number] == pytest.approx(without.tau2, abs=1e-9)
        fitted = without.coefficients[0].estimate + without.coefficients[1].estimate * X[number]
        row = np.array([1, X[number]])
        spread = V[number] + without.tau2 + row @ without.covariance @ row
        assert found.deleted[number] == pytest.approx((Y[number] - fitted) / np.sqrt(spread), rel=1e-6)
    assert found.dfbetas.shape == (6, 2)
    assert found.influential[5]


def test_the_odd_study_stands_out() -> None:
    assert influence(Y, V).influential.tolist() == [False] * 5 + [True]
    plot = baujat(Y, V, method="EE")
    assert plot.heterogeneity.argmax() == plot.influence.argmax() == 5
    assert plot.heterogeneity.sum() == pytest.approx(pool(Y, V, method="EE").q)


def test_order_of_years() -> None:
    backwards = cumulative(Y, V, order=[6, 5, 4, 3, 2, 1])
    assert backwards.estimate[0] == 1.9
    assert backwards.estimate[-1] == pytest.approx(pool(Y, V).estimate)


@pytest.mark.parametrize("what", [leave_one_out, influence, baujat])
def test_two_studies_are_too_few(what) -> None:
    with pytest.raises(BadInput, match="at least 3"):
        what([0.1, 0.2], [0.1, 0.1])
