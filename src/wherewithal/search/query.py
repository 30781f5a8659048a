"""What a person typed, taken apart: words, "phrases" and -words to leave out. Nothing typed is ever wrong.

Quotes of any kind hold words together and take them as they are written; one quote too many is ignored. A hyphen right
before a word or a quote, with nothing but space before it, leaves things with that word out. Everything else that is
not a letter or a digit separates words. No engine has a syntax of its own that any of this could reach.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wherewithal.search.analyser import Spelt, runs, spelt

LONGEST = 2_000
"""Letters of a search that are read."""
MOST_WORDS = 32
"""Words of a search that are read; further ones are ignored."""

_PIECE = re.compile(r'(?P<out>(?:(?<=\s)|^)[-‐‑‒–—−]+(?=[\w"]))?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂❝❞", '"') | {chr(code): " " for code in range(32)})
_RANGE = re.compile(r"\b([0-9]{1,3}) to ([0-9]{1,3})\b")
_BRITISH_QUOTED = re.compile(r"(?:(?<=\s)|^)[‘]([^’‘\"]+)’(?=\s|$)")


@dataclass(frozen=True)
class Asked:
    """One word of a search as it was typed, or a phrase in quotes, with what the analyser makes of it."""

    typed: str
    runs: tuple[Spelt, ...]
    quoted: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """All its words in order."""
        return tuple(word for run in self.runs for word in run.parts)


@dataclass(frozen=True)
class Query:
    """A search: what is asked for, in order, and what is to be left out."""

    asked: tuple[Asked, ...] = ()
    without: tuple[Asked, ...] = ()


def parse(text: str) -> Query:
    """Take a search apart. Gives an empty query where there is no word in it; never raises."""
    text = _plain(text)
    asked: list[Asked] = []
    without: list[Asked] = []
    left = MOST_WORDS
    for piece in _PIECE.finditer(text):
        quoted = piece["quoted"] is not None
        inside = piece["quoted"] if quoted else piece["plain"]
        found = [spelt(run) for run in runs(inside)]
        for each in _pieces(inside, found, quoted):
            if left <= 0:
                return Query(tuple(asked), tuple(without))
            left -= len(each.words)
            (without if piece["out"] else asked).append(each)
    return Query(tuple(asked), tuple(without))


def _plain(text: str) -> str:
    text = _BRITISH_QUOTED.sub(r'"\1"', text[:LONGEST]).translate(_QUOTES)
    if text.count('"') % 2:
        before, _, after = text.rpartition('"')
        text = f"{before} {after}"
    return _RANGE.sub(r"\1-\2", text)


def _pieces(inside: str, found: list[Spelt], quoted: bool) -> list[Asked]:
    if not found:
        return []
    if quoted:
        return [Asked(" ".join(inside.split()), tuple(found)[:MOST_WORDS], quoted=True)]
    if len(found) == 1:
        return [Asked(inside.strip("()[]{}.,;:!?'*~^/\\|&<>"), (found[0],))]
    # "family/carer" is two words to the analyser.
    return [Asked(run.whole or " ".join(run.parts), (run,)) for run in found]
