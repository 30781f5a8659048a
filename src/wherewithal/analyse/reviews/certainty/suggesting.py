"""What the data suggest about each factor of certainty, by a rule printed beside it. Suggestions never decide.

Effects here are on the scale on which they were pooled (a log for a ratio), and ``matters`` is the smallest effect
that would matter, above 0 and on the same scale: a person's choice, with a reason, made before looking.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.certainty.factors import Factor, factor
from wherewithal.analyse.reviews.synthesis.distributions import normal_at
from wherewithal.analyse.reviews.synthesis.pooling import Average, Interval
from wherewithal.analyse.reviews.synthesis.small_studies import FEWEST_TO_SAY_MUCH, Asymmetry
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted

HALF, QUARTER = 0.5, 0.25
FEWEST_TO_DIFFER = 3
ASYMMETRIC = 0.10
Shown = Callable[[float], float]


@dataclass(frozen=True)
class Suggestion:
    """What the data suggest about one factor.

    ``steps`` below, at or above 0; None where the data cannot say. ``because`` are sentences with the figures.
    """

    factor: Factor
    steps: int | None
    because: tuple[str, ...]


def _suggest(key: str, steps: int | None, *because: str) -> Suggestion:
    return Suggestion(factor(key), steps, because)


def risk_of_bias(
    weights: Sequence[float],
    at_high_risk: Sequence[bool | None],
    *,
    everything: float | None = None,
    without_high: Interval | None = None,
) -> Suggestion:
    """From each study's weight in the pooled result and whether it is at high risk; None where it is not appraised.

    ``everything`` is the pooled effect, ``without_high`` the interval of the pooled effect without studies at high
    risk, where somebody worked it out: the result points elsewhere if that interval does not hold the effect.
    Raises BadInput where the lists are not of one length, or a weight is below 0.
    """
    if len(weights) != len(at_high_risk) or not weights or any(not w >= 0 for w in weights):
        raise BadInput("Give one weight of 0 or more, and one answer about risk of bias, for every study.")
    total = sum(weights)
    if total <= 0:
        raise BadInput("No study has any weight.")
    high = sum(w for w, risk in zip(weights, at_high_risk, strict=True) if risk) / total
    unknown = sum(w for w, risk in zip(weights, at_high_risk, strict=True) if risk is None) / total
    said = [f"Studies at high risk of bias carry {high:.0%} of the weight."]
    if unknown:
        said.append(f"Studies that nobody has appraised carry {unknown:.0%}.")
    elsewhere = (
        everything is not None
        and without_high is not None
        and not without_high.low <= everything <= without_high.high
    )
    if elsewhere:
        said.append("Without them the result points elsewhere.")
    if high >= HALF:
        steps: int | None = -2
    elif high >= QUARTER or elsewhere:
        steps = -1
    else:
        steps = None if unknown >= HALF else 0
    return _suggest("risk_of_bias", steps, *said)


def _begins(line: float, shown: Shown) -> str:
    """Where an effect begins to matter: for a ratio on both sides of 1, since those are not the same number."""
    up, down = shown(line), shown(-line)
    sides = _two(up) if math.isclose(up, -down) else f"{_two(up)}, or below at {_two(down)}"
    return f"what matters begins at {sides}"


def inconsistency(pooled: Average, *, matters: float, shown: Shown = float) -> Suggestion:
    """From I² and the range for a next place, beside the smallest effect that would matter (above 0).

    ``shown`` turns a value of the measure's own scale into what a reader expects: a ratio, not its logarithm.
    """
    line = _line(matters)
    said = [f"I² is {pooled.i2:.0f}% over {counted(pooled.k, 'study', 'studies')}."]
    if pooled.k < FEWEST_TO_DIFFER:
        return _suggest(
            "inconsistency", None, *said, "With so few studies nothing can be said of how they differ."
        )
    if pooled.pi is None:
        if pooled.i2 < 50:
            return _suggest("inconsistency", 0, *said)
        return _suggest(
            "inconsistency",
            None,
            *said,
            "They were pooled as if they had one true effect, so there is no range for a next place.",
        )
    low, high = pooled.pi
    both = low < -line and high > line
    crosses = low < line < high or low < -line < high
    said.append(
        f"A next place could see anything from {_two(shown(low))} to {_two(shown(high))}; {_begins(line, shown)}."
    )
    if pooled.i2 >= 75 and both:
        return _suggest("inconsistency", -2, *said)
    return _suggest("inconsistency", -1 if pooled.i2 >= 50 and crosses else 0, *said)


def imprecision(
    interval: Interval,
    *,
    matters: float,
    people: int | None = None,
    people_needed: float | None = None,
    shown: Shown = float,
) -> Suggestion:
    """From the interval of the effect, and from how many people are in the studies beside how many would be needed.

    ``people_needed`` as ``people_needed_for_difference`` or ``people_needed_for_risks`` give it; ``shown`` as in
    ``inconsistency``.
    """
    line = _line(matters)
    low, high = interval
    said = [f"The interval runs from {_two(shown(low))} to {_two(shown(high))}; {_begins(line, shown)}."]
    if low < -line and high > line:
        return _suggest("imprecision", -2, *said, "It holds both a harm and a benefit that matter.")
    few = people is not None and people_needed is not None and people < people_needed
    if people is not None and people_needed is not None:
        said.append(
            f"{people:,} people are in the studies; one good trial that could find it would need "
            f"{math.ceil(people_needed):,}."
        )
    if low < line < high or low < -line < high:
        return _suggest("imprecision", -1, *said, "It crosses the line of what matters.")
    return _suggest("imprecision", -1 if few else 0, *said)


def people_needed_for_difference(smallest: float, *, power: float = 0.8, confidence: float = 0.95) -> float:
    """People in both groups together for a trial that could find a standardised difference: 4 (z + z)² / d².

    The optimal information size for a continuous outcome: Guyatt and others (2011) as above. 785 for 0.2.
    """
    reach = float(normal_at(0.5 + confidence / 2)) + float(normal_at(power))
    return 4 * reach**2 / _line(smallest) ** 2


def people_needed_for_risks(
    baseline: float, with_service: float, *, power: float = 0.8, confidence: float = 0.95
) -> float:
    """People in both groups together for a trial that could tell two risks apart: 2 (z + z)² Σp(1-p) / difference².

    The optimal information size for a risk: Guyatt and others (2011) as above; formula as in Pocock, "Clinical
    trials" (1983), chapter 9. Raises BadInput for risks that are the same or not between 0 and 1.
    """
    if not (0 < baseline < 1 and 0 < with_service < 1) or baseline == with_service:
        raise BadInput("Give two different risks, each above 0 and below 1.")
    reach = float(normal_at(0.5 + confidence / 2)) + float(normal_at(power))
    spread = baseline * (1 - baseline) + with_service * (1 - with_service)
    return 2 * reach**2 * spread / (baseline - with_service) ** 2


def publication_bias(studies: int, asymmetry: Asymmetry | None) -> Suggestion:
    """From the number of studies and a test of whether small ones say something else."""
    if studies < FEWEST_TO_SAY_MUCH or asymmetry is None:
        return _suggest(
            "publication_bias",
            None,
            f"There {'is' if studies == 1 else 'are'} {counted(studies, 'study', 'studies')}: too few for the test to "
            "tell chance from missing results. That is not a sign that none are missing."
            if studies < FEWEST_TO_SAY_MUCH
            else "No test of small studies was made.",
        )
    return _suggest(
        "publication_bias",
        -1 if asymmetry.p < ASYMMETRIC else 0,
        f"Do small studies say something else? p = {asymmetry.p:.2g} ({asymmetry.model}, {studies} studies). "
        "Other things than missing results can do that too, and no difference does not prove that none are missing.",
    )


def indirectness(weights: Sequence[float], resembles: Sequence[bool | None]) -> Suggestion:
    """From each study's weight and whether it resembles our area; None where too little is reported to tell."""
    if len(weights) != len(resembles) or not weights or any(not w >= 0 for w in weights) or sum(weights) <= 0:
        raise BadInput("Give one weight of 0 or more, and one answer about resemblance, for every study.")
    total = sum(weights)
    alike = sum(w for w, yes in zip(weights, resembles, strict=True) if yes) / total
    unknown = sum(w for w, yes in zip(weights, resembles, strict=True) if yes is None) / total
    said = [f"Studies that resemble our area carry {alike:.0%} of the weight."]
    if unknown:
        said.append(f"Too little is reported of studies that carry {unknown:.0%}.")
    if alike >= HALF:
        return _suggest("indirectness", 0, *said)
    if alike + unknown >= HALF:
        return _suggest("indirectness", None, *said)
    return _suggest("indirectness", -1 if alike + unknown > 0 else -2, *said)


def large_effect(
    *, randomised: bool, ratio: float, low: float, high: float, anything_lowers: bool
) -> Suggestion:
    """From a risk ratio with its interval (not logs). Raises BadInput for a ratio that is not above 0."""
    if not 0 < low <= ratio <= high:
        raise BadInput(
            f"A ratio with its interval is above 0 and in order, not {low:g}, {ratio:g}, {high:g}."
        )
    if randomised:
        return _suggest("large_effect", 0, "Randomised trials start at high, so there is nothing to raise.")
    if anything_lowers:
        return _suggest("large_effect", 0, "Something lowers the level, so a large effect does not raise it.")
    said = f"The ratio is {ratio:.2f} ({low:.2f} to {high:.2f})."
    for steps, line in ((2, 5.0), (1, 2.0)):
        if low > line or high < 1 / line:
            return _suggest("large_effect", steps, said)
    return _suggest("large_effect", 0, said)


def needs_a_person(key: str) -> Suggestion:
    """A factor about which the data say nothing."""
    return _suggest(key, None, "The data say nothing about this.")


def _two(value: float) -> str:
    """Two decimal places, with a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


def _line(matters: float) -> float:
    if not (math.isfinite(matters) and matters > 0):
        raise BadInput(
            f"The smallest effect that would matter is {matters:g}: give a number above 0, on the scale of the "
            "pooled effect (a log for a ratio)."
        )
    return matters
