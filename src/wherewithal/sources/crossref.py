"""Crossref: what publishers registered with a DOI, and the notices about it
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/).

A notice (of a retraction, a correction) carries ``update-to`` with the DOI of the work it is about; the work
carries ``updated-by`` with the notices about it. Since January 2025 both hold what Retraction Watch found too,
marked by ``"source": "retraction-watch"``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from wherewithal.sources import brought
from wherewithal.sources.catalogue import CROSSREF
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in
from wherewithal.sources.dates import parts_in
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.json_values import dict_in, dicts_in, words_in
from wherewithal.sources.markup import without_markup
from wherewithal.sources.paging import Batch, Fetch, Place, Progress
from wherewithal.sources.words import doi_in, one_line
from wherewithal.sources.work import Notice, Work, may_be_passed_on, notice_kind

SERVICE = CROSSREF
PAGE_SIZE = 100

TYPES: Mapping[str, str] = {
    "journal-article": "article-journal",
    "posted-content": "article",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "dataset": "dataset",
    "proceedings-article": "paper-conference",
}
"""Crossref's types as those of the Citation Style Language; any other is a "document"."""


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
    """Works whose bibliographic details match ``query``, best match first. ``filters`` are Crossref's own."""
    chosen = [*filters, *([f"from-pub-date:{from_date.isoformat()}"] if from_date else [])]
    asked = [("query.bibliographic", query)] if query.strip() else []
    asked += [("filter", ",".join(chosen))] if chosen else []

    def page(cursor: str) -> Batch[Work]:
        parameters = [*asked, ("rows", str(PAGE_SIZE)), ("cursor", cursor)]
        value, answer = client.get(SERVICE, "/works", parameters, read=page_in, keep=None)
        return batch_of(value, dict(answer.headers))

    return Fetch(SERVICE, page, first="*", place=place, maximum=maximum, before=before, progress=progress)


def work_by_doi(doi: str, *, client: Client | None = None) -> Work | None:
    """The work with this DOI; ``None`` where Crossref does not know it. Raises SourceFailed."""
    item = item_by_doi(doi, client=client)
    return None if item is None else work_of(item)


def item_by_doi(doi: str, *, client: Client | None = None) -> dict[str, Any] | None:
    """What Crossref says of one DOI, in its own words; ``None`` where it does not know it."""
    if client is None:
        with Client() as own:
            return item_by_doi(doi, client=own)
    try:
        found, _ = client.get(SERVICE, f"/works/{quote(doi_in(doi) or doi, safe='')}", read=work_in)
    except SourceFailed as failure:
        if failure.kind == "not there":
            return None
        raise
    return found


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> tuple[Work, ...]:
    """The works of a file downloaded by hand: pages of results, or works alone or one a line. Raises BadInput."""
    works: list[Work] = []
    for value in brought.objects(source, SERVICE, name):
        message = dict_in(value.get("message")) or value
        items = dicts_in(message["items"]) if isinstance(message.get("items"), list) else [message]
        works += [work_of(item) for item in items]
    return tuple(works)


def page_in(body: bytes) -> dict[str, Any]:
    """The message of a page of results. Raises Unreadable for anything else."""
    value = json_in(body)
    message = dict_in(value.get("message")) if isinstance(value, dict) else {}
    if not isinstance(message.get("items"), list):
        raise Unreadable("other service", "JSON without a list of items")
    return message


def work_in(body: bytes) -> dict[str, Any]:
    """The message of one work. Raises Unreadable for anything else."""
    value = json_in(body)
    message = dict_in(value.get("message")) if isinstance(value, dict) else {}
    if not words_in(message.get("DOI")):
        raise Unreadable("other service", "JSON that is no work of Crossref")
    return message


def batch_of(message: Mapping[str, Any], headers: Mapping[str, str]) -> Batch[Work]:
    raw = dicts_in(message.get("items"))
    total = message.get("total-results")
    # Crossref gives a next cursor with the last page too: a page that is not full is the last.
    following = words_in(message.get("next-cursor")) if len(raw) >= PAGE_SIZE else ""
    return Batch(
        tuple(work_of(item) for item in raw),
        tuple(raw),
        following or None,
        total if isinstance(total, int) else None,
        headers,
    )


def work_of(item: Mapping[str, Any]) -> Work:
    """One work: names family name first, its abstract where its own licence lets it be passed on.

    ``retracted`` is true where a notice says so, and ``None`` otherwise: that no notice was registered is not
    Crossref's word that there is none.
    """
    licence = _licence(item)
    year, published = _dates(item)
    notices = notices_of(item)
    names = (_author(author) for author in dicts_in(item.get("author")) or dicts_in(item.get("editor")))
    doi = words_in(item.get("DOI"))
    links = dicts_in(item.get("link"))
    return Work(
        title=without_markup(_first(item.get("title"))).replace("\n", " "),
        authors=tuple(filter(None, names)),
        year=year,
        published=published,
        venue=_first(item.get("container-title")) or words_in(item.get("publisher")),
        volume=words_in(item.get("volume")),
        issue=words_in(item.get("issue")),
        pages=words_in(item.get("page")) or words_in(item.get("article-number")),
        issn=_first(item.get("ISSN")),
        type=TYPES.get(words_in(item.get("type")), "document"),
        doi=doi,
        abstract=without_markup(str(item.get("abstract") or "")) if may_be_passed_on(licence) else "",
        keywords=tuple(filter(None, map(words_in, _listed(item.get("subject"))))),
        link=words_in(item.get("URL")) or (f"https://doi.org/{doi}" if doi else ""),
        open_access_link=words_in(links[0].get("URL")) if links and may_be_passed_on(licence) else "",
        licence=licence,
        language=words_in(item.get("language")),
        retracted=True if any(notice.takes_it_back for notice in notices) else None,
        notices=notices,
        source=SERVICE.name,
    )


def notices_of(item: Mapping[str, Any]) -> tuple[Notice, ...]:
    """The notices about a work that its own record lists."""
    return tuple(_notice(update, words_in(update.get("DOI"))) for update in dicts_in(item.get("updated-by")))


def notices_in(item: Mapping[str, Any]) -> dict[str, tuple[Notice, ...]]:
    """What a notice's own record says about other works, by their DOI in small letters."""
    found: dict[str, tuple[Notice, ...]] = {}
    for update in dicts_in(item.get("update-to")):
        about = words_in(update.get("DOI")).lower()
        if about:
            found[about] = (*found.get(about, ()), _notice(update, words_in(item.get("DOI"))))
    return found


def _notice(update: Mapping[str, Any], doi: str) -> Notice:
    said = words_in(update.get("source"))
    source = "Retraction Watch" if said == "retraction-watch" else SERVICE.name
    kind = notice_kind(words_in(update.get("type")) or words_in(update.get("label")))
    return Notice(kind, doi.lower(), parts_in(update.get("updated"))[1], source)


def _dates(item: Mapping[str, Any]) -> tuple[int | None, date | None]:
    """The earliest date of publication that is there, the day where one is given."""
    year: int | None = None
    for name in ("issued", "published", "published-online", "published-print", "posted"):
        found, day = parts_in(item.get(name))
        year = year or found
        if day:
            return year, day
    return year, None


def _licence(item: Mapping[str, Any]) -> str:
    """The licence of the version of record, or of any version: an address, as Crossref gives it."""
    licences = dicts_in(item.get("license"))
    best = [entry for entry in licences if entry.get("content-version") == "vor"] or licences
    open_ones = [entry for entry in best if may_be_passed_on(words_in(entry.get("URL")))]
    return next((words_in(entry.get("URL")) for entry in [*open_ones, *best]), "")


def _author(author: Mapping[str, Any]) -> str:
    family, given = words_in(author.get("family")), words_in(author.get("given"))
    return f"{family}, {given}" if family and given else family or words_in(author.get("name")) or given


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _first(value: object) -> str:
    """The first text of a list, or the text itself: Crossref gives titles in lists."""
    items = value if isinstance(value, list) else [value]
    return one_line(next((str(item) for item in items if isinstance(item, str) and item.strip()), ""))
