"""Search results of Europe PMC in its "lite" and "core" JSON (https://europepmc.org/RestfulWebService), read
only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wherewithal.analyse.reviews.records.json_items import objects, text_of
from wherewithal.analyse.reviews.records.markup import without_markup
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import ARTICLE, Record, doi_in, one_line, year_in

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
    info = _dict(result.get("journalInfo"))
    journal = _dict(info.get("journal"))
    words = _dict(result.get("keywordList")).get("keyword")
    headings = _dicts(_dict(result.get("meshHeadingList")).get("meshHeading"))
    keywords = [
        *(words if isinstance(words, list) else []),
        *(item.get("descriptorName") for item in headings),
    ]
    types = _dict(result.get("pubTypeList")).get("pubType")
    names = types if isinstance(types, list) else [types] if types else []
    extra = [
        (f"europepmc:{key}", text_of(result[key])) for key in _KEPT if result.get(key) not in (None, "", {})
    ]
    return Record(
        type="article" if result.get("source") == "PPR" else ARTICLE,
        title=without_markup(_str(result.get("title"))).replace("\n", " ").removesuffix("."),
        authors=_authors(result),
        year=year_in(_str(result.get("pubYear")) or _str(info.get("yearOfPublication"))),
        abstract=without_markup(str(result.get("abstractText") or "")),
        journal=_str(journal.get("title")) or _str(result.get("journalTitle")),
        volume=_str(info.get("volume")) or _str(result.get("journalVolume")),
        issue=_str(info.get("issue")) or _str(result.get("issue")),
        pages=_str(result.get("pageInfo")),
        doi=doi_in(_str(result.get("doi"))),
        pmid=_str(result.get("pmid")),
        issn=_str(journal.get("issn")) or _str(result.get("journalIssn")).partition(";")[0].strip(),
        keywords=tuple(dict.fromkeys(filter(None, map(_str, keywords)))),
        language=_str(result.get("language")),
        database="Europe PMC",
        extra=(*extra, *(("europepmc:pubType", _str(name)) for name in names if name)),
    )


def _authors(result: Mapping[str, Any]) -> tuple[str, ...]:
    listed = _dicts(_dict(result.get("authorList")).get("author"))
    names = []
    for author in listed:
        family, given = _str(author.get("lastName")), _str(author.get("firstName"))
        names.append(
            f"{family}, {given}"
            if family and given
            else _str(author.get("fullName")) or _str(author.get("collectiveName"))
        )
    if not names:
        names = [one_line(name) for name in _str(result.get("authorString")).rstrip(".").split(",")]
    return tuple(filter(None, names))


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _str(value: object) -> str:
    return one_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
