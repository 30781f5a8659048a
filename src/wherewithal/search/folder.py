"""The folder of an index: which files make it up now, changed in one step that either happens or does not.

``index.json`` names the segments. A writer makes new files beside the old ones, and only then puts a new
``index.json`` in the place of the old: a process killed before has changed nothing but left files that the next writer
clears away. Readers see the new state at their next search. One process at a time writes.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from wherewithal.search.arrays_file import Arrays, Damaged, read_arrays, write_arrays
from wherewithal.search.making import FORMAT
from wherewithal.search.segment import Mask, Segment
from wherewithal.search.unusable import IndexBusy, RebuildNeeded

_LIST, _LOCK = "index.json", "writing.lock"

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class StoredFile:
    """A file of the index with what it must be."""

    name: str
    bytes: int
    checksum: int


@dataclass(frozen=True)
class StoredSegment:
    """A segment's file, and the file that lists its dead documents where there are any."""

    file: StoredFile
    documents: int
    dead: StoredFile | None = None


@dataclass(frozen=True)
class State:
    """What ``index.json`` says."""

    facets: tuple[str, ...]
    position: int = 0
    segments: tuple[StoredSegment, ...] = ()


class Folder:
    """Reads and changes what a folder holds."""

    def __init__(self, path: Path, facets: Sequence[str]) -> None:
        self.path = path
        self.facets = tuple(facets)

    def stamp(self) -> Stamp | None:
        """Something that differs after every change; nothing where there is no index."""
        try:
            found = os.stat(self.path / _LIST)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def state(self) -> State:
        """What the index consists of: nothing yet, in a new folder. Raises RebuildNeeded."""
        try:
            stored = json.loads((self.path / _LIST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return State(self.facets)
        except (OSError, ValueError) as error:
            raise RebuildNeeded(self.path, f"its list of files cannot be read ({error}).") from error
        try:
            if stored["format"] != FORMAT:
                raise RebuildNeeded(self.path, "it was made by another version of this program.")
            if stored["facets"] != list(self.facets):
                raise RebuildNeeded(self.path, "it was made with other facets.")
            segments = tuple(
                StoredSegment(
                    StoredFile(**row["file"]), row["documents"], row["dead"] and StoredFile(**row["dead"])
                )
                for row in stored["segments"]
            )
            return State(self.facets, int(stored["position"]), segments)
        except (KeyError, TypeError, ValueError) as error:
            raise RebuildNeeded(self.path, f"its list of files makes no sense ({error!r}).") from error

    def read_segment(self, stored: StoredSegment) -> Segment:
        """A segment's arrays. Raises RebuildNeeded where its file is not what was written."""
        arrays, values = self._read(stored.file)
        return Segment(arrays, values)

    def read_alive(self, stored: StoredSegment) -> Mask:
        """Which documents of a segment live."""
        alive = np.ones(stored.documents, dtype=bool)
        if stored.dead:
            alive[self._read(stored.dead)[0]["dead"]] = False
        return alive

    def _read(self, file: StoredFile) -> tuple[Arrays, list[list[str]]]:
        try:
            return read_arrays(self.path / file.name, file.bytes, file.checksum)
        except Damaged as damaged:
            raise RebuildNeeded(self.path, f"{damaged}.") from damaged

    # --- Changing ------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Be the only process that changes the folder. Raises IndexBusy after so many seconds."""
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.path / _LOCK, timeout=wait):
                yield
        except Timeout as error:
            raise IndexBusy(self.path, wait) from error

    def store_segment(self, arrays: Arrays, values: list[list[str]]) -> StoredSegment:
        """Write a new segment's file. It counts only once ``put`` names it."""
        return StoredSegment(self._store("segment", arrays, values), len(arrays["order"]))

    def store_dead(self, stored: StoredSegment, alive: NDArray[np.bool_]) -> StoredSegment:
        """Write which of a segment's documents are dead."""
        if alive.all():
            return StoredSegment(stored.file, stored.documents)
        dead = self._store("dead", {"dead": np.flatnonzero(~alive).astype(np.uint32)}, None)
        return StoredSegment(stored.file, stored.documents, dead)

    def _store(self, kind: str, arrays: Arrays, about: list[list[str]] | None) -> StoredFile:
        name = f"{kind}-{secrets.token_hex(8)}"
        return StoredFile(name, **write_arrays(self.path / name, arrays, about))

    def put(self, state: State) -> None:
        """Make this the state of the index, on disk when it returns, and clear away what no longer belongs to it."""
        new = self.path / f"{_LIST}.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, **asdict(state)}, file)
            file.flush()
            os.fsync(file.fileno())
        _replace(new, self.path / _LIST)
        _sync(self.path)
        self.clear_away(state)

    def clear_away(self, state: State) -> None:
        """Delete files that do not belong to a state. One that Windows will not let go of is left for next time."""
        belong = {stored.file.name for stored in state.segments}
        belong |= {stored.dead.name for stored in state.segments if stored.dead}
        for path in self.path.iterdir():
            if path.name.startswith(("segment-", "dead-")) and path.name not in belong:
                with suppress(OSError):
                    path.unlink()


def _replace(new: Path, old: Path) -> None:
    """Put a file in another's place. Windows refuses for the moment in which a reader has the old one open."""
    for pause in (0.02, 0.05, 0.1, 0.3, 1.0):
        with suppress(PermissionError):
            new.replace(old)
            return
        time.sleep(pause)
    new.replace(old)


def _sync(path: Path) -> None:
    """Have a folder's list of names on disk, where the system has such a thing."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
