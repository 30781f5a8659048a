"""Every figure of an exported synthesis, unrounded, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wherewithal.analyse.reviews.synthesis.drawn import Drawable
from wherewithal.analyse.reviews.synthesis.export.levels import groups_of_levels, levels, line_of_levels
from wherewithal.analyse.reviews.synthesis.export.levels import plain as _plain
from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies, told
from wherewithal.analyse.reviews.synthesis.missing import (
    egger_figures,
    filled_figures,
    or_why,
    peese_figures,
    pet_figures,
    rank_figures,
)
from wherewithal.analyse.reviews.synthesis.one_by_one import influence
from wherewithal.analyse.reviews.synthesis.pooling import Pooled
from wherewithal.analyse.reviews.synthesis.q_profile import between_interval
from wherewithal.analyse.reviews.synthesis.regression import meta_regression, subgroups
from wherewithal.errors import BadInput


def figures(it: Drawable, studies: Studies, settings: Settings, pooled: Pooled) -> dict[str, Any]:
    y, v = it.numbers
    found: dict[str, Any] = {"pool": {**pooled.as_dict(), "weights": list(pooled.weights)}}
    if studies.cluster:
        found["levels"] = levels(it, studies, settings)
    profile = between_interval(y, v, confidence=settings.confidence)
    found["tau2_interval"] = profile.tau2._asdict()
    if studies.group:
        found["subgroups"] = by_group(it, studies, settings)
    for name, values in studies.moderators.items():
        found.setdefault("regressions", {})[name] = by_number(it, studies, settings, name, values)
    found["small_studies"] = _small(it)
    if not studies.cluster:
        found["influence"] = _influence(it)
    return found


def _influence(it: Drawable) -> dict[str, Any]:
    """What each study does to the answer, or why that cannot be worked out."""
    y, v = it.numbers
    try:
        each = influence(y, v, method=it.method, test=it.test)
    except BadInput as refused:
        return {"none": refused.message}
    columns = {
        "deleted_residual": each.deleted,
        "dffits": each.dffits,
        "cook": each.cook,
        "hat": each.hat,
        "tau2_without": each.tau2_without,
    }
    if not all(np.isfinite(column).all() for column in columns.values()):
        return {"none": "the studies agree exactly, so that nothing can be divided by their spread"}
    return {
        **{name: [float(one) for one in column] for name, column in columns.items()},
        "influential": [bool(one) for one in each.influential],
    }


def by_group(it: Drawable, studies: Studies, settings: Settings) -> dict[str, Any]:
    """The groups of the studies, pooled by themselves, and whether they differ. Raises BadInput as ``subgroups``."""
    if studies.cluster:
        return groups_of_levels(it, studies, settings)
    return _groups(it, studies, settings)


def by_number(
    it: Drawable, studies: Studies, settings: Settings, name: str, values: Sequence[float]
) -> dict[str, Any]:
    """How effects go with a number; studies without one do not count. Raises BadInput as ``meta_regression``."""
    if studies.cluster:
        return line_of_levels(it, studies, settings, name, values)
    return _line(it, settings, name, values)


def _groups(it: Drawable, studies: Studies, settings: Settings) -> dict[str, Any]:
    y, v = it.numbers
    apart = subgroups(
        y, v, studies.group, method=settings.method, test=settings.test, confidence=settings.confidence
    )
    return {
        "groups": {name: each.as_dict() for name, each in apart.groups.items()},
        "alone": list(apart.alone),
        "difference": {"q": apart.difference, "df": apart.difference_df, "p": apart.difference_p},
    }


def _line(it: Drawable, settings: Settings, name: str, values: Sequence[float]) -> dict[str, Any]:
    rows = told(values)
    y, v = it.only(rows).numbers
    fit = meta_regression(
        y,
        v,
        {name: [values[row] for row in rows]},
        method=settings.method,
        test=settings.test,
        confidence=settings.confidence,
    )
    return {
        "studies": fit.k,
        "coefficients": [{"name": each.name, **_plain(each)} for each in fit.coefficients],
        "tau2": fit.tau2,
        "r2": fit.r2,
        "qm": fit.qm,
        "qm_p": fit.qm_p,
    }


SMALL = {
    "egger": ("statistic", "df", "p", "notes"),
    "rank": ("tau", "p"),
    "pet": ("estimate", "p"),
    "peese": ("estimate", "p"),
    "trim_and_fill": ("missing", "side", "estimate", "se"),
}
"""What is kept of each test of small studies."""


def _small(it: Drawable) -> dict[str, Any]:
    """Tests of small studies, each with its figures or the reason why there are none."""
    y, v = it.numbers
    made = {
        "egger": or_why(lambda: egger_figures(y, v)),
        "rank": or_why(lambda: rank_figures(y, v)),
        "pet": or_why(lambda: pet_figures(y, v, it.method)),
        "peese": or_why(lambda: peese_figures(y, v, it.method)),
        "trim_and_fill": or_why(lambda: filled_figures(y, v, it.method, it.test)),
    }
    return {
        name: found if "none" in found else {key: found[key] for key in SMALL[name]}
        for name, found in made.items()
    }
