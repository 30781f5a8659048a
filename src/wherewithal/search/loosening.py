"""How many of the words of a search a thing must hold, and what to do where nothing holds so many.

The figures were chosen on half of the shared reviews (``benchmarks/search``): asking less of long searches finds more
of what is relevant, and a short search means each of its words.
"""

from __future__ import annotations

from collections.abc import Sequence

ALL_UP_TO = 4
"""A search of so many words asks for all of them."""
OF_MORE = 1 / 3
"""The part of the words that a longer search is content with, where too few things hold all."""
ENOUGH = 100
"""So many things that hold all words are enough, and nothing else is shown."""


def least_words(holding: Sequence[int], any_word: bool = False) -> int:
    """How many words a thing must hold, given how many things hold none, one, two ... and all of them.

    All of them, where anything does; for a long search only where enough things do, since a question typed out in full
    is rarely met word for word. Otherwise as many as anything holds, a long search being content with its part.
    ``any_word`` asks for one.
    """
    if any_word:
        return 1
    every = len(holding) - 1
    most = next((count for count in range(every, 0, -1) if holding[count]), 0)
    if every <= ALL_UP_TO:
        return most
    if holding[every] >= ENOUGH:
        return every
    return min(most, max(1, round(every * OF_MORE)))
