"""A page of official guidance: the facts about it, and never its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One page of GOV.UK, or one piece of guidance from NICE.

    ``kind`` is the publisher's own word ("statutory_guidance", "NICE guideline"); ``reference`` the number or
    identifier that the publisher gives it ("NG225"); ``published`` the first date and ``updated`` the last,
    where they were given; ``withdrawn`` says since when it no longer applies, empty where nothing says so.
    """

    title: str
    link: str
    kind: str = ""
    published: date | None = None
    updated: date | None = None
    organisations: tuple[str, ...] = ()
    reference: str = ""
    withdrawn: str = ""
    licence: str = ""
    source: str = ""

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready copy without empty fields, which ``from_dict`` brings back."""
        plain: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, date):
                plain[field.name] = value.isoformat()
            elif value not in ("", None, ()):
                plain[field.name] = list(value) if isinstance(value, tuple) else value
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Page:
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in plain.items() if name in known}
        for name in ("published", "updated"):
            values[name] = date.fromisoformat(values[name]) if values.get(name) else None
        values["organisations"] = tuple(values.get("organisations", ()))
        return cls(**{"title": "", "link": "", **values})
