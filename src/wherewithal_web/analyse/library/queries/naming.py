"""Programmes as guidance, studies and examples name them: by a name, which may be a register's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from wherewithal.analyse.library import catalogue
from wherewithal.analyse.library.edition import name_key
from wherewithal.analyse.library.slugs import slug_of
from wherewithal_web.analyse.library.models import Programme

MOST_OFFERED = 3


@dataclass(frozen=True)
class Named:
    """A name that something gives, and the programme that the library holds under it, if it does."""

    name: str
    programme: Programme | None


def named(names: Iterable[str]) -> list[Named]:
    """The programmes that go by these names, in their order. A name that fits two programmes fits neither."""
    slugs = {name: slug_named(name) for name in dict.fromkeys(names)}
    held = Programme.objects.in_bulk(list(slugs.values()), field_name="slug")
    return [Named(name, held.get(slug)) for name, slug in slugs.items()]


def slug_named(name: str) -> str:
    """Under which slug a programme of that name would stand."""
    return _known_names().get(name_key(name)) or slug_of(name)


@cache
def _known_names() -> dict[str, str]:
    """Every name in the catalogue that means one programme only, as compared, with that programme's slug."""
    found: dict[str, set[str]] = {}
    for (_register, name), match in catalogue().matches.items():
        found.setdefault(name, set()).add(match.programme.slug)
    known = {name: next(iter(slugs)) for name, slugs in found.items() if len(slugs) == 1}
    return known | {name_key(programme.name): slug for slug, programme in catalogue().programmes.items()}


def held_programmes(slugs: Iterable[str]) -> list[Programme]:
    """Those of these programmes that the library holds, in the order of ``slugs``."""
    wanted = [slug for slug in dict.fromkeys(slugs) if "\0" not in slug]
    held = Programme.objects.in_bulk(wanted, field_name="slug")
    return [held[slug] for slug in wanted if slug in held]


def offers_for(name: str) -> list[str]:
    """Names in the library that a mistyped or shortened one may mean: those that hold all of its words, or most."""
    words = [word for word in name_key(name).split() if len(word) > 2][:8]
    for wanted in (words, words[:-1], words[1:], words[:1]):
        rows = Programme.objects.all()
        for word in wanted:
            rows = rows.filter(name__icontains=word)
        if wanted and (found := list(rows.values_list("name", flat=True)[:MOST_OFFERED])):
            return found
    return []
