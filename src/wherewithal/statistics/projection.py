"""A short series carried forward by an honest ladder of methods, with how each would have done before.

The rungs, simplest first: the last value again; the mean of the last three; a trend that fades (damped
Holt smoothing: Gardner and McKenzie, "Forecasting trends in time series", Management Science 31 (1985), pages
1237 to 1246); and, where people by age are known, today's rate at each age for the people there will be.

Each rung is tried from every earlier year as if that year were today (Tashman, "Out-of-sample tests of
forecasting accuracy", International Journal of Forecasting 16 (2000), pages 437 to 450). A more elaborate rung
is recommended only where its mean error was smaller by at least a tenth than the best rung below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

FEWEST_VALUES = 4
"""With fewer values nothing can be tried on the past."""
FEWEST_ERRORS = 3
"""An interval rests on at least this many earlier errors of the same reach."""
WORTH_CLIMBING = 0.9
"""A rung is taken where its mean error is at most this share of the best below it."""

LAST = "last value"
MEAN = "mean of the last three"
DAMPED = "damped trend"
RATE = "constant rate at each age"


@dataclass(frozen=True)
class AgeRates:
    """Events by year and age, and people by year and age: the years of the series, then those ahead.

    The people of the years ahead come from a population projection; on the past the rung is tried with the
    people there turned out to be, which flatters it a little.
    """

    counts: Sequence[Sequence[float]]
    people: Sequence[Sequence[float]]


@dataclass(frozen=True)
class Step:
    """One period ahead: its value, and its interval where enough earlier errors of that reach are known."""

    ahead: int
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Rung:
    """One method: its steps ahead, and what it did on the past.

    ``mean_error`` is its mean absolute error one to ``ahead`` steps on, over ``tries``; ``inside`` of
    ``with_interval`` values fell in the interval that would have been given at the time.
    """

    name: str
    steps: tuple[Step, ...]
    mean_error: float
    tries: int
    inside: int
    with_interval: int

    @property
    def coverage(self) -> float | None:
        """The share of the past that its intervals held; None where there never was one to check."""
        return self.inside / self.with_interval if self.with_interval else None


@dataclass(frozen=True)
class Ladder:
    """Every rung, simplest first, and the ``recommended`` one by the printed rule."""

    rungs: tuple[Rung, ...]
    recommended: str
    confidence: float

    def rung(self, name: str = "") -> Rung:
        """The rung of that name, the recommended one if left out. Raises KeyError for another name."""
        return {rung.name: rung for rung in self.rungs}[name or self.recommended]


Forecast = Callable[[int, int], Floats]
"""From how many values are known and how many steps are wanted to the values of those steps."""


def ladder(
    values: Sequence[float], ahead: int, *, rates: AgeRates | None = None, confidence: float = 0.95
) -> Ladder:
    """``values``, equally spaced and oldest first, carried ``ahead`` steps by every rung.

    Raises ValueError for fewer than four values, a value that is missing, nothing ahead, a confidence outside
    0 to 1, or people and events by age that do not fit the series.
    """
    series = np.asarray(values, dtype=np.float64)
    if len(series) < FEWEST_VALUES:
        raise ValueError(f"{len(series)} values: a projection needs at least {FEWEST_VALUES}")
    if not np.isfinite(series).all():
        raise ValueError("a value is missing: a projection needs every period, or the gap filled and said")
    if ahead < 1:
        raise ValueError("say how many periods ahead, one or more")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, as in 0.95; got {confidence}")
    methods: list[tuple[str, Forecast]] = [
        (LAST, lambda known, steps: np.full(steps, series[known - 1])),
        (MEAN, lambda known, steps: np.full(steps, series[max(known - 3, 0) : known].mean())),
        (DAMPED, lambda known, steps: damped_trend(series[:known], steps)),
    ]
    if rates is not None:
        methods.append((RATE, _constant_rates(rates, len(series), ahead)))
    rungs = tuple(_tried(name, forecast, series, ahead, confidence) for name, forecast in methods)
    best = rungs[0]
    for rung in rungs[1:]:
        if rung.mean_error <= WORTH_CLIMBING * best.mean_error and rung.mean_error < best.mean_error:
            best = rung
    return Ladder(rungs, best.name, confidence)


def _tried(name: str, forecast: Forecast, series: Floats, ahead: int, confidence: float) -> Rung:
    size = len(series)
    errors: list[list[tuple[int, float]]] = [[] for _ in range(ahead)]
    inside = checked = 0
    for known in range(FEWEST_VALUES - 1, size):
        steps = forecast(known, min(ahead, size - known))
        for step, value in enumerate(steps):
            error = float(series[known + step] - value)
            # What could be known on the day: errors whose outcome had been seen by then.
            earlier = [past for when, past in errors[step] if when + step < known]
            if (half := _half_width(earlier, confidence)) is not None:
                checked += 1
                inside += abs(error) <= half
            errors[step].append((known, error))
    every = [abs(error) for step in errors for _, error in step]
    steps_ahead = []
    for step, value in enumerate(forecast(size, ahead)):
        half = _half_width([error for _, error in errors[step]], confidence)
        low, high = (None, None) if half is None else (float(value) - half, float(value) + half)
        steps_ahead.append(Step(step + 1, float(value), low, high))
    return Rung(name, tuple(steps_ahead), sum(every) / len(every), len(every), inside, checked)


def _half_width(errors: Sequence[float], confidence: float) -> float | None:
    """Half a prediction interval from earlier errors, by Student's t; None for fewer than three."""
    many = len(errors)
    if many < FEWEST_ERRORS:
        return None
    spread = sqrt(sum(error**2 for error in errors) / many)
    return float(stdtrit(many - 1, (1 + confidence) / 2)) * spread * sqrt(1 + 1 / many)


def damped_trend(values: Sequence[float] | Floats, ahead: int) -> Floats:
    """Damped Holt smoothing, its three weights chosen by the smallest squared error one step on (ahead,)."""
    series = np.asarray(values, dtype=np.float64)
    weights = np.array(list(product(np.linspace(0.1, 1, 10), np.linspace(0, 0.5, 6), (0.8, 0.9, 0.98))))
    alpha, beta, phi = weights.T
    level = np.full(len(weights), series[0])
    # The first slope is that over the first three steps at most, so that one odd year does not set it.
    reach = min(3, len(series) - 1)
    slope = np.full(len(weights), (series[reach] - series[0]) / reach if reach else 0.0)
    squares = np.zeros(len(weights))
    for value in series[1:]:
        expected = level + phi * slope
        squares += (value - expected) ** 2
        before = level
        level = alpha * value + (1 - alpha) * expected
        slope = beta * (level - before) + (1 - beta) * phi * slope
    best = int(np.argmin(squares))
    fading = np.cumsum(phi[best] ** np.arange(1, ahead + 1))
    found: Floats = level[best] + fading * slope[best]
    return found


def _constant_rates(rates: AgeRates, size: int, ahead: int) -> Forecast:
    counts = np.asarray(rates.counts, dtype=np.float64)
    people = np.asarray(rates.people, dtype=np.float64)
    if counts.ndim != 2 or len(counts) != size:
        raise ValueError(f"events by age are given for {len(counts)} periods, and the series has {size}")
    if people.shape != (size + ahead, counts.shape[1]):
        raise ValueError(
            f"people by age are needed for {size + ahead} periods and {counts.shape[1]} ages; got {people.shape}"
        )
    if not (people > 0).all() or (counts < 0).any():
        raise ValueError("people must be above nought and events not below it, at every age")

    def forecast(known: int, steps: int) -> Floats:
        found: Floats = people[known : known + steps] @ (counts[known - 1] / people[known - 1])
        return found

    return forecast
