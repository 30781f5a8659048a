"""How well a thing answers a search: the score, stated here once and worked out by both engines in the same order.

A word of the search is met in one or more ways (as a word in any of its forms, as a phrase of the same meaning). A way
is worth, for each field that has it, what Okapi BM25 gives, and the fields add up; a need takes its best way::

    K(field)  = k1 (1 - b + b length / average length)         of the field; b differs by field
    worth     = weight of the way x sum over fields of  FIELD x times (k1 + 1) / (times + K(field))
    gain      = idf x the most that any way is worth
    idf       = ln(1 + (N - d + 1/2) / (d + 1/2))              N things, d of them have the word in some way

BM25: Robertson, S. and Zaragoza, H. (2009), The probabilistic relevance framework: BM25 and beyond, Foundations and
Trends in Information Retrieval 3(4), 333-389; the idf that is never negative is Lucene's. The fields saturate apart,
not together as in BM25F (their section 3.6): measured here, a thing that has a word in its title *and* in its text is
more often what was wanted than one that has it twice in either. N, d and the averages (over those things that have
the field) are of what is held now, so that an index gives the same answers whatever was written to it, or taken out,
in whatever order.

What is added: a thing whose title, or another name, *is* the search comes first. What was tried and left out, since it
found no more: words side by side gaining as a pair, and other forms of a word counting less than the one typed.

The figures below were chosen on half of the shared reviews and checked on the other half: ``benchmarks/search``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

FIELDS = ("title", "names", "text")
WEIGHTS = (2.0, 2.0, 1.0)
"""What each field counts."""
K1 = 1.2
B = (0.0, 0.0, 0.5)
"""What a field's length does, from nothing (0) to all (1)."""
SAME_MEANING = 0.5
"""What a way of another word with the same meaning counts (``synonyms.toml``)."""
NEAR_WORDS = (1.0, 0.5, 0.25)
"""What the first, second and third word near to a misspelt one count."""
TITLE_IS = 15.0
"""What a title that is the search adds, of the sum of its words' idf: more than anything else can be worth."""
NAME_IS = 13.0
"""The same for one of the other names."""


def idf(held: int, by: int) -> float:
    """How telling a word is that ``by`` of ``held`` things have."""
    return log(1.0 + (held - by + 0.5) / (by + 0.5))


def damping(length: Number, average: float, part: float) -> Number:
    """K of a field: what its length does."""
    return K1 * (1.0 - part + part * (length / (average or 1.0)))


def worth(times: Sequence[Number], damped: Sequence[Number]) -> Number:
    """What it is worth to have something so many times in title, names and text."""
    title, names, text = (
        weight * (often * (K1 + 1.0) / (often + field))
        for weight, often, field in zip(WEIGHTS, times, damped, strict=True)
    )
    return title + names + text
