"""How far a case has come: its decision, its next review, and what each stage has and lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wherewithal.thread.decision import State
from wherewithal.thread.stages import StageState, stages_of
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.models import Case, Decision
from wherewithal_web.cases.queries.thread import Line, stored_findings_of


def standing_decision(case: Case) -> Decision | None:
    """The newest decision that a second person confirmed."""
    return _newest_in(case, State.CONFIRMED)


def waiting_decision(case: Case) -> Decision | None:
    """The proposal that waits for a second person, if there is one."""
    return _newest_in(case, State.PROPOSED)


def _newest_in(case: Case, state: State) -> Decision | None:
    decisions = case.decisions.select_related("proposed_by").prefetch_related("steps__made_by")
    return next((decision for decision in decisions if decision.state is state), None)


def next_review(case: Case) -> date | None:
    """When the case is next reviewed: the day a room has set since, or the standing decision's own."""
    set_since = next((day for room in rooms() if (day := room.review_on(case))), None)
    decision = standing_decision(case)
    return set_since or (decision.review_on if decision else None)


def present_needs(case: Case, lines: list[Line]) -> set[str]:
    """The keys of ``thread.stages.NEEDS`` that this case already has, from itself and from every room."""
    lanes = {row.lane for row in stored_findings_of(case).values()}
    present = {key for key in ("local data", "research", "families' voice", "judgement") if key in lanes}
    if case.question.strip():
        present.add("question")
    if lines and all(line.lanes for line in lines):
        present.add("supported")
    decision = standing_decision(case)
    if decision:
        present |= {"decided", "review date"}
    for room in rooms():
        present |= set(room.present(case))
    return present


@dataclass(frozen=True)
class ToDo:
    """One thing the case still lacks, and where to put it right."""

    words: str
    href: str


def stages_and_needs(case: Case, lines: list[Line]) -> tuple[list[StageState], list[ToDo]]:
    """The four stages, and what is missing from the first of them that are not complete, with links."""
    stages = stages_of(present_needs(case, lines))
    links = {key: link for room in rooms() for key, link in room.need_links.items()}
    to_do = [
        ToDo(need.ask, links[need.key](case) if need.key in links else "")
        for stage in stages
        for need in stage.missing
    ]
    return stages, to_do
