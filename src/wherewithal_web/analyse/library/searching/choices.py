"""What can be ticked beside the search: each facet's values, the years of reviews in groups as seen from today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.library.facets import FACETS, Facet, facet_value_name, years_for_display
from wherewithal_web.clock import today

YEARS = "reviewed"
"""The facet whose values are years: people tick groups of them, and an address keeps the group."""

NAMES = {facet.key: facet.name for facet in FACETS}


@dataclass(frozen=True)
class Choice:
    """One thing to tick: its key in an address, its name, and the values of the facet that it stands for."""

    key: str
    name: str
    values: tuple[str, ...]


def choices_of(facet: Facet) -> list[Choice]:
    """What can be ticked of a facet, in its order."""
    if facet.key == YEARS:
        return [Choice(years.key, years.name, years.values) for years in years_for_display(today())]
    return [Choice(value, facet_value_name(facet.key, value), (value,)) for value in facet.values]


def choice_name(facet: str, key: str) -> str:
    """What a ticked thing is called."""
    return next((each.name for each in _by_key(facet) if each.key == key), key)


def values_ticked(chosen: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The values that the index holds for what was ticked."""
    return {
        facet: tuple(value for each in _by_key(facet) if each.key in keys for value in each.values)
        for facet, keys in chosen.items()
    }


def _by_key(key: str) -> list[Choice]:
    return next((choices_of(facet) for facet in FACETS if facet.key == key), [])
