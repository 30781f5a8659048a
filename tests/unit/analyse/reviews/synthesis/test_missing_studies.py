"""Trim and fill, and the step selection model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.analyse.reviews.synthesis.selection import selection_model
from wherewithal.analyse.reviews.synthesis.trim_and_fill import trim_and_fill
from wherewithal.errors import BadInput


@pytest.mark.shared
def test_trim_and_fill_agrees_with_metafor(shared: Path) -> None:
    kept, compared = ref.read(shared), 0
    for name, results in kept["uni"].items():
        if "trimfill" not in results:
            continue
        ours, theirs = trim_and_fill(*ref.effects(kept, name)), results["trimfill"]
        pairs = {
            "missing": (ours.missing, theirs["k0"]),
            "error": (ours.missing_se, theirs["se.k0"]),
            "estimate": (ours.pooled.estimate, theirs["beta"]),
            "se": (ours.pooled.se, theirs["se"]),
            "low": (ours.pooled.ci.low, theirs["ci.lb"]),
            "high": (ours.pooled.ci.high, theirs["ci.ub"]),
            "tau2": (ours.pooled.tau2, theirs["tau2"]),
        }
        assert {k: x for k, x in ref.compared(pairs).items() if x > ref.AGREES} == {}, name
        assert ours.side == theirs["side"], name
        assert ours.pooled.k == ref.effects(kept, name)[0].size + ours.missing
        compared += 1
    assert compared == 24


@pytest.mark.shared
def test_the_selection_model_agrees_with_metafor(shared: Path) -> None:
    """metafor's optimiser stops near the top: the chance of being seen differs by 1.0e-6, all else by less."""
    kept = ref.read(shared)
    ours, theirs = selection_model(*ref.effects(kept, "hackshaw1998_yivi")), kept["selmodel_hackshaw"]
    pairs = {
        "estimate": (ours.estimate, theirs["beta"]),
        "se": (ours.se, theirs["se"]),
        "tau2": (ours.tau2, theirs["tau2"]),
        "lr": (ours.lr, theirs["LRT"]),
        "lr_p": (ours.lr_p, theirs["LRTp"]),
    }
    assert max(ref.compared(pairs).values()) < ref.AGREES
    assert ref.apart(ours.chances[1], theirs["delta"][1]) < 2e-6
    assert ours.counts == (7, 30)


def test_an_even_funnel_misses_nobody() -> None:
    """Studies in pairs, as far above as below."""
    away = np.array([0.05, 0.1, 0.2, 0.3, 0.4])
    y, v = np.concatenate([0.5 + away, 0.5 - away]), np.tile([0.01, 0.02, 0.04, 0.06, 0.09], 2)
    found = trim_and_fill(y, v)
    assert found.missing == 0
    assert found.pooled.estimate == pytest.approx(pool(y, v).estimate)


def test_what_was_cut_off_is_filled_in_on_its_side() -> None:
    rng = np.random.default_rng(3)
    v = rng.uniform(0.005, 0.2, 120)
    y = rng.normal(0.2, np.sqrt(v))
    seen = y > 0.1
    for estimator in ("L0", "R0"):
        left = trim_and_fill(y[seen], v[seen], estimator=estimator)
        right = trim_and_fill(-y[seen], v[seen], estimator=estimator)
        assert (left.side, right.side) == ("left", "right")
        assert left.missing == right.missing
        assert left.missing > 0 or estimator == "R0"
        assert left.pooled.estimate == pytest.approx(-right.pooled.estimate)
    assert trim_and_fill(y[seen], v[seen]).pooled.estimate < pool(y[seen], v[seen]).estimate
    assert trim_and_fill(y[seen], v[seen], side="right").missing == 0


def test_selection_is_found_where_it_was_made() -> None:
    rng = np.random.default_rng(5)
    v = rng.uniform(0.01, 0.1, 3000)
    y = rng.normal(0.1, np.sqrt(v + 0.01))
    seen = (y / np.sqrt(v) > 1.959964) | (rng.uniform(size=y.size) < 0.3)
    found = selection_model(y[seen], v[seen])
    assert found.chances[1] == pytest.approx(0.3, abs=0.1)
    assert found.ci.low < 0.1 < found.ci.high
    assert found.lr_p < 0.001
    assert pool(y[seen], v[seen]).ci.low > 0.1
    other = selection_model(-y[seen], v[seen], alternative="less")
    assert other.estimate == pytest.approx(-found.estimate, rel=1e-5)


@pytest.mark.parametrize("steps", [(), (0.0,), (0.5, 0.2), (1.2,)])
def test_steps_that_are_none_are_refused(steps) -> None:
    with pytest.raises(BadInput):
        selection_model([0.1, 0.4, 0.3], [0.1, 0.01, 0.1], steps=steps)


def test_an_interval_without_a_study_is_refused() -> None:
    with pytest.raises(BadInput, match="no study"):
        selection_model([0.9, 0.8, 0.7], [0.01, 0.01, 0.01])


def test_two_studies_are_too_few() -> None:
    with pytest.raises(BadInput, match="at least 3"):
        trim_and_fill([0.1, 0.2], [0.1, 0.2])
