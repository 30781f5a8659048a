"""Events by age and people by age, for the rung of the ladder that keeps the rate of each age as it is.

Today's rate at each age, for the people there will be: what growth and ageing alone would bring. It needs an indicator
that is held by age with how many were counted, and the people of each age in the years ahead, from a population
projection. Ages are read from what publishers write ("<1 yr", "1-4 yrs", "Aged 5", "16+"), and only bands that meet
without a gap are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wherewithal.analyse.needs.reading import Reading
from wherewithal.plain_english import listed
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.statistics.projection import AgeRates

OLDEST = 130
"""The end of a band that has none ("85 and over"), in years."""

AGREE = 0.02
"""How far the parts may be from the whole that they make up: a fiftieth, for counts are often rounded to five."""

_MULTIPLIERS = (1.0, 100.0, 1_000.0, 10_000.0, 100_000.0)
_WORDS = re.compile(r"\b(aged?|years?|yrs?|old|of)\b|[.]")


class Band(NamedTuple):
    """Ages from the birthday ``low`` up to, and without, the birthday ``high``."""

    low: int
    high: int


def band_of(text: str) -> Band | None:
    """The ages that a publisher writes; None for what is no age."""
    plain = " ".join(_WORDS.sub(" ", text.lower().replace("–", "-")).split())
    if plain in ("", "all", "all ages", "total", "all ages total"):
        return Band(0, OLDEST)
    if found := re.fullmatch(r"(?:<|under|less than) ?(\d{1,3})", plain):
        return Band(0, int(found[1]))
    if found := re.fullmatch(r"(\d{1,3}) ?(?:\+|and over|or over|plus|and older|and above)", plain):
        return Band(int(found[1]), OLDEST)
    if found := re.fullmatch(r"(\d{1,3}) ?(?:-|to) ?(\d{1,3})", plain):
        low, high = int(found[1]), int(found[2])
        return Band(low, high + 1) if low <= high else None
    if found := re.fullmatch(r"\d{1,3}", plain):
        return Band(int(found[0]), int(found[0]) + 1)
    return None


@dataclass(frozen=True)
class ByAge:
    """What the rung needs: ``rates``, or None where ``missing`` says in sentences what is not held.

    ``words`` say which ages it is made of and whose people by age they are.
    """

    rates: AgeRates | None
    words: str = ""
    missing: tuple[str, ...] = ()


def by_age(
    reading: Reading,
    run: Sequence[IndicatorRow],
    ahead: int,
    rows: Iterable[IndicatorRow],
    people: Iterable[IndicatorRow],
) -> ByAge:
    """The rates by age behind the values of a ``run``, and the people of the years ahead.

    ``rows`` are the indicator's, of every age; ``people`` are who lives in the area by age, estimates and projections,
    a later row counting where two say the same.
    """
    key = reading.series.key
    whole = band_of(key.age) or Band(0, OLDEST)
    years = [point.order // 10_000 for point in run]
    counted = _by_band(rows, reading, years)
    bands = _tiles(whole, counted) if counted else []
    lives = _Lives(people, key.sex)
    last = years[-1]
    coming = [last + step for step in range(1, ahead + 1)]
    missing: list[str] = []
    if not bands:
        missing.append(
            f"How many were counted at each age in {reading.series.area.name} in each year from {run[0].period} to "
            f"{run[-1].period}: {reading.series.indicator} is not held by age, or not for every age and year."
        )
    wanted = bands or [whole]
    shift = lives.shift(wanted, counted, years)
    if any(lives.of(band, year + shift) is None for band in wanted for year in coming):
        missing.append(
            f"People of each age in {reading.series.area.name} for {listed([str(year) for year in coming])}: a "
            "population projection by single year of age."
        )
    if missing:
        return ByAge(None, missing=tuple(missing))
    past = [[_people(counted[band][year], lives.of(band, year + shift)) for band in bands] for year in years]
    if any(each is None for line in past for each in line):
        return ByAge(
            None,
            missing=(
                "How many people there were of each age in the years of the figures: the population estimates by "
                "single year of age.",
            ),
        )
    events = [[counted[band][year].count or 0.0 for band in bands] for year in years]
    future = [[lives.of(band, year + shift) or 0.0 for band in bands] for year in coming]
    return _checked(reading, run, bands, events, [[each or 0.0 for each in line] for line in past], future)


def _checked(
    reading: Reading,
    run: Sequence[IndicatorRow],
    bands: Sequence[Band],
    events: Sequence[Sequence[float]],
    past: Sequence[Sequence[float]],
    future: Sequence[Sequence[float]],
) -> ByAge:
    """The rates, where the ages together give the values that were published."""
    crude = [
        sum(line) / sum(people) if sum(people) else 0.0 for line, people in zip(events, past, strict=True)
    ]
    values = [point.value or 0.0 for point in run]
    for multiplier in [reading.measure.multiplier] if reading.measure.multiplier else _MULTIPLIERS:
        apart = [abs(rate * multiplier - value) for rate, value in zip(crude, values, strict=True)]
        if all(difference <= AGREE * abs(value) for difference, value in zip(apart, values, strict=True)):
            break
    else:
        return ByAge(
            None,
            missing=(
                "Ages that make up the whole: what was counted at each age, divided by the people of each age, does "
                "not give the published value.",
            ),
        )
    if any(people <= 0 for line in [*past, *future] for people in line):
        return ByAge(None, missing=("People above nought at every age and in every year.",))
    # Scaled so that the people of a year come to the multiplier: the rung then speaks in the indicator's own unit.
    scale = [multiplier / sum(people) for people in [*past, *future]]
    rates = AgeRates(
        [[count * by for count in line] for line, by in zip(events, scale, strict=False)],
        [[people * by for people in line] for line, by in zip([*past, *future], scale, strict=True)],
    )
    return ByAge(rates, f"The ages are {listed([_band_words(band) for band in bands])}.")


def _people(row: IndicatorRow, living: float | None) -> float | None:
    """How many the count is of: the publisher's own denominator, or who lived there."""
    return row.denominator if row.denominator else living


def _band_words(band: Band) -> str:
    if band.high >= OLDEST:
        return f"{band.low} and over"
    return str(band.low) if band.high == band.low + 1 else f"{band.low} to {band.high - 1}"


def _by_band(
    rows: Iterable[IndicatorRow], reading: Reading, years: Sequence[int]
) -> dict[Band, dict[int, IndicatorRow]]:
    """The indicator's rows by age, for the ages that were counted in every year."""
    key = reading.series.key
    found: dict[Band, dict[int, IndicatorRow]] = {}
    for row in rows:
        if (
            row.area_code == key.area_code
            and row.indicator_id == key.indicator_id
            and row.sex == key.sex
            and row.age != key.age
            and not row.category
            and row.count is not None
            and (band := band_of(row.age)) is not None
        ):
            found.setdefault(band, {})[row.order // 10_000] = row
    return {band: held for band, held in found.items() if set(years) <= set(held)}


def _tiles(whole: Band, bands: Iterable[Band]) -> list[Band]:
    """Bands that meet without a gap from one end of ``whole`` to the other, the narrowest first; none where none do."""
    onward: dict[int, list[Band]] = {whole.high: []}
    for band in sorted(set(bands), key=lambda band: (-band.low, -band.high)):
        if band != whole and band.low >= whole.low and band.high in onward:
            onward[band.low] = [band, *onward[band.high]]
    return onward.get(whole.low, [])


class _Lives:
    """Who lives in an area, by age and year."""

    def __init__(self, rows: Iterable[IndicatorRow], sex: str) -> None:
        by_sex: dict[tuple[str, int], dict[Band, float]] = {}
        for row in rows:
            band = band_of(row.age) if row.age else None
            if band is not None and row.value is not None:
                by_sex.setdefault((row.sex, row.order // 10_000), {})[band] = row.value
        self._years: dict[int, Mapping[Band, float]] = {}
        for year in {year for _, year in by_sex}:
            own = dict(by_sex.get((sex, year), {}))
            if sex == "Persons":
                female, male = by_sex.get(("Female", year), {}), by_sex.get(("Male", year), {})
                own = {band: female[band] + male[band] for band in female.keys() & male.keys()} | own
            self._years[year] = own

    def of(self, band: Band, year: int) -> float | None:
        """The people of a band in a year; None where its ages are not all known."""
        held = self._years.get(year, {})
        if band in held:
            return held[band]
        parts = _tiles(band, held)
        return sum(held[part] for part in parts) if parts else None

    def shift(
        self, bands: Sequence[Band], counted: Mapping[Band, Mapping[int, IndicatorRow]], years: Sequence[int]
    ) -> int:
        """How many years before its own the people of a value are counted: 0, or -1 as for a year that ends in March.

        Told by the publisher's denominators where they are held beside people by age; 0 where they are not.
        """

        def apart(by: int) -> float:
            pairs = [
                (row.denominator, living)
                for band in bands
                for year in years
                if (row := counted.get(band, {}).get(year)) is not None
                and row.denominator
                and (living := self.of(band, year + by)) is not None
            ]
            if not pairs:
                return float("inf")
            return sum(abs(of - living) / of for of, living in pairs) / len(pairs)

        return min((0, -1), key=lambda by: (apart(by), -by))
