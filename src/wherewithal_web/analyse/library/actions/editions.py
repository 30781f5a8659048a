"""Register editions: read, compared, applied whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from wherewithal.analyse.library import (
    Catalogue,
    Difference,
    Edition,
    Entry,
    Row,
    as_it_stands,
    catalogue,
    compare_editions,
    read_edition,
    reading_finding,
    registers,
    starter_editions,
    subject_of,
)
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal.sources.files import TextFile
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.actions.listing import list_programmes
from wherewithal_web.analyse.library.models import StoredEdition, StoredRating
from wherewithal_web.analyse.library.searching import refresh_search
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import refresh_finding
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@dataclass(frozen=True)
class Loaded:
    """A register file, read and compared with what stands. Nothing has been stored.

    ``slugs`` are the programmes it touches; ``effects`` what it would change on threads.
    """

    edition: Edition
    difference: Difference
    slugs: frozenset[str]
    effects: tuple[queries.Effect, ...]


@dataclass(frozen=True)
class Applied:
    """What applying an edition did. ``refreshed`` are the newer findings that it brought to threads."""

    stored: StoredEdition
    difference: Difference
    refreshed: tuple[StoredFinding, ...]


def load_edition(
    *, file: TextFile, register: str, edition_date: date, complete: bool = True, origin: str = ""
) -> Loaded:
    """Read a register file and say what it would change. Stores nothing.

    Raises BadInput with every problem in the file, and where an edition of that day is already held.
    """
    edition = read_edition(
        file,
        registers()[register],
        edition_date=edition_date,
        today=today(),
        complete=complete,
        origin=origin,
    )
    _require_new(edition)
    difference = compare_editions(as_it_stands(queries.editions_of(register)), edition)
    slugs = frozenset(_touched(difference))
    effects = queries.effects_of(edition, slugs) if registers()[register].rates else []
    return Loaded(edition, difference, slugs, tuple(effects))


def _require_new(edition: Edition) -> None:
    if StoredEdition.objects.filter(register=edition.register, date=edition.date).exists():
        raise _already_held(edition)


def _already_held(edition: Edition) -> BadInput:
    name = registers()[edition.register].name
    return BadInput(
        f"There is already an edition of {name} of {long_date(edition.date)}. Nothing was changed.",
        [
            Problem(
                "the edition's date",
                long_date(edition.date),
                "a day of which no edition is held",
                "Editions are kept as they came. If this copy is newer, give its own day.",
            )
        ],
    )


def _touched(difference: Difference) -> Iterable[str]:
    names = catalogue()
    rows = [
        *difference.added,
        *(changed.now for changed in difference.changed),
        *difference.withdrawn,
        *difference.unchanged,
    ]
    return (_slug(names, difference.new.register, row) for row in rows)


def _slug(names: Catalogue, register: str, row: Row) -> str:
    """The programme that a rating is about, or the entry itself."""
    return row.slug if isinstance(row, Entry) else names.match(register, row.programme).programme.slug


@transaction.atomic
def apply_edition(*, by: User, edition: Edition, file_name: str = "") -> Applied:
    """Store an edition, list its programmes anew and bring newer readings to every thread concerned.

    Raises Refused where the person may not bring in registers, BadInput where that day's edition is held.
    """
    require(may(by, Permission.CURATE))
    _require_new(edition)
    stored, difference = _store(by, edition, file_name)
    register = registers()[edition.register]
    slugs = set(_touched(difference)) if register.rates else set()
    list_programmes(slugs)
    refresh_search(programmes=slugs, lists=() if register.rates else (register.key,))
    refreshed = _refresh(by, slugs)
    record(
        by=by,
        action="library.apply_edition",
        summary=f"brought in {register.name} ({edition.when}): {difference.words}",
        details={
            "register": edition.register,
            "date": edition.date.isoformat(),
            "sha256": edition.sha256,
            "findings": [row.fingerprint for row in refreshed],
        },
    )
    return Applied(stored, difference, tuple(refreshed))


def _store(by: User, edition: Edition, file_name: str) -> tuple[StoredEdition, Difference]:
    difference = compare_editions(as_it_stands(queries.editions_of(edition.register)), edition)
    try:
        with transaction.atomic():
            stored = StoredEdition.objects.create(
                register=edition.register,
                date=edition.date,
                as_of=edition.as_of,
                complete=edition.complete,
                origin=edition.origin,
                sha256=edition.sha256,
                file_name=file_name[:200],
                row_count=len(edition.rows),
                difference=difference.words,
                added_by=by,
            )
    except IntegrityError as error:  # somebody else was first, a moment ago
        raise _already_held(edition) from error
    names = catalogue()
    StoredRating.objects.bulk_create(
        StoredRating(
            edition=stored,
            slug=_slug(names, edition.register, row),
            body=row.as_dict(),
        )
        for row in edition.rows
    )
    return stored, difference


def _refresh(by: User, slugs: Iterable[str]) -> list[StoredFinding]:
    """Newer readings for the programmes that are on some thread, where their facts changed."""
    subjects = {subject_of(slug): slug for slug in slugs}
    on_threads = set(
        StoredFinding.objects.filter(case=None, subject__in=subjects).values_list("subject", flat=True)
    )
    rows = queries.standings([subjects[subject] for subject in on_threads])
    refreshed = []
    for subject in sorted(on_threads):
        found = rows[subjects[subject]]
        finding = reading_finding(queries.identity_of(found), found, today=today())
        stored = refresh_finding(by=by, finding=finding)
        if stored is not None:
            refreshed.append(stored)
    return refreshed


@transaction.atomic
def load_starter_editions(*, by: User, up_to: Mapping[str, date] | None = None) -> list[StoredEdition]:
    """Bring in the editions that come with the product, leaving out those already held.

    ``up_to`` names, by register key, the day of the last edition wanted of it.
    """
    require(may(by, Permission.CURATE))
    held = set(StoredEdition.objects.values_list("register", "date"))
    brought = []
    for edition in starter_editions(up_to):
        if (edition.register, edition.date) not in held:
            stored, _difference = _store(by, edition, f"{edition.register}/{edition.date}.csv")
            brought.append(stored)
    if not brought:
        return []
    rating = [stored for stored in brought if stored.register_now.rates]
    slugs = set(StoredRating.objects.filter(edition__in=rating).values_list("slug", flat=True))
    list_programmes(slugs)
    refresh_search(
        programmes=slugs, lists={stored.register for stored in brought if not stored.register_now.rates}
    )
    _refresh(by, slugs)
    record(
        by=by,
        action="library.load_starter_editions",
        summary=f"brought in {counted(len(brought), 'register edition')} that come with Wherewithal",
        details={"editions": [f"{row.register} {row.date}" for row in brought]},
    )
    return brought
