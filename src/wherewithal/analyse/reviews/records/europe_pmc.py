"""Search results of Europe PMC in its "lite" and "core" JSON (https://europepmc.org/RestfulWebService), read
only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wherewithal.analyse.reviews.records.json_items import objects
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.json_values import dict_in, dicts_in, text_of, words_in
from wherewithal.sources.markup import without_markup
from wherewithal.sources.words import doi_in, one_line, year_in

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


def record_of(result: Mapping[str, Any]) -> Record:
    """One result as a record: markup taken out of title and abstract, names family name first if given so."""
    info = dict_in(result.get("journalInfo"))
    journal = dict_in(info.get("journal"))
    words = dict_in(result.get("keywordList")).get("keyword")
    headings = dicts_in(dict_in(result.get("meshHeadingList")).get("meshHeading"))
    keywords = [
        *(words if isinstance(words, list) else []),
        *(item.get("descriptorName") for item in headings),
    ]
    types = dict_in(result.get("pubTypeList")).get("pubType")
    names = types if isinstance(types, list) else [types] if types else []
    extra = [
        (f"europepmc:{key}", text_of(result[key])) for key in _KEPT if result.get(key) not in (None, "", {})
    ]
    return Record(
        type="article" if result.get("source") == "PPR" else ARTICLE,
        title=without_markup(words_in(result.get("title"))).replace("\n", " ").removesuffix("."),
        authors=_authors(result),
        year=year_in(words_in(result.get("pubYear")) or words_in(info.get("yearOfPublication"))),
        abstract=without_markup(str(result.get("abstractText") or "")),
        journal=words_in(journal.get("title")) or words_in(result.get("journalTitle")),
        volume=words_in(info.get("volume")) or words_in(result.get("journalVolume")),
        issue=words_in(info.get("issue")) or words_in(result.get("issue")),
        pages=words_in(result.get("pageInfo")),
        doi=doi_in(words_in(result.get("doi"))),
        pmid=words_in(result.get("pmid")),
        issn=words_in(journal.get("issn")) or words_in(result.get("journalIssn")).partition(";")[0].strip(),
        keywords=tuple(dict.fromkeys(filter(None, map(words_in, keywords)))),
        language=words_in(result.get("language")),
        database="Europe PMC",
        extra=(*extra, *(("europepmc:pubType", words_in(name)) for name in names if name)),
    )


def _authors(result: Mapping[str, Any]) -> tuple[str, ...]:
    listed = dicts_in(dict_in(result.get("authorList")).get("author"))
    names = []
    for author in listed:
        family, given = words_in(author.get("lastName")), words_in(author.get("firstName"))
        names.append(
            f"{family}, {given}"
            if family and given
            else words_in(author.get("fullName")) or words_in(author.get("collectiveName"))
        )
    if not names:
        names = [one_line(name) for name in words_in(result.get("authorString")).rstrip(".").split(",")]
    return tuple(filter(None, names))
