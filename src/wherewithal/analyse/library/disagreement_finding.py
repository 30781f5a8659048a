"""That registers disagree about a programme, and why, as a finding on the thread."""

from __future__ import annotations

from wherewithal.analyse.library.finding import OUR_READING, sources_of
from wherewithal.analyse.library.reading import ProgrammeReading
from wherewithal.analyse.library.rules import RULES_VERSION
from wherewithal.thread import Finding, Input, Lane, Method

METHOD = Method("library disagreement", RULES_VERSION)


def disagreement_subject(slug: str) -> str:
    """The subject under which what registers disagree about follows one another on the thread."""
    return f"library:disagreement:{slug}"


def disagreement_finding(reading: ProgrammeReading) -> Finding | None:
    """What the registers disagree about and what each one asks for, in the research lane; None where they do not.

    It rests on the rows of the registers that say something: one that says nothing either way disagrees with nobody.
    """
    found = reading.disagreement
    if found is None:
        return None
    views = tuple(view for view in reading.views if not view.says.silent)
    said = "; ".join(
        f"{view.register.name}: {view.native}{f' ({view.reviewed})' if view.reviewed else ''}"
        for view in views
    )
    return Finding(
        lane=Lane.RESEARCH,
        subject=disagreement_subject(reading.programme.slug),
        title=f"{reading.programme.name}: {'registers disagree' if found.opposed else 'registers differ'}",
        statement=f"{found.heading}. {said}. {found.why} Their ratings are never averaged.",
        method=METHOD,
        inputs=tuple(
            Input(f"{view.register.name}: {view.standing.row.programme}", view.standing.fingerprint)
            for view in views
        ),
        sources=sources_of(views),
        found_on=reading.today,
        look_again=reading.look_again,
        facts={view.register.name: f"{view.native}; alone it would be {view.alone}" for view in views}
        | {OUR_READING: str(reading.band)},
        band=str(reading.band),
        cautions=reading.cautions,
        link=f"/library/programmes/{reading.programme.slug}/",
    )
