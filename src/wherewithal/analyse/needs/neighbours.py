"""An area beside areas like it: the middle and the range of named neighbours.

Which average is taken moves the answer (for children looked after in Trafford in 2025 the simple mean of the
ten statistical neighbours is 55.5 per 10,000, their median 50.2, and all their children together 47.7), so each
is worked out and the one that is used is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import fmean, median

from wherewithal.analyse.needs.figures import Area, Figures, SeriesKey
from wherewithal.analyse.needs.indicators import measure
from wherewithal.errors import NothingThere
from wherewithal.plain_english import counted, listed
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.sources.statistical_neighbours import CLOSENESS, SOURCE, Neighbours


class Average(StrEnum):
    """Which single figure stands for the neighbours, in the words that sentences use."""

    MEDIAN = "median"
    MEAN = "simple mean"
    POOLED = "pooled value"


@dataclass(frozen=True)
class NeighbourSet:
    """The areas that one area is held against, who says that they are like it, and the average to use.

    ``closeness`` gives the publisher's word for how alike each is, by code, where there is one.
    """

    codes: tuple[str, ...] = ()
    source: str = ""
    average: Average = Average.MEDIAN
    closeness: Mapping[str, str] = field(default_factory=dict)

    @property
    def closeness_words(self) -> str:
        """How alike they are, as a sentence; empty where nobody has said."""
        if not self.closeness:
            return ""
        found = [
            f"{counted(many, 'neighbour')} {word.lower()}"
            for word in CLOSENESS
            if (many := sum(self.closeness.get(code) == word for code in self.codes))
        ]
        return f"{listed(found)}, in the publisher's words."


@dataclass(frozen=True)
class NeighbourSummary:
    """What the neighbours' values are in one period.

    ``rows`` are those with a value, highest first; ``missing`` are neighbours without one. ``pooled`` is the
    value of all their people together, None where a count or denominator is missing. ``average_used`` names
    the average that sentences quote, and ``average`` is it; where all people together were asked for and are
    not known, the median is used and named.
    """

    rows: tuple[IndicatorRow, ...]
    missing: tuple[str, ...]
    median: float
    mean: float
    low: float
    high: float
    source: str
    average_used: str = Average.MEDIAN
    pooled: float | None = None
    closeness_words: str = ""

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def average(self) -> float:
        """The average that ``average_used`` names."""
        if self.average_used == Average.POOLED and self.pooled is not None:
            return self.pooled
        return self.mean if self.average_used == Average.MEAN else self.median


def summarise(
    figures: Figures, key: SeriesKey, period: str, neighbours: NeighbourSet
) -> NeighbourSummary | None:
    """The neighbours' values of the same series in one period; None where not one of them has a value."""
    rows = []
    missing = []
    for code in neighbours.codes:
        if code == key.area_code:
            continue
        series = figures.series(key.of(code))
        row = series.at(period) if series else None
        if row is None or row.value is None:
            missing.append(figures.areas[code].name if code in figures.areas else code)
        else:
            rows.append((row.value, row))
    if not rows:
        return None
    values = [value for value, _ in rows]
    rows.sort(key=lambda pair: -pair[0])
    together = pooled([row for _, row in rows], measure(key.indicator_id).multiplier)
    unknown = neighbours.average is Average.POOLED and together is None
    return NeighbourSummary(
        rows=tuple(row for _, row in rows),
        missing=tuple(missing),
        median=median(values),
        mean=fmean(values),
        low=min(values),
        high=max(values),
        source=neighbours.source,
        average_used=(Average.MEDIAN if unknown else neighbours.average).value,
        pooled=together,
        closeness_words=neighbours.closeness_words,
    )


def pooled(rows: Sequence[IndicatorRow], multiplier: float | None) -> float | None:
    """The value of all areas' people together; None where a count, a denominator or the multiplier is unknown."""
    if multiplier is None or any(row.count is None or not row.denominator for row in rows):
        return None
    return sum(row.count or 0.0 for row in rows) / sum(row.denominator or 0.0 for row in rows) * multiplier


def statistical_neighbours(
    area_code: str,
    table: Mapping[int, Neighbours],
    numbers: Mapping[str, int],
    *,
    average: Average = Average.MEDIAN,
) -> NeighbourSet:
    """The department's statistical neighbours of an area as a set.

    ``numbers`` gives the department's number of each area's code. Raises NothingThere where the area has none
    in the table, as England and its regions have not.
    """
    own = table.get(numbers.get(area_code, -1))
    if own is None:
        raise NothingThere(
            f"{area_code} has no statistical neighbours: only authorities have.",
            [each.name for each in list(table.values())[:12]],
        )
    codes = {number: code for code, number in numbers.items()}
    near = [(codes.get(each.number, str(each.number)), each.closeness) for each in own.near]
    return NeighbourSet(tuple(code for code, _ in near), SOURCE, average, dict(near))


def find_neighbours(figures: Figures, wanted: Sequence[str], source: str) -> NeighbourSet:
    """A set of neighbours from codes or names. Raises NothingThere for one that the figures do not hold."""
    areas: list[Area] = [figures.area(name) for name in wanted]
    return NeighbourSet(tuple(area.code for area in areas), source)
