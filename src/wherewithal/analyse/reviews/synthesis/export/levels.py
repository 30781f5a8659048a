"""Figures of several effects a study: three levels, with errors that hold where the model does not (CR2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wherewithal.analyse.reviews.synthesis.distributions import t_at
from wherewithal.analyse.reviews.synthesis.drawn import Drawable
from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies, told
from wherewithal.analyse.reviews.synthesis.multilevel import Multilevel, multilevel
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.synthesis.regression import Coefficient


def levels(it: Drawable, studies: Studies, settings: Settings) -> dict[str, Any]:
    """The average: the model's errors by the normal curve, the robust ones, and where a next study would lie."""
    fit = _fit(it, studies, settings, range(len(studies.cluster)))
    made = {
        kind: plain(each)
        for kind, found in (("model", fit.coefficients), ("robust", fit.robust))
        for each in found[:1]
    }
    return {
        "effects": fit.k,
        "clusters": fit.clusters,
        "method": _method(settings),
        "correlation": settings.correlation,
        **made,
        "next_study": next_study(fit, settings.confidence)._asdict(),
        "variances": dict(fit.variances),
        "notes": list(fit.notes),
    }


def next_study(fit: Multilevel, confidence: float) -> Interval:
    """Where the effect of a next study would lie: as many degrees of freedom as there are studies less one."""
    best = (fit.robust or fit.coefficients)[0]
    between = float(sum(fit.variances.values()))
    reach = float(t_at(0.5 + confidence / 2, fit.clusters - 1)) * (best.se**2 + between) ** 0.5
    return Interval(best.estimate - reach, best.estimate + reach)


def groups_of_levels(it: Drawable, studies: Studies, settings: Settings) -> dict[str, Any]:
    """Each group by three levels of its own, and whether two groups differ, by one model with robust errors.

    A group with one study has none; of more than two groups nothing is tested, since that takes a joint robust test.
    """
    whose: dict[str, set[str]] = {}
    for group, study in zip(studies.group, studies.cluster, strict=True):
        whose.setdefault(group, set()).add(study)
    names = sorted(name for name, own in whose.items() if len(own) > 1)
    found = {}
    for name in names:
        places = [place for place, group in enumerate(studies.group) if group == name]
        fit = _fit(it, studies, settings, places)
        found[name] = {
            "k": len(whose[name]),
            "effects": fit.k,
            "variances": dict(fit.variances),
            **plain((fit.robust or fit.coefficients)[0]),
        }
    difference: dict[str, Any] = {"q": None, "df": None, "p": None}
    if len(names) == 2:
        places = [place for place, group in enumerate(studies.group) if group in names]
        second = [float(studies.group[place] == names[1]) for place in places]
        fit = _fit(it, studies, settings, places, {names[1]: second})
        difference = {
            "q": None,
            "of": names[1],
            "against": names[0],
            **plain((fit.robust or fit.coefficients)[1]),
        }
    return {
        "groups": found,
        "alone": sorted(name for name, own in whose.items() if len(own) == 1),
        "difference": difference,
    }


def line_of_levels(
    it: Drawable, studies: Studies, settings: Settings, name: str, values: Sequence[float]
) -> dict[str, Any]:
    """How effects go with a number, by three levels with robust errors."""
    rows = told(values)
    fit = _fit(it, studies, settings, rows, {name: [values[row] for row in rows]})
    return {
        "studies": fit.clusters,
        "coefficients": [{"name": each.name, **plain(each)} for each in (fit.robust or fit.coefficients)],
        "variances": dict(fit.variances),
    }


def plain(each: Coefficient) -> dict[str, Any]:
    return {"estimate": each.estimate, "se": each.se, "df": each.df, "p": each.p, "ci": each.ci._asdict()}


def _method(settings: Settings) -> str:
    """What a model of several levels is fitted by: REML, unless ML was asked for."""
    return "ML" if settings.method == "ML" else "REML"


def _fit(
    it: Drawable,
    studies: Studies,
    settings: Settings,
    places: Sequence[int],
    moderators: dict[str, list[float]] | None = None,
) -> Multilevel:
    y, v = it.numbers
    rows = list(places)
    return multilevel(
        y[rows],
        v[rows],
        {"cluster": [studies.cluster[row] for row in rows], "effect": rows},
        moderators,
        correlation=settings.correlation,
        method="ML" if settings.method == "ML" else "REML",
        test="z",
        confidence=settings.confidence,
        labels=[it.names[row] for row in rows],
    )
