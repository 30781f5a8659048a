"""A case's paper as it reads now: composed each time it is asked for, never stored."""

from __future__ import annotations

from wherewithal.plain_english import listed, long_date
from wherewithal.plan import papers as library
from wherewithal.thread.sections import SECTIONS
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import (
    lines_of,
    present_needs,
    stages_and_needs,
    standing_decision,
    stored_findings_of,
)
from wherewithal_web.clock import today
from wherewithal_web.plan.papers.models import Paper

NO_GAP = {"paper", "supported", "decided", "result", "verdict"}
"""Needs that a reader of the paper sees for themselves, or that come after the decision: no gap in it."""


def paper_of(case: Case) -> Paper | None:
    """The case's paper, if somebody has started it."""
    return Paper.objects.filter(case=case).select_related("started_by").first()


def composed(paper: Paper) -> library.Paper:
    """The paper as it reads today: every sentence of the case, what it rests on, and what changed."""
    case = paper.case
    lines = lines_of(case)
    findings = {row.fingerprint: row.finding for row in stored_findings_of(case).values()}
    stages, _to_do = stages_and_needs(case, lines)
    missing = [
        f"{state.stage}: {need.missing}."
        for state in stages
        for need in state.missing
        if need.key not in NO_GAP
    ]
    return library.compose(
        library.named_template(paper.template),
        title=case.title,
        question=case.question,
        claims=[line.claim for line in lines],
        findings=findings,
        written_on=today(),
        meta=_meta(case),
        drift=[each for line in lines for each in line.drift],
        tables=_tables(case),
        in_place=present_needs(case, lines),
        missing=missing,
        made_up=library.MADE_UP if case.made_up_figures else "",
    )


def _meta(case: Case) -> list[tuple[str, str]]:
    lines = []
    decision = standing_decision(case)
    when = long_date(case.decision_due) if case.decision_due else ""
    body = ", ".join(words for words in (case.decision_body, when) if words)
    if body:
        lines.append(("For decision by", body))
    partners = [partner.name for partner in case.partners.all()]
    with_partners = f" with {listed(partners)}" if partners else ""
    lines.append(("Written by", f"{case.organisation.name}{with_partners}"))
    if case.area_name:
        lines.append(("Area", case.area_name))
    if decision:
        lines.append(
            (
                "Decided",
                f"{decision.option}, {long_date(decision.decided_on)}; to be reviewed on "
                f"{long_date(decision.review_on)}",
            )
        )
    return lines


def _tables(case: Case) -> list[library.Table]:
    known = {section.key for section in SECTIONS}
    return [
        library.Table(table.section, table.title, table.columns, table.rows, table.notes)
        for room in rooms()
        for table in room.tables(case)
        if table.section in known
    ]
