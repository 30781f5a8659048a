"""Who else has done this: what people here told, and the lists of examples that were brought in."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from wherewithal.analyse.library import registers
from wherewithal.analyse.library.example import Example, example_finding
from wherewithal.thread import Finding
from wherewithal_web.analyse.library.models import PracticeExample
from wherewithal_web.analyse.library.queries.lists import Listed, entries_naming, listed_entries
from wherewithal_web.analyse.library.queries.naming import held_programmes, slug_named
from wherewithal_web.clock import today


@dataclass(frozen=True)
class Told:
    """One example as a page lists it. ``programmes`` are slugs; ``source`` says who tells it."""

    title: str
    href: str
    place: str
    when: str
    done: str
    happened: str
    programmes: tuple[str, ...]
    source: str
    can_be_asked: bool = False


def examples_told() -> list[Told]:
    """Every example: those that people here told, newest first, then those of lists that were brought in."""
    return [*_told_here(), *_told_in_lists()]


def examples_about(slug: str) -> list[Told]:
    """The examples that name this programme."""
    here = [told for told in _told_here() if slug in told.programmes]
    return [*here, *map(_told_in_list, entries_naming(slug, "practice examples"))]


def _told_here() -> list[Told]:
    return [
        Told(
            example.title,
            reverse("library:example", args=[example.slug]),
            example.place,
            str(example.year or ""),
            example.done,
            example.happened,
            tuple(example.programmes),
            f"Told here by {example.added_by.name}",
            can_be_asked=bool(example.contact and example.contact_agreed),
        )
        for example in PracticeExample.objects.select_related("added_by").order_by("-added_at", "-pk")
    ]


def _told_in_lists() -> list[Told]:
    keys = [key for key, register in registers().items() if register.kind == "practice examples"]
    entries = (entry for key in keys for entry in listed_entries(key))
    return [_told_in_list(entry) for entry in entries if not entry.gone]


def _told_in_list(entry: Listed) -> Told:
    return Told(
        entry.row.title,
        reverse("library:entry", args=[entry.register.key, entry.slug]),
        entry.row.place,
        entry.dated,
        entry.row.says,
        entry.row.happened,
        tuple(slug_named(name) for name in entry.row.programme_names),
        entry.register.name,
        can_be_asked=bool(entry.row.contact),
    )


def account_of(example: PracticeExample) -> Example:
    """An example as the library reads it, with whom to ask only where they agreed."""
    return Example(
        slug=example.slug,
        title=example.title,
        place=example.place,
        done=example.done,
        told_by=example.added_by.name,
        happened=example.happened,
        programmes=tuple(programme.name for programme in held_programmes(example.programmes)),
        topics=example.topics,
        ages=example.ages,
        year=example.year,
        contact=example.contact if example.contact_agreed else "",
        link=example.link,
    )


def finding_of_example(example: PracticeExample) -> Finding:
    """What a colleague tells, as a finding: without whom to ask."""
    return example_finding(account_of(example), today=today())
