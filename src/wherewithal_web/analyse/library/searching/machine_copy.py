"""This machine's copy of the search index: made from the database's entries, and caught up before a search.

The copy lies in the data folder, apart for each database (told by the clock's key). ``state.json`` beside it names its
folder and what it was made with; the index itself knows which change it has reached. Several processes share a copy:
one at a time writes, the others search what is there. A copy that is missing, broken, of another make or ahead of its
database (which was then restored from a backup) is made anew in a folder of its own and takes the old one's place when
it is whole.

Nothing here may run inside a transaction that could still be undone: the copy would hold what never happened.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock, RLock
from typing import TypeVar

from django.conf import settings
from filelock import FileLock, Timeout

from wherewithal.analyse.library.facets import FACETS
from wherewithal.home import home
from wherewithal.search import FORMAT, Document, Index, MemoryIndex, RebuildNeeded, open_index
from wherewithal_web.analyse.library.models import SearchClock, SearchEntry

FACET_KEYS = tuple(facet.key for facet in FACETS)
MADE_WITH = f"{FORMAT} {' '.join(FACET_KEYS)}"
"""What a copy depends on beside its entries: where this differs, it is made anew."""
A_CHUNK = 5_000
"""How many changes are read and written at once; bounds the memory that catching up takes."""
WAIT_TO_CATCH_UP = 5.0
"""Seconds to wait for another process that is catching up, before searching what there is."""
WAIT_TO_BUILD = 120.0
"""Seconds to wait for another process that is making the first copy, before giving up."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class NotReady(Exception):
    """Another process on this machine is making the index just now, and there is none to search meanwhile."""


@dataclass(frozen=True)
class _State:
    """What ``state.json`` says: the folder that holds the index, and what it was made with."""

    folder: str
    made_with: str


class DiskCopy:
    """A copy on disk for the database with this key, shared by every process of this machine."""

    def __init__(self, database: int) -> None:
        self._place = home() / "search" / f"{database:x}"
        self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = self._place / "writing.lock"
        self._open: tuple[str, Index] | None = None

    def current(self, change: int) -> Index:
        """The index with everything up to ``change`` in it, or as much of it as another process lets be seen.

        Raises NotReady where there is none yet and another process is making it.
        """
        index = self._held()
        if index is not None and index.position == change:
            return index
        try:
            with FileLock(self._lock, timeout=WAIT_TO_BUILD if index is None else WAIT_TO_CATCH_UP):
                return self._caught_up(change)
        except Timeout as error:
            if index is None:
                raise NotReady from error
            return index

    def rebuild(self, *, tell: Callable[[int], None] = lambda done: None) -> int:
        """Make the copy anew from the database. Returns how many things it holds."""
        with FileLock(self._lock, timeout=-1):
            return len(self._made_anew(tell))

    def _caught_up(self, change: int) -> Index:
        index = self._held()  # again: another process may have written while this one waited
        if index is None or index.position > change:
            return self._made_anew()
        for _reached in _write_since(index):
            pass
        return index

    def _made_anew(self, tell: Callable[[int], None] = lambda done: None) -> Index:
        folder = secrets.token_hex(8)
        index = open_index(self._place / folder, FACET_KEYS)
        for _reached in _write_since(index):
            tell(len(index))
        self._note(_State(folder, MADE_WITH))
        self._open = (folder, index)
        for old in self._place.iterdir():
            if old.is_dir() and old.name != folder:
                shutil.rmtree(old, ignore_errors=True)
        return index

    def _held(self) -> Index | None:
        """The index that the state names, or None where there is none or it cannot be read."""
        state = self._state()
        if state is None or state.made_with != MADE_WITH or not (self._place / state.folder).is_dir():
            return None
        if self._open and self._open[0] == state.folder:
            return self._open[1]
        try:
            index = open_index(self._place / state.folder, FACET_KEYS)
        except RebuildNeeded as error:
            log.warning("%s", error)
            return None
        self._open = (state.folder, index)
        return index

    def give_up(self) -> None:
        """Trust the index no longer: the next search makes another, unless somebody has done so by now."""
        with FileLock(self._lock, timeout=WAIT_TO_BUILD):
            state = self._state()
            if state and self._open and self._open[0] == state.folder:
                (self._place / "state.json").unlink(missing_ok=True)
            self._open = None

    def _state(self) -> _State | None:
        try:
            return _State(**json.loads((self._place / "state.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _note(self, state: _State) -> None:
        """Write the state whole or not at all."""
        new = self._place / f"state.{os.getpid()}"
        new.write_text(json.dumps(asdict(state)), encoding="utf-8")
        new.replace(self._place / "state.json")


class MemoryCopy:
    """A copy in this process alone, in plain Python: for tests, and the reference for the other."""

    def __init__(self, database: int) -> None:
        self._index = MemoryIndex()
        self._one_at_a_time = RLock()

    def current(self, change: int) -> Index:
        with self._one_at_a_time:
            if self._index.position > change:
                self._index = MemoryIndex()
            if self._index.position < change:
                for _reached in _write_since(self._index):
                    pass
            return self._index

    def give_up(self) -> None:
        self._index = MemoryIndex()

    def rebuild(self, *, tell: Callable[[int], None] = lambda done: None) -> int:
        with self._one_at_a_time:
            self._index = MemoryIndex()
            for _reached in _write_since(self._index):
                tell(len(self._index))
            return len(self._index)


def _write_since(index: Index) -> Iterator[int]:
    """Write every change after the index's position into it, chunk by chunk; gives the change reached after each."""
    while chunk := list(SearchEntry.objects.filter(change__gt=index.position).order_by("change")[:A_CHUNK]):
        index.write(
            [_document(entry) for entry in chunk if not entry.gone],
            remove=[entry.key for entry in chunk if entry.gone],
            position=chunk[-1].change,
        )
        yield chunk[-1].change


def _document(entry: SearchEntry) -> Document:
    return Document(
        key=entry.key,
        title=entry.title,
        names=tuple(entry.names),
        text=entry.text,
        facets={name: tuple(entry.facets[name]) for name in FACET_KEYS if name in entry.facets},
        order=entry.order,
    )


_copies: dict[tuple[type, Path, int], DiskCopy | MemoryCopy] = {}
_choosing = Lock()


def _copy_of(database: int) -> DiskCopy | MemoryCopy:
    """The one copy of this process, of the kind and in the place that are set; another's is let go."""
    kind = MemoryCopy if settings.SEARCH_INDEX == "memory" else DiskCopy
    wanted = kind, home(), database
    with _choosing:
        if wanted not in _copies:
            _copies.clear()
            _copies[wanted] = kind(database)
        return _copies[wanted]


def on_the_index(work: Callable[[Index], T]) -> T:
    """Do something with what can be searched now, with every change that was stored before this call.

    An index that turns out to be broken is made anew, once. Raises NotReady where another process is only just making
    the first.
    """
    clock = SearchClock.objects.first()
    if clock is None:
        return work(MemoryIndex())
    copy = _copy_of(clock.pk)
    try:
        return work(copy.current(clock.change))
    except RebuildNeeded as error:
        log.warning("%s", error)
        copy.give_up()
    return work(copy.current(clock.change))


def rebuild_index(*, tell: Callable[[int], None] = lambda done: None) -> int:
    """Make this machine's copy anew. ``tell`` hears how many things are in it so far. Returns how many it holds."""
    clock = SearchClock.objects.first()
    return _copy_of(clock.pk).rebuild(tell=tell) if clock else 0
