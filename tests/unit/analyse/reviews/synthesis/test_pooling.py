"""Pooling: every shared result of metafor by estimator and test, what must always hold, and bad input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.between import NAMES
from wherewithal.analyse.reviews.synthesis.pooling import Pooled, pool
from wherewithal.errors import BadInput

# Colditz and others (1994), BCG vaccine trials: log risk ratios and variances as metafor prints them.
BCG_Y = [
    -0.8893,
    -1.5854,
    -1.3481,
    -1.4416,
    -0.2175,
    -0.7861,
    -1.6209,
    0.0120,
    -0.4694,
    -1.3713,
    -0.3394,
    0.4459,
    -0.0173,
]
BCG_V = [
    0.3256,
    0.1946,
    0.4154,
    0.0200,
    0.0512,
    0.0069,
    0.2230,
    0.0040,
    0.0564,
    0.0730,
    0.0124,
    0.5325,
    0.0714,
]
FIGURES = 17


def against(ours: Pooled, theirs: dict) -> dict[str, float]:
    return ref.compared(
        {
            "k": (ours.k, theirs["k"]),
            "estimate": (ours.estimate, theirs["beta"]),
            "se": (ours.se, theirs["se"]),
            "statistic": (ours.statistic, theirs["zval"]),
            "p": (ours.p, theirs["pval"]),
            "low": (ours.ci.low, theirs["ci.lb"]),
            "high": (ours.ci.high, theirs["ci.ub"]),
            "tau2": (ours.tau2, theirs["tau2"]),
            "tau2_se": (ours.tau2_se, theirs["se.tau2"]),
            "i2": (ours.i2, theirs["I2"]),
            "h2": (ours.h2, theirs["H2"]),
            "q": (ours.q, theirs["QE"]),
            "q_p": (ours.q_p, theirs["QEp"]),
            "df": (ours.df, theirs["dfs"]),
            "log_likelihood": (ours.log_likelihood, theirs["ll"]["ll"]),
            "pi_low": (ours.pi.low if ours.pi else None, theirs["pred"]["pi.lb"]),
            "pi_high": (ours.pi.high if ours.pi else None, theirs["pred"]["pi.ub"]),
        }
    )


@pytest.mark.shared
@pytest.mark.parametrize("method", NAMES)
@pytest.mark.parametrize("test", ["z", "knha", "adhoc"])
def test_agrees_with_metafor_on_every_shared_set(shared: Path, method: str, test: str) -> None:
    """25 sets, 17 figures each, for 21 pairs of estimator and test: 8,925 figures."""
    key = method if test == "z" else f"{method}_{test}"
    kept = ref.read(shared)
    sets = [name for name, results in kept["uni"].items() if key in results and "error" not in results[key]]
    if not sets:
        assert test != "z"
        return
    counted = 0
    for name in sets:
        y, v = ref.effects(kept, name)
        ours, theirs = pool(y, v, method=method, test=test), kept["uni"][name][key]
        far = {figure: x for figure, x in against(ours, theirs).items() if x > ref.AGREES}
        if (name, method) in (("bcg_RD", "PM"), ("bcg_RD", "PMM")):
            # metafor stops within 1.2e-4, a tenth of tau² here; ours goes on until Q is what it should be.
            fitted = pool(y, v, method=method, test=test, tau2=theirs["tau2"])
            assert set(far) <= set(FOLLOWS_TAU2)
            assert abs(fitted.estimate - theirs["beta"]) < 1e-12
            assert abs(excess(ours, y, v)) < 1e-6 < abs(excess(fitted, y, v))
            far = {}
        assert far == {}, name
        counted += FIGURES
    assert counted == 25 * FIGURES


@pytest.mark.shared
def test_weights_are_metafors(shared: Path) -> None:
    """Of the REML fit of every set that keeps them: 687 weights."""
    kept, compared = ref.read(shared), 0
    for name, results in kept["uni"].items():
        if "weights" in results:
            ours = pool(*ref.effects(kept, name)).weights
            for one, other in zip(ours, results["weights"], strict=True):
                assert ref.apart(one, other) < ref.AGREES, name
                compared += 1
    assert compared == 687


FOLLOWS_TAU2 = (
    *("estimate", "se", "statistic", "p", "low", "high", "tau2", "tau2_se"),
    *("i2", "h2", "log_likelihood", "pi_low", "pi_high"),
)


def excess(pooled: Pooled, y: np.ndarray, v: np.ndarray) -> float:
    """By how much Q at tau² differs from its expected value (PM) or its median (PMM: k - 1 less about 2/3)."""
    from scipy.stats import chi2

    w = 1 / (v + pooled.tau2)
    target = y.size - 1 if pooled.method == "PM" else chi2.median(y.size - 1)
    return float(w @ (y - (w @ y) / w.sum()) ** 2 - target)


@pytest.mark.shared
@pytest.mark.parametrize("method", ["REML", "ML"])
def test_the_exact_search_finds_where_the_likelihood_is_flat(shared: Path, method: str) -> None:
    kept = ref.read(shared)
    for name in kept["uni"]:
        y, v = ref.effects(kept, name)
        exact = pool(y, v, method=method, exact=True)
        beside = [pool(y, v, method=method, tau2=exact.tau2 * by) for by in (0.999, 1.001)]
        assert exact.log_likelihood >= max(x.log_likelihood for x in beside) - 1e-12
        early = pool(y, v, method=method)
        assert exact.log_likelihood >= early.log_likelihood - 1e-12
        assert abs(early.tau2 - exact.tau2) <= 0.01 * early.tau2_se + 1e-12
        assert abs(early.estimate - exact.estimate) < 0.002 * exact.se


def test_bcg_trials_as_published() -> None:
    """Viechtbauer, Journal of Statistical Software 36 (2010) 3: REML 0.3132, I² 92.22, estimate -0.7145 (0.1798)."""
    pooled = pool(BCG_Y, BCG_V)
    assert (round(pooled.estimate, 3), round(pooled.se, 3)) == (-0.715, 0.18)
    assert abs(pooled.tau2 - 0.3132) < 2e-4
    assert abs(pooled.i2 - 92.22) < 0.05
    assert pooled.pi.low < pooled.ci.low < pooled.ci.high < pooled.pi.high


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(0.001, 2)), min_size=3, max_size=12),
    st.sampled_from(sorted(NAMES)),
    st.floats(-5, 5),
    st.floats(0.5, 20),
)
@settings(max_examples=150, deadline=None)
def test_moving_and_stretching_the_scale_moves_and_stretches_the_answer(
    studies, method, moved, factor
) -> None:
    y, v = (np.array(x) for x in zip(*studies, strict=True))
    plain = pool(y, v, method=method, exact=True)
    other = pool(moved + factor * y, factor**2 * v, method=method, exact=True)
    assert other.estimate == pytest.approx(moved + factor * plain.estimate, rel=1e-5, abs=1e-5)
    assert other.se == pytest.approx(factor * plain.se, rel=1e-5, abs=1e-5)
    assert other.tau2 == pytest.approx(factor**2 * plain.tau2, rel=1e-5, abs=1e-5)
    assert plain.tau2 >= 0
    assert 0 <= plain.i2 <= 100


def test_effects_on_a_small_scale_are_not_given_up_early() -> None:
    """Risk differences per person: with tau² of 1e-6, a step of 1e-5 says nothing about being there."""
    y, v = np.array(BCG_Y), np.array(BCG_V)
    for method in ("REML", "ML", "EB", "PM", "DLIT", "PMM"):
        plain = pool(y, v, method=method, exact=True)
        small = pool(y / 1000, v / 1e6, method=method)
        assert small.tau2 * 1e6 == pytest.approx(plain.tau2, rel=1e-2), method
        assert small.estimate * 1e3 == pytest.approx(plain.estimate, rel=1e-3), method


@pytest.mark.parametrize("method", NAMES)
def test_identical_effects_differ_by_nothing(method: str) -> None:
    pooled = pool([0.3] * 4, [0.1, 0.2, 0.05, 0.1], method=method)
    assert (pooled.tau2, round(pooled.q, 12), pooled.i2) == (0.0, 0.0, 0.0)
    assert pooled.estimate == pytest.approx(0.3)
    assert "same effect" in pooled.notes[0]


def test_knapp_hartung_on_identical_effects_is_not_narrower_than_the_plain_interval() -> None:
    pooled = pool([0.3] * 4, [0.1] * 4, test="knha")
    assert pooled.test == "adhoc"
    assert pooled.se == pytest.approx(np.sqrt(0.1 / 4))
    assert any("no width" in note for note in pooled.notes)


@pytest.mark.parametrize(
    ("effects", "variances", "says"),
    [
        ([0.1, 0.2], [0.1, -0.2], "study 2: a variance of -0.2"),
        ([0.1, 0.2], [0.1, 0.0], "study 2: a variance of 0"),
        ([0.1, float("nan")], [0.1, 0.2], "study 2: no effect"),
        ([0.1, 0.2], [float("inf"), 0.2], "study 1: no variance"),
        ([0.1], [0.1], "one study"),
        ([], [], "no studies"),
        ([0.1, 0.2], [0.1], "one of each"),
        (["a", "b"], [1, 2], "not all numbers"),
        ([[0.1], [0.2]], [0.1, 0.2], "expected a list"),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_the_place(effects, variances, says) -> None:
    with pytest.raises(BadInput) as refused:
        pool(effects, variances)
    assert says in str(refused.value)


def test_every_problem_is_listed_at_once_under_the_names_given() -> None:
    with pytest.raises(BadInput) as refused:
        pool([1, None, 3], [-1, 2, 0], labels=["Ash 2001", "Birch 2002", "Cole 2003"])
    assert [problem.where for problem in refused.value.problems] == ["Ash 2001", "Birch 2002", "Cole 2003"]


@pytest.mark.parametrize(
    "settings_", [{"method": "reml"}, {"test": "wald"}, {"method": "GENQ", "test": "knha"}, {"tau2": -1}]
)
def test_unknown_settings_say_what_there_is(settings_) -> None:
    with pytest.raises(BadInput):
        pool([0.1, 0.2], [0.1, 0.2], **settings_)


def test_weights_of_genq_are_checked_and_used() -> None:
    even = pool([0.1, 0.5], [0.1, 0.4], method="GENQ", weights=[1, 1])
    assert even.estimate == pytest.approx(0.3)
    with pytest.raises(BadInput):
        pool([0.1, 0.5], [0.1, 0.4], method="GENQ", weights=[1, -1])


def test_names_that_scripts_rely_on() -> None:
    figures = json.loads(json.dumps(pool(BCG_Y, BCG_V, test="knha").as_dict(), allow_nan=False))
    assert {"method", "test", "k", "estimate", "se", "ci", "pi", "tau2", "i2", "h2", "q", "q_p"} <= set(
        figures
    )
    assert set(figures["ci"]) == set(figures["pi"]) == {"low", "high"}
    assert pool(BCG_Y, BCG_V, method="EE").as_dict()["pi"] is None
