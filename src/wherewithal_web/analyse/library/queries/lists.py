"""Lists of guidance, toolkits and examples: grouped for reading, and by the programmes they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.analyse.library import Entry, Register, Standing, registers
from wherewithal.analyse.library.dates import whole_years
from wherewithal.analyse.library.edition import name_key
from wherewithal_web.analyse.library.models import StoredRating
from wherewithal_web.analyse.library.queries.naming import Named, named, slug_named
from wherewithal_web.analyse.library.queries.standing import entries_at, entries_of
from wherewithal_web.clock import today


@dataclass(frozen=True)
class Listed:
    """One entry as it stands in its list. ``slug`` is its part of an address."""

    register: Register
    slug: str
    standing: Standing[Entry]

    @property
    def row(self) -> Entry:
        return self.standing.row

    @property
    def gone(self) -> bool:
        """Whether our newest copy no longer lists it."""
        return self.standing.withdrawn_in is not None

    @property
    def years(self) -> int | None:
        """Whole years since it was last brought up to date, or None where no date is in our copy."""
        return whole_years(self.row.reviewed.latest, today()) if self.row.reviewed else None

    @property
    def overdue(self) -> bool:
        """Whether it was brought up to date longer ago than we allow for this list."""
        return self.years is not None and self.years >= self.register.review_interval_years

    @property
    def dated(self) -> str:
        """When it was last brought up to date, in words; empty where no date is in our copy."""
        if not self.row.reviewed:
            return ""
        return f"{'updated' if self.row.updated else 'published'} {self.row.reviewed.words}"


@dataclass(frozen=True)
class Guide:
    """A guide with what belongs to it. ``entry`` is None where a list holds parts of a guide and not the guide."""

    name: str
    entry: Listed | None
    principles: tuple[Listed, ...]
    recommendations: tuple[Listed, ...]
    others: tuple[Listed, ...]

    @property
    def parts(self) -> tuple[Listed, ...]:
        return (*self.principles, *self.recommendations, *self.others)


def listed_entries(key: str) -> list[Listed]:
    """Everything in a list as it stands, in its order."""
    register = registers()[key]
    return [Listed(register, slug, row) for slug, row in entries_of(key).items()]


def listed_entry(key: str, slug: str) -> Listed | None:
    """One entry of a list, or None where there is no such entry."""
    row = entries_of(key, slug).get(slug)
    return Listed(registers()[key], slug, row) if row else None


def guides_in(entries: Iterable[Listed]) -> list[Guide]:
    """Entries of guidance grouped under their guides, in the order in which each is first met."""
    entries = list(entries)
    parts: dict[str, list[Listed]] = {}
    guides: dict[str, Listed | None] = {}
    names: dict[str, str] = {}
    for entry in entries:
        name = entry.row.part_of or entry.row.title
        key = name_key(name)
        names.setdefault(key, name)
        guides.setdefault(key, None)
        if entry.row.part_of:
            parts.setdefault(key, []).append(entry)
        else:
            guides[key] = entry
    return [_guide(names[key], entry, parts.get(key, ())) for key, entry in guides.items()]


def _guide(name: str, entry: Listed | None, parts: Iterable[Listed]) -> Guide:
    parts = list(parts)
    kinds = {"key principle": [], "recommendation": []}  # type: dict[str, list[Listed]]
    others = []
    for part in parts:
        kinds.get(part.row.type, others).append(part)
    return Guide(name, entry, tuple(kinds["key principle"]), tuple(kinds["recommendation"]), tuple(others))


def by_type(entries: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Entries grouped by what they are, in the order in which each kind is first met."""
    grouped: dict[str, list[Listed]] = {}
    for entry in entries:
        grouped.setdefault(entry.row.type, []).append(entry)
    return list(grouped.items())


def guide_of(entry: Listed) -> tuple[Listed | None, tuple[Listed, ...]]:
    """The guide that an entry belongs to, if it is listed, and what belongs to the entry if it is a guide itself."""
    if entry.register.kind != "guidance":
        return None, ()
    name = name_key(entry.row.part_of or entry.row.title)
    guide = next(
        (guide for guide in guides_in(listed_entries(entry.register.key)) if name_key(guide.name) == name),
        None,
    )
    if guide is None:
        return None, ()
    return (guide.entry, ()) if entry.row.part_of else (None, guide.parts)


def names_of(entries: Iterable[Listed]) -> dict[str, Named]:
    """Every programme that these entries name, by the name they give."""
    return {
        each.name: each for each in named(name for entry in entries for name in entry.row.programme_names)
    }


def entries_naming(slug: str, kind: str) -> list[Listed]:
    """Every entry of the lists of a kind that names this programme and still stands, lists in their usual order."""
    lists = [key for key, one in registers().items() if one.kind == kind and not one.rates]
    rows = StoredRating.objects.filter(edition__register__in=lists).exclude(body__programmes="")
    wanted: dict[str, set[str]] = {}
    for key, entry, names in rows.values_list("edition__register", "slug", "body__programmes"):
        if any(slug_named(name) == slug for name in (names or "").split(";")):
            wanted.setdefault(key, set()).add(entry)
    if not wanted:
        return []
    found = [Listed(registers()[key], entry, row) for (key, entry), row in entries_at(wanted).items()]
    order = list(registers())
    return sorted(
        # An older copy may have named it where the newest does not.
        (each for each in found if not each.gone and slug in map(slug_named, each.row.programme_names)),
        key=lambda each: order.index(each.register.key),
    )
