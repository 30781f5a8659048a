"""How two titles that are not the same stand to each other: spelling, words left out, other words."""

from __future__ import annotations

from rapidfuzz.distance import Indel, JaroWinkler

from wherewithal.analyse.reviews.records.deduplication.titles import COMMON, content_words, is_number
from wherewithal.analyse.reviews.records.deduplication.vocabulary import words_of

_OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in words_of("opposites"))
_MOST_RESPELT = 6
"""Titles that differ in more words than this on both sides differ in more than spelling."""
_PREFIXES = words_of("prefixes")


def compared(one: str, other: str, ratio: float) -> str:
    """ "near", "contained", "reworded_little", "reworded" or "different", for two titles as words.

    ``ratio`` is their likeness without spaces, 0 to 1.
    """
    if ratio < 0.6:
        return "contained" if _runs_into(one, other) else "different"
    left, right = one.split(), other.split()
    only_left, only_right = _without(left, right), _without(right, left)
    if "".join(only_left) == "".join(only_right):
        # The same words in another order, or one word written as two.
        return "near" if ratio > 0.8 else "reworded"
    if min(len(only_left), len(only_right)) > _MOST_RESPELT:
        return "reworded" if ratio >= 0.75 else "different"
    more_left, more_right = _not_respelt(only_left, only_right)
    if any(map(is_number, more_left)) and any(map(is_number, more_right)):
        # Numbers that differ are weighed by themselves.
        more_left, more_right = (
            [word for word in more if not is_number(word)] for more in (more_left, more_right)
        )
    shared = len([word for word in left if word not in COMMON]) - len(only_left)
    if not more_left and not more_right:
        return "near" if ratio >= 0.8 else "reworded"
    if (not more_left or not more_right) and shared >= 3:
        return "contained"
    if _runs_into(one, other):
        return "contained"
    if (
        ratio >= 0.85
        and max(len(more_left), len(more_right)) <= 2
        and not _any_opposed(more_left, more_right)
    ):
        return "reworded_little"
    return "reworded" if ratio >= 0.75 else "different"


def _any_opposed(one: list[str], other: list[str]) -> bool:
    return any(_opposed(*sorted((left, right), key=len)) for left in one for right in other)


def _without(words: list[str], others: list[str]) -> list[str]:
    """The content words that ``others`` does not have as often, in order."""
    left = list(others)
    kept = []
    for word in words:
        if word in left:
            left.remove(word)
        elif word not in COMMON:
            kept.append(word)
    return kept


def _not_respelt(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """What remains of both after words that are spellings of each other, or of two words joined."""
    rest = list(other)
    kept = []
    for word in one:
        match = next((candidate for candidate in rest if is_respelling(word, candidate)), None)
        if match is None:
            kept.append(word)
        else:
            rest.remove(match)
    # "post operative" and "postoperative": a word that is made of the other's.
    if kept and rest:
        joined, others = "".join(kept), "".join(rest)
        if Indel.normalized_similarity(joined, others) >= 0.9 and min(len(kept), len(rest)) == 1:
            return [], []
    return kept, rest


def is_respelling(one: str, other: str) -> bool:
    """Whether two words are one word misspelt, in British or American spelling, or in singular or plural."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    begins = long.startswith(short) and len(short) >= 3 and len(long) - len(short) <= 3
    if not begins and (
        len(short) < 4
        or (Indel.normalized_similarity(one, other) < 0.8 and JaroWinkler.similarity(one, other) < 0.95)
    ):
        return False
    return one.isalpha() and other.isalpha() and not _opposed(short, long)


def _opposed(short: str, long: str) -> bool:
    """ "hypertension" and "hypotension", "preoperative" and "postoperative", "invasive" and "noninvasive"."""
    if frozenset((short, long)) in _OPPOSITES:
        return True
    for prefix in _PREFIXES:
        if long.startswith(prefix):
            rest = long[len(prefix) :]
            if rest == short or any(short == begins + rest for begins in _PREFIXES if begins != prefix):
                return True
    return False


def _runs_into(one: str, other: str) -> bool:
    """Whether one title begins or ends with the whole of the other, and that is long enough to be a title."""
    short, long = sorted((one, other), key=len)
    if not (long.startswith(f"{short} ") or long.endswith(f" {short}")):
        return False
    return len(content_words(short)) >= 2
