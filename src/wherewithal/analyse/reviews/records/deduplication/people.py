"""Authors as they are compared: family names, whatever order, initials and separators an export chose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from wherewithal.analyse.reviews.records.deduplication.folding import words
from wherewithal.analyse.reviews.records.deduplication.vocabulary import words_of

_BETWEEN = re.compile(r"\s+and\s+|\s*;\s*|\s+&\s+|\s*\|\s*")
_WITH_INITIALS = re.compile(r"[^\s.]{2,}.* (?:[A-ZÀ-Þ]\.?-?){1,4}")
_NOT_NAMES = frozenset(words_of("not_names"))
_PARTICLES = frozenset(words_of("particles"))


class People(NamedTuple):
    """``families`` in order, folded; ``given``: every other word that could be a family name, where an export took
    one for the other. Both empty where no person is named.
    """

    families: tuple[str, ...]
    given: tuple[str, ...]


def people_of(authors: Sequence[str]) -> People:
    families: list[str] = []
    given: set[str] = set()
    for author in authors:
        for family, others in _said_by(author):
            families.append(family)
            given.update(others)
    for family in families:
        given.difference_update(family.split())
    return People(tuple(families), tuple(sorted(given - _NOT_NAMES)))


@lru_cache(maxsize=50_000)
def _said_by(author: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each person that one field names: the family name, and every word that could be one."""
    found = []
    for name in _names(author):
        before, comma, behind = name.partition(",")
        said = [word for word in words(before).split() if word not in _NOT_NAMES]
        others = words(behind).split() if behind else []
        family = _family(before, said, bool(comma), others)
        if family:
            found.append((family, tuple(word for word in (*said, *others) if len(word) > 2)))
    return tuple(found)


def _names(author: str) -> list[str]:
    """One name a person, also where an export put them all into one field."""
    if " and " in author or ";" in author or "&" in author or "|" in author:
        return _BETWEEN.split(author)
    if "," in author:
        # "Smith J.W., Jones K., Brown P." of Scopus; "Smith, J. W., Jr" is one person.
        pieces = [piece.strip() for piece in author.split(",")]
        return pieces if all(map(_WITH_INITIALS.fullmatch, pieces[:2])) else [author]
    return [author]


def _family(before: str, said: list[str], comma: bool, others: list[str]) -> str:
    """The words of a family name without particles, initials and titles: "Botton, S. de" as "botton"."""
    if not comma and len(said) > 1:
        # "Smith JW" ends in initials, "Jane W Smith" in the family name.
        last = before.split()[-1].replace(".", "").replace("-", "")
        if len(said[-1]) <= 3 and last.isupper() and len(said[0]) > 1:
            said = [word for word in said if len(word) > 3 or word == said[0]] or said[:1]
        else:
            said = said[-1:]
    kept = [word for word in said if len(word) > 1 and word not in _PARTICLES]
    return " ".join(kept or [word for word in others if len(word) > 2][:1] or said)
