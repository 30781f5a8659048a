"""How much studies differ, with how sure that is, and what further tests of missing results say: for those who ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.outcomes.finding import in_brackets
from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.analyse.reviews.synthesis.design import INTERCEPT
from wherewithal.analyse.reviews.synthesis.fail_safe import CAUTION, rosenthal
from wherewithal.analyse.reviews.synthesis.one_by_one import influence
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.synthesis.q_profile import between_interval
from wherewithal.analyse.reviews.synthesis.selection import selection_model
from wherewithal.analyse.reviews.synthesis.small_studies import egger, pet_peese, rank_test
from wherewithal.errors import BadInput

FEWEST_FOR_INFLUENCE = 4
"""With three studies each is a third of the answer, whatever it found."""


@dataclass(frozen=True)
class Figure:
    """One figure: its name, the figure in words, and what it says."""

    name: str
    words: str
    meaning: str


def spread_of(whole: Together) -> tuple[Figure, ...]:
    """tau², I² and H² with intervals by profiling Q where each study gives one effect, and Q's test."""
    figures = []
    if whole.several:
        figures += [
            Figure(
                "tau²", f"{whole.tau2:.4g}", "the variance of true effects, between studies and within them"
            ),
            Figure("I²", f"{whole.i2:.0f}%", "the share of the spread that is not chance"),
        ]
    else:
        values = np.array([each.value for each in whole.effects])
        variances = np.array([each.variance for each in whole.effects])
        profile = between_interval(values, variances)
        h2 = 1 / (1 - whole.i2 / 100) if whole.i2 < 100 else float("inf")
        figures += [
            Figure(
                "tau²", _with(whole.tau2, profile.tau2, ".3f"), "the variance of true effects between studies"
            ),
            Figure(
                "I²",
                f"{whole.i2:.0f}% ({profile.i2.low:.0f}% to {profile.i2.high:.0f}%)",
                "the share of the spread that is not chance",
            ),
            Figure("H²", _with(h2, profile.h2, ".2f"), "the spread against what chance alone would make: 1"),
        ]
    p = "less than 0.001" if whole.q_p < 0.001 else f"{whole.q_p:.3f}"
    figures.append(Figure("Test that studies differ (Q)", f"p = {p}", "with few studies it finds little"))
    return tuple(figures)


def _with(value: float, ends: Interval, form: str) -> str:
    return f"{value:{form}} ({ends.low:{form}} to {ends.high:{form}})"


def further_tests(whole: Together) -> tuple[Figure, ...]:
    """More tests of results that may be missing, each with its figure or with why there is none.

    They answer the same question in different ways and often disagree; none is proof (Cochrane Handbook 6.5, 13.3.5).
    Nothing where several effects of one study count: each test takes an effect for a study.
    """
    if whole.several:
        return ()
    values = np.array([each.value for each in whole.effects])
    variances = np.array([each.variance for each in whole.effects])
    made = [
        ("Egger’s test", lambda: _p(egger(values, variances).p), "whether small studies find something else"),
        ("Rank test", lambda: _p(rank_test(values, variances).p), "the same by ranks; finds less"),
        (
            "PET-PEESE",
            lambda: _pet(whole, values, variances),
            "the effect that a study without error would have",
        ),
        (
            "Selection model",
            lambda: _selection(whole, values, variances),
            "the effect if clear results are likelier to be seen",
        ),
        ("Fail-safe N (Rosenthal)", lambda: f"{rosenthal(values, variances).number:,} studies", CAUTION),
    ]
    return tuple(Figure(name, _or_why(work), meaning) for name, work, meaning in made)


def movers(whole: Together) -> tuple[str, ...]:
    """Studies that move the answer more than most, by the rule of ``influence``; none where it cannot be worked out."""
    if whole.several or whole.studies < FEWEST_FOR_INFLUENCE:
        return ()
    test = "z" if whole.choices.method == "EE" else whole.choices.test
    try:
        found = influence(
            [each.value for each in whole.effects],
            [each.variance for each in whole.effects],
            method=whole.choices.method,
            test=test,
        )
    except BadInput:
        return ()
    return tuple(each.name for each, moves in zip(whole.effects, found.influential, strict=True) if moves)


def _or_why(work: Callable[[], str]) -> str:
    try:
        return work()
    except BadInput as refused:
        return f"none: {refused.message}"


def _p(p: float) -> str:
    return "none" if p != p else "p less than 0.001" if p < 0.001 else f"p = {p:.3f}"


def _pet(whole: Together, values: np.ndarray, variances: np.ndarray) -> str:
    # The rule between the two takes effects to be expected above nought.
    way = 1.0 if whole.outcome.good(1.0) else -1.0
    found = pet_peese(way * values, variances)
    first = (found.peese if found.taken == "PEESE" else found.pet).named(INTERCEPT)
    ends = sorted((way * first.ci.low, way * first.ci.high))
    return f"{in_brackets(whole, way * first.estimate, *ends)}, by {found.taken}"


def _selection(whole: Together, values: np.ndarray, variances: np.ndarray) -> str:
    greater = whole.estimate > 0
    found = selection_model(values, variances, alternative="greater" if greater else "less")
    return f"{in_brackets(whole, found.estimate, found.ci.low, found.ci.high)}; test of selection {_p(found.lr_p)}"
