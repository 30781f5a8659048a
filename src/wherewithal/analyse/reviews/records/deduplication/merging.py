"""One record from several of one work: the best of each field, with where it came from.

Best is decided by what the fields say and never by the order of the records, so the same cluster always gives the
same record. Nothing is lost: the records themselves stay with whoever holds them, and ``Merged.origins`` names them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from wherewithal.analyse.reviews.records.record import ARTICLE, Record

_DAMAGED = re.compile(r"\w\?\w|\ufffd|Ã.|<[^>]+>|\.Conference:")
_WHERE = ("volume", "issue", "pages")
_IDENTIFIERS = ("doi", "pmid", "issn", "isbn", "url", "language")
_ARCHIVES = ("10.2307/", "10.13140/", "10.5281/", "10.6084/")


class Merged(NamedTuple):
    """``record`` is made of ``origins`` (numbers of records in the pile, in order); ``taken_from`` says for each
    field that is filled which of them gave it; of lists that were put together, all that gave something are named.
    """

    record: Record
    origins: tuple[int, ...]
    taken_from: Mapping[str, tuple[int, ...]]


def merged(records: Sequence[Record], origins: Sequence[int]) -> Merged:
    """The records numbered ``origins`` as one. ``records`` is the whole pile, whose numbers ``origins`` are."""
    members = [(number, records[number]) for number in sorted(origins)]
    # Any order that depends on nothing but content, for what is otherwise equal.
    ranked = {number: repr(record) for number, record in members}
    main_number, main = max(members, key=lambda member: (fullness(member[1]), ranked[member[0]]))
    values: dict[str, Any] = {}
    taken: dict[str, tuple[int, ...]] = {}

    def take(field: str, best: Callable[[Record], Any]) -> None:
        given = [member for member in members if getattr(member[1], field)]
        if given:
            number, record = max(given, key=lambda member: (best(member[1]), ranked[member[0]], -member[0]))
            values[field], taken[field] = getattr(record, field), (number,)

    take("title", lambda record: _legible(record.title))
    take("abstract", lambda record: _legible(record.abstract))
    take("journal", lambda record: _legible(record.journal))
    take("authors", lambda record: (len(record.authors), _legible("; ".join(record.authors))))
    for field in _IDENTIFIERS:
        counts = Counter(getattr(record, field) for _, record in members)
        take(field, lambda record, field=field, counts=counts: (  # type: ignore[misc]
            not str(getattr(record, field)).startswith(_ARCHIVES), counts[getattr(record, field)]))  # fmt: skip
    take("type", lambda record: (record.type not in (ARTICLE, "document"), record.type == ARTICLE))
    # Volume, issue and pages belong together, and the year to them: print, not ahead of print.
    number, place = max(
        members, key=lambda member: ([bool(getattr(member[1], name)) for name in ("volume", "pages", "issue")],
                                     len(member[1].pages), ranked[member[0]], -member[0])
    )  # fmt: skip
    for field in _WHERE:
        if getattr(place, field):
            values[field], taken[field] = getattr(place, field), (number,)
        else:
            take(field, lambda record, field=field: len(getattr(record, field)))  # type: ignore[misc]
    if place.year and (place.volume or place.pages):
        values["year"], taken["year"] = place.year, (number,)
    else:
        take("year", lambda record: record.year)
    by_rank = sorted(members, key=lambda member: ranked[member[0]])
    for field in ("keywords", "notes", "extra"):
        _together(field, [(main_number, main), *by_rank], values, taken)
    databases = dict.fromkeys(sorted(record.database for _, record in members if record.database))
    if databases:
        values["database"] = "; ".join(databases)
        taken["database"] = tuple(number for number, record in members if record.database)
    return Merged(replace(Record(), **values), tuple(number for number, _ in members), taken)


def _together(
    field: str,
    members: Sequence[tuple[int, Record]],
    values: dict[str, Any],
    taken: dict[str, tuple[int, ...]],
) -> None:
    """All that any of ``members`` gives in a list, once each, in their order: the fullest record comes first."""
    found: dict[Any, int] = {}
    for number, record in members:
        for item in getattr(record, field):
            found.setdefault(item.casefold() if field == "keywords" else item, number)
    if found:
        spelt = {item.casefold(): item for _, record in reversed(members) for item in getattr(record, field)} if (
            field == "keywords") else {}  # fmt: skip
        values[field] = tuple(spelt.get(item, item) for item in found)
        taken[field] = tuple(sorted(set(found.values())))


def fullness(record: Record) -> tuple[int, int]:
    """How much a record says: fields that are filled, then characters."""
    plain = record.as_dict()
    return len(plain), sum(len(str(value)) for value in plain.values())


def _legible(text: str) -> tuple[bool, bool, bool, int]:
    """Undamaged before damaged, in mixed case before capitals, without brackets around it, longer before shorter."""
    return not _DAMAGED.search(text), not text.isupper(), not text.startswith("["), len(text)
