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
from wherewithal.search.segment_build import WIDE, said_number, unpacked


@dataclass(frozen=True)
class Part:
    """A segment as it is now: which of its documents live, and what their lengths do to a score."""

    segment: Segment
    alive: Mask
    whole: bool
    """Whether all its documents live."""
    damped: tuple[Floats, Floats, Floats]
    """K of title, names and text of each document."""


Sparse = tuple[NDArray[np.int64], Floats]
"""Documents in rising order, and what it is worth that each has something."""


_NONE: Sparse = (np.zeros(0, dtype=np.int64), np.zeros(0))


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
    matched = [
        _scored(plan, part, {number: found[number] for number in telling}, telling)
        for part, found in zip(parts, every, strict=True)
    ]
    return matched, frozenset(telling)


def _scored(
    plan: Plan,
    part: Part,
    needs: dict[int, Sparse],
    telling: dict[int, float],
) -> Matched:
    size = len(part.segment)
    scores, held = np.zeros(size), np.zeros(size, dtype=np.uint8)
    for number, (docs, worth) in needs.items():
        scores[docs] += telling[number] * worth
        held[docs] += 1
    if plan.said:
        _add_names(plan.said, part.segment, scores, sum(telling.values()))
    held[left_out(plan, part)] = 0
    docs = np.flatnonzero(held != 0)
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
    """The living documents that have a need in any of its ways, each with what its best way is worth."""
    found = [sparse for way in ways if len((sparse := _way(part, way))[0])]
    if not found:
        return _NONE
    if len(found) == 1:
        return found[0]
    best = np.zeros(len(part.segment))
    for docs, worth in found:
        best[docs] = np.maximum(best[docs], worth)
    docs = np.flatnonzero(best != 0)  # a mask is gone through faster
    return docs, best[docs]


def _way(part: Part, way: Way) -> Sparse:
    docs, worth = _word(part, way.spots[0]) if len(way.spots) == 1 else _row(part, way.spots)
    return (docs, worth) if way.weight == 1.0 else (docs, way.weight * worth)


def _word(part: Part, spot: Spot) -> Sparse:
    """The living documents that have any of some words."""
    segment = part.segment
    numbers = _numbers(segment, spot)
    if not numbers:
        return _NONE
    if len(numbers) == 1:
        held, packed = segment.postings(numbers[0])
        docs, times = held.astype(np.int64), WIDE[packed]
        if not part.whole:
            lives = part.alive[docs]
            docs, times = docs[lives], times[lives]
    else:
        every = np.zeros(len(segment), dtype=np.int64)
        for number in numbers:
            held, packed = segment.postings(number)
            every[held] += WIDE[packed]
        docs = np.flatnonzero(every != 0 if part.whole else (every != 0) & part.alive)
        times = every[docs]
    return docs, _worth(part, docs, unpacked(times))


def _worth(part: Part, docs: NDArray[np.int64], times: Sequence[NDArray[np.int64]]) -> Floats:
    damped = [field[docs] for field in part.damped]
    return ranking.worth([count.astype(np.float64) for count in times], damped)


def _numbers(segment: Segment, spot: Spot) -> list[int]:
    return [number for word in spot if (number := segment.number_of(word)) >= 0]


def _row(part: Part, spots: Sequence[Spot]) -> Sparse:
    """The living documents in which some words stand side by side."""
    segment = part.segment
    numbers = [_numbers(segment, spot) for spot in spots]
    if not all(numbers):
        return _NONE
    among = part.alive
    for spot_numbers in numbers:
        here = np.zeros(len(segment), dtype=bool)
        for number in spot_numbers:
            here[segment.postings(number)[0]] = True
        among = among & here
    if not among.any():
        return _NONE
    starts = _stands(segment, numbers[0], among)
    for place, spot_numbers in enumerate(numbers[1:], start=1):
        found = _stands(segment, spot_numbers, among) - place
        starts = np.intersect1d(starts, found, assume_unique=True)
    docs, times = segment.counted(starts)
    return docs, _worth(part, docs, times)


def _stands(segment: Segment, numbers: Sequence[int], among: Mask) -> NDArray[np.int64]:
    """Where any of some words stands in some documents."""
    places = [segment.places(number, among) for number in numbers]
    return places[0] if len(places) == 1 else np.unique(np.concatenate(places))
