"""Register editions: applied whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from wherewithal.analyse.library import (
    Catalogue,
    Difference,
    Edition,
    Entry,
    Row,
    catalogue,
    registers,
    starter_editions,
)
from wherewithal.plain_english import counted
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.actions.listing import list_programmes
from wherewithal_web.analyse.library.actions.loading import (
    compare_with_what_stands,
    held_already,
    refuse_held,
)
from wherewithal_web.analyse.library.models import StoredEdition, StoredRating
from wherewithal_web.analyse.library.searching import refresh_search
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import refresh_finding
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@dataclass(frozen=True)
class Applied:
    """What applying an edition did. ``refreshed`` are the newer findings that it brought to threads."""

    stored: StoredEdition
    difference: Difference[Row]
    refreshed: tuple[StoredFinding, ...]


@dataclass(frozen=True)
class AppliedTogether:
    """What applying the editions of one file did."""

    editions: tuple[tuple[StoredEdition, Difference[Row]], ...]
    refreshed: tuple[StoredFinding, ...]


@transaction.atomic
def apply_edition(*, by: User, edition: Edition[Row], file_name: str = "") -> Applied:
    """Store one edition: see ``apply_editions``."""
    done = apply_editions(by=by, editions=[edition], file_name=file_name)
    ((stored, difference),) = done.editions
    return Applied(stored, difference, done.refreshed)


@transaction.atomic
def apply_editions(*, by: User, editions: Sequence[Edition[Row]], file_name: str = "") -> AppliedTogether:
    """Store editions, list what they touch anew and bring newer findings to every thread concerned.

    All of them or none. Raises Refused where the person may not bring in registers, BadInput where one of
    them came in before from the same file.
    """
    require(may(by, Permission.CURATE))
    stored = []
    for edition in editions:
        if held_already(edition):
            raise refuse_held(registers()[edition.register], edition.date)
        stored.append(_store(by, edition, file_name))
    refreshed = _bring_up_to_date(by, [edition for edition, _difference in stored])
    for each, difference in stored:
        record(
            by=by,
            action="library.apply_edition",
            summary=f"brought in {each.register_now.name} ({each.when}): {difference.words}",
            details={
                "register": each.register,
                "date": each.date.isoformat(),
                "sha256": each.sha256,
                "findings": [row.fingerprint for row in refreshed],
            },
        )
    return AppliedTogether(tuple(stored), tuple(refreshed))


def _store(by: User, edition: Edition[Row], file_name: str) -> tuple[StoredEdition, Difference[Row]]:
    difference = compare_with_what_stands(edition)
    same_day = StoredEdition.objects.filter(register=edition.register, date=edition.date).count()
    try:
        with transaction.atomic():
            stored = StoredEdition.objects.create(
                register=edition.register,
                date=edition.date,
                number=same_day + 1,
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
        raise refuse_held(registers()[edition.register], edition.date) from error
    names = catalogue()
    StoredRating.objects.bulk_create(
        StoredRating(edition=stored, slug=_slug(names, edition.register, row), body=row.as_dict())
        for row in edition.rows
    )
    return stored, difference


def _slug(names: Catalogue, register: str, row: Row) -> str:
    """The programme that a rating is about, or the entry itself."""
    return row.slug if isinstance(row, Entry) else names.match(register, row.programme).programme.slug


def _bring_up_to_date(by: User, stored: Iterable[StoredEdition]) -> list[StoredFinding]:
    """List, search and threads after these editions came in.

    Every row that their registers ever held is looked at, because a complete edition also says something of
    the rows it leaves out.
    """
    rating = {each.register for each in stored if each.register_now.rates}
    lists = {each.register for each in stored if not each.register_now.rates}
    rows = StoredRating.objects.filter(edition__register__in=rating)
    slugs = set(rows.values_list("slug", flat=True))
    list_programmes(slugs)
    refresh_search(programmes=slugs, lists=lists)
    return _refresh(by, queries.subjects_on_threads(rating | lists))


def _refresh(by: User, subjects: Iterable[str]) -> list[StoredFinding]:
    """Newer findings for what is on some thread, where their facts changed."""
    now = queries.findings_now(subjects)
    refreshed = (refresh_finding(by=by, finding=now[subject]) for subject in sorted(now))
    return [stored for stored in refreshed if stored is not None]


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
    _bring_up_to_date(by, brought)
    names = dict.fromkeys(registers()[row.register].name for row in brought)
    record(
        by=by,
        action="library.load_starter_editions",
        summary=f"brought in {counted(len(brought), 'register edition')} that come with Wherewithal",
        details={"editions": [f"{row.register} {row.date}" for row in brought], "registers": list(names)},
    )
    return brought
