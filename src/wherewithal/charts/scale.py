"""From values to positions on the page, with round tick marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True)
class Scale:
    """Maps ``low`` to ``start`` and ``high`` to ``end`` in a straight line; ``ticks`` are round values."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def starts_at_nought(self) -> bool:
        return self.low == 0

    @property
    def places(self) -> int:
        """Decimal places that the tick marks need, so that 12.5 is not written 12."""
        return next((n for n in range(10) if all(abs(round(t, n) - t) < 1e-9 for t in self.ticks)), 10)


def scale_for(values: Sequence[float], start: float, end: float, *, ticks: int = 5) -> Scale:
    """A scale that holds all ``values``, about ``ticks`` round marks apart, from nought where that is near.

    Values that keep clear of nought by more than half of the largest are given a scale that starts above
    nought, so that their differences can be seen; the chart must then say so (``starts_at_nought``).
    Raises ValueError where there are no values.
    """
    if not values:
        raise ValueError("a chart needs at least one value")
    lowest, highest = min(values), max(values)
    if lowest >= 0 and lowest <= highest / 2:
        lowest = 0.0
    if lowest == highest:
        lowest, highest = lowest - 1, highest + 1
    step = _round_step((highest - lowest) / max(ticks - 1, 1))
    first, last = floor(lowest / step + 1e-9), ceil(highest / step - 1e-9)
    marks = tuple(round(n * step, 10) for n in range(first, last + 1))
    return Scale(marks[0], marks[-1], start, end, marks)


def _round_step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)
