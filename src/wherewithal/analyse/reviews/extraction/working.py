"""From a result as the paper gives it to an effect in the measure that the outcome asks for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wherewithal.analyse.reviews.extraction import clusters as clustered
from wherewithal.analyse.reviews.extraction.arms_of_means import (
    CHANGES,
    READERS,
    correlation_said,
    means_of,
)
from wherewithal.analyse.reviews.extraction.effect import HANDBOOK, Effect, Step
from wherewithal.analyse.reviews.extraction.forms_of_results import words_of
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.reported import REPORTED, finite, standardise
from wherewithal.analyse.reviews.synthesis.effects.conversions import (
    correlation_from_smd,
    log_odds_from_smd,
    smd_from_correlation,
    smd_from_log_odds,
)
from wherewithal.analyse.reviews.synthesis.effects.means import TWO
from wherewithal.analyse.reviews.synthesis.effects.sizes import MEASURES, effect_sizes, measure_named
from wherewithal.analyse.reviews.synthesis.effects.tables import CELLS
from wherewithal.errors import BadInput, Problem

OFFERED = ("SMD", "MD", "OR", "RR", "RD", "IRR", "ZCOR")
"""The measures that an outcome is offered, the commonest first; any other key of ``MEASURES`` works too."""
LOGISTIC = (
    "An event and a score are brought together as if the event were a score above a line, with scores near enough a "
    "bell curve."
)


def work_out(given: Given, measure: str, *, turned: bool = False) -> Effect:
    """The effect in ``measure``, a key of the effect measures, with every step and assumption.

    ``turned`` where the instrument runs the other way from the outcome. Raises BadInput where a number is missing
    or cannot be, and where the form cannot give that measure: with what would.
    """
    measure_named(measure)
    gone = given.missing
    if gone:
        raise BadInput(
            "Some numbers are missing, so there is no effect yet.",
            [Problem(words_of(key), "not given", "a number", "Look it up in the paper.") for key in gone],
        )
    if given.form in READERS:
        effect = _from_means(given, measure)
    elif given.form in ("counts", "percentages"):
        effect = _from_counts(given, measure)
    elif given.form == "rates":
        effect = _from_rates(given, measure)
    else:
        effect = _from_reported(given, measure)
    effect = finite(effect)
    if given.what.one_group is False and given.chosen("clusters") == "adjusted":
        effect = effect.and_then("the paper itself allowed for its clusters", f"{HANDBOOK}, 23.1.3")
    return effect.turned() if turned else effect


def _sized(measure: str, columns: dict[str, float], steps: tuple[Step, ...]) -> Effect:
    """One row through the effect sizes of the synthesis, with what they note."""
    sizes = effect_sizes(measure, {name: [value] for name, value in columns.items()}, labels=["this result"])
    if not sizes.there[0]:
        raise BadInput(f"There is no effect: {'; '.join(sizes.notes[0])}.")
    notes = tuple(Step(note, "Sweeting and others 2004") for note in sizes.notes[0])
    n = [columns[name] for name in ("n1i", "n2i") if name in columns]
    return Effect(
        measure,
        float(sizes.effects[0]),
        float(sizes.variances[0]),
        (*steps, *notes, Step(sizes.measure.name, "wherewithal synthesis effects")),
        columns=tuple(columns.items()),
        people=sum(n) if len(n) == 2 else None,
    )


def _from_means(given: Given, measure: str) -> Effect:
    clusters = clustered.clusters_of(given)
    if given.form in CHANGES and measure in ("SMD", "OR"):
        effect = _standardised_change(given)
        n1, n2 = given.numbers["n1"], given.numbers["n2"]
        if clusters is not None:
            effect = clustered.standardised(effect, n1, n2, clusters).assuming(*clusters.said)
        return effect if measure == "SMD" else _turned_into(given, effect, measure)
    means = means_of(given)
    target = "D2ORL" if measure == "OR" else measure
    if target not in MEASURES or not set(TWO) >= set(MEASURES[target].needs):
        raise _cannot(
            given, measure, "a mean difference (MD), a standardised one (SMD) or an odds ratio (OR)"
        )
    if given.form in CHANGES and measure != "MD":
        raise _cannot(given, measure, "a mean difference (MD) or a standardised one (SMD)")
    effect = replace(_sized(target, means.columns(), means.steps), measure=measure)
    effect = effect.assuming(*means.assumptions, *([LOGISTIC] if measure == "OR" else []))
    if clusters is None:
        return effect
    if measure == "SMD":
        return clustered.standardised(effect, *means.n, clusters).assuming(*clusters.said)
    return clustered.inflated(effect, clusters).assuming(*clusters.said)


def _standardised_change(given: Given) -> Effect:
    """Changes in standard deviations of scores, so that they stand on one scale with other studies' scores.

    Cochrane Handbook 6.5, 10.5.2: standard deviations of change and of scores are not put together. With means at
    both times: Morris, Organizational Research Methods 11 (2008) 364, formulas 8 and 25. With changes only: the
    standard deviation of scores follows from that of change where both times vary alike (6.5.2.8 read backwards).
    """
    numbers = given.numbers
    if given.form == "before-after":
        columns = {
            name: numbers[key]
            for name, key in {
                "m1b": "before1",
                "m1a": "after1",
                "sd1b": "sdbefore1",
                "n1i": "n1",
                "m2b": "before2",
                "m2a": "after2",
                "sd2b": "sdbefore2",
                "n2i": "n2",
                "ri": "r",
            }.items()
        }
        step = Step("changes in standard deviations before", "Morris 2008")
        effect = replace(_sized("SMCPC", columns, (step,)), measure="SMD", columns=())
        return effect.assuming(*correlation_said(given))
    if "r" not in numbers:
        raise BadInput(
            "A standardised difference of changes needs the correlation of before with after.",
            [
                Problem(
                    "Correlation",
                    "not given",
                    "a number between -1 and 1",
                    "Take the paper’s or a similar study’s, and say which; or give the scores after the programme.",
                )
            ],
        )
    r = numbers["r"]
    if not -1 <= r < 1:
        raise BadInput("A correlation of before with after lies between -1 and 1, and is not 1.")
    means = means_of(given)
    by = float(np.sqrt(2 * (1 - r)))
    step = Step(
        f"standard deviations of scores from those of change, with a correlation of {r:g} and equal spread before and "
        "after",
        f"{HANDBOOK}, 6.5.2.8",
    )
    scores = replace(means, sd=(means.sd[0] / by, means.sd[1] / by))
    effect = _sized("SMD", scores.columns(), (*means.steps, step))
    n1, n2 = means.n
    variance = 2 * (1 - r) * (1 / n1 + 1 / n2) + effect.value**2 / (2 * (n1 + n2))
    effect = replace(effect, variance=variance, columns=())
    return effect.assuming(*means.assumptions, *correlation_said(given))


def _from_counts(given: Given, measure: str) -> Effect:
    numbers = given.numbers
    steps: tuple[Step, ...] = ()
    assumptions: tuple[str, ...] = ()
    if given.form == "percentages":
        over = [side for side in "12" if not 0 <= numbers[f"percent{side}"] <= 100]
        if over:
            raise BadInput("A percentage of people lies between 0 and 100.")
        events = [float(round(numbers[f"percent{side}"] / 100 * numbers[f"n{side}"])) for side in "12"]
        steps = (Step("people counted from percentages, rounded to whole people", f"{HANDBOOK}, 6.4"),)
        if min(numbers["n1"], numbers["n2"]) > 200:
            assumptions = ("A rounded percentage of many people fits several counts.",)
    else:
        events = [numbers["events1"], numbers["events2"]]
    cells = {"ai": events[0], "n1i": numbers["n1"], "ci": events[1], "n2i": numbers["n2"]}
    target = "OR2DL" if measure == "SMD" else measure
    if target not in MEASURES or MEASURES[target].needs != CELLS:
        raise _cannot(given, measure, "a risk ratio (RR), an odds ratio (OR), a risk difference (RD) or SMD")
    clusters = clustered.clusters_of(given)
    if clusters is not None:
        cells, step = clustered.fewer(cells, clusters)
        steps = (*steps, step)
        assumptions = (*assumptions, *clusters.said)
    effect = replace(_sized(target, cells, steps), measure=measure).assuming(*assumptions)
    return effect.assuming(LOGISTIC) if measure == "SMD" else effect


def _from_rates(given: Given, measure: str) -> Effect:
    if measure not in ("IRR", "IRD", "IRSD"):
        raise _cannot(given, measure, "a rate ratio (IRR) or a rate difference (IRD)")
    numbers = given.numbers
    columns = {
        "x1i": numbers["events1"],
        "t1i": numbers["time1"],
        "x2i": numbers["events2"],
        "t2i": numbers["time2"],
    }
    effect = _sized(measure, columns, ())
    clusters = clustered.clusters_of(given)
    return effect if clusters is None else clustered.inflated(effect, clusters).assuming(*clusters.said)


def _from_reported(given: Given, measure: str) -> Effect:
    effect = REPORTED[given.form](given)
    if effect.measure == "MD" and measure in ("SMD", "OR", "ZCOR"):
        effect = standardise(given, effect)
    clusters = clustered.clusters_of(given)
    if clusters is not None:
        effect = clustered.inflated(effect, clusters).assuming(*clusters.said)
    return effect if effect.measure == measure else _turned_into(given, effect, measure)


def _turned_into(given: Given, effect: Effect, measure: str) -> Effect:
    """An effect in another measure, where there is a way that people agree on."""
    pair = effect.measure, measure
    numbers = given.numbers
    if pair == ("OR", "SMD"):
        value, variance = smd_from_log_odds(effect.value, effect.variance)
        what, source, said = "standardised difference from the odds ratio", "Chinn 2000", LOGISTIC
    elif pair == ("SMD", "OR"):
        value, variance = log_odds_from_smd(effect.value, effect.variance)
        what, source, said = "odds ratio from the standardised difference", "Chinn 2000", LOGISTIC
    elif pair == ("ZCOR", "SMD"):
        r = np.tanh(effect.value)
        value, variance = smd_from_correlation(r, (1 - r**2) ** 2 / (numbers["n1"] - 1))
        what, source = "standardised difference from the correlation", "Borenstein and others 2009, chapter 7"
        said = "A correlation is read as a difference of two halves of the people."
    elif pair == ("SMD", "ZCOR") and "n1" in numbers and "n2" in numbers:
        r, spread = correlation_from_smd(effect.value, effect.variance, numbers["n1"], numbers["n2"])
        value, variance = np.arctanh(r), spread / (1 - r**2) ** 2
        what, source = "correlation from the standardised difference", "Borenstein and others 2009, chapter 7"
        said = "The difference of two arms is read as a correlation."
    else:
        raise _cannot(given, measure, f"the measure it is in, {MEASURES[effect.measure].name}")
    made = replace(effect, measure=measure, value=float(value), variance=float(variance), columns=())
    return made.and_then(what, source).assuming(said)


def _cannot(given: Given, measure: str, can: str) -> BadInput:
    return BadInput(
        f"{given.what.name} cannot be brought to {measure_named(measure).name} ({measure}).",
        [
            Problem(
                "form of the result",
                given.what.name.lower(),
                f"a form that gives {measure}",
                f"This form gives {can}. Look for another in the paper, or keep this result apart.",
            )
        ],
    )
