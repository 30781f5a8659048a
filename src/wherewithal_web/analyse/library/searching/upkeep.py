"""The entries that a search finds, kept in the database with numbered changes.

Whoever writes entries takes the lock on the one row of ``SearchClock`` first and keeps it until the end of
their transaction, so that change numbers become visible in their order: a copy that has seen change 7 has
missed none before it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction

from wherewithal_web.analyse.library.models import SearchClock, SearchEntry
from wherewithal_web.analyse.library.searching.release import mark_as_made

A_CHUNK = 500
"""How many entries are read and written at once."""


@dataclass(frozen=True)
class SearchRow:
    """One thing that can be found. ``key`` is its kind and its part of an address: "programme:empower".

    ``facets`` holds values by facet; ``order`` says which stands first where two match alike.
    """

    key: str
    kind: str
    title: str
    names: tuple[str, ...] = ()
    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: int = 0


@transaction.atomic
def touch(entries: Iterable[SearchRow], gone: Iterable[str] = ()) -> int:
    """Write these entries and mark the ``gone`` keys; an entry that is as before is left alone.

    Returns how many changed. To be called inside the transaction that changed what they are made from.
    """
    wanted = {row.key: row for row in entries}
    lost = [key for key in gone if key not in wanted]
    clock = _locked_clock()
    first = clock.change
    changed: list[SearchEntry] = []
    for keys in _chunks([*wanted, *lost]):
        held = SearchEntry.objects.in_bulk(keys, field_name="key")
        for key in keys:
            row, entry = wanted.get(key), held.get(key)
            if row is None and (entry is None or entry.gone):
                continue
            new = entry or SearchEntry(key=key)
            if row is not None and not _set(new, row):
                continue
            if row is None:
                _forget(new)
            clock.change += 1
            new.change, new.gone = clock.change, row is None
            changed.append(new)
    if clock.change > first:
        _store(changed)
        clock.save(update_fields=["change"])
    return clock.change - first


def _set(entry: SearchEntry, row: SearchRow) -> bool:
    """Give an entry what the row says. False where it said so already."""
    said = {
        "kind": row.kind,
        "title": row.title,
        "names": list(row.names),
        "text": row.text,
        "facets": {name: list(values) for name, values in row.facets.items() if values},
        "order": row.order,
        "gone": False,
    }
    if entry.pk and all(getattr(entry, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(entry, name, value)
    return True


def _forget(entry: SearchEntry) -> None:
    """Nothing of what is gone stays but its key: what a person removed is removed here too."""
    entry.title, entry.text, entry.names, entry.facets = "", "", [], {}


def _store(entries: list[SearchEntry]) -> None:
    written = [field.name for field in SearchEntry._meta.fields if field.name not in ("id", "key")]
    SearchEntry.objects.bulk_create([entry for entry in entries if not entry.pk], batch_size=A_CHUNK)
    SearchEntry.objects.bulk_update([entry for entry in entries if entry.pk], written, batch_size=A_CHUNK)


def _chunks(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + A_CHUNK] for start in range(0, len(keys), A_CHUNK))


def _locked_clock() -> SearchClock:
    """The clock, locked until the transaction ends; made where this database has none yet."""
    clock = SearchClock.objects.select_for_update().first()
    if clock is None:
        if connection.vendor == "postgresql":  # SQLite lets one transaction write at a time anyway
            with connection.cursor() as cursor:
                cursor.execute(f'LOCK TABLE "{SearchClock._meta.db_table}" IN EXCLUSIVE MODE')
        clock = SearchClock.objects.first()
        if clock is None:  # its key is drawn at random, so that it tells this database from all others
            clock = SearchClock.objects.create(pk=1 + secrets.randbits(62))
            mark_as_made()
    return clock
