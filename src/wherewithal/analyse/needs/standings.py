"""Where every authority stands on every measure and period at once: rank, quarter and its neighbours' figures.

The rules are those of LAIT, which anybody can look up there: rank 1 is the best by the measure's polarity and
ties share it; a quarter is A to D, best to worst, by the quartiles of all authorities' values, the edge counted
to the lower quarter of values. Where nobody has said which way is good, rank 1 is the highest value and no
quarter is given. None of this says how sure it is: LAIT has no intervals (see ``statistics.ranking``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wherewithal.errors import NothingThere
from wherewithal.sources.lait import ENGLAND_NUMBER, LaitMeasure, LaitTable

Floats = NDArray[np.float64]
BANDS = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Standing:
    """One authority on one measure in one period. ``rank`` and ``band`` are None where there is none.

    Of the neighbours: simple mean (which LAIT shows), median, range, and how many have a value.
    """

    measure: str
    period: str
    value: float
    rank: int | None
    of: int
    band: str | None
    england: float | None
    neighbour_mean: float | None
    neighbour_median: float | None
    neighbour_low: float | None
    neighbour_high: float | None
    neighbours: int


@dataclass(frozen=True)
class Standings:
    """Arrays of series (a measure in a period) by authority; NaN, 0 and "" stand for none.

    ``values``, ``means``, ``medians``, ``lows``, ``highs`` are in the measure's unit; ``ranks`` and ``counts``
    whole numbers; ``bands`` 1 to 4 for A to D; ``sizes`` how many authorities have a value, for each series.
    """

    series: tuple[tuple[str, str], ...]
    authorities: tuple[int, ...]
    values: Floats
    england: Floats
    sizes: NDArray[np.int64]
    ranks: NDArray[np.int64]
    bands: NDArray[np.int64]
    means: Floats
    medians: Floats
    lows: Floats
    highs: Floats
    counts: NDArray[np.int64]

    def of(self, number: int) -> list[Standing]:
        """Every series in which that authority has a value. Raises NothingThere for one that is not held."""
        if number not in self.authorities:
            raise NothingThere(
                f"No authority has the number {number} here.", [str(each) for each in self.authorities[:12]]
            )
        place = self.authorities.index(number)
        return [
            Standing(
                measure,
                period,
                float(self.values[row, place]),
                int(self.ranks[row, place]) or None,
                int(self.sizes[row]),
                BANDS[self.bands[row, place] - 1] if self.bands[row, place] else None,
                _known(self.england[row]),
                _known(self.means[row, place]),
                _known(self.medians[row, place]),
                _known(self.lows[row, place]),
                _known(self.highs[row, place]),
                int(self.counts[row, place]),
            )
            for row, (measure, period) in enumerate(self.series)
            if np.isfinite(self.values[row, place])
        ]

    def frame(self) -> pl.DataFrame:
        """Every authority on every series as one long table, a row where there is a value."""
        lines, columns = np.nonzero(np.isfinite(self.values))
        at = (lines, columns)
        labels = np.array(["", *BANDS])
        cells: dict[str, object] = {
            "measure": np.array([measure for measure, _ in self.series])[lines],
            "period": np.array([period for _, period in self.series])[lines],
            "number": np.array(self.authorities)[columns],
            "value": self.values[at],
            "rank": self.ranks[at],
            "of": self.sizes[lines],
            "quarter": labels[self.bands[at]],
            "england": self.england[lines],
            "neighbours_mean": self.means[at],
            "neighbours_median": self.medians[at],
            "neighbours_low": self.lows[at],
            "neighbours_high": self.highs[at],
            "neighbours": self.counts[at],
        }
        return pl.DataFrame(cells).with_columns(pl.col(pl.Float64).fill_nan(None))


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def standings(table: LaitTable, neighbours: Mapping[int, Sequence[int]]) -> Standings:
    """Rank, quarter and neighbours' figures of every authority in ``neighbours``, for every series.

    Authorities that are not in ``neighbours`` (those that no longer exist) are neither ranked nor counted.
    Raises NothingThere where the table holds none of them.
    """
    series, authorities, values, england = _matrix(table, sorted(neighbours))
    places = {number: place for place, number in enumerate(authorities)}
    measures = [table.measures.get(code, LaitMeasure(code)) for code, _ in series]
    low_is_good = np.array([measure.polarity == "Low" for measure in measures])
    judged = np.array([measure.polarity in ("Low", "High") and measure.banded for measure in measures])
    ranks = ranked(np.where(low_is_good[:, None], values, -values))
    bands = banded(values, low_is_good)
    bands[~judged] = 0
    near = _near(neighbours, places)
    means, medians, lows, highs, counts = _of_neighbours(values, near)
    sizes = np.isfinite(values).sum(axis=1)
    return Standings(
        series, authorities, values, england, sizes, ranks, bands, means, medians, lows, highs, counts
    )


def _matrix(
    table: LaitTable, numbers: Sequence[int]
) -> tuple[tuple[tuple[str, str], ...], tuple[int, ...], Floats, Floats]:
    """Values as series by authority, NaN where there is none; England's beside them."""
    frame = table.frame.select("measure", "period", "order", "number", "value")
    held = set(frame["number"].unique())
    authorities = tuple(number for number in numbers if number in held)
    if not authorities:
        raise NothingThere(
            "The table holds none of those authorities.",
            [f"{name} ({number})" for number, name in list(table.authorities.items())[:12]],
        )
    keys = frame.select("measure", "period", "order").unique().sort("measure", "order", "period")
    keys = keys.with_row_index("line")
    columns = pl.DataFrame(
        {"number": [*authorities, ENGLAND_NUMBER], "column": range(len(authorities) + 1)},
        schema={"number": pl.Int64, "column": pl.Int64},
    )
    cells = (
        frame.filter(pl.col("value").is_not_null())
        .join(columns, on="number")
        .join(keys, on=["measure", "period", "order"])
    )
    values = np.full((keys.height, len(authorities) + 1), np.nan)
    values[cells["line"].to_numpy(), cells["column"].to_numpy()] = cells["value"].to_numpy()
    series = tuple(keys.select("measure", "period").iter_rows())
    return series, authorities, values[:, :-1], values[:, -1]


def ranked(values: Floats) -> NDArray[np.int64]:
    """Ranks along each row (series, areas), the smallest 1, ties sharing the better; 0 for NaN."""
    order = np.argsort(values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    fresh = np.ones(ordered.shape, dtype=bool)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    positions = np.arange(1, values.shape[1] + 1)
    shared = np.maximum.accumulate(np.where(fresh, positions, 0), axis=1)
    ranks = np.empty(values.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, shared, axis=1)
    ranks[np.isnan(values)] = 0
    return ranks


def banded(values: Floats, low_is_good: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Quarters along each row, 1 the best; the edge between two belongs to the lower values. 0 for NaN."""
    ordered = np.sort(values, axis=1)
    sizes = np.isfinite(values).sum(axis=1)
    bands = np.ones(values.shape, dtype=np.int64)
    for share in (0.25, 0.5, 0.75):
        # The quartile of a row's numbers, which stand before its gaps: linear between two, as R's type 7.
        position = np.maximum(sizes - 1, 0) * share
        below = np.floor(position).astype(np.int64)
        above = np.minimum(below + 1, np.maximum(sizes - 1, 0))
        rows = np.arange(len(values))
        edge = ordered[rows, below] + (position - below) * (ordered[rows, above] - ordered[rows, below])
        bands += values > edge[:, None]
    bands = np.where(low_is_good[:, None], bands, len(BANDS) + 1 - bands)
    bands[np.isnan(values)] = 0
    return bands


def _near(neighbours: Mapping[int, Sequence[int]], places: Mapping[int, int]) -> NDArray[np.int64]:
    """Columns of each authority's neighbours (authorities, most), one past the last for none."""
    none = len(places)
    most = max((len(near) for near in neighbours.values()), default=0) or 1
    found = np.full((len(places), most), none, dtype=np.int64)
    for number, place in places.items():
        for at, other in enumerate(neighbours[number]):
            found[place, at] = places.get(other, none)
    return found


def _of_neighbours(
    values: Floats, near: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.int64]]:
    """Mean, median, lowest, highest and number of the neighbours' values, each (series, authorities)."""
    padded = np.concatenate([values, np.full((len(values), 1), np.nan)], axis=1)
    # Sorted, a row's gaps come last, so the middle is found by counting.
    theirs = np.sort(padded[:, near], axis=2)
    counts = np.isfinite(theirs).sum(axis=2)
    some = counts > 0
    means = np.divide(np.nansum(theirs, axis=2), counts, out=np.full(counts.shape, np.nan), where=some)

    def at(positions: NDArray[np.int64]) -> Floats:
        found: Floats = np.take_along_axis(theirs, positions[:, :, None], axis=2)[:, :, 0]
        return found

    last = np.maximum(counts - 1, 0)
    medians = (at(last // 2) + at((last + 1) // 2)) / 2
    return means, medians, at(np.zeros_like(last)), at(last), counts
