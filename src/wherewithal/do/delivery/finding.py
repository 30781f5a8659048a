"""A reading put on the thread: one dated finding in the lane of local data."""

from __future__ import annotations

from datetime import date

from wherewithal.do.delivery.measure import FigureKind
from wherewithal.do.delivery.reading import FEWEST_FAMILIES, Reading, ReadingKind
from wherewithal.plain_english import long_date
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of

METHOD = Method("outcome measure read once, with its interval", "1")


def subject_of(case: str, measure: str, kind: ReadingKind) -> str:
    """The subject under which a later reading of the same kind replaces an earlier one."""
    return f"delivery:{case}:{measure}:{kind}"


def reading_finding(
    reading: Reading,
    *,
    case: str,
    found_on: date,
    starts_on: date | None = None,
    judged_by: str = "",
    look_again: date | None = None,
    link: str = "",
    made_up: bool = False,
) -> Finding:
    """The finding that a reading makes.

    ``case`` is the case's stable key; ``starts_on`` the day the service starts, where it is known: a baseline
    measured after it carries a caution. ``judged_by`` names who recorded it. The facts hold the counts that a
    review needs to compare it with another reading: see ``wherewithal.review.outcomes.measured``. Where fewer
    than five families were measured, neither value nor counts are on the finding.
    """
    measure = reading.measure
    late = reading.kind is ReadingKind.BASELINE and starts_on is not None and reading.on > starts_on
    inputs = [
        Input(f"{reading.kind} of {measure.name}", fingerprint_of([reading.on, *_figures(reading)])),
        Input(
            "what is measured, and how",
            fingerprint_of([measure.name, measure.kind, measure.polarity, measure.unit, measure.how]),
        ),
    ]
    if late:
        inputs.append(Input("start of the service", fingerprint_of(starts_on)))
    return Finding(
        lane=Lane.LOCAL_DATA,
        subject=subject_of(case, measure.key, reading.kind),
        title=f"{measure.name}: {reading.kind}",
        statement=_statement(reading),
        method=METHOD,
        inputs=tuple(inputs),
        sources=_sources(reading, case, made_up),
        found_on=found_on,
        judged_by=judged_by,
        look_again=look_again,
        value=reading.value,
        unit=measure.shown_unit,
        interval=reading.interval,
        facts=_facts(reading),
        cautions=_cautions(reading, late),
        link=link,
        made_up=made_up,
    )


def _figures(reading: Reading) -> list[object]:
    # So few possible figures could be guessed from their hash: what is not shown is not hashed either.
    if reading.is_small:
        return [f"fewer than {FEWEST_FAMILIES}"]
    return [reading.families, reading.count, reading.mean, reading.sd]


def _statement(reading: Reading) -> str:
    when = f"{str(reading.kind).capitalize()}, {long_date(reading.on)}"
    if reading.is_small:
        return f"{when}: measured, {reading.words}."
    ranged = f", {reading.range_words}" if reading.range_words else ""
    polarity = str(reading.measure.polarity).capitalize()
    return f"{when}: {reading.words}{ranged}. {polarity}."


def _facts(reading: Reading) -> dict[str, str]:
    measure = reading.measure
    facts = {
        "Measure": measure.name,
        "Kind of figure": str(measure.kind),
        "Better": str(measure.polarity),
        "Measured on": long_date(reading.on),
        "How": measure.how,
    }
    if reading.is_small:
        return facts | {"Families": f"fewer than {FEWEST_FAMILIES}"}
    facts["Families"] = str(reading.families)
    if measure.kind is FigureKind.SHARE:
        facts["Counted"] = str(reading.count)
    else:
        facts["Mean"] = repr(reading.mean)
        if reading.sd is not None:
            facts["Standard deviation"] = repr(reading.sd)
    return facts


def _cautions(reading: Reading, late: bool) -> tuple[str, ...]:
    cautions = []
    if reading.is_small:
        cautions.append(
            f"Fewer than {FEWEST_FAMILIES} families: the figure is not shown, because it would say little and "
            "people could be recognised."
        )
    elif (
        reading.count is not None
        and 0 < min(reading.count, reading.families - reading.count) < FEWEST_FAMILIES
    ):
        cautions.append(
            f"One of the groups counted is smaller than {FEWEST_FAMILIES} families: take care that nobody can "
            "be recognised before this leaves the team."
        )
    if reading.mean is not None and reading.sd is None:
        cautions.append(
            "The spread of the scores (standard deviation) was not given, so there is no range around this "
            "average and no fair comparison with a later one."
        )
    if late:
        cautions.append("Measured after the service had started, so it may already show some of its effect.")
    if not reading.measure.validated:
        cautions.append("Not a validated instrument: nobody has shown that it measures what it is meant to.")
    return tuple(cautions)


def _sources(reading: Reading, case: str, made_up: bool) -> tuple[Source, ...]:
    measure = reading.measure
    own = Source(
        key=f"delivery:{case}:{measure.key}",
        title="Demonstration figures, made up" if made_up else f"Recorded for this case: {measure.how}",
        edition=long_date(reading.on),
    )
    if not measure.source:
        return (own,)
    return (
        own,
        Source(key=f"instrument:{measure.source.lower()}", title=measure.source, url=measure.source_url),
    )
