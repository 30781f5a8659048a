"""The baseline beside the result, in words that claim no more than the two figures show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wherewithal.plain_english import counted, number
from wherewithal.review.outcomes.difference import Difference, difference_of_means, difference_of_shares
from wherewithal.review.outcomes.measured import Measured
from wherewithal.thread import Interval

BEFORE_AND_AFTER = "This is before and after without a comparison: it cannot show that the service caused it."
INTERVAL = "95% interval"
_NO_SPREAD = (
    "Without the spread of the scores (standard deviation) nobody can say whether this is more than chance."
)


class Direction(StrEnum):
    """Which way it went, read from the whole interval and not from the middle of it."""

    BETTER = "went the right way"
    WORSE = "went the wrong way"
    UNCLEAR = "may not have changed"
    UNKNOWN = "cannot be compared"


@dataclass(frozen=True)
class Comparison:
    """Result less baseline, in percentage points or in the measure's own unit.

    ``difference`` is None where one of the two is not shown; ``interval`` also where the spread of the scores
    is not known. ``why_not`` says what stood in the way.
    """

    baseline: Measured
    result: Measured
    difference: float | None
    interval: Interval | None
    direction: Direction
    why_not: str = ""

    @property
    def unit(self) -> str:
        return "percentage points" if self.baseline.is_share else self.baseline.unit

    @property
    def change_words(self) -> str:
        """The difference for a reader: "14.4 percentage points lower"; nothing where there is none."""
        if self.difference is None:
            return ""
        if round(self.difference, self._places) == 0:
            return "no difference"
        return f"{self._amount(self.difference)} {self.unit}".rstrip() + f" {_way(self.difference)}"

    @property
    def range_words(self) -> str:
        """Its interval for a reader: "95% interval 30.7 lower to 3.1 higher"."""
        if self.interval is None:
            return ""
        low, high = self.interval.low, self.interval.high
        if low < 0 < high:
            return f"{self.interval.kind} {self._amount(low)} lower to {self._amount(high)} higher"
        nearer, further = sorted((low, high), key=abs)
        return f"{self.interval.kind} {self._amount(nearer)} to {self._amount(further)} {_way(further)}"

    @property
    def meaning(self) -> str:
        """What the difference means, and no more."""
        better = "Higher" if self.baseline.higher_is_better else "Lower"
        match self.direction:
            case Direction.BETTER:
                return f"{better} is better, so this went the right way."
            case Direction.WORSE:
                return f"{better} is better, so this went the wrong way."
            case Direction.UNCLEAR:
                return "The range includes no change at all, so this could be chance."
            case _:
                return self.why_not

    @property
    def statement(self) -> str:
        """The whole of it in one or two sentences, to be read under the name of the measure."""
        if self.difference is None:
            return self.why_not
        ranged = f" ({self.range_words})" if self.range_words else ""
        change = f"{self.change_words[:1].upper()}{self.change_words[1:]}"
        return f"{change} after the start{ranged}. {self.meaning}"

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a careful reader should know. The first always stands: see ``BEFORE_AND_AFTER``."""
        cautions = [BEFORE_AND_AFTER]
        before, after = self.baseline.families, self.result.families
        if before is not None and after is not None:
            if after < before:
                cautions.append(
                    f"{counted(before, 'family', 'families')} were measured before and {after:,} after: those "
                    "who were not measured again may have fared differently."
                )
            if self.interval is not None:
                cautions.append(
                    "The range is worked out as if different families had been measured each time. Where they "
                    "are the same families, it is usually too wide."
                )
        own = (*self.baseline.finding.cautions, *self.result.finding.cautions)
        return (*cautions, *(caution for caution in dict.fromkeys(own) if caution != self.why_not))

    @property
    def _places(self) -> int:
        spreads = [side.sd for side in (self.baseline, self.result) if side.sd is not None]
        return 2 if spreads and min(spreads) < 1 else 1

    def _amount(self, value: float) -> str:
        return number(abs(value), self._places)


def compare(baseline: Measured, result: Measured) -> Comparison:
    """The result against the baseline of the same measure.

    Shares by Newcombe's method 10, averages by Welch's method: see ``difference``. Raises ValueError where
    the two are not of the same measure, or lack the figures that a shown reading has.
    """
    if (baseline.measure, baseline.is_share) != (result.measure, result.is_share):
        raise ValueError(f"'{baseline.name}' and '{result.name}' are not the same measure")
    if baseline.families is None or result.families is None:
        which = "baseline" if baseline.families is None else "result"
        why = f"Too few families stand behind the {which}, so the two are not compared."
        return Comparison(baseline, result, None, None, Direction.UNKNOWN, why)
    if baseline.count is not None and result.count is not None:
        share = difference_of_shares(result.count, result.families, baseline.count, baseline.families)
        return _with_interval(baseline, result, Difference(*(100 * part for part in share)))
    if baseline.mean is None or result.mean is None:
        raise ValueError(f"'{baseline.name}' has neither counts nor averages to compare")
    if baseline.sd is None or result.sd is None:
        return Comparison(baseline, result, result.mean - baseline.mean, None, Direction.UNKNOWN, _NO_SPREAD)
    means = difference_of_means(
        result.mean, result.sd, result.families, baseline.mean, baseline.sd, baseline.families
    )
    return _with_interval(baseline, result, means)


def _with_interval(baseline: Measured, result: Measured, difference: Difference) -> Comparison:
    value, low, high = difference
    if low <= 0 <= high:
        direction = Direction.UNCLEAR
    else:
        direction = Direction.BETTER if (value > 0) == baseline.higher_is_better else Direction.WORSE
    return Comparison(baseline, result, value, Interval(low, high, INTERVAL), direction)


def _way(value: float) -> str:
    return "higher" if value > 0 else "lower"
