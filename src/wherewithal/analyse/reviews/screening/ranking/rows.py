"""Rows of weights that are mostly zero, and the three products of them that ranking is made of.

The products are scipy's compiled ones, called without the package around them: importing ``scipy.sparse`` takes
as long as screening a review of a thousand records again, and its checks of every call as long as the call.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Bools = NDArray[np.bool_]


def _compiled() -> Any:
    """scipy's ``_sparsetools``: from its file where it is found, or as scipy itself imports it."""
    name = "scipy.sparse._sparsetools"
    if name in sys.modules:
        return sys.modules[name]
    scipy = find_spec("scipy")
    for folder in (scipy.submodule_search_locations or ()) if scipy else ():
        for suffix in EXTENSION_SUFFIXES:
            file = Path(folder) / "sparse" / f"_sparsetools{suffix}"
            if file.exists():
                spec = spec_from_file_location(
                    "_sparsetools", file, loader=ExtensionFileLoader("_sparsetools", str(file))
                )
                if spec is not None and spec.loader is not None:
                    try:
                        module = module_from_spec(spec)
                        spec.loader.exec_module(module)
                    except ImportError:
                        break
                    return module
    from scipy.sparse import _sparsetools

    return _sparsetools


_SPARSE = _compiled()


@dataclass(frozen=True)
class Rows:
    """Compressed rows. Row i has ``weights[starts[i]:starts[i + 1]]`` in ``columns`` of the same places.

    ``width`` is the number of columns. ``starts`` and ``columns`` are int32, ``weights`` float64; ``starts``
    may end before ``columns`` does, whose rest then belongs to no row.
    """

    starts: Places
    columns: Places
    weights: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def times(self, vector: Floats) -> Floats:
        """Each row's product with ``vector`` (width,): one number a row (rows,)."""
        found = np.zeros(len(self))
        _SPARSE.csr_matvec(
            len(self), self.width, self.starts, self.columns, self.weights, _whole(vector, self.width), found
        )
        return found

    def summed(self, shares: Floats) -> Floats:
        """The sum of the rows, each ``shares`` times (rows,): one number a column (width,)."""
        found = np.zeros(self.width)
        _SPARSE.csc_matvec(
            self.width, len(self), self.starts, self.columns, self.weights, _whole(shares, len(self)), found
        )
        return found

    def taken(self, rows: Ints) -> Rows:
        """Those rows, in that order. Raises IndexError for one that is not there."""
        if len(rows) and (rows.min() < 0 or rows.max() >= len(self)):
            raise IndexError(f"rows go from 0 to {len(self) - 1}")
        which = rows.astype(np.int32)
        starts = np.zeros(len(rows) + 1, dtype=np.int32)
        np.cumsum(np.diff(self.starts)[which], out=starts[1:])
        columns = np.empty(int(starts[-1]), dtype=np.int32)
        weights = np.empty(int(starts[-1]))
        _SPARSE.csr_row_index(len(which), which, self.starts, self.columns, self.weights, columns, weights)
        return Rows(starts, columns, weights, self.width)

    def vector(self, number: int) -> Floats:
        """One row, written out (width,)."""
        found = np.zeros(self.width)
        columns, weights = self.row(number)
        found[columns] = weights
        return found

    def scaled(self, factor: float) -> Rows:
        """The same rows, each number ``factor`` times."""
        return Rows(self.starts, self.columns, self.weights * factor, self.width)

    def reader(self) -> ReadRows:
        return ReadRows(self)

    def row(self, number: int) -> tuple[Places, Floats]:
        """The columns and weights of one row."""
        at = slice(self.starts[number], self.starts[number + 1])
        return self.columns[at], self.weights[at]


def rows_from_columns(ends: Ints, rows: Ints, weights: Floats, *, height: int) -> Rows:
    """Rows from the same numbers column by column: column j has ``weights[ends[j]:ends[j + 1]]`` in ``rows``.

    Within each of the ``height`` rows the columns come out in order. Raises OverflowError where there are too
    many numbers for 32 bits.
    """
    if len(weights) > np.iinfo(np.int32).max:
        raise OverflowError("more than 2,147,483,647 weights")
    width = len(ends) - 1
    starts = np.empty(height + 1, dtype=np.int32)
    columns = np.empty(len(rows), dtype=np.int32)
    placed = np.empty(len(rows))
    # Rows of the transpose are columns here, so turning it over is what scipy calls row to column.
    _SPARSE.csr_tocsc(
        width, height, ends.astype(np.int32), rows.astype(np.int32), _whole(weights, len(rows)),
        starts, columns, placed,
    )  # fmt: skip
    return Rows(starts, columns, placed, width)


class ReadRows:
    """The rows of records in the order in which they were decided, kept from one lesson to the next."""

    def __init__(self, rows: Rows) -> None:
        self._all = rows
        self._forget()

    def _forget(self) -> None:
        self._records: Ints = np.zeros(0, dtype=np.int64)
        self._starts = np.zeros(1, dtype=np.int32)
        self._columns = np.zeros(0, dtype=np.int32)
        self._weights = np.zeros(0)

    def of(self, records: Ints) -> Rows:
        """The rows of ``records``. Quick where they begin with those of the last time."""
        known = len(self._records)
        if known > len(records) or not np.array_equal(self._records, records[:known]):
            self._forget()
            known = 0
        new = self._all.taken(records[known:])
        held, more = int(self._starts[-1]), len(new.columns)
        if held + more > len(self._columns):
            # Twice as much room as needed, so that each number is moved a few times and not at every lesson.
            room = max(2 * (held + more), 1024)
            self._columns = _with_room(self._columns[:held], room)
            self._weights = _with_room(self._weights[:held], room)
        self._columns[held : held + more] = new.columns
        self._weights[held : held + more] = new.weights
        self._starts = np.concatenate([self._starts, held + new.starts[1:]])
        self._records = records
        return Rows(self._starts, self._columns, self._weights, self._all.width)


def _with_room(numbers: NDArray[Any], room: int) -> NDArray[Any]:
    wide = np.empty(room, dtype=numbers.dtype)
    wide[: len(numbers)] = numbers
    return wide


def _whole(vector: Floats, length: int) -> Floats:
    """``vector`` as the compiled code needs it, which checks nothing. Raises ValueError for another length."""
    if vector.shape != (length,):
        raise ValueError(f"{length} numbers are needed, and there are {vector.shape}")
    return np.ascontiguousarray(vector, dtype=np.float64)
