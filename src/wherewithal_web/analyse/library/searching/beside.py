"""Programmes to put beside others: what was searched for, else those of the same family and those alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wherewithal_web.analyse.library.models import Programme
from wherewithal_web.analyse.library.queries import held_programmes
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.found import find
from wherewithal_web.analyse.library.searching.machine_copy import NotReady

MOST_OFFERED = 10
KINDS = ("programme", "approach")


@dataclass(frozen=True)
class Offered:
    """A group of programmes under a heading; empty only where a search found none."""

    heading: str
    programmes: tuple[Programme, ...]


def offered_beside(chosen: Sequence[Programme], text: str = "") -> list[Offered]:
    """What to offer beside ``chosen``. Where this machine has no index to search yet, only the same family."""
    taken = {programme.slug for programme in chosen}
    if text:
        found = _found(Asked(text=text, chosen={"kind": KINDS}), taken)
        return [Offered(f"Found for “{text}”", found)]
    families = {programme.family for programme in chosen if programme.family}
    family = tuple(Programme.objects.filter(family__in=families).exclude(slug__in=taken))
    taken |= {programme.slug for programme in family}
    alike: tuple[Programme, ...] = ()
    if chosen:
        slug = chosen[0].slug
        same_kind = "approach" if _is_approach(chosen[0]) else "programme"
        alike = _found(Asked(like=f"programme:{slug}", chosen={"kind": (same_kind,)}), taken)
    groups = (
        Offered("Others of the same family", family),
        Offered(f"Others like {chosen[0].name if chosen else ''}", alike),
    )
    return [group for group in groups if group.programmes]


def _is_approach(programme: Programme) -> bool:
    return all(line.register_now.approaches for line in programme.lines.all())


def _found(asked: Asked, taken: Iterable[str]) -> tuple[Programme, ...]:
    try:
        hits = find(asked).hits
    except NotReady:
        return ()
    slugs = [hit.key.removeprefix("programme:") for hit in hits]
    return tuple(held_programmes(slug for slug in slugs if slug not in taken)[:MOST_OFFERED])
