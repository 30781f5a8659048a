"""Documents as the arrays of one segment: for every word, the documents that hold it, how often and where."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wherewithal.search.analyser import Analyser
from wherewithal.search.arrays_file import Arrays
from wherewithal.search.layout import MOST_TIMES, lay_out
from wherewithal.search.port import Document
from wherewithal.search.stemming import stem

Ints = NDArray[np.int64]


def build(
    documents: Iterable[Document], facets: Sequence[str], analyse: Analyser
) -> tuple[Arrays, list[list[str]]]:
    """The arrays of a segment, and the facets' values. Of documents with the same key the last one counts.

    A segment numbers its documents by their order, then their key. ``segment`` says what each array holds.
    """
    last = {document.key: document for document in documents}
    ordered = sorted(last.values(), key=lambda document: (document.order, document.key))
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    number_of = numbers.__getitem__
    words, places, sizes = array("I"), array("H"), array("I")
    starts, lengths, titles = array("H"), array("H"), array("Q")
    names, named = array("Q"), array("i")
    for doc, document in enumerate(ordered):
        laid = lay_out(document, analyse)
        words.extend(map(number_of, laid.words))
        places.extend(laid.places)
        sizes.append(len(laid.words))
        starts.extend((laid.names_from, laid.text_from))
        lengths.extend(laid.lengths)
        titles.append(said_number(laid.title_is))
        for name in laid.names_are:
            names.append(said_number(name))
            named.append(doc)
    arrays: Arrays = {
        "order": np.array([document.order for document in ordered], dtype=np.int64),
        "names_from": np.array(starts[0::2], dtype=np.uint16),
        "text_from": np.array(starts[1::2], dtype=np.uint16),
        "length_title": np.array(lengths[0::3], dtype=np.uint16),
        "length_names": np.array(lengths[1::3], dtype=np.uint16),
        "length_text": np.array(lengths[2::3], dtype=np.uint16),
        "title_is": np.array(titles, dtype=np.uint64),
        "name_is": np.array(names, dtype=np.uint64),
        "name_doc": np.array(named, dtype=np.int32),
        **texts("key", [document.key for document in ordered]),
        **key_order([document.key for document in ordered]),
    }
    docs = np.repeat(np.arange(len(ordered), dtype=np.uint32), np.array(sizes, dtype=np.int64))
    arrays |= _postings(list(numbers), np.array(words, dtype=np.uint32), docs, places, arrays)
    values: list[list[str]] = []
    for number, facet in enumerate(facets):
        rows = [sorted(set(document.facets.get(facet, ()))) for document in ordered]
        made, own = _facet(number, rows)
        arrays |= made
        values.append(own)
    return arrays, values


def said_number(said: str) -> int:
    """A number for what a title or name says, as good as the words themselves; 0 where it says nothing."""
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "little") if said else 0


def key_order(keys: Sequence[str]) -> Arrays:
    """The documents in the order of their keys, to look one up."""
    return {"key_order": np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int32)}


def words_by_stem(words: Sequence[str]) -> NDArray[np.int32]:
    """The numbers of words, those with the same stem side by side, in the order of the stems."""
    return np.array(sorted(range(len(words)), key=lambda place: stem(words[place])), dtype=np.int32)


def texts(name: str, every: Sequence[str]) -> Arrays:
    """The arrays of some texts, for ``segment.Texts``."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in every]
    at = np.zeros(len(every) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in encoded], out=at[1:])
    return {f"{name}_text": np.frombuffer(b"".join(encoded), dtype=np.uint8), f"{name}_at": at}


def vocabulary(words: Sequence[str]) -> Arrays:
    """The arrays of sorted words."""
    return {**texts("word", words), "word_by_stem": words_by_stem(words)}


def _postings(
    met: list[str], words: NDArray[np.uint32], docs: NDArray[np.uint32], at: array[int], arrays: Arrays
) -> Arrays:
    ranked = sorted(range(len(met)), key=met.__getitem__)
    rank = np.empty(len(met), dtype=np.uint32)
    rank[ranked] = np.arange(len(met), dtype=np.uint32)
    words = rank[words] if len(met) else words
    by_word = np.argsort(words, kind="stable")
    words, docs, places = words[by_word], docs[by_word], np.array(at, dtype=np.uint16)[by_word]
    fields = (places >= arrays["names_from"][docs]).astype(np.uint8) + (places >= arrays["text_from"][docs])
    # In each field only so many places of a word count: the rest goes.
    new_run = np.ones(len(words), dtype=bool)
    new_run[1:] = (words[1:] != words[:-1]) | (docs[1:] != docs[:-1]) | (fields[1:] != fields[:-1])
    run_starts = np.flatnonzero(new_run)
    within = np.arange(len(words)) - np.repeat(run_starts, np.diff(np.append(run_starts, len(words))))
    counts = within < np.array(MOST_TIMES)[fields]
    words, docs, places, fields = words[counts], docs[counts], places[counts], fields[counts]
    new = np.ones(len(words), dtype=bool)
    new[1:] = (words[1:] != words[:-1]) | (docs[1:] != docs[:-1])
    first = np.flatnonzero(new)
    times = np.add.reduceat(_packed_one(fields), first) if len(first) else np.zeros(0, dtype=np.uint16)
    every = np.arange(len(met) + 1, dtype=np.uint32)
    return {
        **vocabulary([met[place] for place in ranked]),
        "post_at": np.searchsorted(words[first], every).astype(np.int64),
        "post_doc": as_small(docs[first], len(arrays["order"])),
        "post_times": times.astype(np.uint16),
        "place_at": np.searchsorted(words, every).astype(np.int64),
        "place": places,
    }


def _packed_one(fields: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """One time in a field: title in the lowest 4 bits, names in the next 5, text in the 7 highest."""
    packed: NDArray[np.uint16] = np.array([1, 1 << 4, 1 << 9], dtype=np.uint16)[fields]
    return packed


def _wide() -> Ints:
    packed = np.arange(1 << 16, dtype=np.int64)
    wide: Ints = (packed & 15) | ((packed >> 4) & 31) << 21 | (packed >> 9) << 42
    return wide


WIDE = _wide()
"""For each packed number the same with 21 bits for each field, so that the times of several words can be added."""


def unpacked(wide: Ints) -> tuple[Ints, Ints, Ints]:
    """Times in title, names and text, from numbers of ``WIDE``."""
    return wide & 0x1FFFFF, (wide >> 21) & 0x1FFFFF, wide >> 42


def sizes(packed: NDArray[np.uint16]) -> Ints:
    """Times in all fields, from packed numbers."""
    return _SIZES[packed]


_SIZES: Ints = sum(unpacked(WIDE), np.zeros(1, dtype=np.int64))


def _facet(number: int, rows: Sequence[Sequence[str]]) -> tuple[Arrays, list[str]]:
    values = sorted({value for row in rows for value in row})
    code = {value: place for place, value in enumerate(values)}
    at = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=at[1:])
    codes = np.array([code[value] for row in rows for value in row], dtype=np.int32)
    return facet_arrays(number, at, codes, len(values)), values


def facet_arrays(number: int, at: Ints, codes: NDArray[Any], values: int) -> Arrays:
    """The arrays of one facet."""
    return {f"facet{number}_at": at.astype(np.uint32), f"facet{number}": as_small(codes, values)}


def as_small(numbers: NDArray[Any], below: int) -> NDArray[Any]:
    """Numbers below some number, in as few bytes as they need."""
    return numbers.astype(np.uint8 if below <= 1 << 8 else np.uint16 if below <= 1 << 16 else np.uint32)
