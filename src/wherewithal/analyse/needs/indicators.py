"""What an export does not say about an indicator: which way is good, and the unit.

Polarity belongs to an indicator within a profile and is not in the file, so it is kept in
``indicators.toml`` with its source. Where it is not known nobody is told that a value is better or worse.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from wherewithal.plain_english import number


class Polarity(StrEnum):
    LOW_IS_GOOD = "low is good"
    HIGH_IS_GOOD = "high is good"
    NO_JUDGEMENT = "no judgement"
    UNKNOWN = "not known"

    @property
    def judges(self) -> bool:
        """Whether anything may be called better or worse."""
        return self in (Polarity.LOW_IS_GOOD, Polarity.HIGH_IS_GOOD)


@dataclass(frozen=True)
class Measure:
    """How one indicator is read.

    ``unit`` is as it reads after a number ("%", " per 10,000"), empty where not known; ``multiplier`` turns
    count by denominator into the value; ``confidence`` is the interval, in percent, behind the published
    comparison, None where not known. ``people`` marks counts of who lives in a place: others are divided by them,
    and they are no need of their own.
    """

    polarity: Polarity = Polarity.UNKNOWN
    unit: str = ""
    multiplier: float | None = None
    confidence: float | None = None
    source: str = ""
    made_up: bool = False
    places: int = 1
    people: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values, to be kept with the figures; ``from_dict`` reads them back."""
        return {**asdict(self), "polarity": self.polarity.value}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Measure:
        """The measure that ``as_dict`` gave; keys of a later version are left aside."""
        known = {each.name for each in fields(cls)}
        given = {key: value for key, value in kept.items() if key in known}
        return cls(**{**given, "polarity": Polarity(given.get("polarity", Polarity.UNKNOWN.value))})

    def text(self, value: float) -> str:
        """A value with its unit: "26.4%"."""
        return f"{number(value, self.places)}{self.unit}"

    def range_text(self, low: float, high: float) -> str:
        """A range without its unit, which stands beside the value: "25.1 to 27.8"."""
        return f"{number(low, self.places)} to {number(high, self.places)}"


def measure(indicator_id: str) -> Measure:
    """How to read that indicator; an indicator nobody has described gives a measure that judges nothing."""
    return _described().get(indicator_id, Measure())


@cache
def _described() -> dict[str, Measure]:
    text = files("wherewithal.analyse.needs").joinpath("indicators.toml").read_text(encoding="utf-8")
    return {
        entry["id"]: Measure(
            polarity=Polarity(entry["polarity"]),
            unit=entry["unit"],
            multiplier=entry.get("multiplier"),
            confidence=entry.get("confidence"),
            source=entry["source"],
            made_up=entry.get("made_up", False),
            places=entry.get("places", 1),
            people=entry.get("people", False),
        )
        for entry in tomllib.loads(text)["indicator"]
    }
