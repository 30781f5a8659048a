"""Meta-regression, subgroups and the interval of tau²: every shared result of metafor, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.analyse.reviews.synthesis.q_profile import between_interval
from wherewithal.analyse.reviews.synthesis.regression import meta_regression, subgroups
from wherewithal.errors import BadInput

SETS = {
    "bcg_ablat_year": ("es_bcg_RR", ["ablat", "year"], []),
    "bcg_alloc": ("es_bcg_RR", [], ["alloc"]),
    "bangert_length": ("es_bangertdrowns2004_yivi", ["length"], []),
    "bangert_multi": (
        "es_bangertdrowns2004_yivi",
        ["length", "wic", "feedback", "info", "pers", "imag", "meta"],
        [],
    ),
    "raudenbush_weeks": ("es_raudenbush1985_yivi", ["weeks"], []),
    "assink_pubstatus": ("es_assink2016_yivi", ["pubstatus"], []),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_agrees_with_metafor_on_every_shared_regression(shared: Path, name: str) -> None:
    """Six regressions, four estimators, z and Knapp-Hartung; landenberger_year holds only an error."""
    file, numeric, words = SETS[name]
    table = ref.table(shared, file)
    moderators = {c: ref.column(table[c]).tolist() for c in numeric} | {c: table[c] for c in words}
    results = {key: r for key, r in ref.read(shared)["metareg"].items() if key.startswith(f"{name}|")}
    assert len(results) == 8
    for key, theirs in results.items():
        _, method, test = key.split("|")
        y, v = ref.column(table["yi"]), ref.column(table["vi"])
        ours = meta_regression(y, v, moderators, method=method, test=test, leave_out=True)
        rows = [(c.estimate, c.se, c.statistic, c.p, *c.ci) for c in ours.coefficients]
        columns = np.array([theirs[x] for x in ("beta", "se", "zval", "pval", "ci.lb", "ci.ub")]).T
        np.testing.assert_allclose(rows, columns, rtol=1e-7, err_msg=key)
        np.testing.assert_allclose(ours.covariance, theirs["vcov"], rtol=1e-6, atol=1e-12, err_msg=key)
        pairs = {
            "tau2": (ours.tau2, theirs["tau2"]),
            "tau2_se": (ours.tau2_se, theirs["se.tau2"]),
            "i2": (ours.i2, theirs["I2"]),
            "h2": (ours.h2, theirs["H2"]),
            "r2": (ours.r2, theirs["R2"]),
            "q": (ours.q, theirs["QE"]),
            "q_p": (ours.q_p, theirs["QEp"]),
            "k": (ours.k, theirs["k"]),
            "qm": (ours.qm, theirs["QM"]),
            "qm_p": (ours.qm_p, theirs["QMp"]),
            "df": (ours.df, theirs["dfs"]),
            "height": (ours.log_likelihood, theirs["ll"]["ll"]),
        }
        assert {k: x for k, x in ref.compared(pairs).items() if x > ref.AGREES} == {}, key


@pytest.mark.shared
def test_intervals_of_tau2_are_where_q_has_its_quantiles(shared: Path) -> None:
    """metafor's ends are within 1.22e-4 of the root, where its search stops; ours solve the equation."""
    from scipy.stats import chi2

    kept, compared = ref.read(shared), 0
    for name, results in kept["uni"].items():
        theirs = [row["tau^2"] for row in results["confint_REML_Qprofile"][1:]]
        y, v = ref.effects(kept, name)
        ours = between_interval(y, v)
        for share, low, other in zip((0.975, 0.025), ours.tau2, theirs, strict=True):
            assert abs(low - other) <= 1.23e-4
            w = 1 / (v + low)
            q, target = float(w @ (y - w @ y / w.sum()) ** 2), chi2.ppf(share, y.size - 1)
            assert q == pytest.approx(target, rel=1e-7) or (low == 0 and q <= target)
            compared += 1
        assert ours.tau.high == pytest.approx(ours.tau2.high**0.5)
        assert 0 <= ours.i2.low <= ours.i2.high <= 100
        assert 1 <= ours.h2.low <= ours.h2.high
    assert compared == 50


Y, V = np.array([0.1, 0.3, 0.2, 0.6, 0.7, 0.5]), np.array([0.02, 0.03, 0.01, 0.02, 0.04, 0.02])


def test_a_regression_on_nothing_is_pooling() -> None:
    alone, pooled = meta_regression(Y, V, {}, test="knha"), pool(Y, V, test="knha")
    assert alone.coefficients[0].estimate == pytest.approx(pooled.estimate)
    assert (alone.qm, alone.r2, alone.coefficients[0].name) == (None, None, "intercept")
    assert between_interval(Y, V, {"x": [1, 2, 3, 4, 5, 7]}).tau2.high >= 0


def test_groups_without_an_intercept_are_each_groups_own_effect() -> None:
    group = ["a", "a", "a", "b", "b", "b"]
    fitted = meta_regression(Y, V, {"kind": group}, method="EE", test="z", intercept=False)
    apart = subgroups(Y, V, group, method="EE")
    for name in ("a", "b"):
        assert fitted.named(f"kind: {name}").estimate == pytest.approx(apart.groups[name].estimate)
        assert fitted.named(f"kind: {name}").se == pytest.approx(apart.groups[name].se)
    difference = meta_regression(Y, V, {"kind": group}, method="EE", test="z")
    assert apart.difference == pytest.approx(difference.qm)
    assert apart.difference_p == pytest.approx(difference.qm_p)


def test_a_subgroup_of_one_is_not_pooled() -> None:
    found = subgroups(Y, V, ["a", "a", "a", "b", "b", "c"])
    assert (sorted(found.groups), found.alone) == (["a", "b"], ("c",))
    with pytest.raises(BadInput, match="No subgroup"):
        subgroups(Y[:2], V[:2], ["a", "b"])


def test_moderators_on_a_far_scale_lose_no_digits() -> None:
    years = [2001, 2004, 2003, 2010, 2012, 2011]
    far = meta_regression(Y, V, {"year": years}, test="z", exact=True)
    near = meta_regression(Y, V, {"year": [year - 2007 for year in years]}, test="z", exact=True)
    assert far.named("year").estimate == pytest.approx(near.named("year").estimate, rel=1e-9)
    assert far.named("year").se == pytest.approx(near.named("year").se, rel=1e-9)


@pytest.mark.parametrize(
    ("moderators", "says"),
    [
        ({"x": [1, 2, None, 4, 5, 6]}, "study 3"),
        ({"x": [1, 2, float("nan"), 4, 5, 6]}, "study 3"),
        ({"x": [2, 2, 2, 2, 2, 2]}, "moderator x"),
        ({"x": [1, 2, 3, 4, 5, 6], "y": [2, 4, 6, 8, 10, 12]}, "moderator y"),
        ({"x": [1, 2]}, "2 values for 6 studies"),
        ({"x": list("abcdef")}, "cannot tell 6 coefficients apart"),
    ],
)
def test_moderators_that_say_nothing_are_refused(moderators, says) -> None:
    with pytest.raises(BadInput) as refused:
        meta_regression(Y, V, moderators)
    assert says in str(refused.value)


def test_studies_without_a_moderator_can_be_left_out_and_are_marked() -> None:
    fitted = meta_regression(Y, V, {"x": [1, 2, None, 4, 5, 6]}, leave_out=True)
    assert fitted.used == (True, True, False, True, True, True)
    assert fitted.k == 5


def test_effects_that_a_line_gives_exactly_have_no_interval_of_no_width() -> None:
    x = [1, 2, 3, 4, 5, 7]
    exact = meta_regression(0.1 * np.array(x), V, {"x": x}, test="knha")
    plain = meta_regression(0.1 * np.array(x), V, {"x": x}, test="t")
    assert exact.named("x").se == pytest.approx(plain.named("x").se)


def test_variances_of_many_orders_leave_no_error_of_tau2() -> None:
    y = [0.2161030906046242, 0.5074975807556742, 0.05763805834768393, 0.35874116237551523, -0.6204784823125573,
         -0.2232783769515318]  # fmt: skip
    fitted = meta_regression(
        y,
        [0.05, 1e-6, 100.0, 0.02, 100.0, 1e-6],
        {"g": list("accbcb"), "m": [1e6, 1.0, 3.0, 1.0, 3.0, 2001.0]},
        exact=True,
    )
    assert fitted.tau2_se is None or np.isfinite(fitted.tau2_se)
