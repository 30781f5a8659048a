"""Everything that changes the library. An edition is applied whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from wherewithal.analyse.library import (
    Difference,
    Edition,
    as_it_stands,
    catalogue,
    compare_editions,
    read_edition,
    read_programme,
    reading_finding,
    registers,
    starter_editions,
    subject_of,
)
from wherewithal.analyse.library.ages import read_ages
from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal.sources.files import TextFile
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import (
    Programme,
    RegisterLine,
    StoredEdition,
    StoredRating,
    WaitingEdition,
)
from wherewithal_web.analyse.library.search import fold
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import add_finding, refresh_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission

WAITING_FOR = timedelta(days=1)
"""How long a file that nobody accepted is kept."""


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
    return Loaded(edition, difference, slugs, tuple(queries.effects_of(edition, slugs)))


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
    return (names.match(difference.new.register, row.programme).programme.slug for row in rows)


@transaction.atomic
def apply_edition(*, by: User, edition: Edition, file_name: str = "") -> Applied:
    """Store an edition, list its programmes anew and bring newer readings to every thread concerned.

    Raises Refused where the person may not bring in registers, BadInput where that day's edition is held.
    """
    require(may(by, Permission.CURATE))
    _require_new(edition)
    stored, difference = _store(by, edition, file_name)
    slugs = set(_touched(difference))
    list_programmes(slugs)
    refreshed = _refresh(by, slugs)
    register = registers()[edition.register]
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
            slug=names.match(edition.register, row.programme).programme.slug,
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
    slugs = set(StoredRating.objects.filter(edition__in=brought).values_list("slug", flat=True))
    list_programmes(slugs)
    _refresh(by, slugs)
    record(
        by=by,
        action="library.load_starter_editions",
        summary=f"brought in {counted(len(brought), 'register edition')} that come with Wherewithal",
        details={"editions": [f"{row.register} {row.date}" for row in brought]},
    )
    return brought


def list_programmes(slugs: Iterable[str]) -> None:
    """Make the listing of these programmes anew from what stands. Called inside an action's transaction."""
    listed, lines = [], {}
    for slug, rows in queries.standings(slugs).items():
        reading = read_programme(queries.identity_of(rows), rows, today=today())
        programme = reading.programme
        ages = [
            found
            for row in rows
            for text in (row.row.ages_offered, row.row.ages_evaluated)
            if (found := read_ages(text))
        ]
        family = programme.family
        names = [programme.name, *(row.row.programme for row in rows)]
        said = [*names, slug, *reading.outcomes, family.name if family else ""]
        said += [text for row in rows for text in (row.row.targeting, row.row.delivery)]
        listed.append(
            Programme(
                slug=slug,
                name=programme.name,
                family=family.key if family else "",
                family_name=family.name if family else "",
                band=reading.band.value,
                disagree=bool(reading.disagreement and reading.disagreement.opposed),
                outcomes="; ".join(reading.outcomes),
                youngest=min((low for low, _high in ages), default=None),
                oldest=max((high for _low, high in ages), default=None),
                named=_words(names),
                searched=_words(said),
            )
        )
        lines[slug] = reading.views
    changing = [field.name for field in Programme._meta.fields if field.name not in ("id", "slug")]
    Programme.objects.bulk_create(
        listed, update_conflicts=True, unique_fields=["slug"], update_fields=changing
    )
    now = Programme.objects.in_bulk(list(lines), field_name="slug")
    RegisterLine.objects.filter(programme__in=now.values()).delete()
    RegisterLine.objects.bulk_create(
        RegisterLine(
            programme=now[slug],
            register=view.register.key,
            native=view.native,
            reviewed=view.reviewed,
            silent=view.says.silent,
        )
        for slug, views in lines.items()
        for view in views
    )


def _words(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in fold(text).split()))


@transaction.atomic
def keep_for_a_look(
    *, by: User, file: TextFile, register: str, edition_date: date, complete: bool = True, origin: str = ""
) -> WaitingEdition:
    """Keep a file that was read without a problem until its bringer accepts or leaves it.

    Raises BadInput with every problem in it; then nothing is kept.
    """
    require(may(by, Permission.CURATE))
    load_edition(file=file, register=register, edition_date=edition_date, complete=complete, origin=origin)
    WaitingEdition.objects.filter(added_at__lt=timezone.now() - WAITING_FOR).delete()
    return WaitingEdition.objects.create(
        register=register,
        date=edition_date,
        complete=complete,
        origin=origin,
        file_name=file.name[:200],
        text=file.text,
        added_by=by,
    )


def load_waiting(waiting: WaitingEdition) -> Loaded:
    """Read a kept file again and compare it with what stands now."""
    file = _text_file(waiting)
    return load_edition(
        file=file,
        register=waiting.register,
        edition_date=waiting.date,
        complete=waiting.complete,
        origin=waiting.origin,
    )


def _text_file(waiting: WaitingEdition) -> TextFile:
    data = waiting.text.encode()
    return TextFile(waiting.file_name, waiting.text, "utf-8", sha256(data).hexdigest(), len(data))


@transaction.atomic
def accept_edition(*, by: User, waiting: WaitingEdition) -> Applied:
    """Apply a kept file. Read again first: another edition may have come in between."""
    require(may(by, Permission.CURATE))
    loaded = load_waiting(waiting)
    applied = apply_edition(by=by, edition=loaded.edition, file_name=waiting.file_name)
    waiting.delete()
    return applied


@transaction.atomic
def leave_edition(*, by: User, waiting: WaitingEdition) -> None:
    """Throw a kept file away."""
    require(may(by, Permission.CURATE))
    waiting.delete()


@transaction.atomic
def add_reading(*, by: User, case: Case, slug: str) -> StoredFinding:
    """Put what registers say about a programme today on a case's thread.

    Raises NothingThere where there is no such programme.
    """
    rows = queries.standings([slug]).get(slug)
    if not rows:
        raise NothingThere(f"There is no programme '{slug}' in the library.")
    finding = reading_finding(queries.identity_of(rows), rows, today=today())
    return add_finding(by=by, case=case, finding=finding, shared=True)
