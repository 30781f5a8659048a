"""A text cut where words stand that a reader should see: the protocol's own, and those learnt from decisions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_word = re.compile(r"\w+(?:-\w+)*")

ASKED = "asked"
TOWARDS = "towards"
AGAINST = "against"


@dataclass(frozen=True)
class Piece:
    """A stretch of text. ``kind`` is ``ASKED``, ``TOWARDS`` or ``AGAINST``, or nothing for plain text."""

    text: str
    kind: str = ""


def pieces_of(
    text: str,
    *,
    asked: Collection[str] = (),
    towards: Collection[str] = (),
    against: Collection[str] = (),
) -> list[Piece]:
    """The text in order, marked where a word or pair of words is in one of the collections.

    A word matches itself in any capitals and its plain plural; what was asked for comes before what was learnt.
    Nothing is lost: the pieces joined are the text.
    """
    kinds: dict[str, str] = {}
    for kind, terms in ((AGAINST, against), (TOWARDS, towards), (ASKED, asked)):
        kinds |= {" ".join(_stem(word) for word in term.casefold().split()): kind for term in terms}
    return list(_cut(text, kinds))


def _cut(text: str, kinds: dict[str, str]) -> Iterator[Piece]:
    words = [(found.start(), found.end(), _stem(found[0].casefold())) for found in _word.finditer(text)]
    upto = 0
    at = 0
    while at < len(words):
        start, end, word = words[at]
        kind, step = kinds.get(word, ""), 1
        if at + 1 < len(words) and (pair := kinds.get(f"{word} {words[at + 1][2]}")):
            kind, step, end = pair, 2, words[at + 1][1]
        if kind:
            if start > upto:
                yield Piece(text[upto:start])
            yield Piece(text[start:end], kind)
            upto = end
        at += step if kind else 1
    if upto < len(text):
        yield Piece(text[upto:])


def _stem(word: str) -> str:
    """A word without its plain plural: "trials" as "trial", "families" as "family", and "stress" as it is."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
