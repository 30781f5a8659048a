"""Where words stand in a text: short passages with their page, the words marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.screening.highlighting import Piece, pieces_of

AROUND = 90
"""Characters shown on either side of a word."""


@dataclass(frozen=True)
class Passage:
    """A stretch of a page (``page`` counts from 1), cut where marked words stand."""

    page: int
    pieces: tuple[Piece, ...]


def passages_with(
    pages: Sequence[str],
    *,
    asked: Collection[str] = (),
    towards: Collection[str] = (),
    against: Collection[str] = (),
    most: int = 40,
) -> list[Passage]:
    """The first ``most`` passages that hold one of the words, in the order of the text.

    Words that stand close together share a passage. What a passage leaves out on either side is shown as "…".
    """
    found: list[Passage] = []
    for number, text in enumerate(pages, start=1):
        plain = " ".join(text.split())
        pieces = pieces_of(plain, asked=asked, towards=towards, against=against)
        for group in _groups(pieces):
            if len(found) == most:
                return found
            found.append(Passage(number, _trimmed(pieces, *group)))
    return found


def search(pages: Sequence[str], query: str, *, most: int = 40) -> list[Passage]:
    """Passages with the words of ``query``, from pages that hold all of them; none for an empty query."""
    wanted = query.split()
    if not wanted:
        return []
    held = []
    for text in pages:
        there = all(any(piece.kind for piece in pieces_of(text, asked=[word])) for word in wanted)
        held.append(text if there else "")
    return passages_with(held, asked=wanted, most=most)


def _groups(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """First and last marked piece of each passage."""
    groups: list[tuple[int, int]] = []
    for at, piece in enumerate(pieces):
        if not piece.kind:
            continue
        near = groups and all(
            len(each.text) <= 2 * AROUND for each in pieces[groups[-1][1] + 1 : at] if not each.kind
        )
        if near:
            groups[-1] = (groups[-1][0], at)
        else:
            groups.append((at, at))
    return groups


def _trimmed(pieces: Sequence[Piece], first: int, last: int) -> tuple[Piece, ...]:
    before = pieces[first - 1].text if first else ""
    after = pieces[last + 1].text if last + 1 < len(pieces) else ""
    inside = list(pieces[first : last + 1])
    if before:
        cut = before[-AROUND:]
        start = f"… {cut.partition(' ')[2]}" if len(before) > AROUND else cut
        inside.insert(0, Piece(start))
    if after:
        cut = after[:AROUND]
        inside.append(Piece(f"{cut.rpartition(' ')[0]} …" if len(after) > AROUND else cut))
    return tuple(inside)
