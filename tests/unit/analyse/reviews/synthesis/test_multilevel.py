"""Three levels, several outcomes, correlated effects, robust errors: metafor, clubSandwich and robumeta agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.blocks import assumed_covariance
from wherewithal.analyse.reviews.synthesis.multilevel import (
    Multilevel,
    correlated_effects,
    multilevel,
    multivariate,
)
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.analyse.reviews.synthesis.robust import resting_on_one
from wherewithal.errors import BadInput


def fits(shared: Path) -> dict[str, Multilevel]:
    """Each shared model as it was fitted in R (the settings follow from its figures)."""
    schools, crime, sex = (
        ref.table(shared, f"dat.{n}") for n in ("konstantopoulos2011", "assink2016", "tannersmith2016")
    )
    both = [(ref.column(t["yi"]), ref.column(t["vi"])) for t in (schools, crime, sex)]
    districts = {"district": schools["district"], "school": schools["school"]}
    studies = {"study": crime["study"], "effect": crime["esid"]}
    moderators = {name: ref.column(crime[name]).tolist() for name in ("pubstatus", "year")}
    teeth = ref.table(shared, "dat.berkey1998")
    v1, v2 = ref.column(teeth["v1i"]), ref.column(teeth["v2i"])
    errors = np.zeros((10, 10))
    for row in range(0, 10, 2):
        errors[row : row + 2, row : row + 2] = [[v1[row], v2[row]], [v1[row + 1], v2[row + 1]]]
    return {
        "konst": multilevel(*both[0], districts, test="z"),
        "konst_ML": multilevel(*both[0], districts, test="z", method="ML"),
        "konst_t": multilevel(*both[0], districts),
        "assink": multilevel(*both[1], studies),
        "assink_mod": multilevel(*both[1], studies, moderators),
        "assink_CHE": multilevel(*both[1], studies, correlation=0.6, test="z"),
        "tannersmith": multilevel(*both[2], {"study": sex["studyid"], "effect": list(range(113))}, test="z"),
        "berkey_UN": multivariate(
            ref.column(teeth["yi"]), errors, teeth["trial"], teeth["outcome"], method="ML"
        ),
    }


def several(value: Any, count: int) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return values * count if len(values) == 1 else values


@pytest.mark.shared
def test_agrees_with_metafor_and_clubsandwich_on_every_shared_model(shared: Path) -> None:
    """metafor's optimiser leaves variances to about 1e-6; what follows from them is compared to 1e-6, p to 2e-6."""
    kept = ref.read(shared)["mv"]
    models = fits(shared)
    assert set(models) == set(kept)
    for name, ours in models.items():
        theirs, p = kept[name], len(ours.coefficients)
        for kind, found, keys in (
            ("", ours.coefficients, theirs),
            ("robust_CR1", ours.robust_by("CR1"), theirs["robust_CR1"]),
            ("robust_CR2", ours.robust, theirs["robust_CR2"]),
        ):
            statistic = "tval" if kind else "zval"
            for number, each in enumerate(found):
                pairs = {
                    "se": (each.se, several(keys["se"], p)[number]),
                    "statistic": (each.statistic, several(keys[statistic], p)[number]),
                    "p": (each.p / 2, several(keys["pval"], p)[number] / 2),
                    "low": (each.ci.low, several(keys["ci.lb"], p)[number]),
                    "high": (each.ci.high, several(keys["ci.ub"], p)[number]),
                    "df": (each.df, several(keys["dfs"], p)[number]),
                }
                if not kind:
                    pairs["estimate"] = (each.estimate, several(keys["beta"], p)[number])
                far = {k: x for k, x in ref.compared(pairs).items() if x > (2e-6 if k == "p" else ref.AGREES)}
                assert far == {}, (name, kind, number)
        sandwich = theirs["clubSandwich_CR2"]
        for number, each in enumerate(ours.robust):
            assert ref.apart(each.se, several(sandwich["SE"], p)[number]) < ref.AGREES
            assert ref.apart(each.df, several(sandwich["df_Satt"], p)[number]) < ref.AGREES
            assert ref.apart(each.p, several(sandwich["p_Satt"], p)[number]) < ref.AGREES
        parts = theirs["tau2" if name == "berkey_UN" else "sigma2"]
        for mine, other in zip(ours.variances.values(), parts, strict=True):
            assert ref.apart(mine, other) < ref.AGREES, name
        assert ref.apart(ours.log_likelihood, theirs["logLik"]) < 1e-10
        assert ref.apart(ours.q, theirs["QE"]) < ref.AGREES
        assert ref.apart(ours.q_p, theirs["QEp"]) < ref.AGREES
    (correlation,) = models["berkey_UN"].correlations.values()
    assert ref.apart(correlation, kept["berkey_UN"]["rho"]) < ref.AGREES


@pytest.mark.shared
def test_correlated_effects_agree_with_robumeta(shared: Path) -> None:
    table, theirs = ref.table(shared, "dat.tannersmith2016"), ref.read(shared)["robumeta_tannersmith"]
    ours = correlated_effects(ref.column(table["yi"]), ref.column(table["vi"]), table["studyid"])
    (each,) = ours.coefficients
    pairs = {
        "b": (each.estimate, theirs["b"]),
        "se": (each.se, theirs["se"]),
        "t": (each.statistic, theirs["t"]),
        "df": (each.df, theirs["dfs"]),
        "p": (each.p, theirs["p"]),
        "low": (each.ci.low, theirs["ci"][0]),
        "high": (each.ci.high, theirs["ci"][1]),
        "tau2": (ours.tau2, theirs["tau2"]),
        "i2": (ours.i2, theirs["I2"]),
    }
    assert max(ref.compared(pairs).values()) < ref.AGREES


RNG = np.random.default_rng(11)
STUDY = np.repeat(np.arange(12), 4)
V = RNG.uniform(0.02, 0.1, 48)
Y = 0.3 + RNG.normal(0, 0.3, 12)[STUDY] + RNG.normal(0, 0.2, 48) + RNG.normal(0, np.sqrt(V))


def test_one_effect_a_study_is_the_usual_model() -> None:
    ours = multilevel(Y, V, {"study": list(range(48))}, test="z")
    plain = pool(Y, V, exact=True)
    assert ours.coefficients[0].estimate == pytest.approx(plain.estimate, rel=1e-7)
    assert ours.coefficients[0].se == pytest.approx(plain.se, rel=1e-7)
    assert ours.variances["study"] == pytest.approx(plain.tau2, rel=1e-6)
    assert ours.log_likelihood == pytest.approx(plain.log_likelihood, rel=1e-9)
    assert ours.i2["study"] == pytest.approx(plain.i2, rel=1e-6)


def test_order_of_rows_and_names_of_units_do_not_matter() -> None:
    levels = {"study": STUDY.tolist(), "effect": list(range(48))}
    plain = multilevel(Y, V, levels, {"x": (STUDY % 3).tolist()})
    order = RNG.permutation(48)
    other = multilevel(
        Y[order],
        V[order],
        {"study": [f"s{s}" for s in STUDY[order]], "effect": [int(o) % 4 for o in order]},
        {"x": (STUDY[order] % 3).tolist()},
    )
    for one, two in zip(
        (*plain.coefficients, *plain.robust), (*other.coefficients, *other.robust), strict=True
    ):
        assert one.estimate == pytest.approx(two.estimate, rel=1e-6)
        assert (one.se, one.df) == (pytest.approx(two.se, rel=1e-6), pytest.approx(two.df, rel=1e-6))
    assert sum(plain.i2.values()) < 100


def test_a_level_without_difference_has_variance_nought() -> None:
    even = 0.3 + 0.01 * np.tile([1.0, -1.0], 24)
    ours = multilevel(even, np.full(48, 0.05), {"study": STUDY.tolist(), "effect": list(range(48))})
    assert ours.variances == {"study": 0.0, "effect": 0.0}
    assert ours.coefficients[0].se == pytest.approx(np.sqrt(0.05 / 48))


def test_identical_effects_have_no_robust_errors_and_say_so() -> None:
    ours = multilevel(np.full(48, 0.3), V, {"study": STUDY.tolist(), "effect": list(range(48))})
    assert ours.robust == ()
    assert "follow the model exactly" in ours.notes[0]
    assert ours.coefficients[0].se > 0
    assert correlated_effects(np.full(48, 0.3), V, STUDY.tolist()).coefficients == ()


def test_few_degrees_of_freedom_are_said() -> None:
    rare = [1.0 if s == 3 else 0.0 for s in STUDY]
    ours = multilevel(Y, V, {"study": STUDY.tolist()}, {"rare": rare})
    assert any("rare has" in note and "not to be trusted" in note for note in ours.notes)


def test_covariances_of_an_assumed_correlation() -> None:
    matrix = assumed_covariance([0.04, 0.09, 0.01], ["a", "a", "b"], 0.5)
    assert matrix.tolist() == [[0.04, 0.03, 0.0], [0.03, 0.09, 0.0], [0.0, 0.0, 0.01]]
    same = multilevel(Y, V, {"study": STUDY.tolist()}, covariance=assumed_covariance(V, STUDY.tolist(), 0.4))
    direct = multilevel(Y, V, {"study": STUDY.tolist()}, correlation=0.4)
    assert same.coefficients == direct.coefficients


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"levels": {}}, "at least one level"),
        ({"levels": {"study": ["a"] * 48}}, "one cluster"),
        ({"levels": {"study": ["a", "b"]}}, "2 labels"),
        ({"levels": {"study": [None, *STUDY[1:]]}}, "do not say which study"),
        ({"method": "DL"}, "REML or ML"),
        ({"correlation": 1.0}, "between -1 and 1"),
        ({"correlation": -0.9}, "not positive definite"),
        ({"covariance": np.eye(3)}, "48 by 48"),
        ({"covariance": np.full((48, 48), 0.01) + np.diag(V)}, "different clusters"),
        ({"covariance": np.eye(48)}, "not the same numbers"),
        ({"moderators": {"x": [None] * 48}}, "lack a moderator"),
        ({"moderators": {"x": [str(s) for s in STUDY]}}, "cannot tell 12 coefficients apart"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(change, says) -> None:
    settings = {"effects": Y, "variances": V, "levels": {"study": STUDY.tolist()}} | change
    with pytest.raises(BadInput) as refused:
        multilevel(**settings)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("cluster", "outcome", "covariance", "says"),
    [
        ("aabb", "xxxy", np.eye(4), "twice in one cluster"),
        ("aabb", "xyxz", np.eye(4), "in one cluster only"),
        ("aabb", "xyxy", np.ones((4, 4)), "different clusters"),
        ("aabb", "xyxy", [[1, 2, 0, 0], [2, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], "not positive definite"),
        ("aabb", "xyxy", [[1, 0.5, 0, 0], [0.1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], "not symmetric"),
    ],
)
def test_outcomes_that_cannot_be_modelled_are_refused(cluster, outcome, covariance, says) -> None:
    with pytest.raises(BadInput) as refused:
        multivariate([0.1, 0.2, 0.3, 0.4], covariance, list(cluster), list(outcome))
    assert says in str(refused.value)


def test_a_test_by_t_needs_more_clusters_than_outcomes() -> None:
    effects, cluster, outcome = [0.1, 0.2, 0.3, 0.5, 0.4, 0.2], list("aabbcd"), list("xyxyxx")
    spread = np.diag([0.02, 0.03] * 3)
    assert multivariate(effects, spread, cluster, outcome).coefficients[1].df is None
    with pytest.raises(BadInput) as refused:
        multivariate(effects, spread, cluster, outcome, test="t")
    assert "outcome 'y': 2 clusters. Expected more than the 2 outcomes" in str(refused.value)


def test_what_rests_on_one_cluster_is_named() -> None:
    """CR2 would give such a coefficient the error of the others' average, as if the one cluster were known."""
    study, y = list("aabbccdd"), [0.1, 0.3, 0.2, 0.6, 0.7, 0.5, 0.4, 0.2]
    alone = np.column_stack([np.ones(8), [0, 0, 0, 0, 0, 0, 1, 1]]).astype(float)
    assert resting_on_one(alone, ("intercept", "kind: z"), study) == {"kind: z": "d"}
    fit = multilevel(y, [0.02] * 8, {"study": study, "effect": range(8)}, {"z": alone[:, 1].tolist()})
    assert fit.robust[1].se == pytest.approx(fit.robust[0].se)
    first = np.column_stack([np.ones(8), [0, 0, 1, 1, 1, 1, 1, 1]]).astype(float)
    assert resting_on_one(first, ("intercept", "kind: z"), study) == {"intercept": "a", "kind: z": "a"}
    years = np.column_stack([np.ones(8), [2001, 2001, 2004, 2004, 2003, 2003, 2010, 2010]]).astype(float)
    assert resting_on_one(years, ("intercept", "year"), study) == {}
