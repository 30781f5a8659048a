"""Words with the same meaning in this field, from the reviewed groups of ``synonyms.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files

from wherewithal.search.analyser import Analyser
from wherewithal.search.stemming import stem

Stems = tuple[str, ...]


def _read() -> dict[Stems, list[tuple[str, tuple[str, ...]]]]:
    """For each way of saying something, by its stems: the other ways, as people write them and as words."""
    analyse = Analyser()
    text = files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8")
    said: dict[Stems, list[tuple[str, tuple[str, ...]]]] = {}
    for group in tomllib.loads(text)["groups"]:
        ways: dict[Stems, tuple[str, tuple[str, ...]]] = {}
        for phrase in group:
            words = tuple(analyse(phrase).words)
            ways.setdefault(tuple(map(stem, words)), (phrase, words))
        for stems in ways:
            said.setdefault(stems, []).extend(way for other, way in ways.items() if other != stems)
    return said


_SAID = _read()
LONGEST = max(map(len, _SAID))
"""Words of the longest way of saying something."""


def same_meaning(stems: Sequence[str]) -> Iterator[tuple[int, int, list[tuple[str, tuple[str, ...]]]]]:
    """Where a row of stems says something that can be said in other ways: from, to, and the other ways.

    The longest reading from each place is taken, and the next one begins after it.
    """
    first = 0
    while first < len(stems):
        for after in range(min(len(stems), first + LONGEST), first, -1):
            if ways := _SAID.get(tuple(stems[first:after])):
                yield first, after, ways
                first = after
                break
        else:
            first += 1
