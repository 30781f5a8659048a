"""What does exist, where a search found nothing: the same search with one thing less, each with what it would find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.choices import NAMES, choice_name
from wherewithal_web.analyse.library.searching.found import count

MOST_WORDS = 8
"""How many words of a long search are tried alone."""


@dataclass(frozen=True)
class Wider:
    """One thing less, in words, and how much that finds."""

    words: str
    asked: Asked
    count: int


def wider(asked: Asked) -> list[Wider]:
    """Each filter taken off alone, the words left out, and each word alone: those that find something."""
    found = [
        Wider(words, each, found)
        for words, each in _with_one_thing_less(asked)
        if each.asks and (found := count(each))
    ]
    if found or not asked.text or not asked.chosen:
        return found
    # Neither the words nor the filters find anything with one of them off: the filters off altogether.
    every = replace(asked, chosen={}, page=1)
    return [Wider("without any filter", every, total)] if (total := count(every)) else []


def _with_one_thing_less(asked: Asked) -> Iterable[tuple[str, Asked]]:
    for facet, values in asked.chosen.items():
        ticked = " or ".join(choice_name(facet, value) for value in values)
        yield f"without the filter “{NAMES[facet]}: {ticked}”", asked.without(facet)
    if asked.text and asked.chosen:
        yield f"without the words “{asked.text}”", replace(asked, text="", page=1)
    words = list(dict.fromkeys(asked.text.split()))
    if len(words) > 1:
        for word in words[:MOST_WORDS]:
            yield f"with the word “{word}” alone", asked.asking(word)
