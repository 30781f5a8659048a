"""A bibliographic record: what one database says about one report of a study."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

ARTICLE = "article-journal"
"""The type that most records have, in the vocabulary of the Citation Style Language."""

TYPE_WORDS: Mapping[str, str] = {
    ARTICLE: "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "article": "preprint",
    "book": "book",
    "chapter": "book chapter",
    "dataset": "data set",
    "document": "document",
    "paper-conference": "conference paper",
    "report": "report",
    "thesis": "thesis",
    "webpage": "web page",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record, in words that every format can be read into.

    ``type`` is a Citation Style Language type (``TYPE_WORDS``); ``authors`` are "Family, Given", in order;
    ``journal`` is whatever the work is contained in, also a book; ``pages`` are "first-last"; ``doi`` has no
    address before it; ``language`` and ``database`` are as the export wrote them. ``extra`` holds every field
    that was not understood, or that said more than the field it was understood as: pairs of a name with its
    format before it ("ris:C1") and the text, in the order of the file, so that a round trip loses nothing.
    """

    title: str = ""
    type: str = ARTICLE
    authors: tuple[str, ...] = ()
    year: int | None = None
    abstract: str = ""
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    issn: str = ""
    isbn: str = ""
    url: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    database: str = ""
    notes: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What this is a record of: "doi:…", "pmid:…", or a hash of its title and year where it has neither.

        Two databases' records of one article with a DOI have the same key. It is not deduplication: it never
        guesses.
        """
        # Stores keep keys in columns; no real DOI comes near this length.
        if self.doi and len(self.doi) <= 250:
            return f"doi:{self.doi.lower()}"
        if self.pmid:
            return f"pmid:{self.pmid}"
        words = re.findall(r"\w+", self.title.lower())
        return f"title:{_fingerprint_of([words, self.year])[:24]}"

    @property
    def fingerprint(self) -> str:
        return _fingerprint_of(self.as_dict())

    @property
    def link(self) -> str:
        """Where to look it up: the DOI's address before any other."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url if self.url.startswith(("https://", "http://")) else ""

    @property
    def short_citation(self) -> str:
        """ "Gardner and others (2006)": enough to recognise it in a list."""
        families = [author.split(",")[0] for author in self.authors]
        if not families:
            who = "No author given"
        elif len(families) < 3:
            who = " and ".join(families)
        else:
            who = f"{families[0]} and others"
        return f"{who} ({self.year or 'no year'})"

    @property
    def said_to_be_retracted(self) -> bool:
        """Whether the export itself says that the work was retracted. False: it does not say."""
        return any(
            (name == "nbib:PT" and text.lower() == "retracted publication")
            or (name == "openalex:is_retracted" and text == "true")
            or (name == "europepmc:pubType" and text.lower() == "retracted publication")
            for name, text in self.extra
        )

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready copy without empty fields, which ``from_dict`` brings back."""
        plain: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value not in ("", None, ()):
                plain[field.name] = (
                    [list(item) if isinstance(item, tuple) else item for item in value]
                    if (isinstance(value, tuple))
                    else value
                )
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Record:
        lists = {name: tuple(plain.get(name, ())) for name in ("authors", "keywords", "notes")}
        extra = tuple((name, text) for name, text in plain.get("extra", ()))
        return cls(**{**plain, **lists, "extra": extra})


def _fingerprint_of(content: Any) -> str:
    # Imported when it is asked for: commands that only read and write do without the thread.
    from wherewithal.thread import fingerprint_of

    return fingerprint_of(content)
