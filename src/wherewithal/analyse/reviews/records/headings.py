"""Which column of a table holds which field of a record: known headings, what a person said, and guesses to offer.

from wherewithal.analyse.reviews.records import propose

found = propose(["Article name", "Year", "Site"], [["Sleep in schools", "2011", "Leeds"]])
found.columns    # {"year": "Year"}: what is read without asking
found.guesses    # {"title": "Article name"}: what to offer to a person
found.missing    # ("title", "authors", "abstract", "doi"): title is needed, the others are worth having
propose([...], columns={"title": "Article name"})    # what the person chose, which can be kept for next time
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.sources.words import one_line

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "article title", "document title", "primary title", "ti"),
    "authors": ("authors", "author(s)", "author", "author full names", "author names", "au"),
    "year": ("year", "publication year", "year of publication", "pub year", "py", "date", "publication date"),
    "abstract": ("abstract", "abstract note", "abstracttext", "ab"),
    "journal": ("journal", "source title", "journal/book", "journal title", "publication title", "source",
                "secondary title", "publication", "container title"),
    "volume": ("volume", "vol"),
    "issue": ("issue", "number"),
    "pages": ("pages", "page range", "page"),
    "doi": ("doi", "digital object identifier"),
    "pmid": ("pmid", "pubmed id", "pubmed_id"),
    "issn": ("issn",),
    "isbn": ("isbn",),
    "url": ("url", "link", "urls"),
    "keywords": ("keywords", "author keywords", "manual tags", "key words"),
    "language": ("language", "language of original document"),
    "database": ("database", "database name", "library catalog"),
    "notes": ("notes", "note"),
    "type": ("item type", "type", "document type", "publication type"),
}  # fmt: skip
"""For each field of a record the headings it is known by, best first, in lower case."""
WRITTEN_AS: Mapping[str, str] = {
    "title": "Title", "authors": "Authors", "year": "Year", "abstract": "Abstract", "journal": "Journal",
    "volume": "Volume", "issue": "Issue", "pages": "Pages", "doi": "DOI", "pmid": "PMID", "issn": "ISSN",
    "isbn": "ISBN", "url": "URL", "keywords": "Keywords", "language": "Language", "database": "Database",
    "notes": "Notes", "type": "Type",
}  # fmt: skip
"""The heading of each field in a table that is written."""
OTHER = "Other fields"
WORTH_HAVING = ("title", "authors", "year", "abstract", "doi")
"""What a record is told apart by and screened on. Only the title is needed."""

_WORDS = (
    ("doi", ("doi",)), ("pmid", ("pmid", "pubmed")), ("abstract", ("abstract", "summary")),
    ("authors", ("author", "authors", "writers", "by")), ("year", ("year", "published", "date")),
    ("journal", ("journal", "source", "publication", "periodical")), ("keywords", ("keyword", "keywords", "tags")),
    ("url", ("url", "link", "website")), ("pages", ("pages",)), ("volume", ("volume",)), ("issue", ("issue",)),
    ("title", ("title", "titel", "titre", "título", "name", "article", "paper", "study", "reference")),
)  # fmt: skip
"""Words in an unknown heading that make a field likely."""
_LOOKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("doi", re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+")),
    ("url", re.compile(r"https?://\S+")),
    ("year", re.compile(r"(?:19|20)\d\d")),
)


@dataclass(frozen=True)
class Proposal:
    """How a table would be read. All are names of fields and headings as the table writes them.

    ``columns`` are field and heading; ``guesses`` are offered and not read; ``unknown`` are headings of no field,
    whose cells are kept under their own names; ``missing`` are fields worth having that no column gives, guesses
    not counted; ``not_there`` are fields that a person named a heading for that the table does not have.
    """

    columns: Mapping[str, str]
    guesses: Mapping[str, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    not_there: Mapping[str, str]

    @property
    def can_be_read(self) -> bool:
        return "title" in self.columns and not self.not_there


def propose(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]] = (),
    columns: Mapping[str, str] | None = None,
) -> Proposal:
    """Which of ``headings`` hold which field. ``rows`` are some of the first rows, for better guesses.

    ``columns`` is what a person said, field to heading, and comes first; "" leaves a field without a column.
    Headings are compared without case and space. A heading that the table does not have is no harm where the
    field has a known one: one choice can then serve several files.
    """
    said = {field: _key(heading) for field, heading in (columns or {}).items()}
    keys = [_key(heading) for heading in headings]
    found: dict[str, int] = {}
    not_there: dict[str, str] = {}
    for field, key in said.items():
        if key in keys:
            found[field] = keys.index(key)
    for field, known in HEADINGS.items():
        if field in found or said.get(field) == "":
            continue
        place = next((keys.index(heading) for heading in known if heading in keys), None)
        if place is not None and place not in found.values():
            found[field] = place
        elif field in said:
            not_there[field] = (columns or {})[field]
    unknown = [
        place
        for place, key in enumerate(keys)
        if key and place not in found.values() and key != OTHER.lower()
    ]
    guesses = _guesses(keys, unknown, rows, {*found, *(field for field, key in said.items() if not key)})
    return Proposal(
        {field: headings[place] for field, place in found.items()},
        {field: headings[place] for field, place in guesses.items()},
        tuple(headings[place] for place in unknown),
        tuple(field for field in WORTH_HAVING if field not in found),
        not_there,
    )


def places_of(headings: Sequence[str], columns: Mapping[str, str]) -> Mapping[int, str]:
    """The number of each column that ``columns`` (field to heading) names, and its field."""
    return {headings.index(heading): field for field, heading in columns.items()}


def _key(heading: str) -> str:
    return one_line(heading).lower().lstrip("\ufeff")


def _guesses(
    keys: Sequence[str], unknown: Sequence[int], rows: Sequence[Sequence[str]], settled: set[str]
) -> Mapping[str, int]:
    """For fields that are not settled the unknown column that is likeliest, by its heading's words or its cells."""
    found: dict[str, int] = {}

    def guess(field: str, place: int) -> None:
        if field not in settled and field not in found and place not in found.values():
            found[field] = place

    for field, pattern in _LOOKS:
        for place in unknown:
            cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
            if cells and all(map(pattern.fullmatch, cells)):
                guess(field, place)
    for field, words in _WORDS:
        for word in words:
            for place in unknown:
                if word in re.findall(r"\w+", keys[place]):
                    guess(field, place)
    return found
