"""What every index takes and gives back, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
NOTHING_PREFERRED: Mapping[str, Mapping[str, float]] = MappingProxyType({})


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    ``key`` is unique: writing a document with a key that is held replaces it. ``names`` are its other names, which
    weigh between title and text. ``facets`` maps a facet's name to this thing's values, each a plain string. Where two
    things match alike, the smaller ``order`` comes first, then the key.
    """

    key: str
    title: str
    names: tuple[str, ...] = ()
    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: int = 0


@dataclass(frozen=True)
class Hit:
    """One thing found. ``matched`` holds the words of the search that it has, as they were typed."""

    key: str
    score: float
    matched: tuple[str, ...] = ()


@dataclass(frozen=True)
class Respelling:
    """A word that was read as another: ``used`` is the word, or words, that were looked for (joined with "or")."""

    typed: str
    used: str


@dataclass(frozen=True)
class Widening:
    """Words that were also looked for as others that mean the same: CBT as "cognitive behavioural therapy"."""

    typed: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """A page of what was found, and what the search made of the words.

    ``total`` counts everything found, not only this page. ``facets`` holds, for each facet asked for, how many things
    each value would find with all *other* filters kept. ``spelt`` says which words were read as others, ``also`` which
    had words of the same meaning added, ``missing`` which words nothing holds (they were left out), and ``loosened``
    that not every word was asked of everything found.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    spelt: tuple[Respelling, ...] = ()
    missing: tuple[str, ...] = ()
    loosened: bool = False
    also: tuple[Widening, ...] = ()


class Index(Protocol):
    """An index of documents. Both engines keep to it; ``tests/spec`` states how it behaves."""

    @property
    def position(self) -> int:
        """A number of the caller's: up to where its own record of changes has been written here."""
        ...

    def write(
        self, documents: Iterable[Document], *, remove: Iterable[str] = (), position: int | None = None
    ) -> None:
        """Add or replace documents by key, and take out those of ``remove``: all of it or nothing, kept on return.

        Writing the same again changes nothing. A key that is both written and removed is there afterwards.
        """
        ...

    def search(
        self,
        text: str = "",
        *,
        filters: Mapping[str, Sequence[str]] = NOTHING,
        facets: Sequence[str] = (),
        limit: int = 25,
        offset: int = 0,
        prefer: Mapping[str, Mapping[str, float]] = NOTHING_PREFERRED,
        any_word: bool = False,
    ) -> Results:
        """Find what holds the words. No text finds everything, by order and then by key.

        All words must be held; where nothing holds all, as many as possible (``loosening``). ``any_word`` finds
        whatever holds any of them, best first: more, for somebody who must not miss anything.

        ``filters`` asks for one of the values of each facet named. ``prefer`` multiplies the score of what has a
        facet's value: ``{"kind": {"programme": 1.2}}``. Never raises for anything that a person can type.
        """
        ...

    def more_like(
        self, key: str, *, filters: Mapping[str, Sequence[str]] = NOTHING, limit: int = 10
    ) -> Results:
        """Things that share the most telling words of the one with this key; nothing where the key is not held."""
        ...

    def __len__(self) -> int: ...
