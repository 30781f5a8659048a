"""Where each word of a document stands: title first, then each other name, then the text, with gaps between.

Both engines index exactly this. A word's places number all of the document's words in one row; the gaps keep a phrase
from running from one field into the next. Very long documents are read to a limit, which is far beyond any abstract.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.search.analyser import Analyser
from wherewithal.search.port import Document
from wherewithal.search.stemming import STOP_WORDS, stem

GAP = 8
"""Empty places between two fields, and between two names."""
MOST_PLACES = 60_000
"""Words of a document that are read, gaps included."""
MOST_TIMES = (15, 31, 127)
"""How often one word counts in title, names and text; further ones are not indexed."""


@dataclass(frozen=True)
class Laid:
    """A document as it is indexed.

    ``words`` and ``places`` run side by side, in order of place, wholes of compounds right before their first part.
    ``names_from`` and ``text_from`` are the places where those fields begin. ``lengths`` counts the words of title,
    names and text. ``title_is`` and ``names_are`` are what a search must come to, to be the title or a name.
    """

    words: list[str]
    places: list[int]
    names_from: int
    text_from: int
    lengths: tuple[int, int, int]
    title_is: str
    names_are: tuple[str, ...]

    def by_word(self) -> dict[str, tuple[int, ...]]:
        """The places of each word that count, in order: in each field only so many."""
        found: dict[str, list[int]] = {}
        times: dict[tuple[str, int], int] = {}
        for word, place in zip(self.words, self.places, strict=True):
            field = (place >= self.names_from) + (place >= self.text_from)
            times[word, field] = times.get((word, field), 0) + 1
            if times[word, field] <= MOST_TIMES[field]:
                found.setdefault(word, []).append(place)
        return {word: tuple(places) for word, places in found.items()}


def lay_out(document: Document, analyse: Analyser) -> Laid:
    """The document's words with their places."""
    words: list[str] = []
    places: list[int] = []
    after, title, title_is = _field(document.title, 0, words, places, analyse)
    names_from = after + GAP
    after, names, names_are = names_from, 0, []
    for name in document.names:
        after, count, said = _field(name, after, words, places, analyse)
        after += GAP
        names += count
        if said:
            names_are.append(said)
    text_from = after + GAP
    _, text, _ = _field(document.text, text_from, words, places, analyse, whole_text=False)
    return Laid(words, places, names_from, text_from, (title, names, text), title_is, tuple(names_are))


def said_as(words: Iterable[str]) -> str:
    """What makes two names the same: the stems of their words, without stop words where there are others."""
    every = list(words)
    telling = [word for word in every if word not in STOP_WORDS] or every
    return " ".join(map(stem, telling))


def _field(
    text: str,
    first: int,
    words: list[str],
    places: list[int],
    analyse: Analyser,
    *,
    whole_text: bool = True,
) -> tuple[int, int, str]:
    """Append a field's words from place ``first``; gives the place after it, its length, and what it says."""
    found, wholes = analyse(text)
    if first + len(found) > MOST_PLACES:
        found = found[: max(0, MOST_PLACES - first)]
        wholes = [(place, whole) for place, whole in wholes if place < len(found)]
    done = 0
    for place, whole in wholes:
        words.extend(found[done:place])
        places.extend(range(first + done, first + place))
        words.append(whole)
        places.append(first + place)
        done = place
    words.extend(found[done:])
    places.extend(range(first + done, first + len(found)))
    return first + len(found), len(found), said_as(found) if whole_text else ""
