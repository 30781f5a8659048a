"""The stem that a word shares with its other forms: parent, parents and parenting are one word to a search.

The English stemmer of the Snowball project (Porter, M. F. (2001), Snowball: a language for stemming algorithms,
snowballstem.org), with the few irregular forms of ``words.toml``. PyStemmer is its C code: its wheels are there for
every system that the workbench runs on, and it stems a million words in a second.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

import Stemmer  # type: ignore[import-not-found]


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


_rules = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
_english: _Stemmer = Stemmer.Stemmer("english", 0)
_same: dict[str, str] = {form: word for word, forms in _rules["same"].items() for form in forms}

STOP_WORDS: frozenset[str] = frozenset(_rules["stop"])


@lru_cache(maxsize=400_000)
def stem(word: str) -> str:
    """The stem of a word of ``analyser``. What holds a digit, or is not of English letters, is its own."""
    if not word.isascii() or not word.isalpha():
        return word
    word = _same.get(word, word)
    return _english.stemWord(word) or word
