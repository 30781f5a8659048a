"""Titles and abstracts as weighted words and pairs of neighbouring words (TF-IDF)."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np
from numpy.typing import NDArray

from wherewithal.analyse.reviews.screening.ranking.rows import Floats, Ints, Rows, rows_from_columns

COMMONEST = 0.95
"""A word in more than this share of the records says nothing about any of them, and is left out."""

_AT_ONCE = 2_000
"""Texts cut together: enough to be quick, few enough to leave memory and other threads alone."""

_words_in = re.compile(r"\w\w+").findall


@dataclass(frozen=True)
class WordFeatures:
    """Records as rows of weights, each row of length one.

    ``shared`` holds the weights of terms that stand in two records or more (records by terms).
    ``own`` is, for each record, the squared length of the rest: terms that no other record has. They tell
    one record from itself only, so a number stands for all of them. ``terms`` are the columns as codes: a
    word's number, or for a pair (first + 1) * len(words) + second. ``words`` are said in the form in which the
    records have them most often; ``number_of`` gives the number of every form.
    """

    shared: Rows
    own: Floats
    terms: Ints
    words: tuple[str, ...]
    number_of: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.shared)

    def term(self, column: int) -> str:
        """The word or pair of words behind a column."""
        code = int(self.terms[column])
        if code < len(self.words):
            return self.words[code]
        return f"{self.words[code // len(self.words) - 1]} {self.words[code % len(self.words)]}"

    def likeness(self, text: str) -> Floats:
        """How many of the words and pairs of ``text`` each record shares, rare ones counting most (records,).

        The weights are the records' own; a word of ``text`` counts once however often it stands there.
        """
        numbers = [self.number_of.get(word, -1) for word in _words_in(text.lower())]
        codes = {number for number in numbers if number >= 0}
        codes |= {
            (first + 1) * len(self.words) + second
            for first, second in pairwise(numbers)
            if first >= 0 and second >= 0
        }
        asked = np.isin(self.terms, np.fromiter(codes, dtype=np.int64, count=len(codes)))
        return self.shared.times(asked.astype(np.float64))


def read_features(
    texts: Sequence[str],
    *,
    commonest: float = COMMONEST,
    folded: Callable[[str], str] | None = None,
    pairs_count: float = 1.0,
) -> WordFeatures:
    """The words and pairs of ``texts``, weighted as ASReview's ELAS u4 weighs them.

    Words have two characters or more and lose their capitals. A term that stands tf times in a record and in
    df of n records weighs (1 + ln tf)(1 + ln((1 + n) / (1 + df))); rows are then scaled to length one. Terms
    in more than ``commonest`` of the records are left out. An empty text is a row of zeros.

    Words that ``folded`` makes equal are one word. A pair weighs ``pairs_count`` times what a word would.

    Source: Salton and Buckley (1988), Information Processing and Management 24(5), with the settings of ELAS
    u4 (ASReview 2, https://github.com/asreview/asreview): pairs as well as words, tf by its logarithm.
    """
    records = len(texts)
    number_of, word_of, record_of = _numbered(texts)
    words = tuple(number_of)
    if folded:
        words, number_of, word_of = _as_one(words, word_of, folded)
    size = max(len(words), 1)
    beside = record_of[1:] == record_of[:-1]
    pairs = ((word_of[:-1] + 1) * size + word_of[1:])[beside]
    # One number for a term and a record together, so that one sort counts everything, term by term.
    keys = np.concatenate([word_of * records + record_of, pairs * records + record_of[1:][beside]])
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(first, append=len(keys))
    keys = keys[first]
    del first, word_of, record_of, beside, pairs  # tens of millions of numbers each, with 50,000 records
    term = keys // max(records, 1)
    row = (keys - term * records).astype(np.int32)
    starts = np.flatnonzero(np.diff(term, prepend=-1))
    holding = np.diff(starts, append=len(term))
    codes = term[starts]
    del keys, term
    weight = 1 + np.log(times)
    del times
    rarity = 1 + np.log((1 + records) / (1 + holding))
    weight *= np.repeat(np.where(codes >= size, pairs_count, 1.0) * rarity, holding)
    weight[np.repeat(holding > commonest * records, holding)] = 0
    length = np.sqrt(np.bincount(row, weight**2, minlength=records))
    weight /= np.where(length > 0, length, 1)[row]
    used = (holding > 1) & (holding <= commonest * records)
    shared = np.repeat(used, holding)
    own = np.bincount(row[~shared], weight[~shared] ** 2, minlength=records).astype(np.float64)
    ends = np.concatenate([[0], np.cumsum(holding[used])])
    rows = rows_from_columns(ends, row[shared], weight[shared], height=records)
    return WordFeatures(rows, own, codes[used], words, number_of)


def _as_one(
    words: tuple[str, ...], word_of: Ints, folded: Callable[[str], str]
) -> tuple[tuple[str, ...], dict[str, int], Ints]:
    """``words`` that fold alike as one, in its commonest form; the number of each form; ``word_of`` in new numbers."""
    number: defaultdict[str, int] = defaultdict(count().__next__)
    new = np.fromiter((number[folded(word)] for word in words), dtype=np.int64, count=len(words))
    commonest_last = np.argsort(np.bincount(word_of, minlength=len(words)), kind="stable")
    said = np.empty(len(number), dtype=np.int64)
    said[new[commonest_last]] = commonest_last
    forms = dict(zip(words, new.tolist(), strict=True))
    return tuple(words[place] for place in said.tolist()), forms, new[word_of]


def _numbered(texts: Sequence[str]) -> tuple[dict[str, int], Ints, Ints]:
    """The number of each word there is, and for every word in the texts its number and its record's."""
    number: defaultdict[str, int] = defaultdict(count().__next__)
    numbers, many = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(texts), _AT_ONCE):
        found, counts = _cut(texts[start : start + _AT_ONCE])
        numbers.append(np.fromiter(map(number.__getitem__, found), dtype=np.int64, count=len(found)))
        many.append(counts)
    record_of = np.repeat(np.arange(len(texts)), np.concatenate(many))
    return dict(number), np.concatenate(numbers), record_of


def _cut(texts: Sequence[str]) -> tuple[list[str], Ints]:
    """The words of texts one after another, and how many each text has.

    All texts are cut at once: whatever is no letter, digit or underscore becomes a space, and so does a
    character that stands alone. That is what ``_words_in`` finds, in half the time.
    """
    lowered = [f"{text.lower()} " for text in texts]
    characters = np.frombuffer("".join(lowered).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = _in_words(characters)
    inside[:-1] &= inside[1:] | np.insert(inside[:-2], 0, False)
    begins = inside & ~np.insert(inside[:-1], 0, False)
    cut = np.where(inside, characters, np.uint32(ord(" "))).tobytes().decode("utf-32-le", "surrogatepass")
    ends = np.cumsum([len(text) for text in lowered], dtype=np.int64)
    return cut.split(), np.diff(np.append(0, np.cumsum(begins)[ends - 1]))


def _in_words(characters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which characters belong to a word, as regular expressions have it (\\w)."""
    there = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    there[characters] = True
    for code in np.flatnonzero(there).tolist():
        there[code] = chr(code).isalnum() or code == ord("_")
    return there[characters]
