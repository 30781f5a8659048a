"""Writes northmoor.csv: made-up figures in the shape of a Fingertips export, for the demo.

    python3 run.py python src/wherewithal_web/demo/figures/generate.py

Northmoor, its neighbours and this England do not exist; their codes begin with X, which no register of
geography uses. Counts are drawn with a fixed seed round a path that is written below, and everything else is
worked out from them: values, Wilson limits, the comparison with England and the recent trend. A test holds the
file against this script.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from random import Random

from wherewithal.analyse.needs import compare, measure, recent_trend
from wherewithal.analyse.needs.figures import Figures
from wherewithal.sources.fingertips import COLUMNS, IndicatorRow
from wherewithal.statistics.intervals import rate, wilson

SEED = 20261103
PERIODS = [f"{year}/{(year + 1) % 100:02}" for year in range(2017, 2025)]
PARENT_COMPARISON = "Compared to percentiles"
HEADER = (*COLUMNS[:22], PARENT_COMPARISON, *COLUMNS[22:], "Compared to goal", "Time period range")
AREA_TYPE = "Unitary authorities (made up)"

ENGLAND = ("X92000001", "England (made up)")
NORTHMOOR = ("X06000001", "Northmoor")
NEIGHBOURS = (
    ("X06000002", "Brackenford"),
    ("X06000003", "Eastmarch"),
    ("X06000004", "Fenwater"),
    ("X06000005", "Hollowdale"),
    ("X06000006", "Larkminster"),
    ("X06000007", "Oldhaven"),
    ("X06000008", "Ravensby"),
    ("X06000009", "Stonewick"),
    ("X06000010", "Thistledown"),
    ("X06000011", "Wychmere"),
)

REREFERRALS = (
    "990001",
    "Re-referrals to children's social care within 12 months (made up)",
    "0-17 yrs",
)
BEHAVIOUR = (
    "990002",
    "Children aged 4 to 5 whose teachers report behaviour difficulties (made up)",
    "4-5 yrs",
)

READINESS = ("990003", "Children ready for school at the end of reception (made up)", "5 yrs")
LOOKED_AFTER = ("990004", "Children looked after (made up)", "0-17 yrs")
BREASTFED = ("990005", "Babies breastfed at 6 to 8 weeks (made up)", "6-8 weeks")
OVERWEIGHT = ("990006", "Children overweight in year 6 (made up)", "10-11 yrs")
FIFTHS = (
    "Most deprived fifth",
    "Second most deprived fifth",
    "Third more deprived fifth",
    "Second least deprived fifth",
    "Least deprived fifth",
)
DEPRIVATION = "Deprivation fifths within the area (made up)"

Count = tuple[int, int]
"""How many, of how many."""


def main() -> None:
    Path(__file__).with_name("northmoor.csv").write_text(northmoor(), encoding="utf-8", newline="")


def northmoor() -> str:
    """The whole file as text."""
    rows = [
        *rereferrals(Random(SEED)),  # noqa: S311 - figures, not secrets
        *behaviour(Random(SEED + 1)),  # noqa: S311
        *others(Random(SEED + 2)),  # noqa: S311
        *behaviour_by_deprivation(Random(SEED + 3)),  # noqa: S311
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_labelled(rows))
    return out.getvalue()


def rereferrals(draw: Random) -> Iterator[IndicatorRow]:
    """Northmoor climbs from below England to above it; the neighbours stay where they are."""
    england = [
        (round(0.01 * rate * 412_000), 412_000) for rate in (22.1, 22.3, 22.6, 22.7, 22.4, 22.5, 22.6, 22.6)
    ]
    ours = [
        (count, of)
        for count, of in zip(
            (861, 893, 871, 934, 978, 1034, 1078, 1135),
            (3905, 4010, 3988, 4052, 4105, 4180, 4233, 4300),
            strict=True,
        )
    ]
    levels = (24.6, 23.5, 23.0, 22.6, 22.1, 21.7, 21.2, 20.4, 19.5, 18.3)
    yield from _series(REREFERRALS, ENGLAND, "Persons", england)
    yield from _series(REREFERRALS, NORTHMOOR, "Persons", ours)
    for area, level in zip(NEIGHBOURS, levels, strict=True):
        size = draw.randint(2400, 6800)
        yield from _series(REREFERRALS, area, "Persons", _steady(draw, level, size))


def behaviour(draw: Random) -> Iterator[IndicatorRow]:
    """Northmoor stands above England without a clear change; boys stand above girls everywhere."""
    england = {"Female": (7.9, 301_000), "Male": (15.6, 316_000)}
    ours = {"Female": (9.3, 1120), "Male": (17.9, 1190)}
    levels = (12.9, 12.6, 12.3, 12.1, 11.9, 11.6, 11.4, 11.1, 10.8, 10.2)
    yield from _both(ENGLAND, {sex: _steady(draw, *each, spread=0.002) for sex, each in england.items()})
    yield from _both(NORTHMOOR, {sex: _steady(draw, *each, spread=0.03) for sex, each in ours.items()})
    for area, level in zip(NEIGHBOURS, levels, strict=True):
        size = draw.randint(700, 2100)
        sexes = {"Female": _steady(draw, level * 0.67, size), "Male": _steady(draw, level * 1.31, size)}
        yield from _both(area, sexes)


def others(draw: Random) -> Iterator[IndicatorRow]:
    """Four more, so that a profile has something to sort: one improves, one is higher, one better, one alike."""
    for indicator, england, ours, size, of_england in (
        (
            READINESS,
            (64.0, 64.9, 65.6, 66.0, 66.4, 66.9, 67.3, 67.7),
            (57.1, 58.0, 59.2, 60.3, 61.6, 62.4, 63.5, 64.4),
            2300,
            610_000,
        ),
        (
            LOOKED_AFTER,
            (0.641, 0.650, 0.655, 0.668, 0.670, 0.671, 0.672, 0.671),
            (0.792, 0.801, 0.794, 0.806, 0.799, 0.811, 0.804, 0.808),
            47_000,
            11_900_000,
        ),
        (
            BREASTFED,
            (46.1, 46.9, 47.5, 48.0, 48.7, 49.3, 50.1, 50.6),
            (50.6, 51.1, 52.0, 52.4, 53.2, 53.7, 54.6, 55.2),
            2150,
            560_000,
        ),
        (
            OVERWEIGHT,
            (34.2, 34.3, 35.2, 36.1, 36.4, 36.6, 35.8, 36.2),
            (34.9, 34.6, 35.9, 36.0, 37.1, 36.2, 36.4, 36.7),
            2250,
            600_000,
        ),
    ):
        yield from _series(indicator, ENGLAND, "Persons", _along(draw, england, of_england, 0.0005))
        yield from _series(indicator, NORTHMOOR, "Persons", _along(draw, ours, size, 0.004))
        for number, area in enumerate(NEIGHBOURS):
            level = england[-1] * (0.9 + 0.022 * number)
            yield from _series(
                indicator, area, "Persons", _steady(draw, level, round(size * draw.uniform(0.7, 1.6)))
            )


def behaviour_by_deprivation(draw: Random) -> Iterator[IndicatorRow]:
    """Within Northmoor the share falls from the most to the least deprived fifth, a little more each year."""
    for fifth, level in zip(FIFTHS, (20.4, 16.1, 13.0, 10.6, 7.9), strict=True):
        counts = _steady(draw, level, 460, spread=0.03)
        yield from _series(BEHAVIOUR, NORTHMOOR, "Persons", counts, (DEPRIVATION, fifth))


def _along(draw: Random, levels: tuple[float, ...], size: int, spread: float) -> list[Count]:
    """Counts along a path of levels in percent."""
    return [(round(size * level / 100 * draw.gauss(1, spread)), size) for level in levels]


def _steady(draw: Random, level: float, size: int, spread: float = 0.02) -> list[Count]:
    """Counts round one level in percent, with years that differ a little in size and level."""
    counts = []
    for _period in PERIODS:
        of = round(size * draw.uniform(0.97, 1.03))
        counts.append((round(of * level / 100 * draw.gauss(1, spread)), of))
    return counts


def _both(area: tuple[str, str], sexes: dict[str, list[Count]]) -> Iterator[IndicatorRow]:
    persons = [(f + m, of_f + of_m) for (f, of_f), (m, of_m) in zip(*sexes.values(), strict=True)]
    for sex, counts in {"Persons": persons, **sexes}.items():
        yield from _series(BEHAVIOUR, area, sex, counts)


def _series(
    indicator: tuple[str, str, str],
    area: tuple[str, str],
    sex: str,
    counts: list[Count],
    part: tuple[str, str] = ("", ""),
) -> Iterator[IndicatorRow]:
    key, name, age = indicator
    is_england = area == ENGLAND
    for period, (count, of) in zip(PERIODS, counts, strict=True):
        # One value is held back, as happens, so that the demo shows how that reads.
        hidden = (key, area[1], period) == (BEHAVIOUR[0], "Fenwater", "2020/21")
        multiplier = measure(key).multiplier or 100
        limits = rate if multiplier > 100 else wilson
        ninety_five = limits(count, of, multiplier=multiplier)
        ninety_nine = limits(count, of, multiplier=multiplier, confidence=0.998)
        yield IndicatorRow(
            row=0,
            indicator_id=key,
            indicator=name,
            parent_code="" if is_england else ENGLAND[0],
            parent_name="" if is_england else ENGLAND[1],
            area_code=area[0],
            area_name=area[1],
            area_type="England" if is_england else AREA_TYPE,
            sex=sex,
            age=age,
            category_type=part[0],
            category=part[1],
            period=period,
            order=int(period[:4]) * 10_000,
            value=None if hidden else round(multiplier * count / of, 5),
            low95=None if hidden else _rounded(ninety_five.low),
            high95=None if hidden else _rounded(ninety_five.high),
            low998=None if hidden else _rounded(ninety_nine.low),
            high998=None if hidden else _rounded(ninety_nine.high),
            count=None if hidden else count,
            denominator=None if hidden else of,
            note="Value suppressed for disclosure control" if hidden else "",
            period_range="1y",
        )


def _rounded(limit: float | None) -> float | None:
    return None if limit is None else round(limit, 5)


def _labelled(rows: list[IndicatorRow]) -> Iterator[list[object]]:
    """Each row as cells, with the labels that its figures bear out."""
    figures = Figures(rows)
    for area in figures.areas:
        for series in figures.of_area(area):
            beside = figures.england_beside(series.key)
            polarity = measure(series.key.indicator_id).polarity
            trend = recent_trend(series.points, polarity).label
            for point in series.points:
                england = beside.at(point.period) if beside else None
                label = "Not compared"
                if england is not None and england is not point:
                    label = compare(point.value, point.low95, point.high95, england.value, polarity).value
                yield _cells(point, label, trend if point is series.points[-1] else "")
    for row in rows:
        if row.category:
            yield _cells(row, "Not compared", "")


def _cells(row: IndicatorRow, comparison: str, trend: str) -> list[object]:
    return [
        *(row.indicator_id, row.indicator, row.parent_code, row.parent_name),
        *(
            row.area_code,
            row.area_name,
            row.area_type,
            row.sex,
            row.age,
            row.category_type,
            row.category,
            row.period,
        ),
        *("" if figure is None else figure for figure in row.figures[:5]),
        *("" if figure is None else round(figure) for figure in row.figures[5:]),
        *(row.note, trend, comparison, "Not compared", row.order, "", "", row.period_range),
    ]


if __name__ == "__main__":
    main()
