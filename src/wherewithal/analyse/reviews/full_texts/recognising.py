"""Which record of a pile a PDF is: a suggestion for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication.folding import words
from wherewithal.sources.words import doi_in

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_LEAST_WORDS = 4
"""A title of fewer words stands in too many texts."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Recognised(Generic[K]):
    """The record a PDF seems to be; ``by`` is "its DOI" or "its title"."""

    record: K
    by: str


def recognise(first: str, records: Iterable[tuple[K, Record]], *, title: str = "") -> Recognised[K] | None:
    """The record whose DOI stands first in the words of the ``first`` pages, failing that the one with the longest
    title that stands there or is the file's own ``title``. None where there is none.

    A DOI counts only where it is a record's whole DOI; titles are compared without case, accents and signs, and
    need four words.
    """
    rows = list(records)
    by_doi = {(doi_in(record.doi) or record.doi).lower(): key for key, record in reversed(rows) if record.doi}
    for found in _DOI.findall(first):
        doi = found.rstrip(".,;:)]}'").lower()
        if doi in by_doi:
            return Recognised(by_doi[doi], "its DOI")
    text = f" {words(first)} "
    own = words(title)
    best: tuple[int, K] | None = None
    for key, record in rows:
        folded = words(record.title)
        long_enough = folded.count(" ") + 1 >= _LEAST_WORDS
        if (
            long_enough
            and (f" {folded} " in text or folded == own)
            and len(folded) > (best[0] if best else 0)
        ):
            best = (len(folded), key)
    return Recognised(best[1], "its title") if best else None
