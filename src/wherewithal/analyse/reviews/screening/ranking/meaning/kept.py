"""Directions of texts kept on disk by what they are directions of: each takes a tenth of a second to work out.

A file of its own in the data folder, which can be deleted at any time: it is only ever filled again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 200
"""Directions worked out between two times of writing: what is lost where a worker is stopped."""

_ASKED = 500


def directions(
    texts: Sequence[str], work_out: Callable[[str], NDArray[np.float32]], *, width: int, file: Path | None
) -> NDArray[np.float32]:
    """The direction of each text (texts, width), from ``file`` where it is known and else by ``work_out``.

    ``file`` None keeps nothing. Kept numbers have half precision, and so has everything given out, so that a
    text has one direction however it was come by.
    """
    keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
    found = np.zeros((len(texts), width), dtype=np.float16)
    with closing(_opened(file)) as database:
        known = _known(database, keys)
        fresh: dict[bytes, bytes] = {}
        for place, (key, text) in enumerate(zip(keys, texts, strict=True)):
            numbers = known.get(key) or fresh.get(key)
            if numbers is None:
                numbers = fresh[key] = work_out(text).astype("<f2").tobytes()
                if len(fresh) % _AT_ONCE == 0:
                    _keep(database, fresh)
            found[place] = np.frombuffer(numbers, dtype="<f2")
        _keep(database, fresh)
    return found.astype(np.float32)


def _opened(file: Path | None) -> sqlite3.Connection:
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file or ":memory:", timeout=60)
    with database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS direction (text BLOB PRIMARY KEY, numbers BLOB NOT NULL)"
        )
    return database


def _known(database: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    known: dict[bytes, bytes] = {}
    for start in range(0, len(keys), _ASKED):
        some = keys[start : start + _ASKED]
        marks = ", ".join("?" * len(some))
        rows = database.execute(f"SELECT text, numbers FROM direction WHERE text IN ({marks})", some)  # noqa: S608
        known.update(rows.fetchall())
    return known


def _keep(database: sqlite3.Connection, fresh: dict[bytes, bytes]) -> None:
    with database:
        database.executemany("INSERT OR IGNORE INTO direction VALUES (?, ?)", fresh.items())
