"""The filters beside a search, as a person ticks them: each value with how much it would find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wherewithal.analyse.library.facets import FACETS, Facet
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.choices import NAMES, choice_name, choices_of

OPEN = ("kind", "outcome", "age")
"""Filters that stand open from the start; the others unfold."""
FEW = 8
"""A filter with at most so many values shows also those that find nothing, with a nought."""


@dataclass(frozen=True)
class Tick:
    """One value that can be ticked. ``count`` is how much there would be with it."""

    value: str
    words: str
    count: int
    ticked: bool

    @property
    def usable(self) -> bool:
        """One that finds nothing can only be taken off."""
        return self.ticked or self.count > 0


@dataclass(frozen=True)
class Filter:
    key: str
    name: str
    ticks: tuple[Tick, ...]
    open: bool

    @property
    def ticked(self) -> int:
        return sum(tick.ticked for tick in self.ticks)


@dataclass(frozen=True)
class Tag:
    """A filter that is on, and the search without it."""

    filter: str
    words: str
    without: Asked


def filters_of(asked: Asked, counts: Mapping[str, Mapping[str, int]]) -> list[Filter]:
    """Every filter that has something to tick, in the facets' order."""
    made = (_filter(facet, asked, counts.get(facet.key, {})) for facet in FACETS)
    return [each for each in made if any(tick.usable for tick in each.ticks)]


def _filter(facet: Facet, asked: Asked, counts: Mapping[str, int]) -> Filter:
    chosen = asked.chosen.get(facet.key, ())
    choices = choices_of(facet)
    ticks = (
        Tick(each.key, each.name, sum(counts.get(value, 0) for value in each.values), each.key in chosen)
        for each in choices
    )
    shown = tuple(tick for tick in ticks if tick.usable or len(choices) <= FEW)
    return Filter(facet.key, facet.name, shown, bool(chosen) or facet.key in OPEN)


def tags_of(asked: Asked) -> list[Tag]:
    """The filters that are on, each with the search without it."""
    return [
        Tag(NAMES[facet], choice_name(facet, value), asked.without(facet, value))
        for facet, values in asked.chosen.items()
        for value in values
    ]
