"""A published work and the notices about it: what every bibliographic service is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from wherewithal.sources.json_values import dicts_in

RETRACTION = "retraction"
CORRECTION = "correction"
CONCERN = "expression of concern"
WITHDRAWAL = "withdrawal"
REMOVAL = "removal"
REINSTATEMENT = "reinstatement"

TAKEN_BACK = frozenset({RETRACTION, WITHDRAWAL, REMOVAL})
"""The notices that take the whole work back. A partial retraction is a notice, and does not."""

_KINDS = {
    "retraction": RETRACTION,
    "partial retraction": "partial retraction",
    "withdrawal": WITHDRAWAL,
    "removal": REMOVAL,
    "correction": CORRECTION,
    "corrigendum": CORRECTION,
    "erratum": CORRECTION,
    "expression of concern": CONCERN,
    "concern": CONCERN,
    "reinstatement": REINSTATEMENT,
}


def notice_kind(said: str) -> str:
    """The kind of a notice in our words, from a service's ("expression_of_concern", "Corrigendum").

    Kinds that only some publishers use ("new version", "clarification") keep the word they came with.
    """
    words = " ".join(said.replace("_", " ").replace("-", " ").lower().split())
    return _KINDS.get(words, words or "notice of an unnamed kind")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice about a work. ``doi`` is the notice's own, empty where the service did not give one;
    ``source`` names who says so ("Crossref", "Retraction Watch", "OpenAlex").
    """

    kind: str
    doi: str = ""
    date: date | None = None
    source: str = ""

    @property
    def takes_it_back(self) -> bool:
        return self.kind in TAKEN_BACK

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "doi": self.doi,
            "date": self.date.isoformat() if self.date else None,
            "source": self.source,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Notice:
        day = plain.get("date")
        return cls(
            kind=plain["kind"],
            doi=plain.get("doi", ""),
            date=date.fromisoformat(day) if day else None,
            source=plain.get("source", ""),
        )


@dataclass(frozen=True, slots=True)
class Work:
    """One published work, as one service describes it.

    ``authors`` are "Family, Given", in order. ``type`` is a type of the Citation Style Language. ``published``
    is the full date where the service gave one, ``year`` otherwise says when. ``doi`` has no address before
    it. ``abstract`` is empty where the work's own licence does not let it be passed on (``may_be_passed_on``).
    ``link`` is where to look it up, ``open_access_link`` where it can be read freely; ``licence`` is the
    work's own licence, in the service's words. ``retracted`` is ``None`` where the service does not say, which
    is not the same as no. ``source`` is the name of the service.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: date | None = None
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    issn: str = ""
    type: str = "document"
    doi: str = ""
    pmid: str = ""
    openalex_id: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    link: str = ""
    open_access_link: str = ""
    licence: str = ""
    language: str = ""
    retracted: bool | None = None
    notices: tuple[Notice, ...] = ()
    source: str = ""

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready copy without empty fields, which ``from_dict`` brings back."""
        plain: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value in ("", None, ()):
                continue
            if field.name == "notices":
                plain["notices"] = [notice.as_dict() for notice in value]
            elif isinstance(value, date):
                plain[field.name] = value.isoformat()
            else:
                plain[field.name] = list(value) if isinstance(value, tuple) else value
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Work:
        """The work of ``as_dict``. Names that are not known here are left out: a later version may add some."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in plain.items() if name in known}
        for name in ("authors", "keywords"):
            values[name] = tuple(values.get(name, ()))
        values["notices"] = tuple(Notice.from_dict(item) for item in dicts_in(values.get("notices")))
        day = values.get("published")
        values["published"] = date.fromisoformat(day) if day else None
        return cls(**values)


_OPEN = (
    "cc-",
    "cc0",
    "cc by",
    "creativecommons.org",
    "public-domain",
    "publicdomain",
    "open government",
    "ogl",
)


def may_be_passed_on(licence: str) -> bool:
    """Whether a work's licence lets its abstract be kept and shown to others: Creative Commons, the Open
    Government Licence, or the public domain.

    The services' own data are free to keep, but abstracts belong to the publishers unless the work is open.
    """
    said = licence.strip().lower()
    return any(mark in said for mark in _OPEN)
