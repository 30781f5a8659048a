"""An area beside areas like it: the middle and the range of named neighbours.

Which average is taken moves the answer (for children looked after in Trafford in 2025 the simple mean of the
ten statistical neighbours is 55.5 per 10,000, their median 50.2), so both are worked out and the one that is
used is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from wherewithal.analyse.needs.figures import Area, Figures, SeriesKey
from wherewithal.sources.fingertips import IndicatorRow


@dataclass(frozen=True)
class NeighbourSet:
    """The areas that one area is held against, and who says that they are like it."""

    codes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class NeighbourSummary:
    """What the neighbours' values are in one period.

    ``rows`` are those with a value, highest first; ``missing`` are neighbours without one. ``average_used``
    names the average that sentences quote.
    """

    rows: tuple[IndicatorRow, ...]
    missing: tuple[str, ...]
    median: float
    mean: float
    low: float
    high: float
    source: str
    average_used: str = "median"

    @property
    def count(self) -> int:
        return len(self.rows)


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
    return NeighbourSummary(
        rows=tuple(row for _, row in rows),
        missing=tuple(missing),
        median=median(values),
        mean=fmean(values),
        low=min(values),
        high=max(values),
        source=neighbours.source,
    )


def find_neighbours(figures: Figures, wanted: Sequence[str], source: str) -> NeighbourSet:
    """A set of neighbours from codes or names. Raises NothingThere for one that the figures do not hold."""
    areas: list[Area] = [figures.area(name) for name in wanted]
    return NeighbourSet(tuple(area.code for area in areas), source)
