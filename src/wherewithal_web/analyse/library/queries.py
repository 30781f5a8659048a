"""Reading the library: what stands today, and what a person searches for. Everyone who signs in sees all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wherewithal.analyse.library import (
    Edition,
    ProgrammeReading,
    Register,
    Standing,
    catalogue,
    read_programme,
    reading_finding,
    registers,
    standing,
    subject_of,
)
from wherewithal.analyse.library import (
    Programme as PureProgramme,
)
from wherewithal.thread.drift import what_changed
from wherewithal_web.analyse.library.models import Programme, StoredEdition, StoredRating
from wherewithal_web.cases.models import Case, Decision, StoredFinding
from wherewithal_web.cases.queries import Line, cases_seen_by, lines_of, standing_decision
from wherewithal_web.clock import today
from wherewithal_web.people.models import User

# --- editions -------------------------------------------------------------------------------------------


def held_registers() -> dict[str, Register]:
    """The registers of which there is a copy here, in their usual order."""
    held = set(StoredEdition.objects.values_list("register", flat=True))
    return {key: register for key, register in registers().items() if key in held}


def newest_editions() -> dict[str, StoredEdition]:
    """The newest edition of each register that is held, by key."""
    newest = {row.register: row for row in StoredEdition.objects.order_by("date")}
    return {key: newest[key] for key in registers() if key in newest}


def editions_of(register: str, slugs: Iterable[str] | None = None) -> list[Edition]:
    """Every edition of a register with its rows (only those about ``slugs``, if given), oldest first."""
    return _pure_editions(StoredEdition.objects.filter(register=register).order_by("date"), slugs)


def whole_edition(stored: StoredEdition) -> Edition:
    """One edition with all its rows."""
    (edition,) = _pure_editions([stored], None)
    return edition


def _pure_editions(stored: Iterable[StoredEdition], slugs: Iterable[str] | None) -> list[Edition]:
    stored = list(stored)
    rows: dict[int, list] = defaultdict(list)
    wanted = StoredRating.objects.filter(edition__in=stored)
    if slugs is not None:
        wanted = wanted.filter(slug__in=list(slugs))
    for row in wanted:
        rows[row.edition_id].append(row.rating)
    return [each.edition(tuple(rows[each.pk])) for each in stored]


def standings(
    slugs: Iterable[str] | None = None, *, coming: Edition | None = None
) -> dict[str, list[Standing]]:
    """What registers say today, by the programme's slug: all of them, or those in ``slugs``.

    ``coming`` is an edition not yet applied, taken as if it were.
    """
    names = catalogue()
    wanted = None if slugs is None else set(slugs)
    found: dict[str, list[Standing]] = defaultdict(list)
    by_register: dict[str, list[Edition]] = defaultdict(list)
    for edition in _pure_editions(StoredEdition.objects.order_by("date"), wanted):
        by_register[edition.register].append(edition)
    if coming is not None:
        by_register[coming.register].append(coming)
    for key in registers():
        for row in standing(by_register[key]).values():
            slug = names.match(key, row.row.programme).programme.slug
            if wanted is None or slug in wanted:
                found[slug].append(row)
    return dict(found)


# --- one programme --------------------------------------------------------------------------------------


def identity_of(rows: Sequence[Standing]) -> PureProgramme:
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
    """What rests on a programme's reading in one case: sentences, and the decision if one was made on it."""

    case: Case
    lines: tuple[Line, ...]
    decision: Decision | None


def what_rests_on(slug: str, user: User) -> list[Rests]:
    """The cases this person may see that have the programme on their thread."""
    subject = subject_of(slug)
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


# --- what an edition would do ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Effect:
    """One programme on a thread whose reading an edition changes, and how."""

    name: str
    words: str


def effects_of(edition: Edition, slugs: Iterable[str]) -> list[Effect]:
    """What would change on threads if ``edition`` were applied; ``slugs`` are the programmes it touches."""
    subjects = {subject_of(slug): slug for slug in slugs}
    newest: dict[str, StoredFinding] = {}
    for row in StoredFinding.objects.filter(case=None, subject__in=subjects).order_by("pk"):
        newest[row.subject] = row
    then = standings([subjects[subject] for subject in newest], coming=edition)
    effects = []
    for subject, row in newest.items():
        rows = then[subjects[subject]]
        finding = reading_finding(identity_of(rows), rows, today=today())
        if finding.fingerprint != row.fingerprint:
            effects.append(Effect(finding.title, what_changed(row.finding, finding)))
    return effects
