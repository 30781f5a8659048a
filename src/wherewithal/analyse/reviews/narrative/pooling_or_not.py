"""Whether effects can be pooled; where not, why not, and what to do instead.

Sources: Cochrane Handbook 6.5, section 12.1 with table 12.1.a, and section 10.10.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wherewithal.plain_english import counted, listed

STANDARDISED = frozenset({"SMD", "SMDH", "SMD1", "SMD1H", "SMCC", "SMCR"})
RATIOS = frozenset({"OR", "PETO"})


@dataclass(frozen=True)
class Effect:
    """One study's result for one outcome, as far as it matters for pooling.

    ``measure`` as in ``MEASURES`` of the effect sizes; ``unit`` of a difference of means in its own unit;
    ``effect`` and ``variance`` None where the study does not report enough. ``randomised`` None where not known.
    """

    study: str
    measure: str
    effect: float | None
    variance: float | None
    unit: str = ""
    randomised: bool | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Reason:
    """One reason against pooling. ``stops`` where the sum would be meaningless; else it is for a person to weigh."""

    key: str
    words: str
    instead: str
    stops: bool


@dataclass(frozen=True)
class PoolingOrNot:
    """Whether there is anything against pooling. ``can`` where no reason stops it."""

    reasons: tuple[Reason, ...]
    usable: int

    @property
    def can(self) -> bool:
        return not any(each.stops for each in self.reasons)

    @property
    def words(self) -> str:
        """One sentence."""
        if not self.reasons:
            return f"Nothing speaks against pooling the {self.usable} effects."
        stops = [each for each in self.reasons if each.stops]
        if stops:
            return f"These effects cannot be pooled: {stops[0].words[:1].lower()}{stops[0].words[1:]}"
        return f"The {self.usable} effects can be pooled, with {counted(len(self.reasons), 'thing')} to weigh first."


def pooling_or_not(effects: Sequence[Effect], *, too_different: str = "") -> PoolingOrNot:
    """Every reason against pooling.

    ``too_different`` is a person's reason why the studies ask different questions (families, services, comparisons):
    no figure can say that. Statistical differences alone are no reason: they are what a random effect and its range
    for a next place are for.
    """
    found = []
    usable = [each for each in effects if each.effect is not None and each.variance is not None]
    gone = [each.study for each in effects if each not in usable]
    studies = Counter(each.study for each in usable)
    if too_different.strip():
        found.append(
            Reason(
                "too different",
                f"Somebody judged the studies too different to average: {too_different.strip()}",
                "Group studies that ask the same question, and say what each group shows by direction of effect.",
                stops=True,
            )
        )
    if len(studies) < 2:
        found.append(
            Reason(
                "too few",
                "There is 1 study with an effect and its variance."
                if studies
                else "No study gives an effect with its variance.",
                "Report the study as it stands, with its own interval."
                if studies
                else "Say which way each study points, and on what that rests.",
                stops=True,
            )
        )
    found.extend(_kinds(usable))
    if gone:
        found.append(
            Reason(
                "incomplete",
                f"No effect with a variance can be worked out for {listed(gone)}.",
                "Ask the authors or work it out from a p value or interval. Else say that they are left out, and which "
                "way they point.",
                stops=False,
            )
        )
    several = [name for name, count in studies.items() if count > 1]
    if several:
        found.append(
            Reason(
                "dependent",
                f"More than one effect comes from the same children in {listed(several)}.",
                "Choose one by a rule made beforehand, or pool with the multilevel method that allows for it.",
                stops=False,
            )
        )
    designs = {each.randomised for each in usable}
    if {True, False} <= designs:
        found.append(
            Reason(
                "designs",
                "Randomised trials and other comparisons are mixed.",
                "Pool them apart, and compare the two results.",
                stops=False,
            )
        )
    return PoolingOrNot(tuple(found), len(usable))


def _kinds(usable: Sequence[Effect]) -> list[Reason]:
    """Measures and units that cannot be averaged as they are."""
    found = []
    measures = sorted({each.measure for each in usable})
    families = {
        "standardised" if name in STANDARDISED else "odds" if name in RATIOS else name for name in measures
    }
    if len(families) > 1:
        convertible = families <= {"standardised", "odds", "COR", "ZCOR"}
        found.append(
            Reason(
                "measures",
                f"The effects are of different kinds: {listed(measures)}.",
                "Turn them into one kind first (a standardised difference from an odds ratio or a correlation), and "
                "say so."
                if convertible
                else "Work out the same kind for every study, or say which way each points.",
                stops=True,
            )
        )
    units = sorted({each.unit for each in usable if each.measure == "MD" and each.unit})
    if len(units) > 1:
        found.append(
            Reason(
                "units",
                f"Differences of means are in different units: {listed(units)}.",
                "Use standardised differences.",
                stops=True,
            )
        )
    values = np.array([each.variance for each in usable], dtype=np.float64)
    if values.size and not np.all(values > 0):
        found.append(
            Reason(
                "variances",
                "At least one variance is not above 0.",
                "Look for a standard error that was left out, or rounded to 0.",
                stops=True,
            )
        )
    return found
