"""The charts of one outcome: the forest, what each study does to the answer, and the funnel."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

from wherewithal.analyse.reviews.extraction.study import Better, Outcome
from wherewithal.analyse.reviews.outcomes.checks import Checks
from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.analyse.reviews.synthesis import drawn
from wherewithal.charts import Chart, EffectAxis, Point, Slant, forest_chart, funnel_chart
from wherewithal.charts import Study as Row
from wherewithal.charts import Together as Diamond
from wherewithal.plain_english import counted

REACH = 1.959963984540054
SHORT = {"SMD": "Standard deviations (g)"}
"""What a column of effects is headed where the measure's own name is too long for it."""


def axis_of(outcome: Outcome) -> EffectAxis:
    """How the effects of an outcome are drawn."""
    axis = drawn.axis_of(outcome.measure, better="higher" if outcome.better == Better.HIGHER else "lower")
    return replace(axis, name=SHORT.get(outcome.measure, axis.name))


def forest(whole: Together, *, key: str = "forest") -> Chart:
    """Every effect that counts, and what they say together."""
    many = Counter(effect.study for effect in whole.effects)
    rows = []
    for effect, weight in zip(whole.effects, whole.weights, strict=True):
        reach = REACH * math.sqrt(effect.variance)
        several = many[effect.study] > 1
        rows.append(
            Row(
                effect.label.removeprefix(f"{effect.name} ").strip("()") if several else effect.name,
                effect.value,
                effect.value - reach,
                effect.value + reach,
                weight,
                study=effect.name if several else "",
            )
        )
    diamond = Diamond(
        f"{counted(whole.studies, 'study', 'studies')} together",
        whole.estimate,
        whole.ci.low,
        whole.ci.high,
        whole.pi.low if whole.pi else None,
        whole.pi.high if whole.pi else None,
        note=f"I² {whole.i2:.0f}%, tau² {whole.tau2:.3f}",
    )
    return forest_chart(
        rows,
        diamond,
        axis_of(whole.outcome),
        title=f"{whole.outcome.name}: each study, and together",
        description=f"{_capital(whole.outcome.measure_name)} of each study with its 95% interval; {whole.method}.",
        key=key,
    )


def without_each(whole: Together, checks: Checks, *, key: str = "without") -> Chart | None:
    """What is left where each study is taken out in turn; None where that cannot be worked out."""
    if not checks.without:
        return None
    rows = [Row(each.name, each.estimate, each.ci.low, each.ci.high) for each in checks.without]
    return forest_chart(
        rows,
        Diamond("All studies", whole.estimate, whole.ci.low, whole.ci.high),
        axis_of(whole.outcome),
        title=f"{whole.outcome.name}: without each study in turn",
        description="What the other studies say together where the named one is left out.",
        key=key,
        first="Left out",
    )


def funnel(whole: Together, checks: Checks, *, key: str = "funnel") -> Chart | None:
    """Effects against their standard errors, with what may be missing; None where too few studies can tell."""
    if checks.small is None:
        return None
    points = [Point(each.name, each.value, math.sqrt(each.variance)) for each in whole.effects]
    if checks.filled is not None:
        points += [
            Point(f"Added {number}", float(value), math.sqrt(variance), filled=True)
            for number, (value, variance) in enumerate(
                zip(checks.filled.effects, checks.filled.variances, strict=True), start=1
            )
        ]
    return funnel_chart(
        points,
        whole.estimate,
        axis_of(whole.outcome),
        title=f"{whole.outcome.name}: small studies and large ones",
        description="Large studies stand at the top. Where small ones stand on one side only, some may be missing.",
        key=key,
        slant=Slant(checks.small.limit, checks.small.slope),
        test=f"Test of small studies: p = {checks.small.p:.2f}.",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
