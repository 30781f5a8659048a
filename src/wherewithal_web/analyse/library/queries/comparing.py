"""Programmes side by side: which were chosen, what else could be, and what their registers say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from wherewithal.analyse.library import read_programme
from wherewithal.analyse.library.comparison import MOST, Comparison, Said, compare
from wherewithal.analyse.library.comparison_sources import Copy, copies_of
from wherewithal_web.analyse.library.models import Programme
from wherewithal_web.analyse.library.queries.naming import held_programmes
from wherewithal_web.analyse.library.queries.programmes import identity_of
from wherewithal_web.analyse.library.queries.standing import standings
from wherewithal_web.analyse.library.queries.studies import studies_about
from wherewithal_web.clock import today


@dataclass(frozen=True)
class Chosen:
    """The programmes that were asked for, in their order, and those asked for that the library does not hold."""

    programmes: tuple[Programme, ...]
    unknown: tuple[str, ...]

    @property
    def slugs(self) -> list[str]:
        return [programme.slug for programme in self.programmes]

    @property
    def too_many(self) -> bool:
        return len(self.programmes) > MOST

    @property
    def can_compare(self) -> bool:
        return 1 < len(self.programmes) <= MOST


def chosen_to_compare(slugs: Iterable[str]) -> Chosen:
    """What was asked for, each once."""
    wanted = [slug for slug in dict.fromkeys(slugs) if slug and "\0" not in slug][:50]
    held = held_programmes(wanted)
    there = {programme.slug for programme in held}
    return Chosen(tuple(held), tuple(slug for slug in wanted if slug not in there))


@dataclass(frozen=True)
class SideBySide:
    """Programmes side by side, and the copies of registers that they were read from."""

    comparison: Comparison
    copies: tuple[Copy, ...]


def side_by_side(slugs: Sequence[str]) -> SideBySide:
    """What registers say about these programmes today, with the studies that are kept here about each."""
    rows = standings(slugs)
    readings = [read_programme(identity_of(rows[slug]), rows[slug], today=today()) for slug in slugs]
    return SideBySide(compare(readings, _studies_kept(slugs)), copies_of(readings))


def _studies_kept(slugs: Sequence[str]) -> dict[str, list[Said]]:
    return {
        slug: [
            Said(
                f"{f'{each.warning}. ' if each.warning else ''}{each.study.says or each.work.title}",
                f"{each.people or 'Study'} ({each.work.year or 'no date'})",
                reverse("library:study", args=[each.study.slug]),
            )
            for each in studies_about(slug)
        ]
        for slug in slugs
    }
