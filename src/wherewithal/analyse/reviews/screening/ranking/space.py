"""What the model is solved in: tables of records by terms, however they are stored."""

from __future__ import annotations

from typing import Protocol, Self

from wherewithal.analyse.reviews.screening.ranking.rows import Floats, Ints


class Table(Protocol):
    """Rows of numbers: see ``rows.Rows`` for one that is mostly zero."""

    @property
    def width(self) -> int: ...

    def __len__(self) -> int: ...

    def times(self, vector: Floats) -> Floats:
        """Each row's product with ``vector`` (width,): one number a row (rows,)."""

    def summed(self, shares: Floats) -> Floats:
        """The sum of the rows, each ``shares`` times (rows,): one number a column (width,)."""

    def taken(self, rows: Ints) -> Self:
        """Those rows, in that order."""

    def vector(self, number: int) -> Floats:
        """One row, written out (width,)."""


class Reader(Protocol):
    """Gives the rows of decided records, and may keep them from one lesson to the next."""

    def of(self, records: Ints) -> Table: ...


class Space(Protocol):
    """Records as rows of ``shared``, each of length one together with ``own``: see ``words.WordFeatures``."""

    @property
    def shared(self) -> Table: ...

    @property
    def own(self) -> Floats: ...

    def __len__(self) -> int: ...
