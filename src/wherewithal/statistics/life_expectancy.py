"""Life expectancy from deaths and people at each age, with its interval.

An abridged life table by Chiang's second method, the variance of the last, open band by Silcocks'.

Sources: Chiang, "The life table and its applications" (Krieger 1984); Silcocks, Jenner and Reza, "Life
expectancy as a summary of mortality in a population", Journal of Epidemiology and Community Health 55 (2001),
pages 38 to 43; Toson and Baker, "Life expectancy at birth: methodological options for small populations"
(National Statistics Methodological Series 33, 2003). Agrees with the test results of the R package
PHEindicatormethods, whose limits were worked out with 1.96.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, sqrt
from statistics import NormalDist

import numpy as np

FEWEST_PEOPLE = 5_000
"""With no more people than this in all, life expectancy is not given."""
WIDEST_INTERVAL = 20.0
"""Nor where its 95% interval would be wider than this many years."""
_LIVED_IN_FIRST_YEAR = 0.1
_LIVED_IN_A_BAND = 0.5


@dataclass(frozen=True)
class LifeExpectancy:
    """Years still to live at ``age``; ``reason`` says why there is no value, where there is none."""

    age: float
    value: float | None
    low: float | None
    high: float | None
    error: float | None
    reason: str = ""


def life_expectancy(
    ages: Sequence[float],
    populations: Sequence[float],
    deaths: Sequence[float],
    *,
    confidence: float = 0.95,
) -> tuple[LifeExpectancy, ...]:
    """Life expectancy at the start of every band of age; the last band is open.

    ``ages`` are the ages at which the bands start, from 0, rising; ``populations`` and ``deaths`` the people
    (person-years) and deaths in each. Where there are too few people, or nobody died in the last band, no
    value is given, with the reason. Raises ValueError where lengths differ, ages do not rise from 0, numbers
    are below nought, or there are more deaths than people in a band.
    """
    if not len(ages) == len(populations) == len(deaths) or len(ages) < 2:
        raise ValueError(
            "give one age, one population and one number of deaths for each band, two bands or more"
        )
    if ages[0] != 0 or any(later <= earlier for earlier, later in pairwise(ages)):
        raise ValueError("the bands' first ages begin at 0 and rise")
    if any(people < 0 for people in populations) or any(count < 0 for count in deaths):
        raise ValueError("people and deaths cannot be below nought")
    if any(count > people for count, people in zip(deaths, populations, strict=True)):
        raise ValueError("more deaths than people in a band of age")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, as in 0.95; got {confidence}")
    reason = ""
    if sum(populations) <= FEWEST_PEOPLE:
        reason = f"{sum(populations):,.0f} people, and more than {FEWEST_PEOPLE:,} are needed"
    elif 0 in populations:
        reason = "nobody lives at one of the ages: join it with the age beside it"
    elif deaths[-1] == 0:
        reason = "nobody died in the last band of age: begin it earlier"
    elif any(
        count / people * (later - age) * _LIVED_IN_A_BAND >= 1
        for age, later, count, people in zip(ages, ages[1:], deaths, populations, strict=False)
    ):
        reason = (
            "so many died at one of the ages that nobody would outlive it: join it with the age beside it"
        )
    if reason:
        return tuple(LifeExpectancy(age, None, None, None, None, reason) for age in ages)
    years, errors = _table(ages, populations, deaths)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    at_95 = NormalDist().inv_cdf(0.975)
    return tuple(
        LifeExpectancy(
            age,
            None,
            None,
            None,
            None,
            f"a 95% interval wider than {WIDEST_INTERVAL:g} years is too wide to use",
        )
        if 2 * at_95 * error > WIDEST_INTERVAL
        else LifeExpectancy(age, value, value - z * error, value + z * error, error)
        for age, value, error in zip(ages, years, errors, strict=True)
    )


def _table(
    ages: Sequence[float], populations: Sequence[float], deaths: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Years still to live at each age and their standard errors."""
    start = np.asarray(ages, dtype=np.float64)
    died = np.asarray(deaths, dtype=np.float64)
    mortality = died / np.asarray(populations, dtype=np.float64)
    width = np.append(np.diff(start), inf)
    lived = np.where(start == 0, _LIVED_IN_FIRST_YEAR, _LIVED_IN_A_BAND)
    dying = np.ones(len(start))
    inner = slice(None, -1)
    dying[inner] = (
        width[inner] * mortality[inner] / (1 + width[inner] * (1 - lived[inner]) * mortality[inner])
    )
    alive = np.append(1.0, np.cumprod(1 - dying[inner]))
    person_years = np.empty(len(start))
    person_years[inner] = width[inner] * (alive[1:] + lived[inner] * (alive[inner] - alive[1:]))
    person_years[-1] = alive[-1] / mortality[-1]
    years = np.cumsum(person_years[::-1])[::-1] / alive
    spread = np.zeros(len(start))
    some = died[inner] > 0
    spread[inner][some] = (dying[inner] ** 2 * (1 - dying[inner]))[some] / died[inner][some]
    weighted = np.empty(len(start))
    weighted[inner] = alive[inner] ** 2 * ((1 - lived[inner]) * width[inner] + years[1:]) ** 2 * spread[inner]
    # Silcocks: the length of life in the open band is uncertain as the rate of dying there is.
    weighted[-1] = alive[-1] ** 2 / (died[-1] * mortality[-1] ** 2)
    errors = np.cumsum(weighted[::-1])[::-1]
    return years.tolist(), [sqrt(error) / survived for error, survived in zip(errors, alive, strict=True)]
