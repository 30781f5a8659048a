"""A synthesis as charts: numbers worked out and drawn by one call each, with names, scale and direction in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.distributions import normal_at, t_at
from wherewithal.analyse.reviews.synthesis.effects.sizes import MEASURES
from wherewithal.analyse.reviews.synthesis.multilevel import multilevel
from wherewithal.analyse.reviews.synthesis.network import Network, Ranking
from wherewithal.analyse.reviews.synthesis.one_by_one import Series, baujat, cumulative, leave_one_out
from wherewithal.analyse.reviews.synthesis.pooling import Pooled, pool
from wherewithal.analyse.reviews.synthesis.regression import meta_regression, subgroups
from wherewithal.analyse.reviews.synthesis.small_studies import egger, pet
from wherewithal.analyse.reviews.synthesis.studies import Floats, checked, floats
from wherewithal.analyse.reviews.synthesis.trim_and_fill import trim_and_fill
from wherewithal.charts import (
    Bubble,
    Chart,
    Disturbance,
    Edge,
    EffectAxis,
    Fitted,
    Node,
    Point,
    Ranked,
    Slant,
    Study,
    Together,
    baujat_chart,
    bubble_chart,
    forest_chart,
    funnel_chart,
    network_chart,
    ranking_chart,
)
from wherewithal.errors import BadInput

NATURAL = {
    "RR": "Risk ratio",
    "OR": "Odds ratio",
    "PETO": "Odds ratio (Peto)",
    "RD": "Risk difference",
    "MD": "Mean difference",
    "SMD": "Standardised mean difference",
    "SMDH": "Standardised mean difference",
    "ROM": "Ratio of means",
    "IRR": "Rate ratio",
    "HR": "Hazard ratio",
    "COR": "Correlation",
    "ZCOR": "Correlation (Fisher’s z)",
}
"""What people call a measure once its logarithm is undone."""
LINE = 40
FEWEST_FOR_FUNNEL = 3


def axis_of(
    measure: str, *, better: Literal["higher", "lower"] | None = None, left: str = "", right: str = ""
) -> EffectAxis:
    """The axis of a measure by its key (``MEASURES``; HR too), with what lies on both sides of no effect."""
    made = MEASURES.get(measure)
    log = measure == "HR" or (made is not None and made.scale == "log")
    name = NATURAL.get(measure) or (made.name[0].upper() + made.name[1:] if made else "Effect")
    return EffectAxis(name, log=log, better=better, left=left, right=right)


@dataclass(frozen=True)
class Drawable:
    """Studies as their charts need them: effects and variances (k,), names, and how they are pooled and shown.

    ``group`` names subgroups; ``study`` what several effects are from, for the forest alone (the other charts take each
    effect for a study), with the ``correlation`` assumed between errors of one study (None: independent); ``order``
    numbers (years) to add them by.
    """

    effects: npt.ArrayLike
    variances: npt.ArrayLike
    names: Sequence[str]
    axis: EffectAxis = field(default_factory=lambda: EffectAxis("Effect"))
    method: str = "REML"
    test: str = "z"
    confidence: float = 0.95
    group: Sequence[str] = ()
    study: Sequence[str] = ()
    order: Sequence[float] = ()
    title: str = ""
    correlation: float | None = None

    @property
    def numbers(self) -> tuple[Floats, Floats]:
        """Effects and variances, checked. Raises BadInput."""
        return checked(self.effects, self.variances, labels=self.names)

    @property
    def share(self) -> str:
        return f"{100 * self.confidence:g}% interval"

    def only(self, rows: Sequence[int]) -> Drawable:
        """Some of the studies, drawn alike."""
        y, v = self.numbers
        places = list(rows)

        def some(column: Sequence[Any]) -> list[Any]:
            return [column[place] for place in places] if len(column) else []

        return replace(
            self,
            effects=y[places],
            variances=v[places],
            names=some(self.names),
            group=some(self.group),
            study=some(self.study),
            order=some(self.order),
        )

    def pooled(self) -> Pooled:
        y, v = self.numbers
        return pool(y, v, method=self.method, test=self.test, confidence=self.confidence, labels=self.names)

    def named_axis(self) -> EffectAxis:
        return replace(self.axis, interval=self.share)

    def intervals(self) -> tuple[Floats, Floats]:
        """Each study's own interval, normal as in metafor's forest plots."""
        y, v = self.numbers
        reach = float(normal_at(0.5 + self.confidence / 2)) * np.sqrt(v)
        return y - reach, y + reach


def p_words(p: float) -> str:
    """A p as journals write it."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def _differ(it: Pooled) -> str:
    return (
        f"Differences between studies: tau²\u00a0{it.tau2:.3g}, I²\u00a0{it.i2:.0f}%; "
        f"Q\u00a0=\u00a0{it.q:.1f}\u00a0on\u00a0{it.q_df}, {p_words(it.q_p)}"
    )


def _together(it: Pooled, name: str) -> Together:
    low, high = it.pi if it.pi else (None, None)
    return Together(name, it.estimate, it.ci.low, it.ci.high, low, high, _differ(it))


def _of_levels(it: Drawable, chosen: Sequence[int], name: str) -> Together:
    """Several effects a study pooled by three levels, with the robust interval where there is one. Raises BadInput."""
    y, v = it.numbers
    places = list(chosen)
    fit = multilevel(
        y[places],
        v[places],
        {"study": [it.study[place] for place in places], "effect": places},
        correlation=it.correlation,
        method="ML" if it.method == "ML" else "REML",
        confidence=it.confidence,
        labels=[it.names[place] for place in places],
    )
    average = (fit.robust or fit.coefficients)[0]
    # As many degrees of freedom as studies less one: a next study differs as studies do.
    reach = float(t_at(0.5 + it.confidence / 2, fit.clusters - 1))
    further = reach * float(np.sqrt(average.se**2 + sum(fit.variances.values())))
    between, within = fit.variances["study"], fit.variances["effect"]
    note = (
        f"Differences between studies: tau²\u00a0{between:.3g}; within studies: {within:.3g}; "
        f"Q\u00a0=\u00a0{fit.q:.1f}\u00a0on\u00a0{fit.q_df}, {p_words(fit.q_p)}"
    )
    return Together(
        name,
        average.estimate,
        average.ci.low,
        average.ci.high,
        average.estimate - further,
        average.estimate + further,
        note,
    )


def forest_of(it: Drawable, *, key: str = "forest") -> Chart:
    """The forest plot, by subgroup and with several effects a study where ``it`` names them. Raises BadInput.

    Several effects a study are pooled by three levels with robust errors, never as if each were a study; their weights
    and the test between subgroups are then left out.
    """
    y, _ = it.numbers
    groups: dict[str, Together] = {}
    between = ""
    weights: Sequence[float | None] = [None] * y.size
    everything = f"All {y.size} effects" if it.study else f"All {y.size} studies"
    if it.study:
        whole = _of_levels(it, range(y.size), everything)
        told = f"{y.size} effects of {len(set(it.study))} studies, three levels, robust intervals (CR2)."
        for name in sorted(set(it.group)):
            members = [place for place in range(y.size) if it.group[place] == name]
            if len({it.study[place] for place in members}) > 1:
                groups[name] = _of_levels(it, members, "Pooled")
    else:
        pooled = it.pooled()
        whole = _together(pooled, everything if it.group else f"Pooled ({it.method})")
        told = f"{pooled.k} effects, {it.method}, test {pooled.test}."
        weights = pooled.weights
        if it.group:
            groups, between = _subgroups(it)
    low, high = it.intervals()
    order: Sequence[int] = range(y.size)
    if it.study or it.group:
        first = {name: place for place, name in reversed(list(enumerate(it.study)))}
        order = sorted(
            range(y.size),
            key=lambda place: (
                it.group[place] if it.group else "",
                first[it.study[place]] if it.study else 0,
            ),
        )
    return forest_chart(
        [
            Study(
                it.names[place],
                float(y[place]),
                float(low[place]),
                float(high[place]),
                weights[place],
                study=it.study[place] if it.study else "",
                group=it.group[place] if it.group else "",
            )
            for place in order
        ],
        whole,
        it.named_axis(),
        title=it.title or "Effects of the studies and pooled",
        description=told,
        key=key,
        groups=groups,
        between=between,
    )


def _subgroups(it: Drawable) -> tuple[dict[str, Together], str]:
    y, v = it.numbers
    found = subgroups(y, v, it.group, method=it.method, test=it.test, confidence=it.confidence)
    said = ""
    if found.difference is not None and found.difference_p is not None:
        said = (
            f"Do subgroups differ? Q = {found.difference:.2f} on {found.difference_df}, "
            f"{p_words(found.difference_p)}"
        )
    return {name: _together(each, "Pooled") for name, each in found.groups.items()}, said


def funnel_of(it: Drawable, *, key: str = "funnel") -> Chart:
    """The funnel with contours, Egger's line and what trim and fill adds. Raises BadInput for fewer than three."""
    y, v = it.numbers
    pooled = it.pooled()
    points = [Point(name, float(a), float(b)) for name, a, b in zip(it.names, y, np.sqrt(v), strict=True)]
    if y.size < FEWEST_FOR_FUNNEL:
        raise BadInput("A funnel needs three studies or more: of two, nothing can be seen.")
    slant, said = None, "All standard errors are the same, so small and large studies cannot be told apart."
    if np.ptp(v) > 1e-12 * float(v.max()):
        try:
            line = pet(y, v, method=it.method, test=it.test)
            slant = Slant(line.coefficients[0].estimate, line.coefficients[1].estimate)
            test = egger(y, v)
            said = " ".join([f"Egger’s test of asymmetry: {p_words(test.p)}.", *test.notes])
        except BadInput as refused:
            said = f"No test of asymmetry: {refused.message}"
    try:
        filled = trim_and_fill(y, v, method=it.method, test=it.test)
    except BadInput as refused:
        said = f"{said} Trim and fill gives nothing: {refused.message}"
    else:
        if filled.missing:
            points += [
                Point(f"added {number}", float(a), float(b), filled=True)
                for number, (a, b) in enumerate(
                    zip(filled.effects, np.sqrt(filled.variances), strict=True), start=1
                )
            ]
            said = f"{said} With what it adds, the pooled effect would be {it.axis.text(filled.pooled.estimate)}."
    return funnel_chart(
        points,
        pooled.estimate,
        it.named_axis(),
        title="Effects against their standard errors",
        description=f"{pooled.k} studies.",
        key=key,
        slant=slant,
        test=said,
    )


def bubble_of(it: Drawable, moderator: str, values: Sequence[float], *, key: str = "bubble") -> Chart:
    """Effects against a moderator of numbers, with the fitted line and its interval. Raises BadInput."""
    y, v = it.numbers
    fit = meta_regression(
        y, v, {moderator: values}, method=it.method, test=it.test, confidence=it.confidence, labels=it.names
    )
    at = np.linspace(min(values), max(values), LINE)
    rows = np.column_stack([np.ones(LINE), at])
    beta = np.array([each.estimate for each in fit.coefficients])
    spread = np.sqrt(np.einsum("np,pq,nq->n", rows, fit.covariance, rows))
    share = 0.5 + it.confidence / 2
    reach = float(normal_at(share) if fit.df is None else t_at(share, fit.df))
    line = rows @ beta
    slope = fit.coefficients[1]
    step = it.axis.text(slope.estimate)
    what = f"multiplies it by {step}" if it.axis.log else f"changes it by {step}"
    return bubble_chart(
        [
            Bubble(name, float(x), float(effect), float(1 / (variance + fit.tau2)))
            for name, x, effect, variance in zip(it.names, values, y, v, strict=True)
        ],
        [
            Fitted(float(x), float(value), float(value - reach * own), float(value + reach * own))
            for x, value, own in zip(at, line, spread, strict=True)
        ],
        it.named_axis(),
        moderator,
        title=f"{it.axis.name} by {moderator}",
        description=f"{fit.k} studies.",
        key=key,
        sentence=(
            f"One more of {moderator} {what} ({it.share} {it.axis.limits(*slope.ci)}, {p_words(slope.p)}); it explains "
            f"{'none' if not fit.r2 else f'{fit.r2:.0f}%'} of the differences between studies. Seen across studies, "
            "which is no proof of cause."
        ),
    )


def baujat_of(it: Drawable, *, key: str = "baujat") -> Chart:
    """Which studies make studies differ, and which move the answer. Raises BadInput for fewer than three."""
    y, v = it.numbers
    found = baujat(y, v, method=it.method)
    return baujat_chart(
        [
            Disturbance(name, float(a), float(b))
            for name, a, b in zip(it.names, found.heterogeneity, found.influence, strict=True)
        ],
        title="What each study adds to the differences, and to the answer",
        description=f"{y.size} studies.",
        key=key,
    )


def leave_one_out_of(it: Drawable, *, key: str = "leave-one-out") -> Chart:
    """The pooled effect without each study in turn. Raises BadInput for fewer than three."""
    y, v = it.numbers
    found = leave_one_out(y, v, method=it.method, test=it.test, confidence=it.confidence)
    low, high = float(found.estimate.min()), float(found.estimate.max())
    return _series(
        it,
        found,
        it.names,
        "Left out",
        "The pooled effect without each study",
        f"Leaving out any one study moves the pooled effect between {it.axis.text(low)} and {it.axis.text(high)}.",
        key,
    )


def cumulative_of(it: Drawable, *, key: str = "cumulative") -> Chart:
    """The pooled effect as studies were added, in ``order`` where it is given. Raises BadInput."""
    y, v = it.numbers
    order = list(np.argsort(floats(it.order), kind="stable")) if len(it.order) else list(range(y.size))
    found = cumulative(y[order], v[order], method=it.method, test=it.test, confidence=it.confidence)
    names = [it.names[place] for place in order]
    first, last = it.axis.text(float(found.estimate[0])), it.axis.text(float(found.estimate[-1]))
    said = f"From {first} in the first study to {last} in all {y.size}."
    return _series(it, found, names, "Added", "The pooled effect as studies were added", said, key)


def _series(
    it: Drawable, found: Series, names: Sequence[str], first: str, title: str, said: str, key: str
) -> Chart:
    pooled = it.pooled()
    return forest_chart(
        [
            Study(name, float(a), float(b), float(c))
            for name, a, b, c in zip(names, found.estimate, found.low, found.high, strict=True)
        ],
        Together(f"All {pooled.k} studies", pooled.estimate, *pooled.ci),
        it.named_axis(),
        title=title,
        description=said,
        key=key,
        first=first,
    )


DRAWN: dict[str, Callable[[Drawable], Chart]] = {
    "forest": forest_of,
    "funnel": funnel_of,
    "baujat": baujat_of,
    "leave-one-out": leave_one_out_of,
    "cumulative": cumulative_of,
}
"""Charts that need nothing but the studies, by name."""


def network_of(fit: Network, *, people: dict[str, int] | None = None, key: str = "network") -> Chart:
    """The graph of a network: who compared what with what."""
    names = fit.treatments
    return network_chart(
        [Node(name, (people or {}).get(name)) for name in names],
        [Edge(names[b], names[a], len(studies)) for (a, b), studies in fit.evidence.pairs.items()],
        title="Who compared what",
        description=f"{len(fit.evidence.studies)} studies.",
        key=key,
    )


def against_reference_of(fit: Network, axis: EffectAxis, *, key: str = "against") -> Chart:
    """A forest of every treatment against the reference, with where a next study's effect would lie in the words."""
    first = fit.treatments[0]
    cells = [fit.compared(name, first) for name in fit.treatments[1:]]
    return forest_chart(
        [
            Study(f"{cell.first} ({cell.studies or 'no'} direct)", cell.estimate, cell.ci.low, cell.ci.high)
            for cell in cells
        ],
        None,
        axis,
        title=f"Each intervention against {first}",
        description=f"Direct and indirect comparisons together, {fit.method}; tau² {fit.tau2:.3g}.",
        key=key,
        first=f"Against {first}",
    )


def ranks_of(order: Ranking, *, confidence: float = 0.95, key: str = "ranks") -> Chart:
    """Chances and intervals of ranks, with the verdict and its rule in the words."""
    return ranking_chart(
        [Ranked(each.treatment, each.p_score, each.chances, each.low, each.high) for each in order.ranks],
        title="How sure the order of interventions is",
        description="",
        key=key,
        verdict=f"{order.verdict} {order.rule}",
        interval=f"{100 * confidence:g}%",
    )
