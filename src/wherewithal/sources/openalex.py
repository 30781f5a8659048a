"""OpenAlex: works of all fields, as its API gives them (https://developers.openalex.org).

What OpenAlex works out about a work (topics, counts by year, citation percentiles) is not read: it is there
under the identifier that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from wherewithal.sources import brought
from wherewithal.sources.catalogue import OPENALEX
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in
from wherewithal.sources.dates import day_in
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.json_values import dict_in, dicts_in, words_in
from wherewithal.sources.paging import Batch, Fetch, Place, Progress
from wherewithal.sources.words import doi_in, family_first, one_line
from wherewithal.sources.work import Work, may_be_passed_on

SERVICE = OPENALEX
PAGE_SIZE = 100
MOST_VALUES = 50
"""Values that one filter may join by OR (ourresearch/openalex-docs, filter-entity-lists)."""

TYPES: Mapping[str, str] = {
    "article": "article-journal",
    "review": "article-journal",
    "letter": "article-journal",
    "editorial": "article-journal",
    "preprint": "article",
    "book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
}
"""OpenAlex's types as those of the Citation Style Language; any other is a "document"."""


def search(
    query: str,
    *,
    client: Client,
    from_date: date | None = None,
    filters: Sequence[str] = (),
    place: Place | None = None,
    maximum: int | None = None,
    before: int = 0,
    progress: Progress | None = None,
) -> Fetch[Work]:
    """Works whose title, abstract or full text has the words of ``query``, best match first.

    ``filters`` are OpenAlex's own ("type:article"); ``from_date`` is the earliest date of publication.
    """
    chosen = [*filters, *([f"from_publication_date:{from_date.isoformat()}"] if from_date else [])]
    asked = [("search", query)] if query.strip() else []
    asked += [("filter", ",".join(chosen))] if chosen else []

    def page(cursor: str) -> Batch[Work]:
        parameters = [*asked, ("per_page", str(PAGE_SIZE)), ("cursor", cursor)]
        # A page of a search is read once; keeping them all would push out what is asked for again.
        value, answer = client.get(SERVICE, "/works", parameters, read=page_in, keep=None)
        return batch_of(value, dict(answer.headers))

    return Fetch(SERVICE, page, first="*", place=place, maximum=maximum, before=before, progress=progress)


def work_by_doi(doi: str, *, client: Client | None = None) -> Work | None:
    """The work with this DOI; ``None`` where OpenAlex does not know it. Raises SourceFailed."""
    if client is None:
        with Client() as own:
            return work_by_doi(doi, client=own)
    try:
        found, _ = client.get(SERVICE, f"/works/doi:{quote(doi_in(doi) or doi, safe='/:')}", read=work_in)
    except SourceFailed as failure:
        if failure.kind == "not there":
            return None
        raise
    return work_of(found)


def works_by_doi(dois: Iterable[str], *, client: Client) -> dict[str, Work]:
    """The works that OpenAlex knows among ``dois`` (at most 50), by their DOI in small letters."""
    values = "|".join(dois)
    parameters = [("filter", f"doi:{values}"), ("per_page", str(PAGE_SIZE))]
    value, _ = client.get(SERVICE, "/works", parameters, read=page_in)
    works = (work_of(item) for item in dicts_in(value["results"]))
    return {work.doi.lower(): work for work in works if work.doi}


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> tuple[Work, ...]:
    """The works of a file downloaded by hand: pages of results, or works alone or one a line. Raises BadInput."""
    works: list[Work] = []
    for value in brought.objects(source, SERVICE, name):
        items = dicts_in(value["results"]) if isinstance(value.get("results"), list) else [value]
        works += [work_of(item) for item in items]
    return tuple(works)


def page_in(body: bytes) -> dict[str, Any]:
    """A page of results. Raises Unreadable for anything else."""
    value = json_in(body)
    if not isinstance(value, dict) or not isinstance(value.get("results"), list):
        raise Unreadable("other service", "JSON without a list of results")
    return value


def work_in(body: bytes) -> dict[str, Any]:
    """One work. Raises Unreadable for anything else."""
    value = json_in(body)
    if not isinstance(value, dict) or "openalex.org" not in words_in(value.get("id")):
        raise Unreadable("other service", "JSON that is no work of OpenAlex")
    return value


def batch_of(value: Mapping[str, Any], headers: Mapping[str, str]) -> Batch[Work]:
    meta = dict_in(value.get("meta"))
    raw = dicts_in(value.get("results"))
    total = meta.get("count")
    return Batch(
        tuple(work_of(item) for item in raw),
        tuple(raw),
        (words_in(meta.get("next_cursor")) or None) if raw else None,
        total if isinstance(total, int) else None,
        headers,
    )


def work_of(item: Mapping[str, Any]) -> Work:
    """One work: its names family name first, its abstract where its own licence lets it be passed on."""
    biblio = dict_in(item.get("biblio"))
    location = dict_in(item.get("primary_location"))
    venue = dict_in(location.get("source"))
    open_copy = dict_in(item.get("best_oa_location"))
    licence = words_in(location.get("license")) or words_in(open_copy.get("license"))
    year = item.get("publication_year")
    said = item.get("is_retracted")
    names = (
        words_in(dict_in(author.get("author")).get("display_name")) or words_in(author.get("raw_author_name"))
        for author in dicts_in(item.get("authorships"))
    )
    words = (words_in(keyword.get("display_name")) for keyword in dicts_in(item.get("keywords")))
    ends = (words_in(biblio.get(end)) for end in ("first_page", "last_page"))
    return Work(
        title=words_in(item.get("title")) or words_in(item.get("display_name")),
        authors=tuple(family_first(name) for name in names if name),
        year=year if isinstance(year, int) else None,
        published=day_in(item.get("publication_date")),
        venue=words_in(venue.get("display_name")),
        volume=words_in(biblio.get("volume")),
        issue=words_in(biblio.get("issue")),
        pages="-".join(dict.fromkeys(filter(None, ends))),
        issn=words_in(venue.get("issn_l")),
        type=TYPES.get(words_in(item.get("type")), "document"),
        doi=doi_in(words_in(item.get("doi"))),
        pmid=words_in(dict_in(item.get("ids")).get("pmid")).rstrip("/").rpartition("/")[2],
        openalex_id=words_in(item.get("id")).rpartition("/")[2],
        abstract=abstract_of(item) if may_be_passed_on(licence) else "",
        keywords=tuple(dict.fromkeys(filter(None, words))),
        link=words_in(location.get("landing_page_url")),
        open_access_link=words_in(dict_in(item.get("open_access")).get("oa_url"))
        or words_in(open_copy.get("landing_page_url")),
        licence=licence,
        language=words_in(item.get("language")),
        retracted=said if isinstance(said, bool) else None,
        source=SERVICE.name,
    )


def abstract_of(item: Mapping[str, Any]) -> str:
    """The abstract from OpenAlex's index of words to positions, whatever its licence."""
    placed = sorted(
        (position, word)
        for word, positions in dict_in(item.get("abstract_inverted_index")).items()
        if isinstance(positions, list)
        for position in positions
        if isinstance(position, int)
    )
    return one_line(" ".join(word for _, word in placed))
