"""What the effects of a chart are: their name, their scale, and which way is better, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isfinite, log
from typing import Literal

from wherewithal.charts.scale import Scale, scale_for

REACH = 0.75
"""How far beyond the estimates, in widths of their spread, intervals are followed before they are cut."""
_STEPS = (1.0, 2.0, 5.0)
_FINE = (0.2, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)


@dataclass(frozen=True)
class EffectAxis:
    """What effects are.

    Where ``log``, values are logarithms and are shown as the ratios they are logarithms of, on a scale that still
    steps evenly. ``left`` and ``right`` say what each side of no effect means; without them ``better`` does.
    """

    name: str
    log: bool = False
    better: Literal["higher", "lower"] | None = None
    left: str = ""
    right: str = ""
    places: int = 2
    interval: str = "95% interval"

    def natural(self, value: float) -> float:
        """The value in the unit that people read."""
        return exp(min(max(value, -700.0), 700.0)) if self.log else value

    def text(self, value: float) -> str:
        """The value in words, in natural units: small ratios keep two digits."""
        return self.shown(self.natural(value))

    def shown(self, number: float) -> str:
        """A number in natural units, written out."""
        if self.log and 0 < number < 0.0095:
            return f"{number:.{self.places + 1}f}" if number >= 0.001 else "<0.001"
        if abs(number) >= 1000:
            return f"{number:,.0f}"
        if abs(number) >= 100:
            return f"{number:.0f}"
        if self.log and number >= 10:
            return f"{number:.1f}"
        return f"{number:.{self.places}f}".replace("-", "−")

    def limits(self, low: float, high: float) -> str:
        return f"{self.text(low)} to {self.text(high)}"

    @property
    def sides(self) -> tuple[str, str]:
        """What lies left and right of no effect."""
        if self.left or self.right:
            return self.left, self.right
        if self.better is None:
            return "lower", "higher"
        return ("worse", "better") if self.better == "higher" else ("better", "worse")

    def says(self, value: float, low: float | None = None, high: float | None = None) -> str:
        """Which side an effect is on, and whether its interval reaches the other."""
        side = self.sides[0 if value < 0 else 1]
        there = f"on the side of ‘{side}’"
        crosses = low is not None and high is not None and low <= 0 <= high
        return f"{there}, but its interval includes no difference" if crosses else there

    def scale(self, values: Sequence[float], start: float, end: float, *, ticks: int = 5) -> Scale:
        """A scale that holds ``values``, as they are given, with round marks in natural units."""
        return _log_scale(values, start, end, ticks) if self.log else _plain_scale(values, start, end, ticks)

    def tick(self, value: float, scale: Scale) -> str:
        """A tick mark in words."""
        if not self.log:
            return f"{value:.{scale.places}f}".replace("-", "−")
        return f"{exp(value):.4g}"


def within(
    estimates: Sequence[float], intervals: Sequence[tuple[float, float]], *, whole: Sequence[float] = ()
) -> list[float]:
    """The values that a scale should hold: all ``estimates`` and ``whole``, no effect, and intervals up to a point.

    An interval that goes on for longer is cut with an arrow: otherwise one small study would press all others flat.
    """
    low, high = min([*estimates, *whole, 0.0]), max([*estimates, *whole, 0.0])
    reach = REACH * ((high - low) or 1.0)
    ends = [end for pair in intervals for end in pair if isfinite(end)]
    return [
        low,
        high,
        max(min([low, *ends]), low - reach),
        min(max([high, *ends]), high + reach),
    ]


def _plain_scale(values: Sequence[float], start: float, end: float, ticks: int) -> Scale:
    # Below a millionth there is nothing to see, and marks would be rounded away.
    least = 0.0 if max(values) - min(values) > 1e-6 else 1e-6
    return scale_for([*values, 0.0, least], start, end, ticks=ticks)


def _log_scale(values: Sequence[float], start: float, end: float, ticks: int) -> Scale:
    """Even in logarithms, marked at round ratios: as many as fit, 1 always among them."""
    low, high = min([*values, -0.05]), max([*values, 0.05])
    pad = 0.03 * (high - low)
    low, high = low - pad, high + pad
    marks = [
        log(step * 10.0**power)
        for power in range(-6, 7)
        for step in _STEPS
        if low <= log(step * 10.0**power) <= high
    ]
    if len(marks) < 3:
        marks = [log(step) for step in _FINE if low <= log(step) <= high]
    every = 1
    while len(chosen := _thinned(marks, every)) > ticks + 1:
        every += 1
    return Scale(low, high, start, end, tuple(chosen))


def _thinned(marks: Sequence[float], every: int) -> list[float]:
    """Every so many marks, counted from 1 in both directions."""
    one = min(range(len(marks)), key=lambda place: abs(marks[place]))
    return [mark for place, mark in enumerate(marks) if (place - one) % every == 0]
