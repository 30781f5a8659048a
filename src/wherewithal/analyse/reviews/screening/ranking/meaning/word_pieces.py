"""Text as the pieces of words that the language model was taught.

The rules are those of BERT without capitals (Devlin and others, 2019, NAACL) with WordPiece (Schuster and
Nakajima, 2012, ICASSP): lower case, no accents, each sign and each Chinese character by itself; a word is cut
into the longest pieces that are known, from its start.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
_LONGEST_WORD = 100
_CHINESE = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))
_ASCII_SIGNS = ((33, 47), (58, 64), (91, 96), (123, 126))


class WordPieces:
    """Cuts text by a vocabulary: pieces in the order of their numbers, later parts of words with "##" before."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._number = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of the pieces of ``text``, with those for start and end, ``most`` at most."""
        found: list[int] = []
        for word in _words(text):
            found += self._pieces(word)
            if len(found) >= most - 2:
                break
        return [self._number[START], *found[: most - 2], self._number[END]]

    def _pieces(self, word: str) -> list[int]:
        if word not in self._known:
            self._known[word] = self._cut(word)
        return self._known[word]

    def _cut(self, word: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(word) and len(word) <= _LONGEST_WORD:
            before = "##" if start else ""
            end = len(word)
            while end > start and before + word[start:end] not in self._number:
                end -= 1
            if end == start:
                break
            found.append(self._number[before + word[start:end]])
            start = end
        return found if start == len(word) else [self._number[UNKNOWN]]


def _words(text: str) -> Iterator[str]:
    word: list[str] = []
    for letter in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(letter)
        if letter.isspace() or _alone(letter, kind):
            if word:
                yield "".join(word)
                word = []
            if not letter.isspace():
                yield letter
        elif kind != "Mn" and not kind.startswith("C") and letter != "\ufffd":
            word.append(letter)
    if word:
        yield "".join(word)


def _alone(letter: str, kind: str) -> bool:
    code = ord(letter)
    return kind.startswith("P") or any(low <= code <= high for low, high in (*_ASCII_SIGNS, *_CHINESE))
