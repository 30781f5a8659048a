"""Answers a plan on segments: which documents have what was looked for, and what that scores.

The arithmetic of each document is that of ``memory_index``, number for number and in the same order, done for all
documents of a segment at once: so the two engines' scores are the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wherewithal.search import ranking
from wherewithal.search.plan import Plan, Spot, Way
from wherewithal.search.segment import Floats, Mask, Segment
from wherewithal.search.segment_build import said_number, unpacked


@dataclass(frozen=True)
class Part:
    """A segment as it is now: which of its documents live, and what their lengths do to a score."""

    segment: Segment
    alive: Mask
    damped: Floats
    whole: bool
    """Whether all its documents live."""


Sparse = tuple[NDArray[np.int64], Floats]
"""Documents in rising order, and how often each has something."""


@dataclass(frozen=True)
class Matched:
    """What a plan found in one segment.

    ``docs`` are documents that have any of what was looked for, ``held`` how many of the needs each has, ``scores``
    what each scores; ``needs`` which documents have each need, for those needs that any document has.
    """

    part: Part
    docs: NDArray[np.int64]
    held: NDArray[np.uint8]
    scores: Floats
    needs: dict[int, NDArray[np.int64]]


def match(plan: Plan, parts: Sequence[Part], held: int) -> tuple[list[Matched], frozenset[int]]:
    """What a plan finds in each part of an index that holds so many documents, and which needs something has."""
    every = [[_need(part, need.ways) for need in plan.needs] for part in parts]
    telling: dict[int, float] = {}
    for number in range(len(plan.needs)):
        if by := sum(len(found[number][0]) for found in every):
            telling[number] = ranking.idf(held, by)
    paired: list[tuple[float, list[Sparse]]] = []
    for pair in plan.pairs:
        if pair.first in telling and pair.second in telling:
            found = [_row(part, pair.spots, pair.apart) for part in parts]
            if any(len(docs) for docs, _ in found):
                paired.append((ranking.PAIR * min(telling[pair.first], telling[pair.second]), found))
    matched = [
        _scored(
            plan,
            part,
            {number: every[place][number] for number in telling},
            telling,
            [(idf, found[place]) for idf, found in paired],
        )
        for place, part in enumerate(parts)
    ]
    return matched, frozenset(telling)


def _scored(
    plan: Plan,
    part: Part,
    needs: dict[int, Sparse],
    telling: dict[int, float],
    paired: Sequence[tuple[float, Sparse]],
) -> Matched:
    size = len(part.segment)
    scores, held = np.zeros(size), np.zeros(size, dtype=np.uint8)
    for number, (docs, often) in needs.items():
        scores[docs] += ranking.gain(often, part.damped[docs], telling[number])
        held[docs] += 1
    for idf, (docs, often) in paired:
        scores[docs] += ranking.gain(often, part.damped[docs], idf)
    if plan.said:
        _add_names(plan.said, part.segment, scores, sum(telling.values()))
    held[left_out(plan, part)] = 0
    docs = np.flatnonzero(held)
    return Matched(
        part, docs, held[docs], scores[docs], {number: docs for number, (docs, _) in needs.items()}
    )


def _add_names(said: str, segment: Segment, scores: Floats, telling: float) -> None:
    number = np.uint64(said_number(said))
    titled = segment.arrays["title_is"] == number
    scores[titled] += ranking.TITLE_IS * telling
    named = np.zeros(len(segment), dtype=bool)
    named[segment.arrays["name_doc"][segment.arrays["name_is"] == number]] = True
    scores[named & ~titled] += ranking.NAME_IS * telling


def left_out(plan: Plan, part: Part) -> NDArray[np.int64]:
    """The documents that have something that the search leaves out."""
    found = [_way(part, way)[0] for way in plan.without]
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


# --- A need in one segment ---------------------------------------------------------------------------------------


def _need(part: Part, ways: Sequence[Way]) -> Sparse:
    """The living documents that have a need in any of its ways, each as often as its best way gives."""
    found = [sparse for way in ways if len((sparse := _way(part, way))[0])]
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    if len(found) == 1:
        return found[0]
    best = np.zeros(len(part.segment))
    for docs, often in found:
        best[docs] = np.maximum(best[docs], often)
    docs = np.flatnonzero(best)
    return docs, best[docs]


def _way(part: Part, way: Way) -> Sparse:
    if len(way.spots) == 1:
        docs, often = _word(part, way.spots[0])
    else:
        docs, often = _row(part, way.spots, 1)
    return docs, way.weight * often


def _word(part: Part, spot: Spot) -> Sparse:
    """The living documents that have any of some words."""
    segment = part.segment
    numbers = [(number, weight) for word, weight in spot if (number := segment.number_of(word)) >= 0]
    if not numbers:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    # Times are whole numbers below 2**16: exact, whatever they are multiplied by first.
    if len(numbers) == 1:
        held, often = _times(segment, *numbers[0])
        return (held, often) if part.whole else (held[part.alive[held]], often[part.alive[held]])
    every = np.zeros(len(segment))
    for number, weight in numbers:
        held, often = _times(segment, number, weight)
        every[held] += often
    docs = np.flatnonzero(every if part.whole else every * part.alive)
    return docs, every[docs]


def _times(segment: Segment, number: int, weight: float) -> Sparse:
    held, times = segment.postings(number)
    return held.astype(np.int64), weight * ranking.weighed(*unpacked(times)).astype(np.float64)


def _row(part: Part, spots: Sequence[Spot], apart: int) -> Sparse:
    """The living documents in which some words stand in a row, each so far from the one before."""
    segment = part.segment
    numbers = [[n for word, _ in spot if (n := segment.number_of(word)) >= 0] for spot in spots]
    if not all(numbers):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    among = part.alive
    for spot_numbers in numbers:
        here = np.zeros(len(segment), dtype=bool)
        for number in spot_numbers:
            here[segment.postings(number)[0]] = True
        among = among & here
    if not among.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    starts = _stands(segment, numbers[0], among)
    for place, spot_numbers in enumerate(numbers[1:], start=1):
        found = _stands(segment, spot_numbers, among) - place * apart
        starts = np.intersect1d(starts, found, assume_unique=True)
    return segment.weighed_starts(starts)


def _stands(segment: Segment, numbers: Sequence[int], among: Mask) -> NDArray[np.int64]:
    """Where any of some words stands in some documents."""
    places = [segment.places(number, among) for number in numbers]
    return places[0] if len(places) == 1 else np.unique(np.concatenate(places))
