"""What an effect on a risk comes to where the risk without the service is known: in a hundred, a thousand, or a place.

Formulas: Cochrane Handbook 6.5, section 15.4.4. The interval is that of the effect alone; the risk without the
service is taken as it is given, so that a range of it is worth showing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, number

RATIOS = ("OR", "RR")
MEASURES = {"OR": "odds ratio", "RR": "risk ratio", "RD": "risk difference", "PETO": "odds ratio (Peto)"}
"""The effects on a risk that can be worked out for a place."""


class Range(NamedTuple):
    """A value with its interval, all in the same unit."""

    value: float
    low: float
    high: float

    @property
    def crosses_nought(self) -> bool:
        return self.low < 0 < self.high


@dataclass(frozen=True)
class Baseline:
    """The risk without the service, 0 to 1, in a place; with the ``source`` that says so, since no figure goes without.

    ``where`` names the place or the people ("Two-year-olds in Westmere, 2024/25").
    """

    risk: float
    where: str
    source: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.risk) and 0 < self.risk < 1):
            raise BadInput(
                f"The risk without the service is {self.risk:g}.",
                [
                    Problem(
                        "risk without the service",
                        f"{self.risk:g}",
                        "a share above 0 and below 1, such as 0.12 for 12 in 100",
                        "Where nobody or everybody has the event already, a ratio says nothing about this place.",
                    )
                ],
            )
        if not self.source.strip():
            raise BadInput(
                "Say where the risk without the service comes from: no figure goes without a source."
            )


@dataclass(frozen=True)
class AbsoluteEffect:
    """What happens with the service in a place: shares from 0 to 1.

    ``with_service`` is the risk with it; ``difference`` that less the baseline, negative for fewer events. ``notes``
    for the reader.
    """

    measure: str
    baseline: Baseline
    effect: Range
    with_service: Range
    difference: Range
    notes: tuple[str, ...] = ()

    def per(self, people: int = 1000) -> Range:
        """The difference in events among so many people."""
        return Range(*(part * people for part in self.difference))

    def words(self, people: int = 1000) -> str:
        """One sentence: "62 fewer in every 1,000 (from 103 fewer to 13 fewer)"."""
        value, low, high = self.per(people)
        return (
            f"{_fewer(value)} in every {people:,} (from {_fewer(low)} to {_fewer(high)}): "
            f"{number(people * self.with_service.value)} instead of {number(people * self.baseline.risk)}"
        )


def absolute_effect(
    measure: str, effect: float, low: float, high: float, baseline: Baseline
) -> AbsoluteEffect:
    """What an effect comes to at a baseline risk.

    ``measure`` OR, RR, RD or PETO; ``effect`` with ``low`` and ``high`` as ratios (not logs) or, for RD, as a share.
    Raises BadInput for a measure that is not about risks, an interval that does not hold the effect, a ratio that is
    not above 0, and an effect that would make a risk of less than 0 or more than 1: this effect was not found among
    people with such a baseline. Where only an end of the interval does, it stops there, and a note says so.
    """
    key = measure.upper()
    if key not in MEASURES:
        raise BadInput(
            f"{measure} does not say how a risk changes.",
            [
                Problem(
                    "measure",
                    measure,
                    ", ".join(MEASURES),
                    "For a difference of means see the other ways to say it.",
                )
            ],
        )
    given = Range(effect, low, high)
    if not all(math.isfinite(part) for part in given) or not low <= effect <= high:
        raise BadInput(f"The interval {low:g} to {high:g} does not hold the effect {effect:g}.")
    if key != "RD" and low <= 0:
        raise BadInput(
            f"A ratio is above 0, not {low:g}.",
            [Problem("effect", f"{low:g}", "a number above 0", "Give the ratio itself, not its logarithm.")],
        )
    risks = [_risk(key, part, baseline.risk) for part in given]
    if not 0 <= risks[0] <= 1:
        raise BadInput(
            f"At a baseline of {baseline.risk:.0%} this {MEASURES[key]} would make a risk of {risks[0]:.0%}.",
            [
                Problem(
                    "risk without the service",
                    f"{baseline.risk:.0%}",
                    "one like those of the studies",
                    "The effect was found among people with another baseline: use an odds ratio, or a nearer baseline.",
                )
            ],
        )
    notes = []
    if min(risks) < 0 or max(risks) > 1:
        notes.append("One end of the interval stops where a risk cannot go further.")
        risks = [min(1.0, max(0.0, risk)) for risk in risks]
    return AbsoluteEffect(
        key,
        baseline,
        given,
        Range(*risks),
        Range(*(risk - baseline.risk for risk in risks)),
        tuple(notes),
    )


def at_baselines(
    measure: str, effect: float, low: float, high: float, baselines: Sequence[Baseline]
) -> tuple[AbsoluteEffect, ...]:
    """The same effect at several baselines, since what it comes to depends on them. Raises BadInput as one does."""
    return tuple(absolute_effect(measure, effect, low, high, each) for each in baselines)


def _risk(measure: str, effect: float, baseline: float) -> float:
    if measure == "RD":
        return baseline + effect
    if measure == "RR":
        return baseline * effect
    return effect * baseline / (1 - baseline + effect * baseline)


def _fewer(events: float) -> str:
    whole = round(events)
    if whole == 0:
        return "no difference"
    return f"{abs(whole):,} {'more' if whole > 0 else 'fewer'}"


class NeededSide(NamedTuple):
    """One end: how many people, for one more to ``benefit`` or (False) be harmed; infinity where there is no effect."""

    people: float
    benefit: bool

    @property
    def words(self) -> str:
        """As usually written: NNTB 17, NNTH 20, or the sign for infinity."""
        if math.isinf(self.people):
            return "∞"
        return f"{'NNTB' if self.benefit else 'NNTH'} {math.ceil(round(self.people, 9)):,}"


@dataclass(frozen=True)
class NumberNeeded:
    """How many people get the service for one of them to have another outcome than without it.

    Where the interval of the difference holds nought, it goes from a number for one more to benefit through infinity
    (no effect) to a number for one more to be harmed: ``through_infinity`` (Altman, BMJ 317 (1998) 1309). Numbers
    are rounded up when written.
    """

    best: NeededSide
    value: NeededSide
    worst: NeededSide
    through_infinity: bool

    @property
    def words(self) -> str:
        """The usual notation: "NNTB 10 (NNTB 4 to ∞ to NNTH 20)"."""
        middle = " to ∞ to " if self.through_infinity else " to "
        return f"{self.value.words} ({self.best.words}{middle}{self.worst.words})"

    @property
    def sentence(self) -> str:
        """One sentence for somebody who has not met the notation."""
        if math.isinf(self.value.people):
            return "The studies found no difference, however many people get the service."
        people = math.ceil(round(self.value.people, 9))
        said = (
            f"For every {counted(people, 'person', 'people')} who gets it, one more "
            f"{'benefits' if self.value.benefit else 'is harmed'}"
            if people == 1
            else f"For every {people:,} people who get it, one more "
            f"{'benefits' if self.value.benefit else 'is harmed'}"
        )
        if self.through_infinity:
            return (
                f"{said}; but it could be as good as one in {_whole(self.best)} who benefits, or make no difference, "
                f"or as bad as one in {_whole(self.worst)} who is harmed."
            )
        return f"{said}; it could be one in {_whole(self.best)}, or one in {_whole(self.worst)}."


def number_needed(absolute: AbsoluteEffect | Range, *, event_is_good: bool) -> NumberNeeded:
    """How many people get the service for one more to benefit or be harmed.

    From an absolute effect, or a difference in risk with its interval (negative: fewer events). ``event_is_good``
    says whether the event is one that is wanted (finishing school) or not (being taken into care).
    """
    difference = absolute.difference if isinstance(absolute, AbsoluteEffect) else absolute
    sign = 1 if event_is_good else -1
    benefits = [sign * part for part in difference]
    best, worst = max(benefits[1:]), min(benefits[1:])
    return NumberNeeded(_side(best), _side(benefits[0]), _side(worst), through_infinity=worst < 0 < best)


def _side(benefit: float) -> NeededSide:
    return NeededSide(math.inf if benefit == 0 else 1 / abs(benefit), benefit >= 0)


def _whole(side: NeededSide) -> str:
    return "any number" if math.isinf(side.people) else f"{math.ceil(round(side.people, 9)):,}"
