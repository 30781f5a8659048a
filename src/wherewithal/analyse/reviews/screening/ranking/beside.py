"""Rows of weights, mostly zero, with further columns beside them that are all filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.screening.ranking.rows import Floats, Ints, ReadRows, Rows


@dataclass(frozen=True)
class Beside:
    """A table whose first columns are those of ``sparse`` and the rest those of ``full`` (rows, columns)."""

    sparse: Rows
    full: Floats

    def __len__(self) -> int:
        return len(self.sparse)

    @property
    def width(self) -> int:
        return self.sparse.width + int(self.full.shape[1])

    def times(self, vector: Floats) -> Floats:
        """Each row's product with ``vector`` (width,): one number a row (rows,)."""
        middle = self.sparse.width
        found: Floats = self.sparse.times(vector[:middle]) + self.full @ vector[middle:]
        return found

    def summed(self, shares: Floats) -> Floats:
        """The sum of the rows, each ``shares`` times (rows,): one number a column (width,)."""
        return np.concatenate([self.sparse.summed(shares), shares @ self.full])

    def taken(self, rows: Ints) -> Beside:
        """Those rows, in that order."""
        return Beside(self.sparse.taken(rows), self.full[rows])

    def vector(self, number: int) -> Floats:
        """One row, written out (width,)."""
        return np.concatenate([self.sparse.vector(number), self.full[number]])

    def reader(self) -> ReadBeside:
        return ReadBeside(self)


class ReadBeside:
    """The rows of records in the order in which they were decided, as ``ReadRows`` keeps them."""

    def __init__(self, table: Beside) -> None:
        """``table`` holds all records."""
        self._sparse = ReadRows(table.sparse)
        self._full = table.full

    def of(self, records: Ints) -> Beside:
        return Beside(self._sparse.of(records), self._full[records])
