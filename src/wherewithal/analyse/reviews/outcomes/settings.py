"""What a person settles about an outcome before the answer: how it is put together, and what would matter."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from wherewithal.analyse.reviews.certainty.levels import Design
from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.in_words.risks import MEASURES as RISKS
from wherewithal.analyse.reviews.in_words.risks import Baseline
from wherewithal.analyse.reviews.in_words.sentences import COHEN, Size
from wherewithal.analyse.reviews.outcomes.choices import PoolingChoices
from wherewithal.errors import BadInput, Problem

SMALLEST_RATIO = 1.25
"""Where nobody has said what would matter, a ratio beyond 1.25 (or below 1/1.25) counts.

GRADE's suggested line for appreciable benefit or harm: Guyatt and others (2011), Journal of Clinical Epidemiology
64:1283.
"""
USUAL_RATIO = "1.25, GRADE’s line where nobody has drawn another (Guyatt and others 2011)"
USUAL_DIFFERENCE = f"{COHEN.small:g} of a standard deviation: {COHEN.source}"


@dataclass(frozen=True)
class OutcomeSettings:
    """How an outcome is put together and told.

    ``service`` names what was tried, for sentences. ``matters`` is the smallest effect that would matter, as a reader
    sees it (1.25 for a ratio, 0.2 standard deviations), with ``matters_source``: who says so. ``baseline`` is the risk
    here without the service, where the outcome is a risk or has a line that can be passed. ``design`` is what kind of
    studies they are, where certainty starts. ``looked_at`` are keys of questions of the form whose answers may go with
    what studies find; the answer itself does not depend on them.
    """

    choices: PoolingChoices = field(default_factory=PoolingChoices)
    service: str = "the programme"
    matters: float | None = None
    matters_source: str = ""
    design: Design = Design.RANDOMISED
    baseline: Baseline | None = None
    looked_at: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "design", Design(self.design))
        if not self.service.strip():
            raise BadInput("Name what was tried, so that a sentence can say it.")
        if self.matters is not None and not self.matters_source.strip():
            raise BadInput("Say who says what effect would matter, and why: no line goes without a source.")

    def line(self, outcome: Outcome) -> tuple[float, str]:
        """The smallest effect that would matter, on the measure's own scale and above 0, and who says so.

        Raises BadInput for a line that cannot be one: a ratio of 1, a difference of nought, and where the measure is
        in a unit that nobody has drawn a line for.
        """
        if self.matters is None:
            if outcome.ratio:
                return math.log(SMALLEST_RATIO), USUAL_RATIO
            if standardised(outcome):
                return COHEN.small, USUAL_DIFFERENCE
            raise BadInput(
                "Nobody has said how large an effect would matter.",
                [
                    Problem(
                        outcome.name,
                        f"a {outcome.measure_name.lower()} in its own unit",
                        "the smallest difference that would matter to families, with who says so",
                        "Ask the people who will use the result.",
                    )
                ],
            )
        line = abs(math.log(self.matters)) if outcome.ratio and self.matters > 0 else abs(self.matters)
        if not (math.isfinite(line) and line > 0) or (outcome.ratio and self.matters <= 0):
            raise BadInput(
                "The smallest effect that would matter is no effect.",
                [
                    Problem(
                        outcome.name,
                        f"{self.matters:g}",
                        "a ratio above 0 that is not 1" if outcome.ratio else "a number other than 0",
                        "For example 1.25." if outcome.ratio else "For example 0.2.",
                    )
                ],
            )
        return line, self.matters_source

    def size(self, outcome: Outcome, value: float) -> Size:
        """How large an effect on the measure's own scale is, by the lines that somebody has drawn.

        Small, moderate and large only where they are drawn: by Cohen, for standardised differences that nobody has
        said more about. Elsewhere an effect matters or it does not.
        """
        line, _source = self.line(outcome)
        if self.matters is None and standardised(outcome):
            return COHEN.size(value)
        return Size.MODERATE if abs(value) >= line else Size.NONE

    def as_dict(self) -> dict[str, Any]:
        return {
            "choices": self.choices.as_dict(),
            "service": self.service,
            "matters": self.matters,
            "matters_source": self.matters_source,
            "design": self.design.value,
            "looked_at": list(self.looked_at),
            "baseline": None
            if self.baseline is None
            else {
                "risk": self.baseline.risk,
                "where": self.baseline.where,
                "source": self.baseline.source,
            },
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        baseline = plain["baseline"]
        return cls(
            PoolingChoices.from_dict(plain["choices"]),
            plain["service"],
            plain["matters"],
            plain["matters_source"],
            Design(plain["design"]),
            Baseline(**baseline) if baseline else None,
            tuple(plain.get("looked_at", ())),
        )

    def leaving_out(self, study: str, reason: str) -> OutcomeSettings:
        """The same with one study taken out, or put back where ``reason`` is empty."""
        rest = tuple(pair for pair in self.choices.leave_out if pair[0] != study)
        leave = (*rest, (study, reason)) if reason else rest
        return replace(self, choices=replace(self.choices, leave_out=leave))


def standardised(outcome: Outcome) -> bool:
    """Whether effects are in standard deviations."""
    return outcome.measure.startswith("SM")


def about_risk(outcome: Outcome) -> bool:
    """Whether effects say how a risk changes."""
    return outcome.measure in RISKS
