"""How sure a body of evidence is about one outcome, as GRADE words it."""

from __future__ import annotations

from enum import StrEnum


class Certainty(StrEnum):
    """Four levels. Sources of the levels: Balshem and others, Journal of Clinical Epidemiology 64 (2011) 401."""

    VERY_LOW = "very_low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def place(self) -> int:
        """0 for very low to 3 for high."""
        return list(Certainty).index(self)

    @property
    def words(self) -> str:
        """How the level reads: "Very low"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def meaning(self) -> str:
        """What it means, in our words."""
        return {
            Certainty.HIGH: "Very sure that the true effect is close to the one found.",
            Certainty.MODERATE: "Fairly sure: the true effect is likely close, and could be quite different.",
            Certainty.LOW: "Not sure: the true effect could be quite different.",
            Certainty.VERY_LOW: "Hardly sure of anything: the true effect is likely quite different.",
        }[self]

    @property
    def marks(self) -> str:
        """Four marks, of which as many are filled: never the only sign of a level."""
        return "●" * (self.place + 1) + "○" * (3 - self.place)


class Design(StrEnum):
    """What kind of studies the evidence is from, which decides where certainty starts."""

    RANDOMISED = "randomised"
    OBSERVATIONAL = "observational"

    @property
    def start(self) -> Certainty:
        """Randomised trials start at high, other comparisons at low."""
        return Certainty.HIGH if self is Design.RANDOMISED else Certainty.LOW

    @property
    def words(self) -> str:
        return {Design.RANDOMISED: "Randomised trials", Design.OBSERVATIONAL: "Other comparisons"}[self]
