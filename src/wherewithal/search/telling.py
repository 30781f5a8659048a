"""The most telling words of a thing: what another thing must share to be like it."""

from __future__ import annotations

from collections.abc import Iterable

from wherewithal.search import ranking
from wherewithal.search.plan import Need, Plan, Way
from wherewithal.search.stemming import STOP_WORDS

MOST_WORDS = 25
"""Words that a thing is compared by."""
LEAST_SHARED = 2
"""Telling words that a thing must share to be shown as like another; one where there is only one."""


def most_telling(words: Iterable[tuple[str, float, int]], held: int) -> list[str]:
    """The words that say most about a thing: ``(word, worth, things that hold it)`` of each.

    A word tells by its worth in the thing (``ranking``) and by its idf. A word that nothing else holds tells nothing
    of what is like it.
    """
    scored = [
        (-worth * ranking.idf(held, by), word)
        for word, worth, by in words
        if by > 1 and word not in STOP_WORDS and len(word) > 1 and not word.isdigit()
    ]
    scored.sort()
    return [word for _, word in scored[:MOST_WORDS]]


def plan_like(words: Iterable[str]) -> Plan:
    """Look for things that hold these words as they stand."""
    return Plan(needs=tuple(Need(word, (Way(((word,),)),)) for word in words))


def least_shared(words: int) -> int:
    """How many of so many telling words a thing must share."""
    return min(words, LEAST_SHARED)
