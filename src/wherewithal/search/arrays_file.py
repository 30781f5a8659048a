"""Named arrays in one file that is written once and then only read, straight from the system's cache of the file.

A line of JSON says name, type and length of each array; the arrays follow, each beginning at a multiple of 64 bytes.
Every process that reads the file shares the same memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_ALIGNED = 64
_CHECKED_AT_ONCE = 1 << 22


class Damaged(Exception):
    """A file that is not what was written."""


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], about: Any) -> dict[str, int]:
    """Write arrays to a new file, on disk when this returns. Gives its size and checksum, for ``read_arrays``.

    ``about`` is anything that JSON can hold, kept beside the arrays.
    """
    entries, place = [], 0
    for name, array in arrays.items():
        entries.append({"name": name, "type": array.dtype.str, "length": len(array), "at": place})
        place += -(-array.nbytes // _ALIGNED) * _ALIGNED
    head = json.dumps({"arrays": entries, "about": about}).encode() + b"\n"
    head = head[:-1].ljust(-(-len(head) // _ALIGNED) * _ALIGNED - 1) + b"\n"
    checksum, size = crc32(head), len(head)
    with path.open("xb") as file:
        file.write(head)
        for array in arrays.values():
            data = np.ascontiguousarray(array).tobytes()
            data += bytes(-len(data) % _ALIGNED)
            file.write(data)
            checksum, size = crc32(data, checksum), size + len(data)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": size, "checksum": checksum}


def read_arrays(path: Path, size: int, checksum: int) -> tuple[Arrays, Any]:
    """The arrays of a file and what was kept beside them. Raises Damaged where it is not what was written."""
    try:
        if path.stat().st_size != size:
            raise Damaged(f"{path.name} is not as long as it was written")
        whole = np.memmap(path, dtype=np.uint8, mode="r")
        found = 0
        for start in range(0, size, _CHECKED_AT_ONCE):
            found = crc32(whole[start : start + _CHECKED_AT_ONCE].data, found)
        if found != checksum:
            raise Damaged(f"{path.name} does not hold what was written")
        with path.open("rb") as file:
            line = file.readline()
    except OSError as error:
        raise Damaged(f"{path.name} cannot be read ({error.strerror or error})") from error
    head = json.loads(line)
    plain = np.asarray(whole)
    arrays: Arrays = {}
    for entry in head["arrays"]:
        start, kind = len(line) + entry["at"], np.dtype(entry["type"])
        arrays[entry["name"]] = plain[start : start + entry["length"] * kind.itemsize].view(kind)
    return arrays, head["about"]
