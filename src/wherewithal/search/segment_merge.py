"""Several segments as one, without what is dead: the arrays of a segment made from the arrays of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wherewithal.search.arrays_file import Arrays
from wherewithal.search.segment import Mask, Segment
from wherewithal.search.segment_build import as_small, facet_arrays, key_order, sizes, texts, vocabulary

_EACH = ("order", "names_from", "text_from", "length_title", "length_names", "length_text", "title_is")

Numbers = NDArray[np.int64]


def merge(segments: Sequence[Segment], alive: Sequence[Mask], facets: int) -> tuple[Arrays, list[list[str]]]:
    """The arrays of a segment that holds what lives of some others, and the values of each facet."""
    keys = [segment.keys.range(0, len(segment)) for segment in segments]
    ordered = sorted(
        (order, keys[place][doc], place, doc)
        for place, segment in enumerate(segments)
        for doc, (order, lives) in enumerate(
            zip(segment.arrays["order"].tolist(), alive[place].tolist(), strict=True)
        )
        if lives
    )
    # For each old document its new number, and -1 for the dead.
    renumbered = [np.full(len(segment), -1, dtype=np.int64) for segment in segments]
    for new, (_, _, place, doc) in enumerate(ordered):
        renumbered[place][doc] = new
    all_keys = [key for _, key, _, _ in ordered]
    arrays: Arrays = {}
    back = np.argsort(np.concatenate([np.zeros(0, dtype=np.int64), *_living(renumbered)]), kind="stable")
    for name in _EACH:
        living = [segment.arrays[name][mask] for segment, mask in zip(segments, alive, strict=True)]
        arrays[name] = np.concatenate(living)[back]
    owners = [new[segment.arrays["name_doc"]] for segment, new in zip(segments, renumbered, strict=True)]
    names = np.concatenate([segment.arrays["name_is"] for segment in segments])
    name_doc = np.concatenate(owners)
    arrays["name_is"], arrays["name_doc"] = names[name_doc >= 0], name_doc[name_doc >= 0].astype(np.int32)
    arrays |= texts("key", all_keys) | key_order(all_keys)
    arrays |= _words(segments, renumbered, len(ordered))
    values: list[list[str]] = []
    for facet in range(facets):
        merged, own = _facet(facet, segments, renumbered, len(ordered))
        arrays |= merged
        values.append(own)
    return arrays, values


def _living(renumbered: Sequence[Numbers]) -> Iterator[Numbers]:
    return (new[new >= 0] for new in renumbered)


def _words(segments: Sequence[Segment], renumbered: Sequence[Numbers], documents: int) -> Arrays:
    words = [segment.words.range(0, len(segment.words)) for segment in segments]
    every = sorted(set().union(*words))
    number = {word: place for place, word in enumerate(every)}
    posted, docs, times, counts, places = [], [], [], [], []
    for segment, own, new in zip(segments, words, renumbered, strict=True):
        renamed = np.array([number[word] for word in own], dtype=np.uint32)
        per_word = segment.arrays["post_at"][1:] - segment.arrays["post_at"][:-1]
        doc = new[segment.arrays["post_doc"]]
        lives = doc >= 0
        packed = segment.arrays["post_times"]
        size = sizes(packed)
        posted.append(np.repeat(renamed, per_word)[lives])
        docs.append(doc[lives].astype(np.uint32))
        times.append(packed[lives])
        counts.append(size[lives])
        places.append(segment.arrays["place"][np.repeat(lives, size)])
    word, doc, time = np.concatenate(posted), np.concatenate(docs), np.concatenate(times)
    size, place = np.concatenate(counts), np.concatenate(places)
    del posted, docs, times, counts, places
    order = np.argsort(word.astype(np.uint64) << np.uint64(32) | doc, kind="stable")
    starts = (np.cumsum(size) - size)[order]
    word, doc, time, size = word[order], doc[order], time[order], size[order]
    del order
    total = int(size.sum())
    rows = np.repeat(starts - (np.cumsum(size) - size), size)
    rows += np.arange(total)
    place = place[rows]
    del rows
    # Words that nothing living holds are gone.
    held = np.flatnonzero(np.bincount(word, minlength=len(every)))
    bounds = np.searchsorted(word, np.append(held, len(every)))
    place_ends = np.append(0, np.cumsum(size))
    return {
        **vocabulary([every[place] for place in held.tolist()]),
        "post_at": bounds.astype(np.int64),
        "post_doc": as_small(doc, documents),
        "post_times": time,
        "place_at": place_ends[bounds].astype(np.int64),
        "place": place,
    }


def _facet(
    facet: int, segments: Sequence[Segment], renumbered: Sequence[Numbers], documents: int
) -> tuple[Arrays, list[str]]:
    values = sorted(set().union(*(segment.values[facet] for segment in segments)))
    number = {value: place for place, value in enumerate(values)}
    docs, codes = [], []
    for segment, new in zip(segments, renumbered, strict=True):
        at = segment.arrays[f"facet{facet}_at"].astype(np.int64)
        owner = np.repeat(new, at[1:] - at[:-1])
        renamed = np.array([number[value] for value in segment.values[facet]], dtype=np.int64)
        codes.append(renamed[segment.arrays[f"facet{facet}"]][owner >= 0])
        docs.append(owner[owner >= 0])
    doc, code = np.concatenate(docs), np.concatenate(codes)
    order = np.lexsort((code, doc))
    held = np.unique(code)
    at = np.zeros(documents + 1, dtype=np.int64)
    np.cumsum(np.bincount(doc, minlength=documents), out=at[1:])
    kept = np.searchsorted(held, code[order])
    return facet_arrays(facet, at, kept, len(held)), [values[place] for place in held.tolist()]
