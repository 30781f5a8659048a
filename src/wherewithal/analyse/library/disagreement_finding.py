"""That registers disagree about a programme, and why, as a finding on the thread; and that they no longer do."""

from __future__ import annotations

from collections.abc import Sequence

from wherewithal.analyse.library.finding import OUR_READING, sources_of
from wherewithal.analyse.library.reading import ProgrammeReading, RegisterView
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
    views = [view for view in reading.views if not view.says.silent]
    return _finding(
        reading,
        views,
        title="registers disagree" if found.opposed else "registers differ",
        statement=f"{found.heading}. {_said(views)} {found.why} Their ratings are never averaged.",
    )


def settled_finding(reading: ProgrammeReading) -> Finding:
    """That registers no longer disagree about a programme, on the subject of their disagreement.

    For a thread that holds the disagreement: without it a sentence would go on resting on what is no longer so.
    Raises ValueError where they do disagree.
    """
    if reading.disagreement is not None:
        raise ValueError(f"registers disagree about {reading.programme.slug}")
    views = [view for view in reading.views if not view.says.silent]
    said = _said(views) if views else "No register says anything about it any more."
    return _finding(
        reading,
        views or reading.views,
        title="registers no longer disagree",
        statement=f"Registers no longer disagree about this programme. {said}",
    )


def _finding(
    reading: ProgrammeReading, views: Sequence[RegisterView], *, title: str, statement: str
) -> Finding:
    return Finding(
        lane=Lane.RESEARCH,
        subject=disagreement_subject(reading.programme.slug),
        title=f"{reading.programme.name}: {title}",
        statement=statement,
        method=METHOD,
        inputs=tuple(
            Input(f"{view.register.name}: {view.standing.row.programme}", view.standing.fingerprint)
            for view in views
        ),
        sources=sources_of(views),
        found_on=reading.today,
        look_again=reading.look_again,
        facts={
            view.register.name: view.native
            if view.says.silent
            else f"{view.native}; alone it would be {view.alone}"
            for view in views
        }
        | {OUR_READING: str(reading.band)},
        band=str(reading.band),
        cautions=reading.cautions,
        link=f"/library/programmes/{reading.programme.slug}/",
    )


def _said(views: Sequence[RegisterView]) -> str:
    """Each register's own rating with the date of its review."""
    each = (
        f"{view.register.name}: {view.native}{f' ({view.reviewed})' if view.reviewed else ''}"
        for view in views
    )
    return f"{'; '.join(each)}."
