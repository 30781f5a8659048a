"""Search results of Europe PMC in its "lite" and "core" JSON, read only. What the JSON means is understood in
``wherewithal.sources.europepmc``; here a work becomes a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wherewithal.analyse.reviews.records.json_items import objects
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.sources import europepmc
from wherewithal.sources.json_values import text_of

_KEPT = (
    "id",
    "source",
    "pmcid",
    "pubTypeList",
    "citedByCount",
    "firstPublicationDate",
    "commentCorrectionList",
)


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The records in one or several pages of results, or one a line."""
    for result in objects(lines, reading):
        yield record_of(result)


def record_of(item: Mapping[str, Any]) -> Record:
    """One result as a record, with its abstract: it is for those who screen it, and is not passed on."""
    work = europepmc.work_of(item)
    kept = ((f"europepmc:{key}", text_of(item[key])) for key in _KEPT if item.get(key) not in (None, "", {}))
    types = (("europepmc:pubType", name) for name in europepmc.publication_types(item))
    return Record(
        type=work.type,
        title=work.title,
        authors=work.authors,
        year=work.year,
        abstract=europepmc.abstract_of(item),
        journal=work.venue,
        volume=work.volume,
        issue=work.issue,
        pages=work.pages,
        doi=work.doi,
        pmid=work.pmid,
        issn=work.issn,
        keywords=work.keywords,
        language=work.language,
        database=work.source,
        extra=(*kept, *types),
    )
