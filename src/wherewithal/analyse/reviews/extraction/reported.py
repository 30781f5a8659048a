"""Effects that a paper gives as such: a difference, a ratio, a correlation, or the statistic of a test.

Each reader gives an effect in the measure in which the paper speaks; ``working`` brings it to the outcome's.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from wherewithal.analyse.reviews.extraction.effect import HANDBOOK, Effect, Step
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.synthesis.effects.conversions import (
    smd_from_correlation,
    smd_from_p,
    smd_from_t,
    variance_from_interval,
)
from wherewithal.analyse.reviews.synthesis.effects.sizes import effect_sizes
from wherewithal.errors import BadInput, Problem

LIPSEY = "Lipsey and Wilson 2001, appendix B"
DIFFERENCE_SD = (
    "The standard deviation that standardises it was worked out from the difference’s standard error, so it is the "
    "two arms’ common one."
)


def _people(given: Given) -> float | None:
    numbers = given.numbers
    both = [numbers.get("n1"), numbers.get("n2")]
    return None if None in both else float(sum(n for n in both if n is not None))


def _sign(given: Given) -> int:
    return 1 if given.chosen("favours") == "1" else -1


def spread(given: Given, *, log: bool = False, degrees: float | None = None) -> tuple[float, Step] | None:
    """The variance of an estimate from its standard error or its interval; None where neither is given."""
    numbers = given.numbers
    if "se" in numbers:
        if not numbers["se"] > 0:
            raise BadInput("A standard error is above 0.")
        return numbers["se"] ** 2, Step("variance from the standard error", HANDBOOK)
    if "low" not in numbers or "high" not in numbers:
        return None
    confidence = float(given.chosen("confidence"))
    variance = float(
        variance_from_interval(
            numbers["low"], numbers["high"], confidence=confidence, log=log, degrees=degrees
        )
    )
    curve = "Student’s t" if degrees is not None else "the normal curve"
    scale = ", on the logarithmic scale" if log else ""
    return variance, Step(
        f"variance from the {confidence:.0%} interval, on {curve}{scale}",
        f"{HANDBOOK}, {'6.3.2' if log else '6.3.1'}",
    )


def _no_spread(what: str) -> BadInput:
    return BadInput(
        f"The {what} has neither a standard error nor an interval, so nobody can say how sure it is.",
        [
            Problem(
                what,
                "no standard error, no interval",
                "one of them",
                "Look in the tables and the supplement, or write to the authors; p alone is a form of its own.",
            )
        ],
    )


def difference(given: Given) -> Effect:
    """A difference of means, in the units of the measure."""
    numbers = given.numbers
    degrees = numbers["n1"] + numbers["n2"] - 2
    if degrees < 1:
        raise BadInput("There are too few people for an effect.")
    found = spread(given, degrees=degrees if given.chosen("curve") == "t" else None)
    if found is None:
        raise _no_spread("difference")
    effect = Effect("MD", numbers["value"], found[0], (found[1],), people=_people(given))
    return effect.assuming(*_adjusted(given))


def _adjusted(given: Given) -> tuple[str, ...]:
    if given.chosen("adjusted") == "no":
        return ()
    return (
        "It is an adjusted estimate: put it together with plain ones only where they ask the same question.",
    )


def standardise(given: Given, effect: Effect) -> Effect:
    """A difference of means as a standardised one.

    By the arms' standard deviations where they are given; else by the one that follows from the difference's
    standard error (Cochrane Handbook 6.5, section 6.5.2.3), which an adjusted difference does not have.
    Raises BadInput for an adjusted difference without standard deviations.
    """
    numbers = given.numbers
    n1, n2 = numbers["n1"], numbers["n2"]
    groups = 1 / n1 + 1 / n2
    own = "sd1" in numbers and "sd2" in numbers
    if own:
        squares = (n1 - 1) * numbers["sd1"] ** 2 + (n2 - 1) * numbers["sd2"] ** 2
        sd = math.sqrt(squares / (n1 + n2 - 2))
        step = Step("divided by the arms’ pooled standard deviation", f"{HANDBOOK}, 6.5.1.2")
    elif given.chosen("adjusted") == "yes":
        raise BadInput(
            "An adjusted difference cannot be standardised by its own standard error, which is smaller than scores "
            "differ.",
            [
                Problem(
                    "Standard deviation",
                    "not given for the arms",
                    "the standard deviation of scores in each arm",
                    "Take those after the programme, or before it if there are no others.",
                )
            ],
        )
    else:
        sd = effect.se / math.sqrt(groups)
        step = Step(
            "divided by the standard deviation that follows from the standard error", f"{HANDBOOK}, 6.5.2.3"
        )
    if not sd > 0:
        raise BadInput("A standard deviation is above 0.")
    t = effect.value / sd / math.sqrt(groups)
    value, variance = (float(x) for x in smd_from_t(t, n1, n2))
    steps = (*effect.steps, step, Step("corrected for few people (Hedges’ g)", "Hedges 1981"))
    if own:
        # An adjusted estimate keeps its own, often smaller, uncertainty beside that of the standard deviation.
        variance = effect.variance / sd**2 + value**2 / (2 * (n1 + n2))
    made = Effect("SMD", value, variance, steps, effect.assumptions, people=effect.people)
    return made if own else made.assuming(DIFFERENCE_SD)


def _smd(given: Given) -> Effect:
    numbers = given.numbers
    found = spread(given)
    if found is None:
        if "n1" not in numbers or "n2" not in numbers:
            raise _no_spread("standardised difference")
        n1, n2, d = numbers["n1"], numbers["n2"], numbers["value"]
        if n1 < 2 or n2 < 2:
            raise BadInput("An arm needs 2 people or more.")
        found = (
            1 / n1 + 1 / n2 + d * d / (2 * (n1 + n2)),
            Step("variance from the people in each arm", f"{HANDBOOK}, 6.5.1.2"),
        )
    return Effect("SMD", numbers["value"], found[0], (found[1],), people=_people(given))


def _ratio(given: Given) -> Effect:
    value = given.numbers["value"]
    if not value > 0:
        raise BadInput(
            "A ratio is above 0.",
            [Problem("Estimate", f"{value:g}", "a number above 0", "Is it a logarithm, or a coefficient?")],
        )
    found = spread(given, log=True)
    if found is None:
        raise _no_spread("ratio")
    kind = given.chosen("ratio")
    measure = "IRR" if kind == "HR" else kind
    effect = Effect(measure, math.log(value), found[0], (found[1],), people=_people(given))
    if kind == "HR":
        effect = effect.assuming("A hazard ratio is read as a ratio of rates.")
    return effect.assuming(*_adjusted(given))


def _correlation(given: Given) -> Effect:
    r, n = given.numbers["r"], given.numbers["n1"]
    found = effect_sizes("ZCOR", {"ri": [r], "ni": [n]})
    if not found.there[0]:
        raise BadInput(f"There is no effect: {'; '.join(found.notes[0])}.")
    return Effect(
        "ZCOR",
        float(found.effects[0]),
        float(found.variances[0]),
        (Step("correlation as Fisher’s z", "Fisher 1921"),),
        columns=(("ri", r), ("ni", n)),
        people=n,
    )


def _from_t(given: Given, t: float, what: str) -> Effect:
    n1, n2 = given.numbers["n1"], given.numbers["n2"]
    value, variance = (float(x) for x in smd_from_t(t, n1, n2))
    return Effect("SMD", value, variance, (Step(what, LIPSEY),), people=n1 + n2)


def _t_test(given: Given) -> Effect:
    return _from_t(given, _sign(given) * abs(given.numbers["t"]), "standardised difference from t")


def _f_test(given: Given) -> Effect:
    f = given.numbers["f"]
    if f < 0:
        raise BadInput("F is never below 0: is it t?")
    return _from_t(given, _sign(given) * math.sqrt(f), "standardised difference from the square root of F")


def _chi_squared(given: Given) -> Effect:
    chi2, n1, n2 = given.numbers["chi2"], given.numbers["n1"], given.numbers["n2"]
    n = n1 + n2
    if not 0 <= chi2 < n:
        raise BadInput(
            "Chi-squared of two by two lies between 0 and the number of people.",
            [Problem("Chi-squared", f"{chi2:g}", f"0 to {n:g}", "Is the table larger than two by two?")],
        )
    r = _sign(given) * math.sqrt(chi2 / n)
    value, variance = smd_from_correlation(r, (1 - r * r) ** 2 / (n - 1))
    return Effect(
        "SMD",
        float(value),
        float(variance),
        (Step("standardised difference from chi-squared, through phi", LIPSEY),),
        (
            "It was worked out from a chi-squared only, which is rough where the event is rare or the arms differ in "
            "size.",
        ),
        people=n,
    )


def _p_value(given: Given) -> Effect:
    numbers = given.numbers
    p = numbers["p"]
    if p >= 1:
        raise BadInput("p of 1 says nothing but that there is no difference: look for the means.")
    value, variance = (float(x) for x in smd_from_p(p, numbers["n1"], numbers["n2"], sign=_sign(given)))
    said = ["It was worked out from p only, which carries every rounding of the paper."]
    if given.chosen("p_is") == "below":
        said.append(
            f"The paper says only that p is below {p:g}: this is the smallest effect that fits, and the real one is "
            "larger."
        )
    return Effect(
        "SMD",
        value,
        variance,
        (Step("standardised difference from a two-sided p", f"{HANDBOOK}, 6.5.2.3"),),
        tuple(said),
        people=numbers["n1"] + numbers["n2"],
    )


REPORTED: dict[str, Callable[[Given], Effect]] = {
    "difference": difference,
    "smd": _smd,
    "ratio": _ratio,
    "correlation": _correlation,
    "t-test": _t_test,
    "f-test": _f_test,
    "chi-squared": _chi_squared,
    "p-value": _p_value,
}


def finite(effect: Effect) -> Effect:
    """The effect. Raises BadInput where it has no value or no variance."""
    if not (np.isfinite(effect.value) and np.isfinite(effect.variance) and effect.variance > 0):
        raise BadInput("These numbers give no effect: look them up again.")
    return effect
