"""The embedded engine: an index in a folder, shared by several processes, that answers what ``memory_index`` does.

Documents lie in segments of arrays that never change (``segment``). A write adds a segment, marks what it replaces as
dead, and now and then makes several segments one. A search runs over all segments, whole arrays at a time
(``matching``). Every figure behind a score is one of what lives now, so that copies on two machines with different
histories give the same answers in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np

from wherewithal.search.analyser import Analyser
from wherewithal.search.arrays_file import Arrays
from wherewithal.search.folder import Folder, Stamp, State, StoredSegment
from wherewithal.search.port import NOTHING, NOTHING_PREFERRED, Document, Results
from wherewithal.search.segment import Mask, Segment
from wherewithal.search.segment_build import build
from wherewithal.search.segment_merge import merge
from wherewithal.search.snapshot import Snapshot

A_CHUNK = 25_000
"""Documents that are made into a segment at once; bounds the memory that writing takes."""
MERGED_AT = 8
"""So many segments of about one size become one."""
DEAD_PART = 0.5
"""A segment of which more than this part is dead is written again without it."""
WAIT = 60.0
"""Seconds to wait for another process that writes."""


class FolderIndex:
    """An index in a folder. Takes and answers as ``port.Index`` says; safe for several threads and processes.

    Raises RebuildNeeded where the folder holds something that cannot be used, when it is opened or later.
    """

    def __init__(self, folder: Path, facets: Sequence[str]) -> None:
        self._folder = Folder(folder, facets)
        self._loading = Lock()
        self._analyse = Analyser()
        self._seen: tuple[Stamp | None, Snapshot] = self._load(None)

    def __len__(self) -> int:
        return len(self._now())

    @property
    def position(self) -> int:
        return self._now().position

    def search(
        self,
        text: str = "",
        *,
        filters: Mapping[str, Sequence[str]] = NOTHING,
        facets: Sequence[str] = (),
        limit: int = 25,
        offset: int = 0,
        prefer: Mapping[str, Mapping[str, float]] = NOTHING_PREFERRED,
        any_word: bool = False,
    ) -> Results:
        """Find what holds the words: see ``port.Index.search``."""
        return self._now().search(text, filters, facets, limit, offset, prefer, any_word)

    def more_like(
        self, key: str, *, filters: Mapping[str, Sequence[str]] = NOTHING, limit: int = 10
    ) -> Results:
        """Things like the one with this key: see ``port.Index.more_like``."""
        return self._now().more_like(key, filters, limit)

    # --- Reading -------------------------------------------------------------------------------------------------

    def _now(self) -> Snapshot:
        """The state that the folder has now. Where the folder is gone, the last one that was seen."""
        stamp = self._folder.stamp()
        if stamp is not None and stamp != self._seen[0]:
            with self._loading:
                if stamp != self._seen[0]:
                    self._seen = self._load(self._seen[1])
        return self._seen[1]

    def _load(self, before: Snapshot | None) -> tuple[Stamp | None, Snapshot]:
        """Read the state. Again where a writer cleared files away between its list and its files."""
        while True:
            stamp = self._folder.stamp()
            try:
                state = self._folder.state()
                return stamp, Snapshot(state, self._opened(state, before))
            except Exception:
                if stamp == self._folder.stamp():
                    raise

    def _opened(self, state: State, before: Snapshot | None) -> list[tuple[Segment, Mask]]:
        held = dict(zip(before.state.segments, before.opened, strict=True)) if before else {}
        segments = {stored.file: opened[0] for stored, opened in held.items()}
        return [
            held.get(stored)
            or (
                segments.get(stored.file) or self._folder.read_segment(stored),
                self._folder.read_alive(stored),
            )
            for stored in state.segments
        ]

    # --- Writing -------------------------------------------------------------------------------------------------

    def write(
        self, documents: Iterable[Document], *, remove: Iterable[str] = (), position: int | None = None
    ) -> None:
        """Add, replace and take out: see ``port.Index.write``. Raises IndexBusy."""
        with self._folder.writing(WAIT):
            if self._folder.stamp() is None:
                self._seen = self._load(None)  # the folder was emptied: begin again
            now = self._now()
            before = now.state
            try:
                segments = self._written(now, documents, remove)
                state = State(before.facets, before.position if position is None else position, segments)
                if state != before:
                    self._folder.put(state)
            except BaseException:
                self._folder.clear_away(self._folder.state())
                raise
            self._now()

    def _written(
        self, now: Snapshot, documents: Iterable[Document], remove: Iterable[str]
    ) -> tuple[StoredSegment, ...]:
        """New segments, with what they replace marked dead in the others."""
        work = [
            _Working(stored, segment, alive.copy())
            for stored, (segment, alive) in zip(now.state.segments, now.opened, strict=True)
        ]
        gone = list(remove)
        for each in work:
            each.kill(gone)
        for chunk in _chunks(documents):
            for each in work:
                each.kill(document.key for document in chunk)
            work.append(self._store(*build(chunk, self._folder.facets, self._analyse)))
        work = [each for each in work if each.living]
        while group := _to_merge(work):
            merged = self._store(
                *merge(
                    [each.segment for each in group], [each.alive for each in group], len(self._folder.facets)
                )
            )
            work = [each for each in work if each not in group] + [merged]
        return tuple(
            self._folder.store_dead(each.stored, each.alive) if each.changed else each.stored for each in work
        )

    def _store(self, arrays: Arrays, values: list[list[str]]) -> _Working:
        stored = self._folder.store_segment(arrays, values)
        return _Working(stored, self._folder.read_segment(stored), np.ones(stored.documents, dtype=bool))


class _Working:
    """A segment while a write goes on, with its documents that live so far."""

    def __init__(self, stored: StoredSegment, segment: Segment, alive: Mask) -> None:
        self.stored = stored
        self.segment = segment
        self.alive = alive
        self.changed = False

    @property
    def living(self) -> int:
        return int(np.count_nonzero(self.alive))

    def kill(self, keys: Iterable[str]) -> None:
        for key in keys:
            doc = self.segment.find(key)
            if doc >= 0 and self.alive[doc]:
                self.alive[doc] = False
                self.changed = True


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    every = iter(documents)
    while chunk := list(islice(every, A_CHUNK)):
        yield chunk


def _to_merge(work: Sequence[_Working]) -> list[_Working]:
    """Segments to make one: one that is mostly dead, or several of about one size; none where all is well."""
    for each in work:
        if each.living < (1 - DEAD_PART) * len(each.segment):
            return [each]
    sizes: dict[int, list[_Working]] = {}
    for each in work:
        step, size = 0, each.living
        while size >= MERGED_AT:
            step, size = step + 1, size // MERGED_AT
        sizes.setdefault(step, []).append(each)
    return next((group for _, group in sorted(sizes.items()) if len(group) >= MERGED_AT), [])


def open_index(folder: Path, facets: Sequence[str]) -> FolderIndex:
    """Open the index in a folder, or begin one, with these facets. Raises RebuildNeeded."""
    return FolderIndex(folder, facets)
