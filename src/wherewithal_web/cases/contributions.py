"""What the rooms add to a case, so that the case page shows them without knowing any of them.

A room registers one ``Contribution`` when Django starts (``AppConfig.ready``). Imports point from rooms to
cases and never back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wherewithal.thread.stages import Stage
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class Tool:
    """Somewhere to go from the case: a room's page for it, in the stage it belongs to."""

    stage: Stage
    words: str
    href: str
    hint: str = ""


@dataclass(frozen=True)
class Panel:
    """A box in the case's aside. ``items`` are words with an address or none."""

    title: str
    items: tuple[tuple[str, str], ...]
    link: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class PaperTable:
    """A table for the paper, in one of its sections. ``notes`` say where its figures come from."""

    section: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """An option that a decision can choose: its name, and a key that the room knows it by."""

    key: str
    name: str


def _none(_case: Case) -> list:
    return []


def _nothing(_case: Case) -> dict[str, Any]:
    return {}


def _no_lines(_user: User) -> list[tuple[str, str]]:
    return []


def _tells_nothing(_case: Case) -> Callable[[Event], bool]:
    return lambda _event: False


def _hears_nothing(_by: User, _source_key: str) -> None:
    return None


def _no_day(_case: Case) -> date | None:
    return None


@dataclass(frozen=True)
class Contribution:
    """What one room adds.

    ``present`` gives the keys of ``wherewithal.thread.stages.NEEDS`` that the case has thanks to this room;
    ``need_links`` where to go to fill a need; ``tools`` the room's pages for the case; ``panels`` its boxes;
    ``tables`` for the paper; ``choices`` what a decision can choose; ``export`` everything it stores for the
    case, for the download; ``review_on`` the day of the next review where the room has set one. ``start`` gives
    lines for a person's start page, as words and an address. ``veil`` says of an event of the case's history
    whether it tells what people may not know yet. ``source_told`` hears of what happened to a source, such as a
    retraction, by its key, after it was recorded: findings that can be worked out without it are.
    """

    room: str
    present: Callable[[Case], Collection[str]] = _none
    need_links: dict[str, Callable[[Case], str]] = field(default_factory=dict)
    tools: Callable[[Case], list[Tool]] = _none
    panels: Callable[[Case], list[Panel]] = _none
    tables: Callable[[Case], list[PaperTable]] = _none
    choices: Callable[[Case], list[Choice]] = _none
    export: Callable[[Case], dict[str, Any]] = _nothing
    review_on: Callable[[Case], date | None] = _no_day
    start: Callable[[User], list[tuple[str, str]]] = _no_lines
    veil: Callable[[Case], Callable[[Event], bool]] = _tells_nothing
    source_told: Callable[[User, str], None] = _hears_nothing


_rooms: dict[str, Contribution] = {}


def contribute(contribution: Contribution) -> None:
    """Register a room. A second registration under the same name replaces the first, so tests can stand in."""
    _rooms[contribution.room] = contribution


def rooms() -> list[Contribution]:
    """Every room that contributes, in the order of registration (which is that of the cycle)."""
    return list(_rooms.values())
