"""One programme: what registers say of it, its family, and what rests on it. Everyone who signs in sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.analyse.library import Programme as PureProgramme
from wherewithal.analyse.library import (
    ProgrammeReading,
    Rating,
    Standing,
    catalogue,
    read_programme,
    subject_of,
)
from wherewithal_web.analyse.library.models import Programme
from wherewithal_web.analyse.library.queries.standing import standings
from wherewithal_web.cases.models import Case, Decision
from wherewithal_web.cases.queries import Line, cases_seen_by, lines_of, standing_decision
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


def identity_of(rows: Sequence[Standing[Rating]]) -> PureProgramme:
    """The programme that these rows are about."""
    return catalogue().match(rows[0].register, rows[0].row.programme).programme


def reading_of(slug: str) -> ProgrammeReading | None:
    """What registers say about a programme today, or None where there is no such programme."""
    rows = standings([slug]).get(slug)
    return read_programme(identity_of(rows), rows, today=today()) if rows else None


def family_of(programme: Programme) -> list[Programme]:
    """The other members of its family."""
    if not programme.family:
        return []
    return list(Programme.objects.filter(family=programme.family).exclude(pk=programme.pk))


@dataclass(frozen=True)
class Rests:
    """What rests on one finding in one case: sentences, and the decision if one was made on it."""

    case: Case
    lines: tuple[Line, ...]
    decision: Decision | None


def what_rests_on(slug: str, user: User) -> list[Rests]:
    """The cases this person may see that have the programme on their thread."""
    return resting_on(subject_of(slug), user)


def resting_on(subject: str, user: User) -> list[Rests]:
    """The cases this person may see that have a finding of this subject on their thread."""
    cases = cases_seen_by(user).filter(findings__finding__subject=subject).distinct()
    found = []
    for case in cases:
        lines = tuple(
            line for line in lines_of(case) if any(stored.subject == subject for stored in line.findings)
        )
        decision = standing_decision(case)
        decided_on = decision is not None and any(
            finding.subject == subject for finding in decision.snapshot.findings
        )
        found.append(Rests(case, lines, decision if decided_on else None))
    return found
