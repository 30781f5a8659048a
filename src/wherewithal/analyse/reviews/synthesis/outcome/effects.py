"""What extraction hands over: one effect of one study on one outcome, with where it is from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from wherewithal.analyse.reviews.synthesis.effects.sizes import measure_named
from wherewithal.thread import fingerprint_of

_SHOWN: dict[str, Callable[[float], float]] = {"log": math.exp, "z": math.tanh}


@dataclass(frozen=True)
class Outcome:
    """What was measured. ``measure`` is the key of the effect measure; ``lower_is_better``: of problems, not strengths.

    An effect above nought (for a ratio, above 1) means more of the outcome, whichever way is good.
    """

    key: str
    name: str
    measure: str
    lower_is_better: bool

    @property
    def measure_name(self) -> str:
        return measure_named(self.measure).name

    @property
    def ratio(self) -> bool:
        return measure_named(self.measure).scale == "log"

    @property
    def nothing(self) -> float:
        """The value that means no difference, as a reader sees it."""
        return 1.0 if self.ratio else 0.0

    def shown(self, value: float) -> float:
        """A value as a reader expects it: a ratio as a ratio, a correlation as one, anything else as it is."""
        turn = _SHOWN.get(measure_named(self.measure).scale)
        return turn(value) if turn else value

    def good(self, value: float) -> bool:
        """Whether a value on the effect's own scale is on the side that is better."""
        return value < 0 if self.lower_is_better else value > 0


@dataclass(frozen=True)
class StudyReport:
    """A publication that a study's effect was read in; ``key`` is the record's ("doi:…")."""

    key: str
    title: str
    link: str = ""
    retracted: bool = False


@dataclass(frozen=True)
class StudyEffect:
    """One effect: ``value`` with its sampling ``variance``, on the measure's own scale (the logarithm, for a ratio).

    ``study`` tells studies apart and ``name`` is what readers see. ``weeks`` after the programme began, None where
    that is not known; ``time`` and ``instrument`` in words. ``inputs`` is the fingerprint of the numbers as extracted.
    """

    study: str
    name: str
    value: float
    variance: float
    inputs: str
    people: float | None = None
    weeks: float | None = None
    time: str = ""
    instrument: str = ""
    reports: tuple[StudyReport, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def retracted(self) -> bool:
        return any(report.retracted for report in self.reports)

    @property
    def label(self) -> str:
        """The study, with what was measured and when, for a row among several of one study."""
        said = ", ".join(part for part in (self.instrument, self.time) if part)
        return f"{self.name} ({said})" if said else self.name

    @property
    def fingerprint(self) -> str:
        """Changes where the numbers, the study or its standing change."""
        return fingerprint_of(
            [self.study, self.inputs, self.value, self.variance, [[r.key, r.retracted] for r in self.reports]]
        )
