"""Texts as words: the one analyser, for what is indexed and for what is asked.

A text becomes its words in order, each in one form: small letters without accents, ligatures undone, typographic
quotes and hyphens made plain, possessives dropped, and where British and American spelling differ, the British one
(``spellings.toml``). A compound (multi-systemic, 0-5, 4+, NG76) becomes its parts, and at the place of the first also
the whole, so that it is found however it is written: "multisystemic", "0 to 5", "NG 76". Nothing is left out here: stop
words and stems are for the search to use (``stemming``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

LONGEST_WORD = 64
MOST_PARTS = 3
"""A chain of more parts than this has no whole: "one-size-fits-all" is four words."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ′`´＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ı": "i",
        "\u00ad": None,
    }
)
_WORD = re.compile(r"[0-9]+\+|[^\W_]+(?:['-][^\W_]+)*")
_RANGE = re.compile(r"\b([0-9]{1,3}) ?(?:to|-) ?([0-9]{1,3})\b")
_LETTERS_THEN_DIGITS = re.compile(r"([a-z]{1,6})([0-9]{1,5})")

_rules = tomllib.loads(files(__package__).joinpath("spellings.toml").read_text(encoding="utf-8"))
_words: dict[str, str] = _rules["words"]
_beginnings: dict[str, str] = _rules["beginnings"]
_insides: dict[str, str] = _rules["inside"]
_endings: dict[str, str] = _rules["endings"]
_keep: frozenset[str] = frozenset(_rules["keep"]["words"])
_compounds: dict[str, list[str]] = _rules["compounds"]
_begins = re.compile("|".join(sorted(_beginnings, key=len, reverse=True)))
_holds = re.compile("|".join(sorted(_insides, key=len, reverse=True)))
_ends = re.compile(f"(?:{'|'.join(sorted(_endings, key=len, reverse=True))})$")


class Spelt(NamedTuple):
    """What one run of letters and digits is: its ``parts`` in order, and the ``whole`` of a compound, or ""."""

    parts: tuple[str, ...]
    whole: str


class Words(NamedTuple):
    """A text's words in order, and the wholes of its compounds, each with the place of its first part."""

    words: list[str]
    wholes: list[tuple[int, str]]


def fold(text: str) -> str:
    """Small letters without accents, with plain quotes and hyphens. Control characters separate words."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.translate(_PLAIN)).translate(_PLAIN).casefold()
    if text.isascii():
        return text
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def british(word: str) -> str:
    """A folded word as it is spelt in Britain, by the reviewed pairs and endings of ``spellings.toml``."""
    if word in _words:
        return _words[word]
    if begins := _begins.match(word):
        word = _beginnings[begins[0]] + word[begins.end() :]
    if holds := _holds.search(word):
        word = word[: holds.start()] + _insides[holds[0]] + word[holds.end() :]
    if len(word) >= 7 and word not in _keep and (ends := _ends.search(word)):
        word = word[: ends.start()] + _endings[ends[0]]
    return word


def spelt(run: str) -> Spelt:
    """What one run of a folded text is, as ``_WORD`` finds it: "children's", "evidence-based", "4+", "ng76"."""
    if run.endswith("+"):
        return Spelt((run[:-1][:LONGEST_WORD],), run[-LONGEST_WORD:])
    pieces = [_without_quotes(piece) for piece in run.split("-")]
    words = [word for piece in pieces if piece for word in (british(piece[:LONGEST_WORD]),)]
    if len(words) == 1:
        return _alone(words[0])
    whole = ""
    if len(words) <= MOST_PARTS:
        if all(word.isalpha() for word in words):
            whole = british("".join(words)[:LONGEST_WORD])
        elif len(words) == 2 and words[1].isdigit():
            whole = f"{words[0]}-{words[1]}" if words[0].isdigit() else "".join(words)[:LONGEST_WORD]
    return Spelt(tuple(words), whole)


def _alone(word: str) -> Spelt:
    if word in _compounds:
        return Spelt(tuple(_compounds[word]), word)
    if mixed := _LETTERS_THEN_DIGITS.fullmatch(word):
        return Spelt((mixed[1], mixed[2]), word)
    return Spelt((word,), "")


def _without_quotes(piece: str) -> str:
    if piece.endswith("'s"):
        piece = piece[:-2]
    return piece.replace("'", "")


def runs(text: str) -> Iterator[str]:
    """The runs of letters and digits of a text, folded, for ``spelt``."""
    folded = fold(text)
    if " to " in folded or " - " in folded:
        folded = _RANGE.sub(r"\1-\2", folded)
    return (found[0] for found in _WORD.finditer(folded))


class Analyser:
    """Analyses many texts, and remembers what it made of each run of letters it met."""

    MOST_REMEMBERED = 500_000

    def __init__(self) -> None:
        self._remembered: dict[str, Spelt] = {}

    def __call__(self, text: str) -> Words:
        """The words of one text."""
        folded = fold(text)
        if " to " in folded or " - " in folded:
            folded = _RANGE.sub(r"\1-\2", folded)
        words: list[str] = []
        wholes: list[tuple[int, str]] = []
        remembered = self._remembered
        for run in _WORD.findall(folded):
            made = remembered.get(run)
            if made is None:
                made = self._remember(run)
            parts, whole = made
            if whole:
                wholes.append((len(words), whole))
                words.extend(parts)
            elif len(parts) == 1:
                words.append(parts[0])
            else:
                words.extend(parts)
        return Words(words, wholes)

    def _remember(self, run: str) -> Spelt:
        if len(self._remembered) >= self.MOST_REMEMBERED:
            self._remembered.clear()
        made = self._remembered[run] = spelt(run)
        return made
