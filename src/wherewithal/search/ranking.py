"""How well a thing answers a search: the score, stated here once and worked out by both engines in the same order.

A word of the search gains by how often the thing holds it, in any of the ways it was looked for::

    f     = the most that any way gives: weight x sum over forms of  form weight x (TITLE t + NAMES n + x)
                                                                       t, n, x: times in title, other names, text
    K     = k1 (1 - b + b length / average length)                     lengths weighed by field, as f is
    gain  = idf x f (k1 + 1) / (f + K)
    idf   = ln(1 + (N - d + 1/2) / (d + 1/2))                          N things, d of them hold the word

This is BM25F with one length for all fields: Robertson, S. and Zaragoza, H. (2009), The probabilistic relevance
framework: BM25 and beyond, Foundations and Trends in Information Retrieval 3(4), sections 3.5 and 3.6; the form of the
idf that is never negative is Lucene's. N, d and the average are those of what is held now, so that an index gives the
same answers whatever was written to it, or taken out, in whatever order.

What is added: two words of the search that stand side by side in the thing gain once more as a pair, at ``PAIR`` of
the smaller idf (ordered pairs of the sequential dependence model: Metzler, D. and Croft, W. B. (2005), A Markov
random field model for term dependencies, SIGIR); a thing whose title, or another name, *is* the search comes first.

The figures below were chosen on half of the shared reviews and checked on the other half: ``benchmarks/search``.
"""

from __future__ import annotations

from math import log
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

K1 = 1.2
B = 0.75
TITLE = 3
"""Times that a word in the title counts as one in the text."""
NAMES = 2
"""Times that a word in another name counts as one in the text."""
OTHER_FORM = 0.9
"""What another form of the same stem counts: parents, where parenting was asked for."""
SAME_MEANING = 0.5
"""What a way of another word with the same meaning counts (``synonyms.toml``)."""
NEAR_WORDS = (1.0, 0.5, 0.25)
"""What the first, second and third word near to a misspelt one count."""
PAIR = 0.3
"""What a pair side by side counts, of the smaller of the two words' idf."""
TITLE_IS = 1.0
"""What a title that is the search adds, of the sum of its words' idf."""
NAME_IS = 0.8
"""The same for one of the other names."""


def idf(held: int, by: int) -> float:
    """How telling a word is that ``by`` of ``held`` things have."""
    return log(1.0 + (held - by + 0.5) / (by + 0.5))


def weighed(title: Any, names: Any, text: Any) -> Any:
    """Times in each field as one figure; also lengths. Whole numbers in, whole numbers out."""
    return TITLE * title + NAMES * names + text


def damping(length: Number, average: float) -> Number:
    """K: what a thing's length does to the gain. ``length`` and ``average`` are ``weighed``."""
    return K1 * (1.0 - B + B * (length / average))


def gain(often: Number, damped: Number, telling: float) -> Number:
    """What a word adds to the score of a thing that holds it ``often``."""
    return telling * (often * (K1 + 1.0) / (often + damped))
