"""Near words: what a word that nothing holds, or hardly anything, was probably meant to be.

The distance is the number of letters to add, drop, change or swap with their neighbour (the restricted form of
Damerau, F. J. (1964), A technique for computer detection and correction of spelling errors, CACM 7(3)). People seldom
get the first letter wrong, so that a word with another one is near only where it is the one thing wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from string import ascii_lowercase
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

SHORTEST = 4
"""Letters from which a word may be read as another: UK, LAC and CBT are never."""
TWO_WRONG_FROM = 6
"""Letters from which two may be wrong, where no word is nearer."""
RARE, FAR_COMMONER = 2, 50
"""A word in so few things that has a near one in so many times more is looked for as both. And of several near words,
those in so many times fewer things than the commonest were not meant."""
RARE_FROM = 6
"""Letters from which a rare word may be: shorter ones have too many neighbours."""


class Near(NamedTuple):
    """A word that is held, and how many letters away it is."""

    word: str
    distance: int


class Candidate(NamedTuple):
    """A near word with what decides between several: the count of things that hold it."""

    word: str
    distance: int
    held: int


def may_be_misspelt(word: str) -> bool:
    """Whether a word is one that typing could have got wrong: letters alone, and enough of them."""
    return len(word) >= SHORTEST and word.isalpha()


def furthest(word: str) -> int:
    """How many letters of a word may be wrong."""
    return 2 if len(word) >= TWO_WRONG_FROM else 1


def is_near(word: str, other: str) -> int:
    """The distance of two words where they are near, 0 where they are not or are the same."""
    distance = OSA.distance(word, other, score_cutoff=furthest(word))
    if distance > furthest(word) or not may_be_misspelt(other):
        return 0
    return distance if distance == 1 or word[0] == other[0] else 0


def near_among(word: str, others: Sequence[str]) -> Iterator[Near]:
    """The words near to this one, of many that begin with the same letter. All at once: 10,000 take a millisecond."""
    if not others:
        return
    most = furthest(word)
    distances = cdist([word], others, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    for place in np.flatnonzero((distances > 0) & (distances <= most)).tolist():
        if may_be_misspelt(others[place]):
            yield Near(others[place], int(distances[place]))


def first_letter_wrong(word: str) -> Iterator[str]:
    """The words with another first letter that are one mistake away, whether or not they are words."""
    first, rest = word[0], word[1:]
    made = [letter + rest for letter in ascii_lowercase]
    made += [letter + word for letter in ascii_lowercase]
    made += [rest, rest[0] + first + rest[1:]]
    for each in dict.fromkeys(made):
        if each[0] != first and may_be_misspelt(each):
            yield each


def choose(
    word: str, near: Iterable[Near], held: Callable[[str], int], group: Callable[[str], str], most: int
) -> list[Candidate]:
    """The words probably meant: the nearest, those with the same first letter first, then the commonest.

    ``held`` counts the things that hold a word, ``group`` gives its stem: one word of a stem is enough. Words two
    letters away are left out where there are words one letter away.
    """
    counted = [Candidate(each.word, each.distance, held(each.word)) for each in near]
    counted = [each for each in counted if each.held > 0]
    nearest = min((each.distance for each in counted), default=0)
    counted = [each for each in counted if each.distance == nearest]
    commonest = max((each.held for each in counted if each.word[0] == word[0]), default=0)
    counted = [each for each in counted if each.held * FAR_COMMONER > commonest]
    counted.sort(key=lambda each: (each.word[0] != word[0], -each.held, each.word))
    chosen: dict[str, Candidate] = {}
    for each in counted:
        chosen.setdefault(group(each.word), each)
    return list(chosen.values())[:most]
