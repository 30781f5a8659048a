"""What the library would say of each subject on a thread, and what an edition not yet applied does to that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.analyse.library import (
    Edition,
    Entry,
    Row,
    catalogue,
    read_programme,
    reading_finding,
    registers,
    subject_of,
)
from wherewithal.analyse.library.disagreement_finding import (
    disagreement_finding,
    disagreement_subject,
    settled_finding,
)
from wherewithal.analyse.library.entry_finding import entry_finding, entry_subject
from wherewithal.thread import Finding
from wherewithal.thread.drift import what_changed
from wherewithal_web.analyse.library.models import StoredRating
from wherewithal_web.analyse.library.queries.programmes import identity_of
from wherewithal_web.analyse.library.queries.standing import entries_of, standings
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.clock import today


@dataclass(frozen=True)
class Effect:
    """One thing on a thread that an edition changes, and how."""

    subject: str
    name: str
    words: str


def subjects_on_threads(changed: Iterable[str], coming: Iterable[Edition[Row]] = ()) -> list[str]:
    """The subjects on some thread that the editions of these registers (by key) have a say in."""
    changed = set(changed)
    slugs: dict[str, set[str]] = {key: set() for key in changed}
    held = StoredRating.objects.filter(edition__register__in=changed)
    for key, slug in held.values_list("edition__register", "slug").distinct():
        slugs[key].add(slug)
    names = catalogue()
    for edition in coming:
        for row in edition.rows:
            entry = isinstance(row, Entry)
            slug = row.slug if entry else names.match(edition.register, row.programme).programme.slug
            slugs[edition.register].add(slug)
    concerned = {
        subject
        for key, touched in slugs.items()
        for slug in touched
        for subject in (
            (subject_of(slug), disagreement_subject(slug))
            if registers()[key].rates
            else (entry_subject(key, slug),)
        )
    }
    there = StoredFinding.objects.filter(case=None, subject__startswith="library:")
    return sorted(concerned & set(there.values_list("subject", flat=True)))


def findings_now(
    subjects: Iterable[str], coming: Sequence[Edition[Row]] = (), *, on: date | None = None
) -> dict[str, Finding]:
    """The finding on each of these subjects of programmes and entries as it stands today.

    ``coming`` are editions not yet applied, taken as if they were.
    """
    wanted, day = set(subjects), on or today()
    return {**_of_programmes(wanted, coming, day), **_of_entries(wanted, coming, day)}


def _of_programmes(wanted: Collection[str], coming: Sequence[Edition[Row]], day: date) -> dict[str, Finding]:
    kinds = (subject_of(""), disagreement_subject(""))
    slugs = {subject.removeprefix(kind) for subject in wanted for kind in kinds if subject.startswith(kind)}
    ratings = [edition for edition in coming if registers()[edition.register].rates]
    found = {}
    for slug, rows in (standings(slugs, coming=ratings) if slugs else {}).items():
        if subject_of(slug) in wanted:
            found[subject_of(slug)] = reading_finding(identity_of(rows), rows, today=day)
        if disagreement_subject(slug) in wanted:
            reading = read_programme(identity_of(rows), rows, today=day)
            found[disagreement_subject(slug)] = disagreement_finding(reading) or settled_finding(reading)
    return found


def _of_entries(wanted: Collection[str], coming: Sequence[Edition[Row]], day: date) -> dict[str, Finding]:
    found = {}
    for key, register in registers().items():
        slugs = [
            subject.removeprefix(entry_subject(key, ""))
            for subject in wanted
            if subject.startswith(entry_subject(key, ""))
        ]
        if not slugs or register.rates:
            continue
        edition = next((edition for edition in coming if edition.register == key), None)
        rows = entries_of(key, coming=edition)
        for slug in slugs:
            if slug in rows:
                found[entry_subject(key, slug)] = entry_finding(register, rows[slug], today=day)
    return found


def effects_of(editions: Sequence[Edition[Row]]) -> list[Effect]:
    """What would change on threads if these editions were applied together, by name."""
    subjects = subjects_on_threads({edition.register for edition in editions}, editions)
    newest = {
        row.subject: row
        for row in StoredFinding.objects.filter(case=None, subject__in=subjects).order_by("pk")
    }
    effects = []
    for subject, finding in findings_now(subjects, editions).items():
        was = newest[subject]
        if finding.fingerprint != was.fingerprint:
            effects.append(Effect(subject, finding.title, what_changed(was.finding, finding)))
    return sorted(effects, key=lambda effect: (effect.name.casefold(), effect.subject))
