"""What an edition would do to threads if it were applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.analyse.library import Edition, Rating, reading_finding, subject_of
from wherewithal.thread.drift import what_changed
from wherewithal_web.analyse.library.queries.programmes import identity_of
from wherewithal_web.analyse.library.queries.standing import standings
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.clock import today


@dataclass(frozen=True)
class Effect:
    """One programme on a thread whose reading an edition changes, and how."""

    name: str
    words: str


def effects_of(edition: Edition[Rating], slugs: Iterable[str]) -> list[Effect]:
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
