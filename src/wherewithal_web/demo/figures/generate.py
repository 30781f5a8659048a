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

from wherewithal.analyse.needs import Polarity, compare, recent_trend
from wherewithal.analyse.needs.figures import Figures
from wherewithal.sources.fingertips import COLUMNS, IndicatorRow
from wherewithal.statistics.intervals import wilson

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

Count = tuple[int, int]
"""How many, of how many."""


def main() -> None:
    Path(__file__).with_name("northmoor.csv").write_text(northmoor(), encoding="utf-8", newline="")


def northmoor() -> str:
    """The whole file as text."""
    rows = [*rereferrals(Random(SEED)), *behaviour(Random(SEED + 1))]  # noqa: S311 - figures, not secrets
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
    indicator: tuple[str, str, str], area: tuple[str, str], sex: str, counts: list[Count]
) -> Iterator[IndicatorRow]:
    key, name, age = indicator
    is_england = area == ENGLAND
    for period, (count, of) in zip(PERIODS, counts, strict=True):
        # One value is held back, as happens, so that the demo shows how that reads.
        hidden = (key, area[1], period) == (BEHAVIOUR[0], "Fenwater", "2020/21")
        ninety_five = wilson(count, of, multiplier=100)
        ninety_nine = wilson(count, of, multiplier=100, confidence=0.998)
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
            category_type="",
            category="",
            period=period,
            order=int(period[:4]) * 10_000,
            value=None if hidden else round(100 * count / of, 5),
            low95=None if hidden else _rounded(ninety_five.low),
            high95=None if hidden else _rounded(ninety_five.high),
            low998=None if hidden else _rounded(ninety_nine.low),
            high998=None if hidden else _rounded(ninety_nine.high),
            count=None if hidden else count,
            denominator=None if hidden else of,
            note="Value suppressed for disclosure control" if hidden else "",
            recent_trend="",
            compared_to_england="",
            compared_to_parent="",
            compared_to_goal="",
            new_data="",
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
            trend = recent_trend(series.points, Polarity.LOW_IS_GOOD).label
            for point in series.points:
                england = beside.at(point.period) if beside else None
                label = "Not compared"
                if england is not None and england is not point:
                    label = compare(
                        point.value, point.low95, point.high95, england.value, Polarity.LOW_IS_GOOD
                    ).value
                yield _cells(point, label, trend if point is series.points[-1] else "")


def _cells(row: IndicatorRow, comparison: str, trend: str) -> list[object]:
    return [
        *(row.indicator_id, row.indicator, row.parent_code, row.parent_name),
        *(row.area_code, row.area_name, row.area_type, row.sex, row.age, "", "", row.period),
        *("" if figure is None else figure for figure in row.figures[:5]),
        *("" if figure is None else round(figure) for figure in row.figures[5:]),
        *(row.note, trend, comparison, "Not compared", row.order, "", "", row.period_range),
    ]


if __name__ == "__main__":
    main()
