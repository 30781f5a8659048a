"""What stands today: editions held, and what registers and lists say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from wherewithal.analyse.library import (
    Edition,
    Entry,
    Rating,
    Register,
    Row,
    Standing,
    catalogue,
    registers,
    standing,
)
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library.models import StoredEdition, StoredRating


def held_registers() -> dict[str, Register]:
    """The registers of which there is a copy here, in their usual order."""
    held = set(StoredEdition.objects.values_list("register", flat=True))
    return {key: register for key, register in registers().items() if key in held}


def newest_editions() -> dict[str, StoredEdition]:
    """The newest edition of each register that is held, by key."""
    newest = {row.register: row for row in StoredEdition.objects.order_by("date", "number")}
    return {key: newest[key] for key in registers() if key in newest}


def editions_of(register: str, slugs: Iterable[str] | None = None) -> list[Edition[Row]]:
    """Every edition of a register with its rows (only those about ``slugs``, if given), oldest first."""
    return _pure_editions(StoredEdition.objects.filter(register=register).order_by("date", "number"), slugs)


def whole_edition(stored: StoredEdition) -> Edition[Row]:
    """One edition with all its rows."""
    (edition,) = _pure_editions([stored], None)
    return edition


def _pure_editions(stored: Iterable[StoredEdition], slugs: Iterable[str] | None) -> list[Edition[Row]]:
    stored = list(stored)
    rows: dict[int, list] = defaultdict(list)
    wanted = StoredRating.objects.filter(edition__in=stored)
    if slugs is not None:
        wanted = wanted.filter(slug__in=list(slugs))
    for row in wanted:
        rows[row.edition_id].append(row.row)
    return [each.edition(tuple(rows[each.pk])) for each in stored]


def standings(
    slugs: Iterable[str] | None = None, *, coming: Sequence[Edition[Rating]] = ()
) -> dict[str, list[Standing[Rating]]]:
    """What registers say of programmes today, by the programme's slug: all of them, or those in ``slugs``.

    ``coming`` are editions not yet applied, taken as if they were.
    """
    names = catalogue()
    wanted = None if slugs is None else set(slugs)
    found: dict[str, list[Standing[Rating]]] = defaultdict(list)
    by_register: dict[str, list[Edition[Row]]] = defaultdict(list)
    for edition in _pure_editions(StoredEdition.objects.order_by("date", "number"), wanted):
        by_register[edition.register].append(edition)
    for edition in coming:
        by_register[edition.register].append(edition)
    for key in (key for key, register in registers().items() if register.rates):
        for row in standing(by_register[key]).values():
            slug = names.match(key, row.row.programme).programme.slug
            if wanted is None or slug in wanted:
                found[slug].append(row)
    return dict(found)


def entries_of(
    register: str, slug: str | None = None, *, coming: Edition[Entry] | None = None
) -> dict[str, Standing[Entry]]:
    """What a list of guidance, toolkits or practice examples says today, by the entry's slug, in its order.

    ``slug`` narrows it to one entry; ``coming`` is an edition not yet applied, taken as if it were.
    """
    editions = editions_of(register, None if slug is None else [slug])
    if coming is not None:
        editions.append(coming)
    return {row.row.slug: row for row in standing(editions).values() if slug is None or row.row.slug == slug}


def entries_at(wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], Standing[Entry]]:
    """Some entries of several lists as they stand, by list and slug: ``wanted`` holds slugs by list."""
    slugs = {slug for each in wanted.values() for slug in each}
    by_list: dict[str, list[Edition[Row]]] = defaultdict(list)
    stored = StoredEdition.objects.filter(register__in=list(wanted)).order_by("date", "number")
    for edition in _pure_editions(stored, slugs):
        by_list[edition.register].append(edition)
    return {
        (key, row.row.slug): row
        for key, editions in by_list.items()
        for row in standing(editions).values()
        if row.row.slug in wanted[key]
    }


def held_lists(kind: str = "") -> dict[str, Register]:
    """The lists of which there is a copy here (of one kind, if given)."""
    return {
        key: register
        for key, register in held_registers().items()
        if not register.rates and (not kind or register.kind == kind)
    }


def edition_on(register: str, day: str) -> StoredEdition:
    """The edition of a register of that day ("2026-11-01"; "2026-11-01-2" for the second copy of a day).

    Raises NothingThere naming the days of which one is held.
    """
    held = StoredEdition.objects.filter(register=register).select_related("added_by")
    for edition in held:
        if edition.day == day:
            return edition
    raise NothingThere(
        f"There is no edition of {registers()[register].name} of {day}.", [edition.day for edition in held]
    )
