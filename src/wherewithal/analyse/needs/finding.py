"""What figures say, put on the thread: dated findings in the lane of local data."""

from __future__ import annotations

from datetime import date

from wherewithal.analyse.needs.cohort import Cohort, Known, Step
from wherewithal.analyse.needs.figures import Area
from wherewithal.analyse.needs.inside import Gap, Parts, part_name
from wherewithal.analyse.needs.reading import Reading
from wherewithal.sources import explore_education, fingertips, lait, nomis
from wherewithal.thread import Finding, Input, Interval, Lane, Method, Source, fingerprint_of

COHORT_METHOD = Method("people after each step, ranges drawn and multiplied", "1")
PARTS_METHOD = Method("groups inside an area, the ends' intervals held against each other", "1")
METHOD = Method("area beside England and neighbours, with recent trend", "1")


def indicator_finding(
    reading: Reading,
    *,
    edition: str,
    on: date,
    link: str = "",
    made_up: bool = False,
    address: str = "",
) -> Finding:
    """The finding that a reading makes.

    ``edition`` says in words which file the figures are from; ``on`` is today, and the finding is to be looked at again
    a year later, when most indicators have a new value. ``address`` is where a service was asked for them, empty for a
    file that a person brought. The same figures give a finding with the same fingerprint, whichever file they came in.
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
        sources=(source_of(key.indicator_id, edition=edition, made_up=made_up, address=address),),
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


def cohort_finding(found: Cohort, area: Area, *, on: date, link: str = "") -> Finding:
    """The finding that a cohort makes: the people after its last step, and every step as a fact with its source."""
    last = found.last
    parts: list[Known | Step] = [found.start, *found.steps]
    return Finding(
        lane=Lane.LOCAL_DATA,
        subject=f"cohort:{area.code}:{fingerprint_of([part.name for part in parts])[:16]}",
        title=f"People in {area.name}: {last.name}",
        statement=found.statement,
        method=COHORT_METHOD,
        inputs=(
            Input("the people and every share", fingerprint_of([vars(part) for part in parts])),
            Input("draws and seed", fingerprint_of([found.draws, found.seed])),
        ),
        sources=tuple(
            Source(key=f"cohort:{fingerprint_of(source)[:16]}", title=source)
            for source in dict.fromkeys(part.source for part in parts if part.source)
        ),
        found_on=on,
        look_again=_a_year_after(on),
        value=last.value,
        unit="people",
        interval=Interval(last.low, last.high, "95% range"),
        facts={stage.name[:80]: stage.words for stage in found.stages},
        cautions=found.cautions,
        link=link,
    )


def parts_finding(
    reading: Reading,
    parts: Parts,
    gap: Gap | None,
    *,
    edition: str,
    on: date,
    link: str = "",
    made_up: bool = False,
    address: str = "",
) -> Finding:
    """The finding that a difference inside an area makes: its two ends, and the slope index for deprivation."""
    key = reading.series.key
    text = reading.measure.text
    slope = gap.found if gap else None
    return Finding(
        lane=Lane.LOCAL_DATA,
        subject=f"needs-parts:{key.indicator_id}:{key.area_code}:{key.sex}:{key.age}:{parts.kind}",
        title=f"{reading.series.indicator}, {parts.whose}: {parts.kind.lower()}",
        statement=f"{parts.words}{f' {gap.words}' if gap else ''}",
        method=PARTS_METHOD,
        inputs=(
            Input(
                f"figures of the parts of {parts.whose}",
                fingerprint_of(sorted([list(row.key), list(row.figures)] for row in parts.rows)),
            ),
        ),
        sources=(source_of(key.indicator_id, edition=edition, made_up=made_up, address=address),),
        found_on=on,
        look_again=_a_year_after(on),
        value=slope.slope if slope else None,
        unit=reading.measure.unit.strip() if slope else "",
        interval=Interval(*slope.slope_interval, "95% interval of the slope index") if slope else None,
        facts={part_name(row): text(row.value or 0.0) for row in parts.rows},
        cautions=()
        if parts.apart
        else (
            "The intervals of the two ends overlap or are not published, so the difference may be chance.",
        ),
        link=link,
        made_up=made_up,
    )


def source_of(indicator_id: str, *, edition: str, made_up: bool = False, address: str = "") -> Source:
    """Where the figures of an indicator are from, for a reader who wants to look.

    An identifier begins with its publisher, Fingertips' own numbers apart. ``address`` is where a service was asked.
    """
    if made_up:
        return Source(
            key=f"needs:made-up:{indicator_id}",
            title="Demonstration figures, made up",
            edition=edition,
            licence="none needed: nobody published them",
        )
    publisher, colon, _ = indicator_id.partition(":")
    if publisher == "own" and colon:
        return Source(
            key=f"needs:{indicator_id}",
            title="Figures of our own",
            edition=edition,
            licence="as agreed with whoever gave them",
        )
    title, site = _PUBLISHERS.get(
        publisher if colon else "",
        (f"Fingertips, public health profiles, indicator {indicator_id}", fingertips.SITE),
    )
    return Source(
        key=f"needs:{indicator_id}" if colon else f"fingertips:{indicator_id}",
        title=title,
        url=address or site,
        edition=edition,
        licence=fingertips.LICENCE,
    )


_PUBLISHERS = {
    "dfe": (
        "Department for Education, Explore Education Statistics: rates worked out here from its counts",
        explore_education.SITE,
    ),
    "ees": ("Department for Education, Explore Education Statistics", explore_education.SITE),
    "lait": ("Department for Education, local authority interactive tool", lait.SITE),
    "nomis": ("Office for National Statistics, through Nomis", nomis.SITE),
}
"""Title and site of each publisher, by the beginning of its identifiers. All under the Open Government Licence."""


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
