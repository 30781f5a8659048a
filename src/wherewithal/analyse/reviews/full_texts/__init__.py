"""Full texts as people bring them: whether a file is a PDF that can be read, its words, and whose it is.

``pdf``          what a file is, and its words page by page, read by a process apart
``apart``        that process: hostile files end it, and nothing else
``recognising``  which record of a pile a PDF is, by the DOI or title on its first pages
``passages``     where words stand in a text, with the page
"""

from wherewithal.analyse.reviews.full_texts.passages import Passage, passages_with, search
from wherewithal.analyse.reviews.full_texts.pdf import (
    LARGEST,
    MOST_PAGES,
    Examined,
    Words,
    examine,
    read_words,
)
from wherewithal.analyse.reviews.full_texts.recognising import Recognised, recognise

__all__ = [
    "LARGEST",
    "MOST_PAGES",
    "Examined",
    "Passage",
    "Recognised",
    "Words",
    "examine",
    "passages_with",
    "read_words",
    "recognise",
    "search",
]
