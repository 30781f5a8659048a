"""A pile of records as it is compared: each field in one spelling, and records that agree in all of them as one.

The comparison never sees the order of the pile: what is equal in every compared field is one *form*, and forms are
in the order of their own content. All later steps work on forms, so the same records in another order give the
same clusters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from wherewithal.analyse.reviews.records.deduplication import kinds, people, places, titles
from wherewithal.analyse.reviews.records.deduplication.folding import words
from wherewithal.analyse.reviews.records.record import Record

ABSTRACT_LENGTH = 600
"""Characters of an abstract that are compared: enough to tell two abstracts apart."""
_DOI_BEHIND = re.compile(r"(?:/(?:abstract|full|pdf|epdf|meta|fulltext)|\.pdf|[/.,;:)\]>\"'])+$")
_FIRST_WORDS = re.compile(r"^(?:abstract|summary|background|objectives?|introduction|purpose|aims?)\b\s*")


class Form(NamedTuple):
    """One record as compared. Empty text (0 for a year) where the record does not say."""

    title: str
    authors: tuple[str, ...]
    year: int
    journal: str
    volume: str
    issue: str
    first_page: str
    last_page: str
    doi: str
    pmid: str
    isbn: str
    abstract: str
    kind: str
    notice: str
    other_titles: tuple[str, ...]
    given_names: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing by which anybody could tell what it is a record of."""
        return not (self.title or self.doi or self.pmid or self.abstract or self.authors or self.first_page)

    @property
    def says_enough(self) -> bool:
        """Whether two records that are equal in all of this are surely one: not so if both only say "Editorial"."""
        if self.doi or self.pmid or len(self.abstract) > 80:
            return True
        return titles.length_of(self.title) > 1 and not titles.is_generic(self.title)


class Pile(NamedTuple):
    """``forms`` in the order of their content, and ``of_record``: the place of each record's form among them."""

    forms: tuple[Form, ...]
    of_record: tuple[int, ...]


Marks = Callable[[Sequence[Form], Sequence[int]], Mapping[int, int]]
"""Told the forms and the place of each record's form, gives marks to records that get forms of their own."""


def pile_of(
    records: Iterable[Record],
    marks: Marks = lambda forms, places: {},
    seen: Callable[[int], None] = lambda count: None,
) -> Pile:
    """The forms of ``records``. Records of one form that have different ``marks`` get a form each.

    ``seen`` is told how many records were read, every 1,000.
    """
    found: dict[Form, int] = {}
    places = []
    for number, record in enumerate(records):
        places.append(found.setdefault(form_of(record), len(found)))
        if number % 1000 == 0:
            seen(number)
    forms = list(found)
    marked = marks(forms, places)
    keys = [(forms[place], marked.get(number, -1)) for number, place in enumerate(places)]
    rank = {key: place for place, key in enumerate(sorted(set(keys)))}
    return Pile(tuple(form for form, _ in rank), tuple(rank[key] for key in keys))


def form_of(record: Record) -> Form:
    container = kinds.container_of(record)
    doi = doi_of(record.doi)
    first, last = _pages(record.pages)
    authors = _people(record.authors)
    title = titles.title_of(places.known(record.title))
    return Form(
        title=title.words,
        authors=authors.families,
        year=record.year or 0,
        journal=_journal(container),
        volume=places.volume_of(record.volume),
        issue=places.issue_of(record.issue),
        first_page=first,
        last_page=last,
        doi=doi,
        pmid=record.pmid.strip().lstrip("0"),
        isbn=re.sub(r"[^0-9xX]", "", record.isbn).lower(),
        abstract=_abstract(record.abstract),
        kind=kinds.kind_of(record, container, doi),
        notice=title.notice,
        other_titles=title.others,
        given_names=authors.given,
    )


def doi_of(text: str) -> str:
    """A DOI in lower case, without what a link to a page of the article adds."""
    text = text.strip().lower()
    if not text:
        return ""
    if "%" in text:
        text = unquote(text)
    return _DOI_BEHIND.sub("", text)


def _abstract(text: str) -> str:
    if len(text) < 40:
        return ""
    return _FIRST_WORDS.sub("", words(text[: ABSTRACT_LENGTH + 200]))[:ABSTRACT_LENGTH]


_people = lru_cache(maxsize=20_000)(people.people_of)
_pages = lru_cache(maxsize=20_000)(places.pages_of)
_journal = lru_cache(maxsize=20_000)(places.journal_of)
