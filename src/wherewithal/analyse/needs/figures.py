"""Published values arranged to be asked: one series for each indicator, area, sex, age and kind of period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from operator import attrgetter
from typing import NamedTuple

from wherewithal.errors import NothingThere
from wherewithal.plain_english import listed
from wherewithal.sources.fingertips import IndicatorRow

ENGLAND_TYPE = "England"
"""The area type of England's rows, which every comparison is with."""

_MOST_NAMED = 12
_SEX_ORDER = {"Persons": 0, "Female": 1, "Male": 2}


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    type: str


class SeriesKey(NamedTuple):
    """What a series is of. ``period_range`` keeps one-year values apart from those of several years."""

    indicator_id: str
    area_code: str
    sex: str
    age: str
    period_range: str

    @property
    def who(self) -> str:
        """Whom the values are about, in words: "all persons, under 15 years"."""
        sex = {"Persons": "all persons", "Female": "females", "Male": "males"}.get(self.sex, self.sex)
        return f"{sex}, {_age_words(self.age)}" if self.age else sex

    def of(self, area_code: str) -> SeriesKey:
        """The same series of another area."""
        return self._replace(area_code=area_code)


def _age_words(age: str) -> str:
    """An age as Fingertips writes it ("<15 yrs", "0-17 yrs", "65+ yrs") as a person would."""
    words = re.sub(r"(\d)\s*-\s*(\d)", r"\1 to \2", age.replace("<", "under "))
    return (
        re.sub(r"(\d)\+\s*yrs\b", r"\1 years and over", words)
        .replace("yrs", "years")
        .replace("All ages", "all ages")
    )


@dataclass(frozen=True)
class Series:
    """The values of one area for one indicator, sex and age, in order of time, gaps included."""

    key: SeriesKey
    indicator: str
    area: Area
    points: tuple[IndicatorRow, ...]

    def at(self, period: str) -> IndicatorRow | None:
        return next((point for point in self.points if point.period == period), None)

    @property
    def latest_value(self) -> IndicatorRow | None:
        """The newest point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


class Figures:
    """Values of whole areas, to be looked up by area and indicator.

    Rows about a part of an area (a deprivation decile) are left out: they are not the area's figure.
    """

    def __init__(self, rows: Iterable[IndicatorRow]) -> None:
        points: dict[tuple[str, str, str, str, str], dict[str, IndicatorRow]] = {}
        self.areas: dict[str, Area] = {}
        self.indicators: dict[str, str] = {}
        for row in rows:
            if row.category_type or row.category:
                continue
            if row.area_code not in self.areas:
                self.areas[row.area_code] = Area(row.area_code, row.area_name, row.area_type)
            self.indicators.setdefault(row.indicator_id, row.indicator)
            key = (row.indicator_id, row.area_code, row.sex, row.age, row.period_range)
            # A unitary authority is listed under more than one area type with the same figures.
            points.setdefault(key, {}).setdefault(row.period, row)
        in_time = attrgetter("order", "period")
        self._series: dict[SeriesKey, Series] = {}
        for parts, found in points.items():
            key_of = SeriesKey(*parts)
            self._series[key_of] = Series(
                key_of,
                self.indicators[key_of.indicator_id],
                self.areas[key_of.area_code],
                tuple(sorted(found.values(), key=in_time)),
            )

    def __len__(self) -> int:
        return len(self._series)

    def area(self, wanted: str) -> Area:
        """The area with that code or name. Raises NothingThere as ``find_area`` does."""
        return find_area(self.areas, wanted)

    def of_area(self, area_code: str, indicator_id: str = "") -> list[Series]:
        """Every series of that area, all persons before females and males; of one indicator where asked.

        Raises NothingThere naming what there is.
        """
        found = [
            series
            for key, series in self._series.items()
            if key.area_code == area_code and indicator_id in ("", key.indicator_id)
        ]
        if not found:
            name = self.areas[area_code].name if area_code in self.areas else area_code
            if indicator_id in self.indicators:
                holding = [
                    self.areas[key.area_code].name for key in self._series if key.indicator_id == indicator_id
                ]
                raise NothingThere(
                    f"'{self.indicators[indicator_id]}' has no figures for {name}, only for other areas.",
                    list(dict.fromkeys(holding))[:_MOST_NAMED],
                )
            wanted = f"indicator '{indicator_id}' and {name}" if indicator_id else f"{name} as a whole"
            raise NothingThere(
                f"There are no figures for {wanted}.",
                [f"{name} ({code})" for code, name in list(self.indicators.items())[:_MOST_NAMED]],
            )
        order = {name: place for place, name in enumerate(self.indicators)}
        return sorted(
            found,
            key=lambda series: (
                order[series.key.indicator_id],
                _SEX_ORDER.get(series.key.sex, len(_SEX_ORDER)),
                series.key.sex,
                series.key.age,
                series.key.period_range,
            ),
        )

    def series(self, key: SeriesKey) -> Series | None:
        return self._series.get(key)

    def england_beside(self, key: SeriesKey) -> Series | None:
        """England's series for the same indicator, sex, age and length of period."""
        # Demonstration figures bring an England of their own, which must never stand beside real ones.
        for area in self.areas.values():
            if area.type == ENGLAND_TYPE and (series := self._series.get(key.of(area.code))):
                return series
        return None

    def describe(self) -> str:
        """One line: how many indicators, areas and which periods."""
        periods = {point.period: point.order for series in self._series.values() for point in series.points}
        ordered = sorted(periods, key=lambda period: periods[period])
        span = listed([ordered[0], ordered[-1]], "to") if len(ordered) > 1 else "".join(ordered)
        return f"{len(self.indicators)} indicators, {len(self.areas)} areas, {span}"


def find_area(areas: Mapping[str, Area], wanted: str) -> Area:
    """The area of ``areas`` (by code) with that code or name, whatever its case.

    Raises NothingThere naming the nearest areas there are, or the codes where two areas share the name.
    """
    plain = wanted.strip().casefold()
    found = [area for area in areas.values() if plain in (area.code.casefold(), area.name.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise NothingThere(
            f"More than one area is called '{wanted}'. Ask by code.",
            [f"{area.code} ({area.type})" for area in found],
        )
    names = {area.name.casefold(): area for area in areas.values()}
    near = [names[name] for name in get_close_matches(plain, names, n=5, cutoff=0.6)]
    near += [area for name, area in names.items() if plain and plain in name and area not in near]
    shown = near or list(areas.values())
    raise NothingThere(
        f"No area '{wanted}' in these figures"
        f"{'; the nearest are shown' if near else f', which hold {len(areas)} areas'}.",
        [f"{area.name} ({area.code})" for area in shown[:_MOST_NAMED]]
        + ([f"{len(shown) - _MOST_NAMED} more"] if len(shown) > _MOST_NAMED else []),
    )
