"""A reading put on the thread: one dated finding in the lane of local data."""

from __future__ import annotations

from datetime import date

from wherewithal.analyse.needs.reading import Reading
from wherewithal.sources import fingertips
from wherewithal.thread import Finding, Input, Interval, Lane, Method, Source

METHOD = Method("area beside England and neighbours, with recent trend", "1")


def indicator_finding(
    reading: Reading,
    *,
    edition: str,
    on: date,
    link: str = "",
    made_up: bool = False,
    source: Source | None = None,
) -> Finding:
    """The finding that a reading makes.

    ``edition`` says in words which file the figures are from; ``on`` is today, and the finding is to be
    looked at again a year later, when most indicators have a new value. ``source`` stands in where the
    figures are not from Fingertips. The same figures give a finding with the same fingerprint, whichever file
    they came in.
    """
    key = reading.series.key
    point = reading.point
    made_up = made_up or reading.measure.made_up
    return Finding(
        lane=Lane.LOCAL_DATA,
        subject=f"needs:{key.indicator_id}:{key.area_code}:{key.sex}:{key.age}",
        title=f"{reading.series.indicator}, {reading.series.area.name}",
        statement=reading.statement,
        method=METHOD,
        inputs=(
            Input(
                f"figures of {reading.series.area.name}, England and neighbours", reading.inputs_fingerprint
            ),
        ),
        sources=(source or source_of(key.indicator_id, edition=edition, made_up=made_up),),
        found_on=on,
        look_again=_a_year_after(on),
        value=point.value,
        unit=reading.measure.unit.strip(),
        interval=Interval(point.low95, point.high95, "95% interval")
        if point.low95 is not None and point.high95 is not None
        else None,
        facts=_facts(reading),
        cautions=reading.cautions,
        link=link,
        made_up=made_up,
    )


def source_of(indicator_id: str, *, edition: str, made_up: bool = False) -> Source:
    """Where the figures of an indicator are from, for a reader who wants to look."""
    if made_up:
        return Source(
            key=f"needs:made-up:{indicator_id}",
            title="Demonstration figures, made up",
            edition=edition,
            licence="none needed: nobody published them",
        )
    return Source(
        key=f"fingertips:{indicator_id}",
        title=f"Fingertips, public health profiles, indicator {indicator_id}",
        url=fingertips.SITE,
        edition=edition,
        licence=fingertips.LICENCE,
    )


def _facts(reading: Reading) -> dict[str, str]:
    text = reading.measure.text
    point = reading.point
    value = "not published" if point.value is None else text(point.value)
    if point.low95 is not None and point.high95 is not None:
        value += f" ({reading.measure.range_text(point.low95, point.high95)})"
    facts = {"Period": point.period, "Value": value}
    if reading.england and reading.england.value is not None:
        facts["England"] = text(reading.england.value)
    if reading.neighbours:
        facts[f"Neighbours' {reading.neighbours.average_used}"] = text(reading.neighbours.average)
    facts["Beside England"] = reading.comparison.value
    facts["Recent trend"] = reading.trend.label
    return facts


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
