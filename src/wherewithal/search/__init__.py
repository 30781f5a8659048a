"""One search over everything: one analyser, one query parser, one score, and engines that only match words.

``port`` says what an index takes and gives. ``open_index`` opens one on disk that several processes share;
``MemoryIndex`` is the plain reference that answers the same, for tests and small collections. How a search is read:
``analyser``, ``stemming``, ``query``, ``spelling``, ``synonyms``, ``plan``; how it is answered: ``ranking``,
``loosening``.
"""

from __future__ import annotations

from wherewithal.search.folder_index import open_index
from wherewithal.search.making import FORMAT
from wherewithal.search.memory_index import MemoryIndex
from wherewithal.search.port import Document, Hit, Index, Respelling, Results, Widening
from wherewithal.search.unusable import IndexBusy, RebuildNeeded

__all__ = [
    "FORMAT",
    "Document",
    "Hit",
    "Index",
    "IndexBusy",
    "MemoryIndex",
    "RebuildNeeded",
    "Respelling",
    "Results",
    "Widening",
    "open_index",
]
