"""What a standardised mean difference comes to: for an average child, in shares of children, in a familiar measure.

All rest on scores near enough normal with the same spread in both groups. Sources beside each.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from wherewithal.analyse.reviews.in_words.risks import (
    AbsoluteEffect,
    Baseline,
    Range,
    absolute_effect,
)
from wherewithal.errors import BadInput, Problem


def improvement_index(g: float) -> float:
    """By how many places in a hundred an average child of the comparison group would move up: -50 to 50.

    100 (Φ(g) - 0.5), which is Cohen's U3 less 50: What Works Clearinghouse Handbook, version 2, appendix F.
    """
    return 100 * (float(ndtr(g)) - 0.5)


def above_average(g: float) -> float:
    """The share of those with the service who do better than the average without it: Cohen's U3 (1988), 0 to 1."""
    return float(ndtr(g))


def superiority(g: float) -> float:
    """The chance that a child with the service does better than one without, both drawn at random: 0 to 1.

    Φ(g / √2): McGraw and Wong, Psychological Bulletin 111 (1992) 361.
    """
    return float(ndtr(g / math.sqrt(2)))


def overlap(g: float) -> float:
    """The share of the two groups' scores that lie over each other: 2 Φ(-|g| / 2), Reiser and Faraggi (1999)."""
    return 2 * float(ndtr(-abs(g) / 2))


@dataclass(frozen=True)
class Familiar:
    """A measure that readers know, with its spread among children like these and the source of that spread.

    ``sd`` in ``unit`` ("points"); ``higher_is_better`` its direction.
    """

    name: str
    sd: float
    unit: str
    source: str
    higher_is_better: bool

    def __post_init__(self) -> None:
        if not (math.isfinite(self.sd) and self.sd > 0):
            raise BadInput(
                f"The spread of {self.name} is {self.sd:g}.",
                [Problem(self.name, f"{self.sd:g}", "a standard deviation above 0", "Correct it.")],
            )
        if not self.source.strip():
            raise BadInput(
                f"Say where the spread of {self.name} comes from: no figure goes without a source."
            )


@dataclass(frozen=True)
class Standardised:
    """A standardised difference with its interval, turned so that above 0 is better for children."""

    g: Range

    @classmethod
    def of(cls, g: float, low: float, high: float, *, higher_is_better: bool) -> Standardised:
        """From a difference in the direction of its measure. Raises BadInput where the interval does not hold it."""
        if not all(math.isfinite(part) for part in (g, low, high)) or not low <= g <= high:
            raise BadInput(f"The interval {low:g} to {high:g} does not hold the effect {g:g}.")
        return cls(Range(g, low, high) if higher_is_better else Range(-g, -high, -low))

    def through(self, way: Callable[[float], float]) -> Range:
        """The difference and both ends, each said another way. ``overlap`` has no direction and is not for this."""
        return Range(*(way(part) for part in self.g))

    def in_units_of(self, familiar: Familiar) -> Range:
        """The difference on a familiar measure, in its unit and its direction.

        The standardised difference times the measure's spread: Cochrane Handbook 6.5, section 15.5.3.2.
        """
        moved = Range(*(part * familiar.sd for part in self.g))
        return moved if familiar.higher_is_better else Range(-moved.value, -moved.high, -moved.low)

    def past_a_line(self, baseline: Baseline) -> AbsoluteEffect:
        """The share of children past a line (such as "in the clinical range"), where the share without the service
        is known. The event is the one that is not wanted, so a better score lowers it.

        The line is taken as fixed and scores as normal: Furukawa and Leucht, PLoS ONE 6 (2011) e19070.
        """
        at = float(ndtri(baseline.risk))
        risks = [float(ndtr(at - part)) for part in self.g]
        with_service = Range(risks[0], risks[2], risks[1])
        less = Range(*(risk - baseline.risk for risk in with_service))
        return AbsoluteEffect(
            "SMD",
            baseline,
            self.g,
            with_service,
            less,
            (
                "Worked out from a difference in scores, as if they were spread normally and alike in both groups.",
            ),
        )

    def past_a_line_by_odds(self, baseline: Baseline) -> AbsoluteEffect:
        """The same by way of an odds ratio, exp(-π g / √3): Chinn (2000); Cochrane Handbook 6.5, section 15.5.3.3."""
        by = math.pi / math.sqrt(3)
        odds = [math.exp(-by * part) for part in self.g]
        return absolute_effect("OR", odds[0], odds[2], odds[1], baseline)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Three ways to say it, each with its range."""
        places = self.through(improvement_index)
        above = self.through(above_average)
        chance = self.through(superiority)
        way = "up" if places.value >= 0 else "down"
        return (
            f"An average child would move {way} by {abs(places.value):.0f} places in 100 "
            + f"(from {places.low:+.0f} to {places.high:+.0f}).".replace("-", "−"),
            f"Of 100 children with the service, {100 * above.value:.0f} would do better than the average child "
            f"without it ({100 * above.low:.0f} to {100 * above.high:.0f}); without any effect it would be 50.",
            f"Of two children drawn at random, the one with the service does better {100 * chance.value:.0f} times in "
            f"100 ({100 * chance.low:.0f} to {100 * chance.high:.0f}); without any effect it would be 50.",
        )
