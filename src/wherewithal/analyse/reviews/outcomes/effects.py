"""One effect of one study on one outcome, ready to be put together with others."""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.analyse.reviews.extraction.study import Report
from wherewithal.thread import fingerprint_of


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
    reports: tuple[Report, ...] = ()
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
