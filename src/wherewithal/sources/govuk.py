"""GOV.UK: its search API (alphagov/search-api, docs/using-the-search-api.md) and its content API
(alphagov/content-store, openapi.yaml), for the facts about a page: title, link, kind, dates, publishers, and
whether it was withdrawn. Its text is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import long_date
from wherewithal.sources import brought
from wherewithal.sources.catalogue import GOVUK, GOVUK_CONTENT
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in
from wherewithal.sources.dates import day_in
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.json_values import dict_in, dicts_in, words_in
from wherewithal.sources.page import Page
from wherewithal.sources.paging import Batch, Fetch, Place, Progress

SERVICE = GOVUK
SITE = "https://www.gov.uk"
PAGE_SIZE = 100
FIELDS = ("title", "link", "format", "content_store_document_type", "public_timestamp", "organisations")
"""Every one of them is in the service's documentation: it refuses a request (422) that names any other."""


def search(
    query: str,
    *,
    client: Client,
    from_date: date | None = None,
    filters: Sequence[tuple[str, str]] = (),
    place: Place | None = None,
    maximum: int | None = None,
    before: int = 0,
    progress: Progress | None = None,
) -> Fetch[Page]:
    """Pages that match ``query``, best match first. ``filters`` are GOV.UK's own
    (``("filter_organisations", "department-for-education")``); ``from_date`` is that of the last public change.
    """
    asked = [("q", query)] if query.strip() else []
    asked += filters
    if from_date:
        asked.append(("filter_public_timestamp", f"from:{from_date.isoformat()}"))

    def page(cursor: str) -> Batch[Page]:
        start = int(cursor)
        parameters = [*asked, ("count", str(PAGE_SIZE)), ("start", cursor), ("fields", ",".join(FIELDS))]
        value, answer = client.get(SERVICE, "/api/search.json", parameters, read=page_in, keep=None)
        return batch_of(value, start, dict(answer.headers))

    return Fetch(SERVICE, page, first="0", place=place, maximum=maximum, before=before, progress=progress)


def content(path: str, *, client: Client | None = None) -> Page | None:
    """The page at a path or address of GOV.UK; ``None`` where there is none. Raises SourceFailed, and BadInput
    for an address elsewhere.
    """
    if client is None:
        with Client() as own:
            return content(path, client=own)
    item = content_item(path, client=client)
    return None if item is None else content_of(item)


def content_item(path: str, *, client: Client) -> dict[str, Any] | None:
    """What the content API says of a page, in its own words; ``None`` where there is none."""
    where = quote(path_in(path), safe="/")
    try:
        found, _ = client.get(GOVUK_CONTENT, f"/api/content{where}", read=item_in)
    except SourceFailed as failure:
        if failure.kind == "not there":
            return None
        raise
    return found


def path_in(address: str) -> str:
    """The path of a page of GOV.UK, from its address or a path. Raises BadInput for an address elsewhere."""
    parts = urlsplit(address.strip())
    elsewhere = parts.netloc and parts.netloc.lower() not in ("www.gov.uk", "gov.uk")
    path = "/" + parts.path.strip("/").removeprefix("www.gov.uk").removeprefix("api/content").strip("/")
    if elsewhere or path == "/":
        raise BadInput(
            "That is not a page of GOV.UK.",
            [
                Problem(
                    "the address",
                    f"'{address.strip()[:100]}'",
                    f"{SITE}/… or a path such as /browse",
                    "Copy it again.",
                )
            ],
        )
    return path


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> tuple[Page, ...]:
    """The pages of a file downloaded by hand from either API. Raises BadInput."""
    pages: list[Page] = []
    for value in brought.objects(source, SERVICE, name):
        if isinstance(value.get("results"), list):
            pages += [result_of(item) for item in dicts_in(value["results"])]
        elif "base_path" in value:
            pages.append(content_of(value))
        else:
            pages.append(result_of(value))
    return tuple(pages)


def page_in(body: bytes) -> dict[str, Any]:
    """A page of results. Raises Unreadable for anything else."""
    value = json_in(body)
    if not isinstance(value, dict) or not isinstance(value.get("results"), list):
        raise Unreadable("other service", "JSON without a list of results")
    return value


def item_in(body: bytes) -> dict[str, Any]:
    """One content item. Raises Unreadable for anything else."""
    value = json_in(body)
    if not isinstance(value, dict) or not words_in(value.get("base_path")):
        raise Unreadable("other service", "JSON that is no page of GOV.UK")
    return value


def batch_of(value: Mapping[str, Any], start: int, headers: Mapping[str, str]) -> Batch[Page]:
    raw = dicts_in(value.get("results"))
    total = value.get("total")
    known = total if isinstance(total, int) else None
    reached = start + len(raw)
    more = bool(raw) and (reached < known if known is not None else len(raw) >= PAGE_SIZE)
    return Batch(
        tuple(result_of(item) for item in raw), tuple(raw), str(reached) if more else None, known, headers
    )


def result_of(item: Mapping[str, Any]) -> Page:
    """One result of the search API. Its date is that of the last public change: when it was first published
    only the content API says.
    """
    link = words_in(item.get("link"))
    return Page(
        title=words_in(item.get("title")),
        link=link if link.startswith("http") else f"{SITE}/{link.lstrip('/')}",
        kind=words_in(item.get("content_store_document_type")) or words_in(item.get("format")),
        updated=day_in(item.get("public_timestamp")),
        organisations=_titles(item.get("organisations")),
        reference=words_in(item.get("content_id")),
        licence=SERVICE.licence,
        source="GOV.UK",
    )


def content_of(item: Mapping[str, Any]) -> Page:
    """One item of the content API."""
    withdrawn = dict_in(item.get("withdrawn_notice"))
    since = day_in(withdrawn.get("withdrawn_at"))
    return Page(
        title=words_in(item.get("title")),
        link=f"{SITE}{words_in(item.get('base_path'))}",
        kind=words_in(item.get("document_type")) or words_in(item.get("schema_name")),
        published=day_in(item.get("first_published_at")),
        updated=day_in(item.get("public_updated_at")) or day_in(item.get("updated_at")),
        organisations=_titles(dict_in(item.get("links")).get("organisations")),
        reference=words_in(item.get("content_id")),
        withdrawn=(f"withdrawn on {long_date(since)}" if since else "withdrawn") if withdrawn else "",
        licence=GOVUK_CONTENT.licence,
        source="GOV.UK",
    )


def _titles(value: object) -> tuple[str, ...]:
    return tuple(filter(None, (words_in(item.get("title")) for item in dicts_in(value))))
