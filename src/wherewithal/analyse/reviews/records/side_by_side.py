"""Two records beside each other, field by field, with the words that differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from wherewithal.analyse.reviews.records.record import TYPE_WORDS, Record

LONGEST = 1_500
"""Words up to which the differing ones are looked for; of a longer text it is only said that it differs."""

FIELDS: Mapping[str, Callable[[Record], str]] = {
    "Title": lambda record: record.title,
    "Authors": lambda record: "; ".join(record.authors),
    "Year": lambda record: str(record.year or ""),
    "Published in": lambda record: record.journal,
    "Volume": lambda record: record.volume,
    "Issue": lambda record: record.issue,
    "Pages": lambda record: record.pages,
    "DOI": lambda record: record.doi,
    "PubMed number": lambda record: record.pmid,
    "Kind": lambda record: TYPE_WORDS.get(record.type, record.type),
    "Language": lambda record: record.language,
    "Abstract": lambda record: record.abstract,
}

_PIECES = re.compile(r"\S+\s*")
_SIGNS = re.compile(r"[^\w]")


@dataclass(frozen=True)
class Piece:
    """A part of a field's text, and whether the other record has it otherwise."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class Line:
    """One field of two records. ``says``: "same", "differs", or "one" where only one of the two gives it."""

    name: str
    says: str
    one: tuple[Piece, ...]
    other: tuple[Piece, ...]


def side_by_side(one: Record, other: Record) -> list[Line]:
    """The fields that either record gives, in the order of ``FIELDS``. Case and punctuation make no difference."""
    lines = []
    for name, read in FIELDS.items():
        here, there = read(one), read(other)
        if here or there:
            lines.append(_line(name, here, there))
    return lines


def _line(name: str, here: str, there: str) -> Line:
    if not here or not there:
        return Line(name, "one", _whole(here), _whole(there))
    words, others = _PIECES.findall(here), _PIECES.findall(there)
    folded, folded_others = [_folded(word) for word in words], [_folded(word) for word in others]
    if "".join(folded) == "".join(folded_others):
        return Line(name, "same", _whole(here), _whole(there))
    if max(len(words), len(others)) > LONGEST:
        return Line(name, "differs", (Piece(here, True),), (Piece(there, True),))
    blocks = SequenceMatcher(a=folded, b=folded_others, autojunk=False).get_matching_blocks()
    return Line(
        name,
        "differs",
        _marked(words, [(block.a, block.size) for block in blocks]),
        _marked(others, [(block.b, block.size) for block in blocks]),
    )


def _folded(word: str) -> str:
    return _SIGNS.sub("", word).casefold()


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _marked(words: list[str], alike: list[tuple[int, int]]) -> tuple[Piece, ...]:
    """The words in pieces, those outside ``alike`` (start and length) as differing."""
    pieces: list[Piece] = []
    place = 0
    for start, size in alike:
        for text, differs in (
            ("".join(words[place:start]), True),
            ("".join(words[start : start + size]), False),
        ):
            if text:
                pieces.append(Piece(text, differs))
        place = start + size
    return tuple(pieces)
