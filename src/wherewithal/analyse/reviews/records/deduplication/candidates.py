"""Which forms are compared at all: those that share something that two records of one work nearly always share.

Comparing all pairs of 100,000 records would be 5,000 million comparisons. Forms are put into blocks by keys (an
identifier, the start or end of the title, its rarest words, first author and page, ...) and compared within a
block. A block with more forms than ``LARGEST`` is divided by further fields, and what is still too large is
compared along its order only, each form with the next ones, so that thousands of records of one title cost no
more than others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from wherewithal.analyse.reviews.records.deduplication.comparable import Form
from wherewithal.analyse.reviews.records.deduplication.titles import content_words

LARGEST = 40
"""Forms in a block that are compared all with all: 780 pairs."""
WINDOW = 8
"""In a larger block, how many of the following forms each is compared with."""
RAREST = 5
"""Words of a title that are taken two by two: rare ones, that at least one other title has."""

Pairs = NDArray[np.int64]
"""Two columns, the smaller place first; each pair once, in order."""


def candidate_pairs(forms: Sequence[Form], wanted: NDArray[np.bool_] | None = None) -> Pairs:
    """The pairs of ``forms`` that are worth a comparison; of those, where ``wanted`` marks some forms, the pairs with
    at least one of them.
    """
    size = len(forms)
    found: list[Pairs] = []
    for keys in (_exact_keys(forms), _word_keys(forms)):
        places, codes = _coded(keys)
        if wanted is not None and len(codes):
            # A block without a wanted form has no pair with one.
            kept = np.bincount(codes, weights=wanted[places])[codes] > 0
            places, codes = places[kept], codes[kept]
        found.extend(_pairs_of_blocks(forms, places, codes))
    encoded = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    encoded = _once(encoded)
    if wanted is not None and len(encoded):
        encoded = encoded[wanted[encoded // size] | wanted[encoded % size]]
    return np.stack((encoded // size, encoded % size), axis=1) if len(encoded) else encoded.reshape(0, 2)


def _once(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, in order. ``np.unique`` does it too, and imports masked arrays, which are slow to start."""
    ordered = np.sort(numbers)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered


def _exact_keys(forms: Sequence[Form]) -> Iterator[tuple[int, Iterable[tuple[object, ...]]]]:
    for place, form in enumerate(forms):
        yield place, _keys_of(form)


def _keys_of(form: Form) -> Iterator[tuple[object, ...]]:
    if form.doi:
        yield "doi", form.doi
    if form.pmid:
        yield "pmid", form.pmid
    first_author = form.authors[0].split()[-1] if form.authors else ""
    for title in (form.title, *form.other_titles):
        closed = title.replace(" ", "")
        if closed:
            yield "title", closed[:40]
        if len(closed) > 45:
            yield "end", closed[-32:]
    if form.first_page:
        if form.volume:
            yield "volume, page", form.volume, form.first_page, form.year
            if form.last_page and len(form.first_page) > 1:
                yield "volume, pages", form.volume, form.first_page, form.last_page
        if first_author:
            yield "author, page", first_author, form.first_page
        if form.year and form.last_page and len(form.first_page) > 2:
            yield "year, pages", form.year, form.first_page, form.last_page
    if first_author and form.year:
        if len(form.authors) > 1:
            yield "authors", first_author, form.authors[1].split()[-1], form.year
        if form.volume:
            yield "author, volume", first_author, form.volume, form.year
        if form.title:
            yield "author, word", first_author, max(content_words(form.title) or [form.title], key=len)
    if len(form.abstract) > 80:
        yield "abstract", form.abstract[:60]


def _word_keys(forms: Sequence[Form]) -> Iterator[tuple[int, Iterable[tuple[object, ...]]]]:
    """The rarest words of each title, two by two."""
    words_of = [frozenset(content_words(form.title)) for form in forms]
    counts = Counter(word for words in words_of for word in words)
    for place, words in enumerate(words_of):
        shared = sorted((counts[word], word) for word in words if counts[word] > 1)
        yield place, combinations(sorted(word for _, word in shared[:RAREST]), 2)


def _coded(
    keys: Iterable[tuple[int, Iterable[tuple[object, ...]]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places beside the number of their key, for every key that more than one form has; sorted by both."""
    numbers: dict[tuple[object, ...], int] = {}
    places: list[int] = []
    codes: list[int] = []
    for place, several in keys:
        for key in several:
            places.append(place)
            codes.append(numbers.setdefault(key, len(numbers)))
    where, code = np.array(places, dtype=np.int64), np.array(codes, dtype=np.int64)
    shared = np.bincount(code, minlength=1)[code] > 1 if len(code) else np.empty(0, dtype=bool)
    where, code = where[shared], code[shared]
    order = np.lexsort((where, code))
    return where[order], code[order]


def _pairs_of_blocks(
    forms: Sequence[Form], places: NDArray[np.int64], codes: NDArray[np.int64]
) -> Iterator[NDArray[np.int64]]:
    """Each pair once a block, as ``first * len(forms) + second``."""
    if not len(places):
        return
    size = len(forms)
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    lengths = np.diff(np.r_[starts, len(codes)])
    for length in _once(lengths):
        chosen = starts[lengths == length]
        if length > LARGEST:
            for start in chosen:
                yield from _pairs_of_large_block(forms, _once(places[start : start + length]), size)
            continue
        blocks = places[chosen[:, None] + np.arange(length)[None, :]]
        first, second = np.triu_indices(int(length), 1)
        left, right = blocks[:, first].ravel(), blocks[:, second].ravel()
        different = left != right
        yield left[different] * size + right[different]


def _pairs_of_large_block(
    forms: Sequence[Form], block: NDArray[np.int64], size: int
) -> Iterator[NDArray[np.int64]]:
    for further in (
        lambda form: (form.year, form.volume, form.issue),
        lambda form: (form.authors[:1], form.year),
        lambda form: form.first_page,
        lambda form: form.doi,
    ):
        groups: dict[object, list[int]] = {}
        for place in block:
            groups.setdefault(further(forms[place]), []).append(int(place))
        for group in groups.values():
            if 1 < len(group) <= LARGEST:
                members = np.array(group)
                first, second = np.triu_indices(len(group), 1)
                yield members[first] * size + members[second]
    for step in range(1, min(WINDOW, len(block) - 1) + 1):
        yield block[:-step] * size + block[step:]
