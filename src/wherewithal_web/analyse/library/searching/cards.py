"""What a page shows of each thing that a search found: fetched together, in a number of queries that never grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from wherewithal.analyse.library import Entry, Standing, registers
from wherewithal.analyse.library.facets import NOT_SHOWN
from wherewithal.plain_english import listed
from wherewithal.search import Hit
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import PracticeExample, Programme, SearchEntry, Study
from wherewithal_web.analyse.library.queries.studies import shown

LONGEST_LINE = 240


@dataclass(frozen=True)
class Said:
    """What one source says: a register's rating, a list's strength. ``silent`` where it says nothing either way."""

    source: str
    words: str
    when: str = ""
    silent: bool = False


@dataclass(frozen=True)
class Card:
    """One result as a page shows it.

    ``kind`` is what it is, in words; ``band`` our reading of a programme; ``says`` what sources say with their dates;
    ``about`` a line on what it is about; ``warning`` what to know first (registers disagree, retracted, withdrawn);
    ``unknown`` what our copies do not show; ``matched`` the words it was found by; ``programme`` its slug, for those
    that can be compared; ``add`` the address that puts it on a case's thread.
    """

    key: str
    name: str
    href: str
    kind: str
    band: str = ""
    says: tuple[Said, ...] = ()
    about: str = ""
    warning: str = ""
    unknown: tuple[str, ...] = ()
    matched: str = ""
    programme: str = ""
    add: str = ""
    new: bool = False


def cards_of(hits: Sequence[Hit], new: frozenset[str] = frozenset()) -> list[Card]:
    """A card for each hit, in their order. One whose thing went a moment ago is left out."""
    entries = SearchEntry.objects.in_bulk([hit.key for hit in hits], field_name="key")
    by_kind: dict[str, list[SearchEntry]] = defaultdict(list)
    for key, entry in entries.items():
        by_kind[key.partition(":")[0]].append(entry)
    made: dict[str, Card] = {}
    for kind, of in (
        ("programme", _programmes),
        ("entry", _entries),
        ("study", _studies),
        ("example", _examples),
    ):
        if by_kind[kind]:
            made |= {card.key: card for card in of(by_kind[kind])}
    return [
        _with(made[hit.key], matched=listed([f"“{word}”" for word in hit.matched]), new=hit.key in new)
        for hit in hits
        if hit.key in made
    ]


def _with(card: Card, *, matched: str, new: bool) -> Card:
    return Card(**{**vars(card), "matched": matched, "new": new})


def _tail(entry: SearchEntry) -> str:
    return entry.key.partition(":")[2]


def _programmes(entries: Iterable[SearchEntry]) -> Iterable[Card]:
    by_slug = {_tail(entry): entry for entry in entries}
    for programme in Programme.objects.filter(slug__in=by_slug).prefetch_related("lines"):
        entry = by_slug[programme.slug]
        lines = list(programme.lines.all())
        approach = all(line.register_now.approaches for line in lines)
        yield Card(
            key=entry.key,
            name=programme.name,
            href=reverse("library:programme", args=[programme.slug]),
            kind="Approach" if approach else "Programme",
            band=programme.band,
            says=tuple(
                Said(line.register_now.name, line.native, line.reviewed, line.silent) for line in lines
            ),
            about=_short(programme.outcomes),
            warning="Registers disagree" if programme.disagree else "",
            unknown=unknown_of(entry.facets, dated=any(line.reviewed for line in lines)),
            programme=programme.slug,
            add=reverse("library:add", args=[programme.slug]),
        )


def unknown_of(facets: Mapping[str, Sequence[str]], *, dated: bool) -> tuple[str, ...]:
    """What our copies of a programme's ratings do not show, in words: asked of the things that decide its use."""
    asked = {"age": "ages", "cost": "cost", "uk_tested": "whether it was tested in the UK"}
    missing = [words for facet, words in asked.items() if NOT_SHOWN in facets.get(facet, ())]
    return (*missing, *(() if dated else ("when it was reviewed",)))


def _entries(entries: Iterable[SearchEntry]) -> Iterable[Card]:
    found = {entry.key: _tail(entry).partition("/") for entry in entries}
    wanted: dict[str, set[str]] = defaultdict(set)
    for key, _, slug in found.values():
        wanted[key].add(slug)
    standing = queries.entries_at(wanted)
    for search_key, (key, _, slug) in found.items():
        if (key, slug) in standing:
            yield _entry(search_key, key, slug, standing[key, slug])


def _entry(search_key: str, key: str, slug: str, standing: Standing[Entry]) -> Card:
    row, of = standing.row, registers()[key]
    when = ""
    if row.reviewed:
        when = f"updated {row.reviewed.words}" if row.updated else f"published {row.reviewed.words}"
    # That a thing is out is no news; that it is a draft, or was replaced, is.
    said = row.strength or ("" if row.status.casefold() in ("published", "current") else row.status)
    warning = "No longer listed" if standing.withdrawn_in else ""
    unknown = () if row.reviewed or of.kind == "toolkits" else ("when it was published",)
    return Card(
        key=search_key,
        name=row.title,
        href=reverse("library:entry", args=[key, slug]),
        kind="Practice example" if of.kind == "practice examples" else (row.type or of.kind).capitalize(),
        says=(Said(of.name, said, when, silent=not said),),
        about=_short(". ".join(part for part in (row.part_of and f"From {row.part_of}", row.says) if part)),
        warning=warning,
        unknown=unknown,
        add=reverse("library:add_entry", args=[key, slug]),
    )


def _studies(entries: Iterable[SearchEntry]) -> Iterable[Card]:
    by_slug = {_tail(entry): entry for entry in entries}
    for each in shown(Study.objects.filter(slug__in=by_slug)):
        entry, work = by_slug[each.study.slug], each.work
        year = str(work.year or "")
        where = work.venue or "our copy does not show where it was published"
        yield Card(
            key=entry.key,
            name=entry.title,
            href=reverse("library:study", args=[each.study.slug]),
            kind="Report" if work.type == "report" else "Study",
            says=(Said(where, "", year, silent=True),),
            about=_short(each.study.says or each.abstract),
            warning=each.warning,
            unknown=() if year else ("when it was published",),
            add=reverse("library:add_study", args=[each.study.slug]),
        )


def _examples(entries: Iterable[SearchEntry]) -> Iterable[Card]:
    by_slug = {_tail(entry): entry for entry in entries}
    for example in PracticeExample.objects.filter(slug__in=by_slug):
        unknown = [
            words
            for words, there in (
                ("what came of it", example.happened),
                ("when it was", example.year),
                ("whom to ask", example.contact if example.contact_agreed else ""),
            )
            if not there
        ]
        yield Card(
            key=by_slug[example.slug].key,
            name=example.title,
            href=reverse("library:example", args=[example.slug]),
            kind="Practice example",
            says=(Said(example.place, "", str(example.year or ""), silent=True),),
            about=_short(example.done),
            unknown=tuple(unknown),
            add=reverse("library:add_example", args=[example.slug]),
        )


def _short(text: str) -> str:
    """The text, or the beginning of a long one up to the end of a word."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_LINE:
        return text
    return f"{text[:LONGEST_LINE].rsplit(' ', 1)[0].rstrip(',;:. ')} …"
