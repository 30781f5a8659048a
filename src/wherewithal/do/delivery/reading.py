"""One figure of one outcome measure on one day, with its interval; hidden where too few families stand behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite, sqrt

from scipy.special import stdtrit

from wherewithal.do.delivery.measure import FigureKind, OutcomeMeasure
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, number
from wherewithal.statistics.intervals import wilson
from wherewithal.thread import Interval

FEWEST_FAMILIES = 5
"""Below this many families a figure is not shown: it says little, and people could be recognised."""
INTERVAL = "95% interval"


class ReadingKind(StrEnum):
    BASELINE = "baseline"
    RESULT = "result"


@dataclass(frozen=True)
class Reading:
    """What was measured, of how many families, on which day.

    A family counts once (one child, or one parent, for each): children of one family resemble each other, and
    counting them all would make the interval too narrow. For a share, ``count`` is how many of ``families``
    it is true of. For an average score, ``mean`` and, where it is known, ``sd``, the standard deviation of
    the families' scores.

    Raises BadInput where the figures do not fit the measure or each other.
    """

    measure: OutcomeMeasure
    kind: ReadingKind
    on: date
    families: int
    count: int | None = None
    mean: float | None = None
    sd: float | None = None

    def __post_init__(self) -> None:
        problems = []
        if self.families < 1:
            problems.append(
                Problem("families", str(self.families), "one family or more", "Give how many were measured.")
            )
        if self.measure.kind is FigureKind.SHARE:
            problems += self._share_problems()
        else:
            problems += self._mean_problems()
        if problems:
            raise BadInput("This reading cannot be used as it is.", problems)

    def _share_problems(self) -> list[Problem]:
        if self.mean is not None or self.sd is not None:
            return [
                Problem("average", "a score", "a count of families", "This measure is a share: give a count.")
            ]
        if self.count is None:
            return [Problem("count", "nothing", "how many of the families", "Give the count.")]
        if not 0 <= self.count <= max(self.families, 0):
            return [
                Problem(
                    "count",
                    f"{self.count} of {counted(self.families, 'family', 'families')}",
                    "a number between 0 and the families measured",
                    "Check both numbers.",
                )
            ]
        return []

    def _mean_problems(self) -> list[Problem]:
        if self.count is not None:
            return [
                Problem("count", "a count", "an average score", "This measure is a score: give its mean.")
            ]
        if self.mean is None or not isfinite(self.mean):
            return [Problem("average", "nothing", "the mean of the scores", "Give the average score.")]
        if self.sd is not None and not (isfinite(self.sd) and self.sd > 0):
            return [
                Problem(
                    "standard deviation",
                    f"{self.sd:g}",
                    "a number above 0",
                    "Give the spread of the scores, or leave it empty if it is not known.",
                )
            ]
        return []

    @property
    def is_small(self) -> bool:
        """Fewer families than a figure is shown for."""
        return self.families < FEWEST_FAMILIES

    @property
    def value(self) -> float | None:
        """The figure in the measure's unit (per cent for a share); None where too few families."""
        if self.is_small:
            return None
        return self.mean if self.count is None else 100 * self.count / self.families

    @property
    def interval(self) -> Interval | None:
        """The 95% interval: Wilson's for a share, Student's t for a mean with its standard deviation.

        None where too few families, or where a mean came without its standard deviation.
        """
        if self.is_small:
            return None
        if self.count is not None:
            limits = wilson(self.count, self.families, multiplier=100)
            return Interval(limits.low or 0.0, limits.high, INTERVAL)
        if self.mean is None or self.sd is None:
            return None
        half = float(stdtrit(self.families - 1, 0.975)) * self.sd / sqrt(self.families)
        return Interval(self.mean - half, self.mean + half, INTERVAL)

    @property
    def places(self) -> int:
        """Decimal places to show: one, or two where the scores differ by less than a point."""
        return 2 if self.sd is not None and self.sd < 1 else 1

    def text(self, value: float) -> str:
        """A value of this measure with its unit: "59.4%", "17.2 points"."""
        unit = self.measure.shown_unit
        return f"{number(value, self.places)}{unit if unit == '%' else f' {unit}'.rstrip()}"

    @property
    def words(self) -> str:
        """The figure for a reader: "59.4% (38 of 64 families)", or that too few families stand behind it."""
        if self.value is None:
            return f"not shown: fewer than {FEWEST_FAMILIES} families"
        among = counted(self.families, "family", "families")
        return f"{self.text(self.value)} ({among if self.count is None else f'{self.count:,} of {among}'})"

    @property
    def range_words(self) -> str:
        """The interval for a reader: "95% interval 47.1 to 70.5", or nothing where there is none."""
        if self.interval is None:
            return ""
        low, high = (number(limit, self.places) for limit in (self.interval.low, self.interval.high))
        return f"{self.interval.kind} {low} to {high}"
