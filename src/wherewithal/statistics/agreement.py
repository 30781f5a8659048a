"""How far people who judged the same things agree, beyond what chance would give.

Ratings are units by judges: one row for each thing judged, one cell for each judge, None where a judge did
not judge it. Units that fewer than two judged say nothing about agreement and are left out of observed
agreement.

Sources: Krippendorff, "Computing Krippendorff's alpha-reliability" (2011) and "Content analysis" (2019),
section 12.3; Cohen (1960), Educational and Psychological Measurement 20; Fleiss (1971), Psychological
Bulletin 76; Gwet (2008), British Journal of Mathematical and Statistical Psychology 61.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ratings = Sequence[Sequence[Hashable | None]]
Floats = NDArray[np.float64]

LEVELS = ("nominal", "ordinal", "interval", "ratio")
"""Levels of measurement for Krippendorff's alpha: what counts as how far apart two values are."""


@dataclass(frozen=True)
class Table:
    """Ratings counted: units by values, how many judges gave each (float64). ``values`` are in order."""

    counts: Floats
    values: tuple[Hashable, ...]

    @property
    def judges(self) -> Floats:
        """How many judged each unit (units,)."""
        found: Floats = self.counts.sum(axis=1)
        return found

    @property
    def paired(self) -> Table:
        """Only the units that at least two judged."""
        return Table(self.counts[self.judges >= 2], self.values)


def table_of(ratings: Ratings, *, values: Sequence[Hashable] | None = None) -> Table:
    """Count ratings. ``values`` gives the order of the values, and those that nobody used; sorted if left out.

    Raises ValueError where fewer than two judges judged any unit, or a rating is not among ``values``.
    """
    given = {value for row in ratings for value in row if value is not None}
    order = tuple(values) if values is not None else tuple(sorted(given, key=_sortable))
    place = {value: number for number, value in enumerate(order)}
    unknown = given - place.keys()
    if unknown:
        raise ValueError(f"ratings that are not among the values: {sorted(map(repr, unknown))}")
    counts = np.zeros((len(ratings), len(order)))
    for number, row in enumerate(ratings):
        for value in row:
            if value is not None:
                counts[number, place[value]] += 1
    found = Table(counts, order)
    if not (found.judges >= 2).any():
        raise ValueError("no unit was judged by two")
    return found


def _sortable(value: Hashable) -> tuple[bool, str, float]:
    number = isinstance(value, int | float)
    return (not number, "" if number else str(value), float(value) if isinstance(value, int | float) else 0.0)


def percent_agreement(table: Table) -> float:
    """The share of pairs of judgements of one unit that agree, averaged over units."""
    paired = table.paired
    return float(_agreeing(paired.counts, paired.judges).mean())


def _agreeing(counts: Floats, judges: Floats) -> Floats:
    pairs: Floats = (counts * (counts - 1)).sum(axis=1) / (judges * (judges - 1))
    return pairs


def krippendorff_alpha(table: Table, level: str = "nominal") -> float:
    """Krippendorff's alpha: 1 for full agreement, 0 for what chance gives; any number of judges, gaps allowed.

    ``level`` is one of ``LEVELS``; interval and ratio need values that are numbers. NaN where only one value
    was ever given: nothing could then be disagreed about. Raises ValueError for an unknown level.
    """
    paired = table.paired
    counts, judges = paired.counts, paired.judges
    weighted = counts / (judges - 1)[:, None]
    observed = counts.T @ weighted - np.diag(weighted.sum(axis=0))
    margins = counts.sum(axis=0)
    distance = _distances(margins, table.values, level)
    total = margins.sum()
    expected = float((np.outer(margins, margins) * distance).sum())
    if expected == 0:
        return float("nan")
    return float(1 - (total - 1) * (observed * distance).sum() / expected)


def _distances(margins: Floats, values: tuple[Hashable, ...], level: str) -> Floats:
    """Squared distances between values at a level of measurement (values, values)."""
    size = len(values)
    if level == "nominal":
        return np.asarray(1.0 - np.eye(size))
    if level == "ordinal":
        upto = np.cumsum(margins)
        between = np.abs(upto[:, None] - upto[None, :])
        # From c to k, both ends counted half.
        low = np.minimum.outer(np.arange(size), np.arange(size))
        high = np.maximum.outer(np.arange(size), np.arange(size))
        apart = between + margins[low] - (margins[low] + margins[high]) / 2
        return np.asarray(np.where(np.eye(size) > 0, 0.0, apart) ** 2)
    if level not in LEVELS:
        raise ValueError(f"level is '{level}', not one of {', '.join(LEVELS)}")
    numbers = np.array(values, dtype=np.float64)
    apart = numbers[:, None] - numbers[None, :]
    if level == "ratio":
        together = numbers[:, None] + numbers[None, :]
        apart = np.divide(apart, together, out=np.zeros_like(apart), where=together != 0)
    return np.asarray(apart**2)


def cohen_kappa(ratings: Ratings) -> float:
    """Cohen's kappa of exactly two judges, on the units that both judged. NaN where chance alone gives 1.

    Raises ValueError where there are not two judges, or they judged nothing together.
    """
    both = [row for row in ratings if None not in row]
    if any(len(row) != 2 for row in ratings):
        raise ValueError("Cohen's kappa is for two judges: use Krippendorff's alpha or Gwet's AC1 for more")
    if not both:
        raise ValueError("no unit was judged by two")
    values = sorted({value for row in both for value in row}, key=_sortable)
    first, second = ([row[judge] for row in both] for judge in (0, 1))
    agree = sum(a == b for a, b in zip(first, second, strict=True)) / len(both)
    chance = sum(first.count(value) * second.count(value) for value in values) / len(both) ** 2
    return float("nan") if chance == 1 else (agree - chance) / (1 - chance)


def fleiss_kappa(table: Table) -> float:
    """Fleiss' kappa: chance agreement from how often each value was given by all judges together."""
    shares = _shares(table)
    chance = float((shares**2).sum())
    return float("nan") if chance == 1 else (percent_agreement(table) - chance) / (1 - chance)


def gwet_ac1(table: Table) -> float:
    """Gwet's AC1: like kappa, and steady where nearly everything is given one value. 1 with one value only."""
    if len(table.values) < 2:
        return 1.0
    shares = _shares(table)
    chance = float((shares * (1 - shares)).sum() / (len(table.values) - 1))
    return (percent_agreement(table) - chance) / (1 - chance)


def _shares(table: Table) -> Floats:
    """The mean share of judgements that each value got, over units that anybody judged (values,)."""
    judged = table.counts[table.judges > 0]
    found: Floats = (judged / judged.sum(axis=1, keepdims=True)).mean(axis=0)
    return found


def bootstrap_interval(
    table: Table,
    statistic: Callable[[Table], float],
    *,
    seed: int,
    draws: int = 2_000,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """A percentile interval of ``statistic``, units drawn with replacement ``draws`` times by ``seed``.

    Draws in which it has no value (everybody gave one value) are left out; (NaN, NaN) where all are.
    """
    random = np.random.default_rng(seed)
    paired = table.paired
    values = []
    for _ in range(draws):
        drawn = paired.counts[random.integers(0, len(paired.counts), len(paired.counts))]
        values.append(statistic(Table(drawn, table.values)))
    kept = [value for value in values if not np.isnan(value)]
    if not kept:
        return float("nan"), float("nan")
    tail = (1 - confidence) / 2
    low, high = np.quantile(kept, [tail, 1 - tail])
    return float(low), float(high)
