"""Every figure of an exported synthesis, unrounded, or the reason why there is none."""

from __future__ import annotations

from typing import Any

from wherewithal.analyse.reviews.synthesis.drawn import Drawable
from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies
from wherewithal.analyse.reviews.synthesis.multilevel import multilevel
from wherewithal.analyse.reviews.synthesis.pooling import Pooled
from wherewithal.analyse.reviews.synthesis.q_profile import between_interval
from wherewithal.analyse.reviews.synthesis.regression import meta_regression, subgroups
from wherewithal.analyse.reviews.synthesis.small_studies import egger, peese, pet, rank_test
from wherewithal.analyse.reviews.synthesis.trim_and_fill import trim_and_fill
from wherewithal.errors import BadInput


def figures(it: Drawable, studies: Studies, settings: Settings, pooled: Pooled) -> dict[str, Any]:
    y, v = it.numbers
    found: dict[str, Any] = {"pool": {**pooled.as_dict(), "weights": list(pooled.weights)}}
    if studies.cluster:
        found["levels"] = _levels(it, studies)
    profile = between_interval(y, v, confidence=settings.confidence)
    found["tau2_interval"] = profile.tau2._asdict()
    if studies.group:
        apart = subgroups(
            y, v, studies.group, method=settings.method, test=settings.test, confidence=settings.confidence
        )
        found["subgroups"] = {
            "groups": {name: each.as_dict() for name, each in apart.groups.items()},
            "alone": list(apart.alone),
            "difference": {"q": apart.difference, "df": apart.difference_df, "p": apart.difference_p},
        }
    for name, values in studies.moderators.items():
        fit = meta_regression(
            y, v, {name: values}, method=settings.method, test=settings.test, confidence=settings.confidence
        )
        found.setdefault("regressions", {})[name] = {
            "coefficients": [
                {
                    "name": each.name,
                    "estimate": each.estimate,
                    "se": each.se,
                    "p": each.p,
                    "ci": each.ci._asdict(),
                }
                for each in fit.coefficients
            ],
            "tau2": fit.tau2,
            "r2": fit.r2,
            "qm": fit.qm,
            "qm_p": fit.qm_p,
        }
    found["small_studies"] = _small(it)
    return found


def _levels(it: Drawable, studies: Studies) -> dict[str, Any]:
    """Several effects a study: three levels by REML, the model's errors and robust ones."""
    y, v = it.numbers
    fit = multilevel(
        y,
        v,
        {"cluster": studies.cluster, "effect": list(range(y.size))},
        test="z",
        confidence=it.confidence,
        labels=it.names,
    )
    made = {
        kind: {"estimate": each.estimate, "se": each.se, "df": each.df, "p": each.p, "ci": each.ci._asdict()}
        for kind, found in (("model", fit.coefficients), ("robust", fit.robust))
        for each in found[:1]
    }
    return {
        "effects": fit.k,
        "clusters": fit.clusters,
        **made,
        "variances": dict(fit.variances),
        "notes": list(fit.notes),
    }


def _small(it: Drawable) -> dict[str, Any]:
    """Tests of small studies, each with its figures or the reason why there are none."""
    y, v = it.numbers
    made: dict[str, Any] = {}
    for name, work in (
        (
            "egger",
            lambda: {"statistic": (e := egger(y, v)).statistic, "df": e.df, "p": e.p, "notes": list(e.notes)},
        ),
        ("rank", lambda: rank_test(y, v)._asdict()),
        ("pet", lambda: {"estimate": (c := pet(y, v, method=it.method).coefficients[0]).estimate, "p": c.p}),
        (
            "peese",
            lambda: {"estimate": (c := peese(y, v, method=it.method).coefficients[0]).estimate, "p": c.p},
        ),
        (
            "trim_and_fill",
            lambda: {
                "missing": (f := trim_and_fill(y, v, method=it.method, test=it.test)).missing,
                "side": f.side,
                "estimate": f.pooled.estimate,
                "se": f.pooled.se,
            },
        ),
    ):
        try:
            figures = work()
            # A correlation of effects that are all the same is no number.
            undefined = [key for key, value in figures.items() if value != value]
            made[name] = {"none": f"there is no {undefined[0]}"} if undefined else figures
        except BadInput as refused:
            made[name] = {"none": refused.message}
    return made
