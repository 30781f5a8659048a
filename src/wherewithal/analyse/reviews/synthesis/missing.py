"""What tests of missing results and of small studies say together, each with what it cannot say.

They answer one question in different ways and often disagree; none is proof (Cochrane Handbook 6.5, 13.3.5). The
methods and their sources are in ``small_studies``, ``trim_and_fill``, ``selection`` and ``fail_safe``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.design import INTERCEPT
from wherewithal.analyse.reviews.synthesis.fail_safe import CAUTION, FailSafe, orwin, rosenberg, rosenthal
from wherewithal.analyse.reviews.synthesis.pooling import Pooled, pool
from wherewithal.analyse.reviews.synthesis.regression import Regression
from wherewithal.analyse.reviews.synthesis.selection import checked_steps, selection_model
from wherewithal.analyse.reviews.synthesis.small_studies import (
    FEWEST_TO_SAY_MUCH,
    egger,
    peese,
    pet,
    pet_peese,
    rank_test,
)
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked
from wherewithal.analyse.reviews.synthesis.trim_and_fill import trim_and_fill
from wherewithal.errors import BadInput

Figures = dict[str, Any]
Way = Literal["higher", "lower"]
SIGN = 0.1
"""Egger and others (1997) take a p below this for a sign, since these tests find little."""


def egger_figures(y: Floats, v: Floats) -> Figures:
    found = egger(y, v)
    return {
        "statistic": found.statistic,
        "df": found.df,
        "p": found.p,
        "limit": found.limit,
        "limit_ci": found.limit_ci._asdict(),
        "slope": found.slope,
        "notes": list(found.notes),
    }


def rank_figures(y: Floats, v: Floats) -> Figures:
    return rank_test(y, v)._asdict()


def limit_figures(found: Regression) -> Figures:
    """The effect that the line of PET or PEESE gives for a study without error."""
    at = found.named(INTERCEPT)
    return {"estimate": at.estimate, "se": at.se, "p": at.p, "ci": at.ci._asdict()}


def pet_figures(y: Floats, v: Floats, method: str) -> Figures:
    return limit_figures(pet(y, v, method=method))


def peese_figures(y: Floats, v: Floats, method: str) -> Figures:
    return limit_figures(peese(y, v, method=method))


def filled_figures(y: Floats, v: Floats, method: str, test: str) -> Figures:
    found = trim_and_fill(y, v, method=method, test=test)
    return {
        "missing": found.missing,
        "missing_se": found.missing_se,
        "side": found.side,
        "estimate": found.pooled.estimate,
        "se": found.pooled.se,
        "ci": found.pooled.ci._asdict(),
        "tau2": found.pooled.tau2,
    }


def or_why(work: Callable[[], Figures]) -> Figures:
    """Figures, or ``none`` with the reason why there are none."""
    try:
        figures = work()
    except BadInput as refused:
        return {"none": refused.message}
    # A correlation of effects that are all the same is no number.
    undefined = [key for key, value in figures.items() if isinstance(value, float) and not isfinite(value)]
    return {"none": f"there is no {undefined[0]}"} if undefined else figures


@dataclass(frozen=True)
class Said:
    """One method: its figures (or ``none`` with why), what it says here and what it cannot say, each one sentence."""

    key: str
    name: str
    figures: Figures
    says: str
    cannot: str


@dataclass(frozen=True)
class Missing:
    """Every method on the same studies. ``way`` is where results are likelier to be seen; ``few`` may be blank."""

    pooled: Pooled
    way: Way
    few: str
    said: tuple[Said, ...]


def missing_results(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    way: Way | None = None,
    steps: Sequence[float] = (0.025,),
    labels: Sequence[str] | None = None,
) -> Missing:
    """All tests of effects (k,) with sampling variances (k,), one a study.

    ``way`` is the direction in which PET-PEESE and the selection model take clear results to be seen; without it, that
    of the pooled effect. Raises BadInput as ``pool``, for fewer than three studies and for steps that are none; a
    method that has no answer says so in its place.
    """
    checked_steps(steps)
    y, v = checked(effects, variances, labels=labels, fewest=3)
    pooled = pool(y, v, method=method, test=test, labels=labels)
    side: Way = way or ("higher" if pooled.estimate >= 0 else "lower")
    found: list[tuple[str, str, Figures, Callable[[Figures], str], str]] = [
        ("egger", "Egger's test", or_why(lambda: egger_figures(y, v)), _egger_says, EGGER_CANNOT),
        ("rank", "Rank test", or_why(lambda: rank_figures(y, v)), _rank_says, RANK_CANNOT),
        (
            "trim_and_fill",
            "Trim and fill",
            or_why(lambda: filled_figures(y, v, method, test)),
            lambda figures: _filled_says(figures, pooled),
            FILLED_CANNOT,
        ),
        (
            "pet_peese",
            "PET-PEESE",
            or_why(lambda: _pet_peese(y, v, method, side)),
            _pet_peese_says,
            PET_PEESE_CANNOT,
        ),
        (
            "selection",
            "Selection model",
            or_why(lambda: _selection(y, v, side, steps)),
            _selection_says,
            SELECTION_CANNOT,
        ),
        ("fail_safe", "Fail-safe N", or_why(lambda: _fail_safe(y, v)), _fail_safe_says, CAUTION),
    ]
    few = ""
    if y.size < FEWEST_TO_SAY_MUCH:
        few = (
            f"There are {y.size} studies, and fewer than {FEWEST_TO_SAY_MUCH} can hardly tell chance from missing "
            "results: none of what follows is to be relied on."
        )
    return Missing(
        pooled,
        side,
        few,
        tuple(
            Said(
                key,
                name,
                figures,
                f"No answer: {figures['none']}" if "none" in figures else says(figures),
                cannot,
            )
            for key, name, figures, says, cannot in found
        ),
    )


EGGER_CANNOT = (
    "It cannot say why: small studies may differ in people, service or care taken, and no sign is no proof that "
    "nothing is missing."
)
RANK_CANNOT = (
    "It finds even less than Egger's test, so that no sign says little, and it cannot say why either."
)
FILLED_CANNOT = (
    "The filled-in studies are made up on the assumption that results went missing for their size alone; it is a "
    "what-if and no correction, and misleads where studies truly differ."
)
PET_PEESE_CANNOT = (
    "It draws a line on to a study that nobody can do; with few studies, or studies that differ much, it can be far "
    "off either way."
)
SELECTION_CANNOT = (
    "It holds only if results went unseen for their p alone and in these steps; few studies on either side of a step "
    "make it a guess."
)


def _ends(figures: Mapping[str, Any]) -> str:
    return f"{figures['estimate']:.4f} ({figures['ci']['low']:.4f} to {figures['ci']['high']:.4f})"


def _egger_says(figures: Figures) -> str:
    if figures["p"] < SIGN:
        return f"Small studies find something else than large ones (p = {figures['p']:.4g})."
    return f"There is no clear sign that small studies find something else than large ones (p = {figures['p']:.4g})."


def _rank_says(figures: Figures) -> str:
    ranks = f"(Kendall's tau {figures['tau']:.3f}, p = {figures['p']:.4g})"
    if figures["p"] < SIGN:
        return f"By ranks, effects go with how small studies are {ranks}."
    return f"By ranks there is no clear sign that effects go with how small studies are {ranks}."


def _filled_says(figures: Figures, pooled: Pooled) -> str:
    if figures["missing"] == 0:
        return f"The funnel is even as it is: no study would be filled in, and the effect stays {pooled.estimate:.4f}."
    many = f"{figures['missing']} {'study' if figures['missing'] == 1 else 'studies'}"
    return (
        f"To make the funnel even, {many} would be filled in on the {figures['side']}, and the effect would be "
        f"{_ends(figures)} in place of {pooled.estimate:.4f}."
    )


def _pet_peese(y: Floats, v: Floats, method: str, way: Way) -> Figures:
    # The rule between the two takes effects to be expected above nought.
    sign = 1.0 if way == "higher" else -1.0
    both = pet_peese(sign * y, v, method=method)
    made = {"pet": _turned(limit_figures(both.pet), sign), "peese": _turned(limit_figures(both.peese), sign)}
    return {**made, "taken": both.taken, **made[both.taken.lower()]}


def _turned(figures: Figures, sign: float) -> Figures:
    low, high = sorted((sign * figures["ci"]["low"], sign * figures["ci"]["high"]))
    return {**figures, "estimate": sign * figures["estimate"], "ci": {"low": low, "high": high}}


def _pet_peese_says(figures: Figures) -> str:
    return f"A study without any error of chance would find {_ends(figures)}, by {figures['taken']}."


def _selection(y: Floats, v: Floats, way: Way, steps: Sequence[float]) -> Figures:
    found = selection_model(y, v, steps=steps, alternative="greater" if way == "higher" else "less")
    return {
        "steps": list(found.steps),
        "counts": list(found.counts),
        "estimate": found.estimate,
        "se": found.se,
        "ci": found.ci._asdict(),
        "tau2": found.tau2,
        "chances": list(found.chances),
        "lr": found.lr,
        "lr_df": found.lr_df,
        "lr_p": found.lr_p,
        "without": found.plain,
    }


def _selection_says(figures: Figures) -> str:
    times = " and ".join(f"{chance:.2f}" for chance in figures["chances"][1:])
    sign = "a sign" if figures["lr_p"] < SIGN else "no clear sign"
    return (
        f"If results with a larger p were {times} times as likely to be seen, the effect would be {_ends(figures)} in "
        f"place of {figures['without']:.4f}; there is {sign} of such selection (p = {figures['lr_p']:.4g})."
    )


def _fail_safe(y: Floats, v: Floats) -> Figures:
    made: dict[str, FailSafe | BadInput] = {}
    for key, work in (("rosenthal", rosenthal), ("rosenberg", rosenberg), ("orwin", orwin)):
        try:
            made[key] = work(y, v)
        except BadInput as refused:
            made[key] = refused
    return {
        key: {"none": each.message}
        if isinstance(each, BadInput)
        else {"number": each.number, "target": each.target, "p": each.p}
        for key, each in made.items()
    }


def _fail_safe_says(figures: Figures) -> str:
    first = figures["rosenthal"]
    if first["p"] >= first["target"]:
        return f"The studies' p together is not below {first['target']:g} as it is, so no unseen study is needed."
    unseen = f"{first['number']:,} unseen {'study' if first['number'] == 1 else 'studies'} of no effect"
    weighed = f"{figures['rosenberg']['number']:,}"
    half = "none" if "none" in figures["orwin"] else f"{figures['orwin']['number']:,}"
    return (
        f"{unseen} would bring the studies' p together to {first['target']:g} (Rosenthal; {weighed} by weight, "
        f"Rosenberg; {half} to halve the average, Orwin)."
    )
