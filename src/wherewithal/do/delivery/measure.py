"""What is measured to know whether a service works: chosen before it starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.errors import BadInput, Problem

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Polarity(StrEnum):
    """Which way is better. Without it nobody can say whether a change is a good one."""

    HIGHER = "higher is better"
    LOWER = "lower is better"


class FigureKind(StrEnum):
    """What a reading of the measure is: families counted out of those measured, or the mean of their scores."""

    SHARE = "share of families"
    MEAN = "average score"


@dataclass(frozen=True)
class OutcomeMeasure:
    """One outcome measure.

    ``key`` is stable and unique in its case ("high-needs-at-home"). ``unit`` names what a score is counted in
    ("points"); a share is in per cent whatever it says. ``how`` says who asks what, of whom. ``source`` is
    where the instrument or the definition can be looked up. ``validated`` says whether it is a validated
    instrument: one shown in published studies to measure what it says.

    Raises BadInput where the key, the name or the way of measuring is missing.
    """

    key: str
    name: str
    kind: FigureKind
    polarity: Polarity
    how: str
    validated: bool
    unit: str = ""
    source: str = ""
    source_url: str = ""

    def __post_init__(self) -> None:
        problems = []
        if not _KEY.fullmatch(self.key):
            problems.append(
                Problem("key", f"'{self.key}'", "small letters, digits and hyphens", "Choose another key.")
            )
        if not self.name.strip():
            problems.append(Problem("name", "nothing", "what is measured", "Name the measure."))
        if not self.how.strip():
            problems.append(
                Problem("how it is measured", "nothing", "who asks what, of whom", "Say how it is measured.")
            )
        if problems:
            raise BadInput("This outcome measure is not complete.", problems)

    @property
    def shown_unit(self) -> str:
        """The unit of its figures, as a page shows it."""
        return "%" if self.kind is FigureKind.SHARE else self.unit.strip()
