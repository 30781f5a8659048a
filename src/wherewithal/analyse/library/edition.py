"""A dated copy of a register or list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from wherewithal.analyse.library.entry import Entry
from wherewithal.analyse.library.rating import Rating
from wherewithal.plain_english import long_date

Row = Rating | Entry
R_co = TypeVar("R_co", bound=Row, covariant=True)


@dataclass(frozen=True)
class Edition(Generic[R_co]):
    """One dated copy of a register: its rows are all ratings, or all entries of a list.

    ``as_of`` says the date for a reader, and how exactly it is known. ``complete`` is true where the file
    holds every row of the copy: only then does a missing row mean that it was withdrawn.
    """

    register: str
    date: date
    rows: tuple[R_co, ...]
    as_of: str = ""
    complete: bool = True
    origin: str = ""
    sha256: str = ""

    @property
    def when(self) -> str:
        return self.as_of or long_date(self.date)

    def row(self, name: str) -> R_co | None:
        wanted = name_key(name)
        return next((row for row in self.rows if name_key(row.name) == wanted), None)


def name_key(name: str) -> str:
    """A row's name as it is compared: case, spacing and typographic quotes make no difference."""
    return " ".join(name.replace("’", "'").replace("–", "-").casefold().split())
