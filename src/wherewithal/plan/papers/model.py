"""A paper: sentences in the order a board reads them, each with numbered notes on what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wherewithal.thread import Finding, Lane, Support


@dataclass(frozen=True)
class Note:
    """One numbered source: the finding that sentences cite by ``number``."""

    number: int
    finding: Finding

    @property
    def lane(self) -> Lane:
        return self.finding.lane


@dataclass(frozen=True)
class Change:
    """What has changed under a sentence since it was written and nobody has answered yet."""

    on: date
    words: str


@dataclass(frozen=True)
class Sentence:
    """One sentence of the case. ``judgement_by`` names whose judgement it is, if it is one."""

    key: str
    text: str
    support: Support
    notes: tuple[Note, ...] = ()
    judgement_by: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table that a room contributes to one section.

    The first column of ``rows`` names each row; lines of a cell after its first are shown quieter. ``below``
    holds the lines a reader needs beneath it: prices, discounting, edition of the rates, and what the ranges
    are.
    """

    section: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(
                f"table '{self.title}': every row has {len(self.header)} cells, as its header has"
            )


@dataclass(frozen=True)
class Section:
    """A section of the case. ``prompt`` is the question it answers, shown while nothing is written."""

    key: str
    title: str
    prompt: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.sentences and not self.tables


@dataclass(frozen=True)
class Part:
    """One of the five cases, with the question it answers and its sections."""

    case: str
    title: str
    asks: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Paper:
    """The whole paper on one day.

    ``kind`` is what sort of paper it is ("Business case"); ``meta`` are lines such as who decides and when;
    ``made_up`` is the notice that local figures are made up, empty where they are not; ``in_place`` holds the
    keys of what the case has, as in ``wherewithal.thread.stages``.
    """

    kind: str
    title: str
    question: str
    meta: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    notes: tuple[Note, ...]
    written_on: date
    made_up: str = ""
    in_place: frozenset[str] = frozenset()

    @property
    def sections(self) -> Iterator[Section]:
        for part in self.parts:
            yield from part.sections

    @property
    def sentences(self) -> Iterator[Sentence]:
        for section in self.sections:
            yield from section.sentences
