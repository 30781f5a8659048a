"""Word lists that turn a register's own words into the values of a filter: ``facets.toml``, read and applied."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

_BETWEEN_WORDS = re.compile(r"[\s\-‐‑–—_/]+")


def plain_words(text: str) -> str:
    """The text as it is compared: small letters, hyphens as spaces, one kind of apostrophe, "&" as "and"."""
    text = text.casefold().replace("’", "'").replace("&", " and ")
    return _BETWEEN_WORDS.sub(" ", text).strip()


@dataclass(frozen=True)
class WordList:
    """The words that give one value of a facet, and those that are taken out of a text before looking."""

    key: str
    name: str
    words: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()

    @cached_property
    def _found(self) -> re.Pattern[str]:
        return _any_of(self.words)

    @cached_property
    def _left_out(self) -> re.Pattern[str]:
        return _any_of(self.leave_out)

    def first_in(self, plain: str) -> str:
        """The first of its words in a text that went through ``plain_words``; "" if there is none."""
        if self.leave_out:
            # A bar parts words but is none, so that what stood around a phrase does not become a new one.
            plain = self._left_out.sub(" | ", plain)
        match = self._found.search(plain)
        return match[0] if match else ""


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    parts = []
    # The longest first, so that what is said to have been found is as telling as can be.
    for phrase in sorted(
        {plain_words(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase)
    ):
        stem = phrase.removesuffix("*")
        parts.append(re.escape(stem) + (r"\w*" if stem != phrase else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?!\w)")


@dataclass(frozen=True)
class CostScale:
    """A scale of cost that one or more registers share."""

    key: str
    name: str
    registers: tuple[str, ...]


@dataclass(frozen=True)
class FacetWords:
    """What ``facets.toml`` holds. ``lists`` are the values of each facet that has word lists, in their order."""

    version: str
    rule: str
    names: Mapping[str, str]
    lists: Mapping[str, tuple[WordList, ...]]
    cost_scales: tuple[CostScale, ...] = ()
    not_shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def facet_words_from(plain: Mapping[str, Any]) -> FacetWords:
    """Read the shape of ``facets.toml``. Raises ValueError where a value stands twice or has no words."""
    lists: dict[str, tuple[WordList, ...]] = {}
    names: dict[str, str] = {}
    for facet in plain["facet"]:
        key = str(facet["key"])
        values = tuple(
            WordList(value["key"], value["name"], tuple(value["words"]), tuple(value.get("leave_out", ())))
            for value in facet["value"]
        )
        if key in lists or len({value.key for value in values}) != len(values):
            raise ValueError(f"facets.toml, facet '{key}': it or one of its values stands twice")
        if empty := [value.key for value in values if not any(map(plain_words, value.words))]:
            raise ValueError(f"facets.toml, facet '{key}': no words for {empty}")
        lists[key], names[key] = values, str(facet["name"])
    scales = tuple(
        CostScale(scale["key"], scale["name"], tuple(scale["registers"])) for scale in plain["cost_scale"]
    )
    return FacetWords(
        plain["version"],
        plain["rule"],
        names,
        lists,
        scales,
        {kind: tuple(facets) for kind, facets in plain["not_shown"].items()},
    )


@cache
def facet_words() -> FacetWords:
    """The word lists that come with the product."""
    text = resources.files(__package__).joinpath("facets.toml").read_text(encoding="utf-8")
    return facet_words_from(tomllib.loads(text))
