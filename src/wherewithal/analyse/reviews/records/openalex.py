"""Works of OpenAlex as its API gives them (https://developers.openalex.org), read only.

What OpenAlex works out about a work (topics, counts by year, citation percentiles) is not kept: it is there
under the identifier that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wherewithal.analyse.reviews.records.json_items import objects
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.json_values import dict_in, dicts_in, text_of, words_in
from wherewithal.sources.words import doi_in, family_first, one_line

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
    biblio = dict_in(work.get("biblio"))
    location = dict_in(work.get("primary_location"))
    source = dict_in(location.get("source"))
    ids = dict_in(work.get("ids"))
    names = (
        words_in(dict_in(item.get("author")).get("display_name")) or words_in(item.get("raw_author_name"))
        for item in dicts_in(work.get("authorships"))
    )
    year = work.get("publication_year")
    return Record(
        type=_TYPES.get(words_in(work.get("type")), "document"),
        title=words_in(work.get("title")) or words_in(work.get("display_name")),
        authors=tuple(family_first(name) for name in names if name),
        year=year if isinstance(year, int) else None,
        abstract=abstract_of(dict_in(work.get("abstract_inverted_index"))),
        journal=words_in(source.get("display_name")),
        volume=words_in(biblio.get("volume")),
        issue=words_in(biblio.get("issue")),
        pages="-".join(
            dict.fromkeys(filter(None, (words_in(biblio.get(end)) for end in ("first_page", "last_page"))))
        ),
        doi=doi_in(words_in(work.get("doi"))),
        pmid=words_in(ids.get("pmid")).rstrip("/").rpartition("/")[2],
        issn=words_in(source.get("issn_l")),
        url=words_in(location.get("landing_page_url")),
        keywords=tuple(
            dict.fromkeys(
                filter(None, (words_in(k.get("display_name")) for k in dicts_in(work.get("keywords"))))
            )
        ),
        language=words_in(work.get("language")),
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
