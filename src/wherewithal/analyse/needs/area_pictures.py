"""The charts of one indicator across all areas and inside one, and of a whole profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wherewithal.analyse.needs.across import Across, Spread, area_funnel
from wherewithal.analyse.needs.authorities import region_of
from wherewithal.analyse.needs.comparison import Comparison, compare
from wherewithal.analyse.needs.figures import SeriesKey
from wherewithal.analyse.needs.indicators import Measure, Polarity
from wherewithal.analyse.needs.inside import SEXES, Gap, Parts, gap_of, part_name
from wherewithal.analyse.needs.layout import Layout, layout_for
from wherewithal.analyse.needs.pictures import tick_text, unit_words, value_text
from wherewithal.analyse.needs.reading import Reading
from wherewithal.charts import (
    Chart,
    FunnelPlace,
    GroupValue,
    LimitsAt,
    Near,
    Pair,
    RankedPlace,
    RugCell,
    RugRow,
    SlopeLine,
    Standing,
    Tile,
    Vertebra,
    area_funnel_chart,
    gradient_chart,
    ranked_chart,
    rug_chart,
    slope_chart,
    spine_chart,
    tile_map,
)
from wherewithal.charts.chart import NOTHING
from wherewithal.sources.fingertips import IndicatorRow

FEWEST_TILES = 3
"""Fewer areas are no map."""
MOST_IN_A_RUG = 12
"""A rug of more places has cells too small to read: England and so many others stand in it."""


def _unit_name(measure: Measure) -> str:
    """What the values are, for an axis."""
    unit = measure.unit.strip()
    return "Per cent" if unit == "%" else unit.capitalize() or "Value"


def ranked_picture(of: Across, *, key: str = "ranked") -> Chart | None:
    """Every area in the order of its value; None where fewer than two have one."""
    if sum(row.value is not None for row in of.rows) < 2:
        return None
    reading, measure = of.reading, of.measure
    england = reading.england
    return ranked_chart(
        [_ranked(row, of) for row in of.rows],
        benchmark=RankedPlace(england.area_name, england.value)
        if england and england.value is not None
        else None,
        title=f"Every area, {reading.point.period}",
        description=f"{reading.series.indicator}, {reading.who}.{unit_words(measure)} {of.rank_words}".strip(),
        key=key,
        value_name=_unit_name(measure),
        value_text=value_text(measure),
        tick_text=tick_text(measure),
    )


def _ranked(row: IndicatorRow, of: Across) -> RankedPlace:
    near = Near.OTHER
    if row.area_code == of.code:
        near = Near.OURS
    elif row.area_code in of.alike:
        near = Near.ALIKE
    return RankedPlace(row.area_name, row.value, row.low95, row.high95, near)


def funnel_picture(of: Across, *, key: str = "funnel") -> Chart | None:
    """Areas by their people between limits of chance; None where counts are not known."""
    funnel = area_funnel(of)
    if funnel is None:
        return None
    reading, measure = of.reading, of.measure
    return area_funnel_chart(
        [
            FunnelPlace(
                each.row.area_name,
                each.people,
                each.value,
                each.signal.value,
                each.beyond,
                each.row.area_code == of.code,
            )
            for each in funnel.areas
        ],
        [LimitsAt(*limits) for limits in funnel.limits],
        funnel.baseline,
        title=f"By how many they are, {reading.point.period}",
        description=f"{reading.series.indicator}, {reading.who}.{unit_words(measure)}",
        key=key,
        size_name="People that the value is of",
        value_name=_unit_name(measure),
        value_text=value_text(measure),
        tick_text=tick_text(measure),
    )


def map_picture(of: Across, brought: Layout | None = None, *, key: str = "map") -> Chart | None:
    """The areas as tiles; None where no layout knows them, and the list by region stands alone."""
    layout = layout_for([row.area_code for row in of.rows], brought)
    tiles = [
        Tile(
            row.area_name,
            *layout[row.area_code],
            Standing(of.comparison(row).value),
            row.value,
            region_of(row.area_code) or row.parent_name,
            row.area_code == of.code,
        )
        for row in of.rows
        if row.area_code in layout
    ]
    if len(tiles) < FEWEST_TILES:
        return None
    reading = of.reading
    return tile_map(
        tiles,
        title=f"Map of areas beside England, {reading.point.period}",
        description=f"{reading.series.indicator}, {reading.who}. Every area is one tile, roughly where it lies; "
        f"{reading.series.area.name} has the thick edge.",
        key=key,
        value_text=value_text(of.measure),
    )


def gradient_picture(parts: Parts, gap: Gap | None, *, key: str) -> Chart:
    """The parts of an area side by side, with the slope index where they are deprivation groups."""
    measure = parts.measure
    people = [row.denominator or 0.0 for row in parts.rows]
    total = sum(people) if all(people) else 0.0
    groups = [
        GroupValue(
            part_name(row),
            (row.denominator or 0.0) / total if total else 1 / len(parts.rows),
            row.value or 0.0,
            row.low95,
            row.high95,
        )
        for row in parts.rows
    ]
    slope = None
    if gap:
        start = gap.found.intercept
        slope = SlopeLine(start, start + gap.found.slope, gap.words)
    return gradient_chart(
        groups,
        slope,
        title=f"{parts.kind}, {parts.whose}, {parts.period}",
        description=f"Each square is a group with its 95% interval.{unit_words(measure)}",
        key=key,
        value_name=_unit_name(measure),
        value_text=value_text(measure),
        tick_text=tick_text(measure),
        ends=("most deprived", "least deprived") if parts.ordered else ("", ""),
    )


def sexes_picture(
    ours: Parts, england: Mapping[str, IndicatorRow], *, england_name: str = "England", key: str = "sexes"
) -> Chart | None:
    """Females and males side by side, England's beside them; None where one of ours is missing.

    ``england`` has England's rows of the same period by sex.
    """
    own = {row.sex: row for row in ours.rows}
    if not all(sex in own for sex in SEXES):
        return None

    def pair(name: str, rows: Mapping[str, IndicatorRow], mine: bool) -> Pair:
        left, right = (
            GroupValue(f"{sex}s", 0.5, rows[sex].value or 0.0, rows[sex].low95, rows[sex].high95)
            for sex in SEXES
        )
        return Pair(name, left, right, mine)

    pairs = [pair(ours.whose, own, True)]
    if all(sex in england and england[sex].value is not None for sex in SEXES):
        pairs.append(pair(england_name, england, False))
    measure = ours.measure
    return slope_chart(
        pairs,
        title=f"Females and males, {ours.period}",
        description=unit_words(measure).strip(),
        key=key,
        value_name=_unit_name(measure),
        value_text=value_text(measure),
        tick_text=tick_text(measure),
    )


# --- of a whole profile -----------------------------------------------------------------------------------


def spine_picture(
    readings: Sequence[Reading], spreads: Mapping[tuple[str, ...], Spread], *, area: str, key: str = "spine"
) -> Chart | None:
    """The spine of the readings whose spread over all areas is known; None where none is.

    ``spreads`` are by indicator, sex, age, kind of period, and period.
    """
    rows = []
    names = _names(readings)
    for reading in readings:
        spread = spreads.get(spread_key(reading))
        if (
            spread is None
            or reading.point.value is None
            or reading.england is None
            or reading.england.value is None
        ):
            continue
        polarity = reading.measure.polarity
        rows.append(
            Vertebra(
                names[reading.series.key],
                reading.point.value,
                reading.england.value,
                spread.low,
                spread.quarter,
                spread.three_quarters,
                spread.high,
                spread.places,
                Standing(reading.comparison.value),
                polarity is Polarity.HIGH_IS_GOOD if polarity.judges else None,
                value_text(reading.measure),
            )
        )
    if not rows:
        return None
    return spine_chart(
        rows,
        title=f"{area} among all areas",
        description="Each row is an indicator on a scale of its own, in its newest year.",
        key=key,
    )


def spread_key(reading: Reading) -> tuple[str, ...]:
    """What the spread of a reading is found by."""
    key = reading.series.key
    return (key.indicator_id, key.sex, key.age, key.period_range, reading.point.period)


def rug_picture(
    readings: Sequence[Reading],
    values: Callable[[Reading], Mapping[str, IndicatorRow]],
    others: Mapping[str, str],
    *,
    area: str,
    key: str = "rug",
) -> Chart | None:
    """Indicators by places: this area, then ``others`` (names by code). ``values`` gives their rows of a reading.

    None where there is nothing to show.
    """
    places = list(others.items())[:MOST_IN_A_RUG]
    names = _names(readings)
    rows = [
        RugRow(
            names[reading.series.key],
            (
                _cell(reading, reading.point),
                *(_cell(reading, values(reading).get(code)) for code, _ in places),
            ),
        )
        for reading in readings
        if reading.point.value is not None
    ]
    if not rows:
        return None
    return rug_chart(
        [area, *(name for _, name in places)],
        rows,
        title=f"{area} and areas like it, beside England",
        description="Each letter says how an area stands to England in the same year.",
        key=key,
    )


def _cell(reading: Reading, row: IndicatorRow | None) -> RugCell:
    measure = reading.measure
    if row is None or row.value is None:
        return RugCell(Standing.NOT_COMPARED, NOTHING)
    comparison = reading.comparison if row is reading.point else _beside(reading, row)
    return RugCell(Standing(comparison.value), measure.text(row.value))


def _beside(reading: Reading, row: IndicatorRow) -> Comparison:
    low, high = (row.low998, row.high998) if reading.measure.confidence == 99.8 else (row.low95, row.high95)
    england = reading.england.value if reading.england else None
    return compare(row.value, low, high, england, reading.measure.polarity)


def _names(readings: Sequence[Reading]) -> dict[SeriesKey, str]:
    """What each reading's row is called: where an indicator has several, whom each is about comes first.

    A long name is cut at its end, and rows must still be told apart.
    """
    keys = [reading.series.key for reading in readings]
    names = {}
    for reading, key in zip(readings, keys, strict=True):
        alike = [other for other in keys if other.indicator_id == key.indicator_id]
        about = []
        if key.sex != "Persons":
            about.append(f"{key.sex}s")
        if len({other.age for other in alike}) > 1 and key.age:
            about.append(key.age)
        name = reading.series.indicator
        names[key] = f"{', '.join(about)}: {name}" if about else name
    return names


def indicator_charts(
    of: Across, parts: Sequence[Parts], england: Sequence[IndicatorRow], brought: Layout | None = None
) -> dict[str, Chart]:
    """Every chart that an indicator's page can draw across areas and inside one, by the name of its download.

    ``england`` are England's rows of the period, of every sex.
    """
    drawn: dict[str, Chart | None] = {
        "ranked": ranked_picture(of),
        "funnel": funnel_picture(of),
        "map": map_picture(of, brought),
    }
    number = 0
    for each in parts:
        if each.kind == "Sex":
            drawn["sexes"] = sexes_picture(
                each, {row.sex: row for row in england if row.period == each.period}
            )
            continue
        number += 1
        drawn[f"parts-{number}"] = gradient_picture(each, gap_of(each), key=f"parts-{number}")
    return {name: chart for name, chart in drawn.items() if chart}
