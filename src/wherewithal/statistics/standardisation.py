"""Rates made comparable between places whose populations differ in age.

Directly: what the rate would be if the place had the standard population's ages. Indirectly: how many events
the place had beside how many it would have had with the reference's rates at every age.

Sources: Dobson, Kuulasmaa, Eberle and Scherer, "Confidence intervals for weighted sums of Poisson parameters",
Statistics in Medicine 10 (1991), pages 457 to 462; the technical guide "Public health data: confidence
intervals" of the Office for Health Improvement and Disparities; European Standard Population 2013, Eurostat
(Revision of the European Standard Population, 2013). Agrees with the test results of the R package
PHEindicatormethods 2.1.0, repeated events included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, sqrt

from wherewithal.statistics.estimates import Estimate
from wherewithal.statistics.intervals import FEWEST_FOR_BYAR, byar, exact_poisson

ESP2013: Mapping[str, int] = {
    "0-4": 5000,
    "5-9": 5500,
    "10-14": 5500,
    "15-19": 5500,
    "20-24": 6000,
    "25-29": 6000,
    "30-34": 6500,
    "35-39": 7000,
    "40-44": 7000,
    "45-49": 7000,
    "50-54": 7000,
    "55-59": 6500,
    "60-64": 6000,
    "65-69": 5500,
    "70-74": 5000,
    "75-79": 4000,
    "80-84": 2500,
    "85-89": 1500,
    "90+": 1000,
}
"""The European Standard Population of 2013: people of 100,000 in each band of age."""

FEWEST_FOR_DOBSON = 10
"""Below this count no directly standardised rate is given: Dobson's limits are not reliable there."""


class TooFewEvents(ValueError):
    """There are too few events for a directly standardised rate to mean anything."""


def directly_standardised_rate(
    counts: Sequence[float],
    populations: Sequence[float],
    standard: Sequence[float],
    *,
    multiplier: float = 100_000.0,
    confidence: float = 0.95,
    repeats: Mapping[int, Sequence[float]] | None = None,
) -> Estimate:
    """The rate per ``multiplier`` that the place would have with the ages of ``standard``; Dobson's limits.

    The three sequences hold one number for each band of age, in one order. Where one person can count more
    than once, ``repeats`` gives the people with one event, with two, and so on, in each band; the interval is
    then wider, because such events do not happen independently.

    Raises TooFewEvents for fewer than ten events in all, and ValueError where the lengths differ, a population
    is not above nought, a count or a weight is below nought, the weights are all nought, or ``repeats`` do not
    add up to the counts.
    """
    _same_length(counts, populations, standard)
    _at_least_nought("a count", counts)
    _at_least_nought("a standard population", standard)
    if not all(population > 0 for population in populations):
        raise ValueError("a population at some age is not above nought: join it with the age beside it")
    if not (total := sum(standard)) > 0:
        raise ValueError("the standard population is nought at every age")
    events = sum(counts)
    if events < FEWEST_FOR_DOBSON:
        raise TooFewEvents(
            f"{events:g} events in all: a directly standardised rate needs at least {FEWEST_FOR_DOBSON}"
        )
    weights = [weight / population for weight, population in zip(standard, populations, strict=True)]
    rate = sum(weight * count for weight, count in zip(weights, counts, strict=True)) / total
    variance = _variance(counts, weights, repeats) / total**2
    limits = byar(events, confidence)
    spread = sqrt(variance / events)
    low = (limits.low or 0.0) - events
    method = "Dobson" if repeats is None else "Dobson, for events that are not independent"
    return Estimate(
        rate * multiplier,
        (rate + spread * low) * multiplier,
        (rate + spread * (limits.high - events)) * multiplier,
        method,
        confidence,
    )


def _variance(
    counts: Sequence[float], weights: Sequence[float], repeats: Mapping[int, Sequence[float]] | None
) -> float:
    """The variance of the weighted sum of events, each person's events counted as one thing that happened."""
    if repeats is None:
        return sum(weight**2 * count for weight, count in zip(weights, counts, strict=True))
    for people in repeats.values():
        _same_length(counts, people)
        _at_least_nought("a number of people", people)
    for band, count in enumerate(counts):
        if abs(sum(times * people[band] for times, people in repeats.items()) - count) > 1e-9 * max(count, 1):
            raise ValueError(
                f"people by number of events do not add up to the {count:g} events of band {band + 1}"
            )
    return sum(
        times**2 * sum(weight**2 * people for weight, people in zip(weights, with_events, strict=True))
        for times, with_events in repeats.items()
    )


def expected_events(
    populations: Sequence[float], reference_counts: Sequence[float], reference_populations: Sequence[float]
) -> float:
    """How many events the place would have had with the reference's rate at every age.

    Raises ValueError where the lengths differ, a reference population is not above nought, or any other
    number is below nought.
    """
    _same_length(populations, reference_counts, reference_populations)
    _at_least_nought("a population", populations)
    _at_least_nought("a reference count", reference_counts)
    if not all(population > 0 for population in reference_populations):
        raise ValueError("a reference population at some age is not above nought")
    return sum(
        population * count / reference
        for population, count, reference in zip(
            populations, reference_counts, reference_populations, strict=True
        )
    )


def standardised_ratio(
    observed: float, expected: float, *, multiplier: float = 100.0, confidence: float = 0.95
) -> Estimate:
    """Observed over expected events, times ``multiplier``: 100 is as many as expected.

    Limits as for a rate. Raises ValueError where ``observed`` is below nought or ``expected`` not above it.
    """
    if not expected > 0:
        raise ValueError(f"a standardised ratio needs expected events above nought; got {expected}")
    exact = observed < FEWEST_FOR_BYAR
    limits = (exact_poisson if exact else byar)(observed, confidence)
    scale = multiplier / expected
    return Estimate(
        observed * scale,
        None if limits.low is None else limits.low * scale,
        limits.high * scale,
        "exact Poisson" if exact else "Byar",
        confidence,
    )


def indirectly_standardised_rate(
    observed: float,
    populations: Sequence[float],
    reference_counts: Sequence[float],
    reference_populations: Sequence[float],
    *,
    multiplier: float = 100_000.0,
    confidence: float = 0.95,
) -> Estimate:
    """The standardised ratio times the reference's crude rate per ``multiplier``.

    Raises ValueError as ``expected_events`` and ``standardised_ratio`` do.
    """
    expected = expected_events(populations, reference_counts, reference_populations)
    crude = sum(reference_counts) / sum(reference_populations) * multiplier
    return standardised_ratio(observed, expected, multiplier=crude, confidence=confidence)


def _same_length(first: Sequence[float], *others: Sequence[float]) -> None:
    for other in others:
        if len(other) != len(first):
            raise ValueError(f"{len(first)} bands of age beside {len(other)}: give one number for each")


def _at_least_nought(what: str, numbers: Sequence[float]) -> None:
    if not all(isfinite(number) and number >= 0 for number in numbers):
        raise ValueError(f"{what} is missing or below nought")
