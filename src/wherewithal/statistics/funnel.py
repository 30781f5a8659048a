"""Which places differ from the whole by more than chance would give, given how large they are.

A funnel plot holds each place against limits round one baseline, narrow for large places and wide for small
ones. The limits lie where chance alone would put 1 place in 20 outside (0.025 at each side) and 2 in 1,000
(0.001 at each side).

Sources: Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
(2005), pages 1185 to 1202; Dover and Schopflocher, "Using funnel plots in public health surveillance",
Population Health Metrics 9 (2011). Agrees with the test results of the R package PHEindicatormethods, which
finds its Poisson limits by bisection to 1e-7 and so differs from these exact ones in the seventh figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from scipy.special import chdtri

OUTER, INNER = 0.001, 0.025
"""The chance of lying beyond a limit, at each side."""

FEWEST_STANDARDISED = 10
"""A directly standardised rate of fewer events is not assessed."""


class Signal(StrEnum):
    """How a place stands to the limits. High and low are not good or bad: polarity says which."""

    HIGH_OUTER = "High, beyond 99.8% limits"
    HIGH_INNER = "High, beyond 95% limits"
    WITHIN = "Within the limits"
    LOW_INNER = "Low, beyond 95% limits"
    LOW_OUTER = "Low, beyond 99.8% limits"
    NOT_ASSESSED = "Not assessed"


@dataclass(frozen=True)
class FunnelLimits:
    """Limits at one size of place, in the unit of the values: inner at 95%, outer at 99.8%."""

    size: float
    inner_low: float
    inner_high: float
    outer_low: float
    outer_high: float


def proportion_limits(denominator: float, baseline: float, *, multiplier: float = 1.0) -> FunnelLimits:
    """Limits for a proportion of ``denominator`` people where the whole has ``baseline`` (0 to 1).

    Raises ValueError for a denominator not above nought or a baseline outside 0 to 1.
    """
    if not denominator > 0:
        raise ValueError(f"a funnel needs a denominator above nought; got {denominator}")
    if not 0 <= baseline <= 1:
        raise ValueError(f"a proportion lies between 0 and 1; got {baseline}")
    error = sqrt(baseline * (1 - baseline) / denominator)

    def limit(chance: float, side: int) -> float:
        z = NormalDist().inv_cdf(1 - chance)
        return min(max(baseline + side * z * error, 0.0), 1.0) * multiplier

    return FunnelLimits(denominator, limit(INNER, -1), limit(INNER, 1), limit(OUTER, -1), limit(OUTER, 1))


def expected_limits(events: float) -> FunnelLimits:
    """Between which expected numbers of events ``events`` observed are no surprise.

    ``inner_low`` is the smallest expectation that 95% limits allow. Exact, by the Poisson distribution.
    Raises ValueError for events below nought.
    """
    if events < 0:
        raise ValueError(f"events cannot be below nought; got {events}")

    def smallest(chance: float) -> float:
        return float(chdtri(2 * events, 1 - chance)) / 2 if events > 0 else 0.0

    def largest(chance: float) -> float:
        return float(chdtri(2 * events + 2, chance)) / 2

    return FunnelLimits(events, smallest(INNER), largest(INNER), smallest(OUTER), largest(OUTER))


def ratio_limits(events: float, *, multiplier: float = 100.0) -> FunnelLimits:
    """Limits for a standardised ratio resting on ``events`` observed events, times ``multiplier``.

    Raises ValueError for events not above nought: the curve begins at one.
    """
    if not events > 0:
        raise ValueError(f"the limits of a ratio begin at one event; got {events}")
    expected = expected_limits(events)
    return FunnelLimits(
        events,
        events / expected.inner_high * multiplier,
        events / expected.inner_low * multiplier,
        events / expected.outer_high * multiplier,
        events / expected.outer_low * multiplier,
    )


def rate_limits(events: float, baseline: float) -> FunnelLimits:
    """Limits for a rate resting on ``events`` events, in the unit of the ``baseline`` rate.

    Raises ValueError as ``ratio_limits`` does, and for a baseline not above nought.
    """
    if not baseline > 0:
        raise ValueError(f"the baseline rate must be above nought; got {baseline}")
    return ratio_limits(events, multiplier=baseline)


def population_at(events: float, rate: float, *, multiplier: float = 100_000.0, years: float = 1.0) -> float:
    """The people of one year behind ``events`` in ``years`` years at ``rate`` per ``multiplier``.

    It places a standardised rate on the axis of a funnel, where the population itself would mislead.
    Raises ValueError where the rate or the years are not above nought.
    """
    if not (rate > 0 and years > 0):
        raise ValueError("a population is worked out from a rate and years above nought")
    return events / rate * multiplier / years


def assess_proportion(count: float, denominator: float, baseline: float) -> Signal:
    """How ``count`` of ``denominator`` stands to the limits round ``baseline`` (0 to 1)."""
    if count > denominator or count < 0:
        raise ValueError(f"a proportion cannot count {count} of {denominator}")
    limits = proportion_limits(denominator, baseline)
    value = count / denominator
    if value > limits.outer_high:
        return Signal.HIGH_OUTER
    if value > limits.inner_high:
        return Signal.HIGH_INNER
    if value < limits.outer_low:
        return Signal.LOW_OUTER
    return Signal.LOW_INNER if value < limits.inner_low else Signal.WITHIN


def assess_events(observed: float, expected: float) -> Signal:
    """How ``observed`` events stand to the ``expected``: for ratios, and for rates by their expectation."""
    if expected < 0:
        raise ValueError(f"expected events cannot be below nought; got {expected}")
    limits = expected_limits(observed)
    if expected < limits.outer_low:
        return Signal.HIGH_OUTER
    if expected < limits.inner_low:
        return Signal.HIGH_INNER
    if expected > limits.outer_high:
        return Signal.LOW_OUTER
    return Signal.LOW_INNER if expected > limits.inner_high else Signal.WITHIN


def assess_rates(
    counts: Sequence[float],
    *,
    populations: Sequence[float] | None = None,
    rates: Sequence[float | None] | None = None,
    multiplier: float = 100_000.0,
) -> tuple[Signal, ...]:
    """How every place's rate stands to the rate of all places together.

    With ``populations`` the rates are crude. With ``rates``, directly standardised, each place counts as the
    population that its events and its rate imply; one with fewer than ten events, or no rate, is not assessed
    and does not move the baseline. Raises ValueError unless exactly one of the two is given.
    """
    if (populations is None) == (rates is None):
        raise ValueError("give populations for crude rates, or rates that are standardised: one of the two")
    sizes: list[float | None] = []
    if populations is not None:
        sizes = list(populations)
    elif rates is not None:
        sizes = [
            None
            if rate is None or count < FEWEST_STANDARDISED
            else population_at(count, rate, multiplier=multiplier)
            for count, rate in zip(counts, rates, strict=True)
        ]
    used = [(count, size) for count, size in zip(counts, sizes, strict=True) if size is not None]
    total = sum(size for _, size in used)
    if not total > 0:
        return tuple(Signal.NOT_ASSESSED for _ in counts)
    baseline = sum(count for count, _ in used) / total
    return tuple(
        Signal.NOT_ASSESSED if size is None else assess_events(count, baseline * size)
        for count, size in zip(counts, sizes, strict=True)
    )
