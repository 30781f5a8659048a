"""One segment of an index: a part of its documents, as arrays that never change.

``n`` documents are numbered by their order, then their key; ``w`` words by the alphabet; ``p`` postings are pairs of a
word and a document that holds it, by word and then by document; ``t`` places say where, by posting and then by place.

=================  ====  ===============================================================================
key_text, key_at         the keys, one after the other, and where each begins (n + 1)
key_order          n     the documents in the order of their keys
order              n     the documents' own order
names_from, text_from, length_title, length_names, length_text    n each, as in ``layout.Laid``
title_is           n     what the title says, as a number
name_is, name_doc        what a name says, and whose name it is: one pair a name
word_text, word_at       the words, as the keys
word_by_stem       w     the words in the order of their stems
post_at            w+1   where the postings of each word begin
post_doc           p     documents
post_times         p     times in title, names and text: packed as in ``segment_build``
place_at           w+1   where the places of each word begin
place              t     places
facet0_at, facet0 ...    for each facet, where the values of each document begin (n + 1), and the values' numbers
=================  ====  ===============================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.search.arrays_file import Arrays
from wherewithal.search.segment_build import WIDE, sizes
from wherewithal.search.stemming import stem

Docs = NDArray[np.unsignedinteger[Any]]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


_MOST_REMEMBERED = 20_000
"""Words whose place in the vocabulary is remembered."""


_FEW = 6
"""Up to one document in so many, each is looked at by itself; of more, all are gone through at once."""


class Texts:
    """Many short texts one after the other in one array, read one at a time."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._text = arrays[f"{name}_text"].data
        self._at = arrays[f"{name}_at"].data

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> str:
        return bytes(self._text[self._at[number] : self._at[number + 1]]).decode("utf-8", "surrogatepass")

    def raw(self, number: int) -> bytes:
        return bytes(self._text[self._at[number] : self._at[number + 1]])

    def range(self, first: int, after: int) -> list[str]:
        """Several in a row, faster than one by one."""
        start = self._at[first]
        whole = bytes(self._text[start : self._at[after]])
        ends = [end - start for end in self._at[first : after + 1]]
        return [whole[begin:end].decode("utf-8", "surrogatepass") for begin, end in pairwise(ends)]


class Segment:
    """Reads the arrays of one segment. ``values`` are the values of each facet, in the facets' order."""

    def __init__(self, arrays: Arrays, values: Sequence[Sequence[str]]) -> None:
        self.arrays = arrays
        self.values = values
        self.keys = Texts(arrays, "key")
        self.words = Texts(arrays, "word")
        self._letters: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}
        self._forms: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    # --- Words ---------------------------------------------------------------------------------------------------

    def number_of(self, word: str) -> int:
        """The word's number, or -1."""
        if (number := self._numbers.get(word)) is None:
            if len(self._numbers) >= _MOST_REMEMBERED:
                self._numbers.clear()
            number = self._numbers[word] = self._look_up(word)
        return number

    def _look_up(self, word: str) -> int:
        asked = word.encode("utf-8", "surrogatepass")
        place = self._first_from(asked)
        return place if place < len(self.words) and self.words.raw(place) == asked else -1

    def _first_from(self, asked: bytes) -> int:
        low, high, raw = 0, len(self.words), self.words.raw
        while low < high:
            middle = (low + high) // 2
            if raw(middle) < asked:
                low = middle + 1
            else:
                high = middle
        return low

    def forms(self, of: str) -> list[str]:
        """The words with this stem."""
        if (forms := self._forms.get(of)) is None:
            if len(self._forms) >= _MOST_REMEMBERED:
                self._forms.clear()
            forms = self._forms[of] = self._look_up_forms(of)
        return forms

    def _look_up_forms(self, of: str) -> list[str]:
        by_stem = self.arrays["word_by_stem"]
        low, high = 0, len(by_stem)
        while low < high:
            middle = (low + high) // 2
            if stem(self.words[by_stem[middle]]) < of:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(by_stem) and stem(word := self.words[by_stem[low]]) == of:
            found.append(word)
            low += 1
        return found

    def beginning_with(self, letter: str, shortest: int, longest: int) -> list[str]:
        """The words that begin with a letter and are so long, letters alone."""
        if letter not in self._letters:
            first = self._first_from(letter.encode())
            after = self._first_from(letter.encode() + b"\xff")
            self._letters[letter] = [word for word in self.words.range(first, after) if word.isalpha()]
        return [word for word in self._letters[letter] if shortest <= len(word) <= longest]

    def postings(self, word: int) -> tuple[Docs, NDArray[np.uint16]]:
        """The documents that hold a word, and how often in each field (packed)."""
        start, after = self.arrays["post_at"][word : word + 2]
        return self.arrays["post_doc"][start:after], self.arrays["post_times"][start:after]

    def count(self, word: int) -> int:
        """How many documents hold a word, dead ones too."""
        start, after = self.arrays["post_at"][word : word + 2]
        return int(after - start)

    def places(self, word: int, among: Mask) -> NDArray[np.int64]:
        """Where a word stands in some documents: the document's number in the high bits, the place in the low 16."""
        docs, times = self.postings(word)
        counts = sizes(times)
        chosen = np.flatnonzero(among[docs])
        starts = (np.cumsum(counts) - counts)[chosen]
        counts = counts[chosen]
        total = int(counts.sum())
        # Row numbers of all places: each posting's start, and one further for each of its places.
        within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = np.repeat(starts, counts) + within + int(self.arrays["place_at"][word])
        return (np.repeat(docs[chosen].astype(np.int64), counts) << 16) | self.arrays["place"][rows]

    def words_of(self, doc: int) -> tuple[list[int], NDArray[np.int64]]:
        """The words of one document, and how often it has each (wide)."""
        found = np.flatnonzero(self.arrays["post_doc"] == doc)
        numbers = np.searchsorted(self.arrays["post_at"], found, side="right") - 1
        return numbers.tolist(), WIDE[self.arrays["post_times"][found]]

    # --- Documents -----------------------------------------------------------------------------------------------

    def find(self, key: str) -> int:
        """The number of the document with this key, or -1."""
        asked, by_key, raw = key.encode("utf-8", "surrogatepass"), self.arrays["key_order"], self.keys.raw
        low, high = 0, len(by_key)
        while low < high:
            middle = (low + high) // 2
            if raw(by_key[middle]) < asked:
                low = middle + 1
            else:
                high = middle
        return int(by_key[low]) if low < len(by_key) and raw(by_key[low]) == asked else -1

    def lengths(self, field: str) -> NDArray[np.int64]:
        """Words of each document in its title, names or text."""
        return self.arrays[f"length_{field}"].astype(np.int64)

    def counted(self, starts: NDArray[np.int64]) -> tuple[NDArray[np.int64], tuple[NDArray[np.int64], ...]]:
        """The documents in which something stands in some places (as ``places``, sorted), and how often by field."""
        docs, places = starts >> 16, starts & 0xFFFF
        in_text = places >= self.arrays["text_from"][docs]
        in_title = places < self.arrays["names_from"][docs]
        new = np.ones(len(docs), dtype=bool)
        new[1:] = docs[1:] != docs[:-1]
        first = np.flatnonzero(new)
        if not len(first):
            return docs, (docs, docs, docs)
        fields = (in_title, ~(in_title | in_text), in_text)
        return docs[first], tuple(np.add.reduceat(field.astype(np.int64), first) for field in fields)

    # --- Facets --------------------------------------------------------------------------------------------------

    def having(self, facet: int, values: Iterable[str]) -> Mask:
        """Which documents have any of some values of a facet."""
        code = {value: number for number, value in enumerate(self.values[facet])}
        asked = [code[value] for value in values if value in code]
        mask = np.zeros(len(self), dtype=bool)
        if asked:
            codes = self.arrays[f"facet{facet}"]
            chosen = np.zeros(len(code), dtype=bool)
            chosen[asked] = True
            mask[self._owners(facet)[chosen[codes]]] = True
        return mask

    def counts(self, facet: int, among: Mask, docs: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many of some documents, given as a mask and as numbers, have each value of a facet."""
        codes = self.arrays[f"facet{facet}"]
        if len(docs) * _FEW > len(self):
            chosen = codes[among[self._owners(facet)]]
        else:
            at = self.arrays[f"facet{facet}_at"]
            firsts = at[docs].astype(np.int64)
            counts = at[docs + 1] - firsts
            rows = np.repeat(firsts - (np.cumsum(counts) - counts), counts)
            rows += np.arange(len(rows))
            chosen = codes[rows]
        return np.bincount(chosen, minlength=len(self.values[facet]))

    def _owners(self, facet: int) -> NDArray[Any]:
        """The document of each value that stands in a facet's array."""
        if facet not in self._owned:
            at = self.arrays[f"facet{facet}_at"].astype(np.int64)
            self._owned[facet] = np.repeat(np.arange(len(self), dtype=np.int32), at[1:] - at[:-1])
        return self._owned[facet]

    @cached_property
    def _owned(self) -> dict[int, NDArray[Any]]:
        return {}
