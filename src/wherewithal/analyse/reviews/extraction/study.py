"""What a study is made of: reports, arms, outcomes with the instruments that measure them, and points in time.

A report is one publication; a study is what was done once and may have several reports (Cochrane Handbook 6.5,
section 4.6.2). An outcome is what the review asks about; an instrument is how one study measured it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from wherewithal.analyse.reviews.synthesis.effects.sizes import measure_named
from wherewithal.errors import BadInput, Problem


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"

    @property
    def words(self) -> str:
        return f"{self.value} is better"


class Role(StrEnum):
    """What an arm is there for."""

    PROGRAMME = "programme"
    COMPARISON = "comparison"


_SHOWN: Mapping[str, Callable[[float], float]] = {"log": math.exp, "z": math.tanh}


class _Plain:
    """A dataclass that stores keep as plain JSON."""

    def as_dict(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """What ``as_dict`` wrote; names that are not known any more are left aside."""
        known = {each.name for each in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: value for name, value in plain.items() if name in known})


@dataclass(frozen=True)
class Outcome(_Plain):
    """What the review asks about. ``measure`` is the effect measure its studies are brought to ("SMD", "OR").

    ``better`` says which way is good: effects of every instrument are turned so that above nought (for a ratio,
    above 1) means more of the outcome. Raises BadInput for a measure or a direction that there is none of.
    """

    key: str
    name: str
    better: str = Better.LOWER.value
    measure: str = "SMD"

    def __post_init__(self) -> None:
        _said(self.key, self.name, self.better, "outcome")
        measure_named(self.measure)

    @property
    def measure_name(self) -> str:
        """What ``shown`` gives, in words: an odds ratio, though its logarithm is what is put together."""
        found = measure_named(self.measure)
        return "correlation" if found.scale == "z" else found.name.removeprefix("log ")

    @property
    def ratio(self) -> bool:
        return measure_named(self.measure).scale == "log"

    @property
    def nothing(self) -> float:
        """What stands for no difference, as a reader sees it."""
        return 1.0 if self.ratio else 0.0

    def shown(self, value: float) -> float:
        """A value of the measure's own scale as a reader expects it: a ratio as a ratio, a correlation as one."""
        turn = _SHOWN.get(measure_named(self.measure).scale)
        return turn(value) if turn else value

    def good(self, value: float) -> bool:
        """Whether a value of the measure's own scale is on the side that is better."""
        return value < 0 if self.better == Better.LOWER else value > 0


@dataclass(frozen=True)
class Instrument(_Plain):
    """How an outcome was measured: a questionnaire, a test, a count.

    ``more`` says whether a higher score means more of the outcome ("higher") or less of it ("lower"), so that a
    scale of strengths can measure an outcome of problems. ``unit`` is in words; ``lowest`` and ``highest`` are the
    ends of its range where it has them; ``items`` is the number of whole-number items that a score is made of (0:
    not known), for a check of means (see ``plausibility``).
    """

    key: str
    outcome: str
    name: str
    more: str = Better.HIGHER.value
    unit: str = ""
    lowest: float | None = None
    highest: float | None = None
    items: int = 0

    def __post_init__(self) -> None:
        _said(self.key, self.name, self.more, "measure")
        if self.lowest is not None and self.highest is not None and self.lowest >= self.highest:
            raise BadInput(
                f"The range of {self.name} ends before it begins.",
                [
                    Problem(
                        self.name,
                        f"{self.lowest:g} to {self.highest:g}",
                        "a lowest below the highest",
                        "Swap the two.",
                    )
                ],
            )
        if self.items < 0:
            raise BadInput(f"The number of items of {self.name} is 0 or more, not {self.items}.")

    @property
    def turned(self) -> bool:
        """Whether effects are turned round to speak of the outcome."""
        return self.more == Better.LOWER.value


@dataclass(frozen=True)
class Arm(_Plain):
    """One group of a study. ``people`` is how many were allocated to it, where that is known."""

    number: int
    name: str
    role: str = Role.PROGRAMME.value
    people: int | None = None


@dataclass(frozen=True)
class TimePoint(_Plain):
    """When something was measured: in the paper's words, and in weeks after the programme began where it says."""

    words: str
    weeks: float | None = None


@dataclass(frozen=True)
class Place(_Plain):
    """Where in a report something stands: the page or table, and its own words."""

    page: str = ""
    quotation: str = ""

    def __bool__(self) -> bool:
        return bool(self.page or self.quotation)


@dataclass(frozen=True)
class Report:
    """One publication of a study: its record's key, how it is cited, and where to look it up."""

    key: str
    citation: str
    link: str = ""
    retracted: bool = False


@dataclass(frozen=True)
class Study:
    """One study with its reports and arms. ``number`` is its number in the review."""

    number: int
    name: str
    reports: tuple[Report, ...] = ()
    arms: tuple[Arm, ...] = ()

    def arm(self, number: int | None) -> Arm | None:
        return next((arm for arm in self.arms if arm.number == number), None)


def _said(key: str, name: str, direction: str, what: str) -> None:
    if not key or not name.strip():
        raise BadInput(f"Give the {what} a name.")
    if direction not in {each.value for each in Better}:
        raise BadInput(
            f"Say which way {name} runs.",
            [Problem(name, repr(direction), "higher or lower", "Choose one.")],
        )
