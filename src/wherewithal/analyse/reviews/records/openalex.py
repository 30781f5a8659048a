"""Works of OpenAlex as its API gives them, read only. What the JSON means is understood in
``wherewithal.sources.openalex``; here a work becomes a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wherewithal.analyse.reviews.records.json_items import objects
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.sources import openalex
from wherewithal.sources.json_values import text_of

_KEPT = (
    "id",
    "type",
    "is_retracted",
    "publication_date",
    "cited_by_count",
    "referenced_works",
    "open_access",
)


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The works in one or several pages of results, or one a line."""
    for work in objects(lines, reading):
        yield record_of(work)


def record_of(item: Mapping[str, Any]) -> Record:
    """One work as a record, with its abstract: it is for those who screen it, and is not passed on."""
    work = openalex.work_of(item)
    return Record(
        type=work.type,
        title=work.title,
        authors=work.authors,
        year=work.year,
        abstract=openalex.abstract_of(item),
        journal=work.venue,
        volume=work.volume,
        issue=work.issue,
        pages=work.pages,
        doi=work.doi,
        pmid=work.pmid,
        issn=work.issn,
        url=work.link,
        keywords=work.keywords,
        language=work.language,
        database=work.source,
        extra=tuple(
            (f"openalex:{key}", text_of(item[key]))
            for key in _KEPT
            if item.get(key) not in (None, "", [], {}, False)
        ),
    )
