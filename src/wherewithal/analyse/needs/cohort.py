"""From need to people: how many a service would be for, would reach and would see through, and how sure that is.

A population is multiplied step by step: how many have the need, how many are within what the service is for, how
many are reached, how many stay to the end. Every step is a share (or people to a family) with its source and its
range. The range of each result is found by drawing every step from its own range many times; a single year then
varies by chance as well, which matters where the numbers are small.

    cohort(
        Known("children aged 3 and 4 in Northtown", 5200, source="ONS, mid-2024"),
        [
            Step("with conduct problems", 0.05, 0.04, 0.065, source="MHCYP 2017"),
            Step("whose parents take part", 0.30, 0.20, 0.45, source="our own pilot"),
            Step("who complete", 0.73, source="PEIP"),
        ],
    )
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import number

Floats = NDArray[np.float64]
DRAWS = 20_000
_Z = 1.959964


@dataclass(frozen=True)
class Known:
    """The people one starts from: how many, and between which numbers where that is not certain."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Step:
    """What the people of the step before are multiplied by. ``low`` and ``high`` are its 95% range.

    A ``divide`` step divides instead: children by children to a family, when families are counted. A step
    without a range is taken as certain, and the result says so.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    source: str = ""
    divide: bool = False


@dataclass(frozen=True)
class People:
    """The people left after a step: expected, its 95% range, and the range of what one year may bring."""

    name: str
    value: float
    low: float
    high: float
    year_low: int
    year_high: int

    @property
    def words(self) -> str:
        """The number as a sentence quotes it: "about 57 (38 to 83)"."""
        return f"about {number(self.value)} ({number(self.low)} to {number(self.high)})"


@dataclass(frozen=True)
class Cohort:
    """Every stage from the population on, and what a careful reader should know.

    ``least_sure`` names the step whose range widens the last result most: the one worth finding out about.
    """

    start: Known
    steps: tuple[Step, ...]
    stages: tuple[People, ...]
    least_sure: str
    draws: int
    seed: int

    @property
    def last(self) -> People:
        return self.stages[-1]

    @property
    def cautions(self) -> tuple[str, ...]:
        """Steps without a range or a source, and a last stage too small to plan a group on."""
        words = []
        parts: list[Known | Step] = [self.start, *self.steps]
        certain = [part.name for part in self.steps if part.low is None]
        if certain:
            words.append(f"Taken as certain, because no range was given: {'; '.join(certain)}.")
        unsourced = [part.name for part in parts if not part.source]
        if unsourced:
            words.append(f"Without a source: {'; '.join(unsourced)}.")
        if self.last.year_low == 0:
            words.append("A year without anybody is possible.")
        return tuple(words)

    @property
    def statement(self) -> str:
        """The whole in one or two sentences."""
        through = ", ".join(f"{stage.words} {stage.name}" for stage in self.stages[1:])
        sure = f" The least certain step is: {self.least_sure}." if self.least_sure else ""
        return f"Of {number(self.start.value)} {self.start.name}: {through}.{sure}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "start": vars(self.start),
            "steps": [vars(step) for step in self.steps],
            "stages": [vars(stage) for stage in self.stages],
            "least_sure": self.least_sure,
            "cautions": list(self.cautions),
            "statement": self.statement,
            "draws": self.draws,
            "seed": self.seed,
        }


def cohort(start: Known, steps: Sequence[Step], *, draws: int = DRAWS, seed: int = 1) -> Cohort:
    """The people left after every step, each with its range. The same seed gives the same ranges.

    Raises BadInput, naming every step that is wrong: a share that is not between 0 and 1, people to a family
    that are fewer than one, a value outside its range, half a range, or no step at all.
    """
    _check(start, steps)
    random = np.random.default_rng(seed)
    factors = [_drawn(step, random, draws) for step in steps]
    people = _drawn(start, random, draws)
    expected = start.value
    stages = [_stage(start.name, expected, people, random)]
    for step, factor in zip(steps, factors, strict=True):
        expected = expected / step.value if step.divide else expected * step.value
        people = people / factor if step.divide else people * factor
        stages.append(_stage(step.name, expected, people, random))
    return Cohort(start, tuple(steps), tuple(stages), _least_sure(start, steps), draws, seed)


def _drawn(part: Known | Step, random: np.random.Generator, draws: int) -> Floats:
    """Draws from a value's range, which may reach further to one side; never outside what it can be."""
    if part.low is None or part.high is None:
        return np.full(draws, part.value)
    noise = random.standard_normal(draws)
    drawn = part.value + noise * np.where(noise > 0, part.high - part.value, part.value - part.low) / _Z
    least, most = _bounds(part)
    return np.clip(drawn, least, most)


def _bounds(part: Known | Step) -> tuple[float, float]:
    if isinstance(part, Known):
        return 0.0, float("inf")
    return (1.0, float("inf")) if part.divide else (0.0, 1.0)


def _stage(name: str, expected: float, people: Floats, random: np.random.Generator) -> People:
    low, high = np.quantile(people, [0.025, 0.975])
    # A population is counted, but who comes through a door in one year is chance too.
    year_low, year_high = np.quantile(random.poisson(people), [0.025, 0.975], method="inverted_cdf")
    return People(
        name, expected, min(float(low), expected), max(float(high), expected), int(year_low), int(year_high)
    )


def _least_sure(start: Known, steps: Sequence[Step]) -> str:
    """The part whose range is widest for its size: ends are multiplied, so their ratio is what counts."""
    parts: list[Known | Step] = [start, *steps]
    widths = {
        part.name: part.high / part.low if part.low else float("inf")
        for part in parts
        if part.low is not None and part.high is not None and part.high > part.low
    }
    return max(widths, key=lambda name: widths[name]) if widths else ""


def _check(start: Known, steps: Sequence[Step]) -> None:
    problems = []
    if not steps:
        problems.append(
            Problem("steps", "none", "at least one", "Say what share of the people has the need.")
        )
    parts: list[Known | Step] = [start, *steps]
    for part in parts:
        least, most = _bounds(part)
        given = [each for each in (part.value, part.low, part.high) if each is not None]
        if not all(isfinite(each) and least <= each <= most for each in given):
            expected = (
                "nought or more" if isinstance(part, Known) else "1 or more" if part.divide else "0 to 1"
            )
            problems.append(
                Problem(part.name, f"{given}", expected, "Give a percentage as a share: 5% is 0.05.")
            )
        elif (part.low is None) != (part.high is None):
            problems.append(
                Problem(part.name, "half a range", "both ends, or neither", "Give the other end.")
            )
        elif part.low is not None and part.high is not None and not part.low <= part.value <= part.high:
            problems.append(
                Problem(
                    part.name,
                    f"{part.value:g}, outside {part.low:g} to {part.high:g}",
                    "a value within its range",
                    "Correct the value or the range.",
                )
            )
    if problems:
        raise BadInput("The cohort cannot be worked out as it stands.", problems)
