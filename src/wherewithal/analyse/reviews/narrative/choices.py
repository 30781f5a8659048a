"""What a person chooses about a synthesis in words, and what they have written of its report so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from wherewithal.analyse.reviews.narrative.swim import items
from wherewithal.errors import BadInput, Problem

WAYS: Mapping[str, str] = {
    "spread": "The middle of the effects, and where their middle half lies",
    "p_values": "The p values combined",
}
"""What can be said beside the directions. Directions are always counted."""
LONGEST = 3_000


@dataclass(frozen=True)
class NarrativeChoices:
    """``instead`` is a person's reason why an average would mislead: the answer is then in words.

    ``ways`` are keys of ``WAYS``; ``written`` a person's words by the number of a SWiM item. Raises BadInput for what
    there is not, and for words that are too long.
    """

    instead: str = ""
    ways: tuple[str, ...] = ("spread",)
    written: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = {item.number for item in items()}
        problems = [
            Problem(way, "no such way", ", ".join(WAYS), "Choose one.")
            for way in self.ways
            if way not in WAYS
        ]
        problems += [
            Problem(f"item {number}", "not in the list", ", ".join(sorted(numbers)), "Correct it.")
            for number in self.written
            if number not in numbers
        ]
        problems += [
            Problem(f"item {number}", f"{len(words):,} characters", f"at most {LONGEST:,}", "Shorten it.")
            for number, words in self.written.items()
            if len(words) > LONGEST
        ]
        if problems:
            raise BadInput("This cannot be kept as it is.", problems)
        object.__setattr__(self, "ways", tuple(way for way in WAYS if way in self.ways))
        object.__setattr__(
            self,
            "written",
            {number: said for number, words in self.written.items() if (said := words.strip())},
        )

    @property
    def settled(self) -> dict[str, Any]:
        """What the answer depends on: everything but the report's words."""
        return {"instead": self.instead.strip(), "ways": list(self.ways)}

    def writing(self, written: Mapping[str, str]) -> NarrativeChoices:
        """The same with other words of the report."""
        return replace(self, written=dict(written))

    def as_dict(self) -> dict[str, Any]:
        return {**self.settled, "written": dict(self.written)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        return cls(plain["instead"], tuple(plain["ways"]), plain.get("written", {}))
