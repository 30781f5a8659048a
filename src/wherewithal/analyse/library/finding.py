"""A programme's reading as a finding on the thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wherewithal.analyse.library.difference import Standing
from wherewithal.analyse.library.papers import paper_sources
from wherewithal.analyse.library.programme import Catalogue, Programme
from wherewithal.analyse.library.rating import Rating
from wherewithal.analyse.library.reading import ProgrammeReading, RegisterView, read_programme
from wherewithal.analyse.library.rules import RULES_VERSION
from wherewithal.thread import Finding, Input, Lane, Method, Source

METHOD = Method("library reading", RULES_VERSION)
OUR_READING = "Our reading"


def subject_of(slug: str) -> str:
    """The subject under which a programme's readings follow one another on the thread."""
    return f"library:programme:{slug}"


def reading_finding(
    programme: Programme,
    standings: Sequence[Standing[Rating]],
    *,
    today: date,
    names: Catalogue | None = None,
) -> Finding:
    """What registers say about ``programme`` today, as a finding in the research lane.

    Its inputs are the facts of each register's row, so an edition that leaves them unchanged gives the same
    finding. Raises ValueError where there is no row.
    """
    return finding_of(read_programme(programme, standings, today=today, names=names))


def finding_of(reading: ProgrammeReading) -> Finding:
    """The finding of a reading already made."""
    facts = dict(_fact(view) for view in reading.views)
    return Finding(
        lane=Lane.RESEARCH,
        subject=subject_of(reading.programme.slug),
        title=reading.programme.name,
        statement=_statement(reading),
        method=METHOD,
        inputs=tuple(
            Input(f"{view.register.name}: {view.standing.row.programme}", view.standing.fingerprint)
            for view in reading.views
        ),
        sources=sources_of(reading.views),
        found_on=reading.today,
        look_again=reading.look_again,
        facts=facts | {OUR_READING: str(reading.band)},
        band=str(reading.band),
        cautions=tuple(_cautions(reading)),
        link=f"/library/programmes/{reading.programme.slug}/",
    )


def sources_of(views: Sequence[RegisterView]) -> tuple[Source, ...]:
    """Each register with its row's link, the date of its review and of our copy; then the papers they link to."""
    registers = (
        Source(
            key=f"register:{view.register.key}",
            title=view.register.name,
            url=view.standing.row.link,
            edition=_edition(view),
            licence=view.register.licence,
        )
        for view in views
    )
    papers = paper_sources(
        (f"{view.register.name}: {view.standing.row.programme}", address)
        for view in views
        for address in (view.standing.row.link, view.standing.row.also_see)
    )
    return (*registers, *papers)


def _cautions(reading: ProgrammeReading) -> list[str]:
    """Short enough to stand under a sentence: where several registers speak, their notes stay on the page."""
    cautions = list(reading.cautions)
    if reading.disagreement:
        opposed = reading.disagreement.opposed
        cautions.insert(0, "Registers disagree." if opposed else "Registers differ in how sure they are.")
    notes = [view.standing.row.caveat for view in reading.views if view.standing.row.caveat]
    if len(reading.views) == 1:
        cautions.extend(notes)
    elif notes:
        cautions.append("Notes on how each rating was read are on the programme's page.")
    return cautions


def _fact(view: RegisterView) -> tuple[str, str]:
    return view.register.name, view.native


def _edition(view: RegisterView) -> str:
    reviewed = f"reviewed {view.reviewed}; " if view.reviewed else ""
    return f"{reviewed}{view.standing.edition.when}"


def _statement(reading: ProgrammeReading) -> str:
    """Each register's own rating with its date, UK test, ages, then our reading and its reason."""
    said = "; ".join(_said(view) for view in reading.views if not view.says.silent)
    parts = []
    if said:
        parts.append(f"{said}.")
    if any(view.standing.row.uk_tested == "yes" for view in reading.views):
        parts.append("Tested in the UK.")
    evaluated = reading.ages_evaluated
    if evaluated:
        parts.append(f"Ages as evaluated: {', '.join(dict.fromkeys(ages for _, ages in evaluated))}.")
    elif reading.ages_offered:
        offered = ", ".join(dict.fromkeys(ages for _, ages in reading.ages_offered))
        parts.append(f"Offered at ages {offered}." if offered[0].isdigit() else f"For: {offered}.")
    parts.append(f"Our reading is {reading.band}, because {reading.rule.because}.")
    return " ".join(parts)


def _said(view: RegisterView) -> str:
    colon = ":" if view.register.kind == "single studies" else ""
    return f"{view.register.name}{colon} {view.native}" + (f" ({view.reviewed})" if view.reviewed else "")
