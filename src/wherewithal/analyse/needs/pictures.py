"""The charts of a reading: beside England and neighbours, and over time."""

from __future__ import annotations

from collections.abc import Callable

from wherewithal.analyse.needs.indicators import Measure
from wherewithal.analyse.needs.outlook import Outlook
from wherewithal.analyse.needs.reading import Reading
from wherewithal.charts import Chart, Line, Moment, Place, Role, interval_chart, timeline_chart
from wherewithal.plain_english import listed, number
from wherewithal.sources.fingertips import IndicatorRow


def beside_chart(reading: Reading, *, key: str = "beside") -> Chart | None:
    """The area, England and the neighbours in the period of the reading; None where the area has no value."""
    point = reading.point
    if point.value is None:
        return None
    places = [_place(point, Role.OURS)]
    if reading.england and reading.england is not point:
        places.append(_place(reading.england, Role.BENCHMARK))
    if reading.neighbours:
        summary = reading.neighbours
        places.append(Place(f"Neighbours' {summary.average_used}", summary.average, role=Role.AVERAGE))
        places += [_place(row, Role.NEIGHBOUR) for row in summary.rows]
    measure = reading.measure
    return interval_chart(
        places,
        title=_beside_title(reading),
        description=f"{reading.series.indicator}, {reading.who}.{unit_words(measure)} "
        "Each mark is a value, each line its 95% interval.",
        key=key,
        value_text=value_text(measure),
        range_text=measure.range_text,
        tick_text=tick_text(measure),
    )


def over_time_chart(reading: Reading, *, key: str = "over-time") -> Chart | None:
    """The area's values over time beside England's; None where fewer than two periods have a value."""
    series, england = reading.series, reading.england_series
    if sum(point.value is not None for point in series.points) < 2:
        return None
    orders = {point.period: point.order for point in series.points}
    if england and england.key != series.key:
        orders.update({point.period: point.order for point in england.points})
    periods = sorted(orders, key=lambda period: orders[period])
    ours = Line(series.area.name, tuple(_moment(period, series.at(period)) for period in periods))
    beside = None
    if england and england.key != series.key:
        beside = Line(england.area.name, tuple(_moment(period, england.at(period)) for period in periods))
    measure = reading.measure
    return timeline_chart(
        ours,
        beside,
        title=f"{series.area.name} over time",
        description=f"{series.indicator}, {reading.who}.{unit_words(measure)} "
        f"The band is the 95% interval. {reading.trend_words}",
        key=key,
        value_text=value_text(measure),
        tick_text=tick_text(measure),
    )


def outlook_chart(found: Outlook, *, key: str = "outlook") -> Chart:
    """The values of the past and the years ahead by the way that is used, with its interval where one is known."""
    best, last = found.ladder.rung(), found.run[-1]
    steps = zip(found.years, best.steps, strict=True)
    past = [Moment(point.period, None) for point in found.run[:-1]]
    ahead = [Moment(year, step.value, step.low, step.high) for year, step in steps]
    name = found.reading.series.area.name
    measure = found.reading.measure
    return timeline_chart(
        Line(f"By the {best.name}", (*past, Moment(last.period, last.value), *ahead)),
        Line(
            f"{name}, published",
            (
                *(Moment(point.period, point.value, point.low95, point.high95) for point in found.run),
                *(Moment(year, None) for year in found.years),
            ),
        ),
        title=f"{name}, if it goes on",
        description=f"{found.reading.series.indicator}, {found.reading.who}.{unit_words(measure)} The band is the 95% "
        "interval that the errors of earlier years would have given; it stops where too few are known.",
        key=key,
        value_text=value_text(measure),
        tick_text=tick_text(measure),
    )


def _beside_title(reading: Reading) -> str:
    beside = ["England"] if reading.england and reading.england is not reading.point else []
    beside += ["its neighbours"] if reading.neighbours else []
    area = reading.series.area.name
    return (
        f"{area} beside {listed(beside)}, {reading.point.period}"
        if beside
        else f"{area}, {reading.point.period}"
    )


def value_text(measure: Measure) -> Callable[[float], str]:
    """Values beside marks: with a per cent sign, but without a long unit, which the words above give."""
    return measure.text if measure.unit == "%" else lambda value: number(value, measure.places)


def tick_text(measure: Measure) -> Callable[[float, int], str]:
    percent = "%" if measure.unit == "%" else ""
    return lambda value, places: f"{number(value, places)}{percent}"


def unit_words(measure: Measure) -> str:
    unit = measure.unit.strip()
    return "" if unit in ("", "%") else f" Values are {unit}."


def _place(row: IndicatorRow, role: Role) -> Place:
    return Place(row.area_name, row.value, row.low95, row.high95, role)


def _moment(period: str, row: IndicatorRow | None) -> Moment:
    return Moment(period, None) if row is None else Moment(period, row.value, row.low95, row.high95)
