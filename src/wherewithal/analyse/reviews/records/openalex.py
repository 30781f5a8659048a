"""Works of OpenAlex as its API gives them (https://developers.openalex.org), read only.

What OpenAlex works out about a work (topics, counts by year, citation percentiles) is not kept: it is there
under the identifier that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wherewithal.analyse.reviews.records.json_items import objects, text_of
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import ARTICLE, Record, doi_in, family_first, one_line

_TYPES = {
    "article": ARTICLE,
    "review": ARTICLE,
    "letter": ARTICLE,
    "editorial": ARTICLE,
    "preprint": "article",
    "book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
}
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


def record_of(work: Mapping[str, Any]) -> Record:
    """One work as a record: its abstract put back in order, its names family name first."""
    biblio = _dict(work.get("biblio"))
    location = _dict(work.get("primary_location"))
    source = _dict(location.get("source"))
    ids = _dict(work.get("ids"))
    names = (
        _str(_dict(item.get("author")).get("display_name")) or _str(item.get("raw_author_name"))
        for item in _dicts(work.get("authorships"))
    )
    year = work.get("publication_year")
    return Record(
        type=_TYPES.get(_str(work.get("type")), "document"),
        title=_str(work.get("title")) or _str(work.get("display_name")),
        authors=tuple(family_first(name) for name in names if name),
        year=year if isinstance(year, int) else None,
        abstract=abstract_of(_dict(work.get("abstract_inverted_index"))),
        journal=_str(source.get("display_name")),
        volume=_str(biblio.get("volume")),
        issue=_str(biblio.get("issue")),
        pages="-".join(
            dict.fromkeys(filter(None, (_str(biblio.get(end)) for end in ("first_page", "last_page"))))
        ),
        doi=doi_in(_str(work.get("doi"))),
        pmid=_str(ids.get("pmid")).rstrip("/").rpartition("/")[2],
        issn=_str(source.get("issn_l")),
        url=_str(location.get("landing_page_url")),
        keywords=tuple(
            dict.fromkeys(filter(None, (_str(k.get("display_name")) for k in _dicts(work.get("keywords")))))
        ),
        language=_str(work.get("language")),
        database="OpenAlex",
        extra=tuple(
            (f"openalex:{key}", text_of(work[key]))
            for key in _KEPT
            if work.get(key) not in (None, "", [], {}, False)
        ),
    )


def abstract_of(inverted: Mapping[str, Any]) -> str:
    """The abstract from OpenAlex's index of words to positions."""
    placed = sorted(
        (place, word)
        for word, places in inverted.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int)
    )
    return one_line(" ".join(word for _, word in placed))


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _str(value: object) -> str:
    return one_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
