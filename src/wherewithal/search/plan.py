"""From what was asked to what is looked for: spelling, other forms, words of the same meaning. One plan for any engine.

A ``Need`` is one word of the search, or one quoted phrase. It is met in any of its ways, each a row of spots that must
stand side by side; at each spot any of some words may stand. The engines only match such words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from wherewithal.search import ranking, spelling
from wherewithal.search.analyser import Spelt
from wherewithal.search.layout import said_as
from wherewithal.search.port import Respelling, Widening
from wherewithal.search.query import Asked, Query
from wherewithal.search.stemming import STOP_WORDS, stem
from wherewithal.search.synonyms import same_meaning

Spot = tuple[str, ...]
"""The words that may stand in a place; they all count alike."""


class Lexicon(Protocol):
    """What a plan asks of an engine about the words of the things that it holds now."""

    def held(self, word: str) -> int:
        """How many things hold exactly this word."""
        ...

    def forms(self, stem: str) -> Iterable[str]:
        """The words with this stem that something holds."""
        ...

    def near(self, word: str) -> Iterable[spelling.Near]:
        """The words near to this one that something holds."""
        ...


@dataclass(frozen=True)
class Way:
    """A row of spots side by side. One spot is a word in some forms; several are a phrase."""

    spots: tuple[Spot, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Need:
    """One word or phrase of the search, as typed, with the ways in which a thing can have it."""

    typed: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Plan:
    """All that is looked for. ``said`` is what a title must say to be the search."""

    needs: tuple[Need, ...] = ()
    without: tuple[Way, ...] = ()
    said: str = ""
    spelt: tuple[Respelling, ...] = ()
    also: tuple[Widening, ...] = ()


@dataclass
class _Word:
    """A word of the search while the plan is made."""

    asked: Asked
    ways: list[Way] = field(default_factory=list)
    read_as: tuple[str, ...] = ()
    stopped: bool = False


def plan_for(query: Query, lexicon: Lexicon) -> Plan:
    """What to look for, given the words that are held now."""
    words = [_Word(asked) for asked in query.asked]
    anything_else = any(not _is_stop(word.asked) for word in words)
    spelt: list[Respelling] = []
    for word in words:
        word.stopped = anything_else and _is_stop(word.asked)
        word.read_as = word.asked.words
        if not word.stopped:
            _find_ways(word, lexicon, spelt)
    also = _widen(words, lexicon)
    needed = [word for word in words if not word.stopped]
    return Plan(
        needs=tuple(Need(word.asked.typed, tuple(word.ways)) for word in needed),
        without=tuple(way for asked in query.without for way in _left_out(asked, lexicon)),
        said=said_as(each for word in words for each in word.read_as),
        spelt=tuple(spelt),
        also=tuple(also),
    )


def _is_stop(asked: Asked) -> bool:
    return not asked.quoted and all(word in STOP_WORDS for word in asked.words)


# --- One word ----------------------------------------------------------------------------------------------------


def _find_ways(word: _Word, lexicon: Lexicon, spelt: list[Respelling]) -> None:
    asked = word.asked
    if asked.quoted:
        word.ways = [Way(tuple((each,) for each in asked.words))]
        return
    (run,) = asked.runs
    word.ways = _ways_of(run, lexicon)
    typed = run.whole or run.parts[0]
    if not spelling.may_be_misspelt(typed):
        return
    held = _held(word.ways, lexicon)
    if held > spelling.RARE or (held and len(typed) < spelling.RARE_FROM):
        return
    chosen = spelling.choose(
        typed, lexicon.near(typed), lexicon.held, stem, most=1 if held else len(ranking.NEAR_WORDS)
    )
    if held:
        chosen = [each for each in chosen if each.distance == 1 and each.held >= spelling.FAR_COMMONER * held]
    if not chosen:
        return
    for candidate, weight in zip(chosen, ranking.NEAR_WORDS, strict=False):
        word.ways.append(Way((_forms(candidate.word, lexicon),), weight))
    if not held:
        word.read_as = (chosen[0].word,)
    used = [typed] * bool(held) + [each.word for each in chosen]
    spelt.append(Respelling(asked.typed, " or ".join(used)))


def _ways_of(run: Spelt, lexicon: Lexicon) -> list[Way]:
    if not run.whole:
        return [Way(tuple(_forms(part, lexicon) for part in run.parts))]
    whole = Way((_forms(run.whole, lexicon),))
    if len(run.parts) == 1 or all(part.isdigit() for part in run.parts):
        return [whole]  # 4+ is not 4, and 0-5 is not 0 somewhere before a 5
    return [whole, Way(tuple(_forms(part, lexicon) for part in run.parts))]


def _forms(word: str, lexicon: Lexicon) -> Spot:
    """A word and the other forms of its stem, in one order for any engine."""
    others = sorted(set(lexicon.forms(stem(word))) - {word})
    return (word, *others)


def _held(ways: Iterable[Way], lexicon: Lexicon) -> int:
    """At most how many things have a word in one of these ways: exact for a word of one form."""
    return sum(min(sum(map(lexicon.held, spot)) for spot in way.spots) for way in ways if way.spots)


def _left_out(asked: Asked, lexicon: Lexicon) -> list[Way]:
    if asked.quoted:
        return [Way(tuple((word,) for word in asked.words))]
    (run,) = asked.runs
    return _ways_of(run, lexicon)


# --- Words together ----------------------------------------------------------------------------------------------


def _widen(words: list[_Word], lexicon: Lexicon) -> list[Widening]:
    """Add what means the same to each word of a run of words that has another way of saying it."""
    also = []
    stems, owner = [], []
    for place, word in enumerate(words):
        for each in word.read_as if not word.asked.quoted else ('"',):
            stems.append(stem(each))
            owner.append(place)
    for first, after, others in same_meaning(stems):
        places = sorted(set(owner[first:after]))
        added = []
        for phrase, said in others:
            way = Way(tuple(_forms(each, lexicon) for each in said), ranking.SAME_MEANING)
            if not _held([way], lexicon):
                continue
            added.append(phrase)
            for place in places:
                if not words[place].stopped:
                    words[place].ways.append(way)
        if added:
            also.append(Widening(" ".join(words[place].asked.typed for place in places), tuple(added)))
    return also
