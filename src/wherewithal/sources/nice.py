"""NICE syndication, with the council's own key: reference, title, link and dates of guidance, and never its text.

What NICE's licence forbids is kept out at the door: an answer is reduced to those facts before anything is
stored, also in the folder of kept answers and in the file of ``sources fetch``.

The form of the answers was read in other people's programs and not in NICE's own documentation, which is for
those with a key: an index with ``IndexItems``, each with ``GuidanceNumber``, ``Title``, ``GuidanceProgramme`` and a
``Link``. Names that differ a little are understood too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin

from wherewithal.sources import brought
from wherewithal.sources.catalogue import NICE
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in
from wherewithal.sources.dates import day_in
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.json_values import dict_in, dicts_in, words_in
from wherewithal.sources.page import Page
from wherewithal.sources.paging import Batch, Fetch, Place, Progress

SERVICE = NICE
INDEX = "/guidance/index"
ACCEPT = "application/vnd.nice.syndication.services+json"
SITE = "https://www.nice.org.uk/guidance/"

_NAMES: Mapping[str, tuple[str, ...]] = {
    "reference": ("guidancenumber", "guidancereference", "reference", "id"),
    "title": ("title", "guidancetitle"),
    "kind": ("guidanceprogramme", "guidancetype", "producttypename", "producttype", "type"),
    "published": ("publisheddate", "publicationdate", "datepublished", "published"),
    "updated": (
        "lastmajormodificationdate",
        "lastupdateddate",
        "lastmodifieddate",
        "lastmodified",
        "updated",
    ),
}
"""What each fact may be called, in small letters; the first that is there is taken."""


def search(
    query: str = "",
    *,
    client: Client,
    from_date: date | None = None,
    place: Place | None = None,
    maximum: int | None = None,
    before: int = 0,
    progress: Progress | None = None,
) -> Fetch[Page]:
    """Guidance whose title or reference has every word of ``query``; all of it where there is none.

    NICE gives an index and no search, so the choice is made here. ``from_date`` is that of the last change, or of
    publication; guidance that came without a date is kept.
    """

    def page(cursor: str) -> Batch[Page]:
        if not SERVICE.secret:
            raise SourceFailed(
                SERVICE.name,
                "needs a key",
                f"{SERVICE.name} needs the council's own key.",
                do=f"Ask {SERVICE.key_from}; then set {SERVICE.key_variable} in the environment.",
            )
        value, answer = client.get(SERVICE, cursor, read=index_in, accept=ACCEPT, keep=reduced)
        kept = [(item, guidance_of(item)) for item in value["IndexItems"]]
        chosen = [(item, found) for item, found in kept if _matches(found, query, from_date)]
        following = words_in(value.get("next"))
        return Batch(
            tuple(found for _, found in chosen),
            tuple(item for item, _ in chosen),
            urljoin(answer.address, following) if following else None,
            None if following or cursor != INDEX else len(chosen),
            dict(answer.headers),
        )

    return Fetch(SERVICE, page, first=INDEX, place=place, maximum=maximum, before=before, progress=progress)


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> tuple[Page, ...]:
    """The guidance of an index downloaded by hand. Raises BadInput."""
    data, name = brought.data_of(source, name)
    try:
        value = json_in(data)
        if isinstance(value, dict):
            brought.refuse_other_service(value, SERVICE)
        return tuple(guidance_of(item) for item in index_in(data)["IndexItems"])
    except Unreadable as error:
        raise brought.refusal(name, SERVICE, error) from error


def index_in(body: bytes) -> dict[str, Any]:
    """An index of guidance, reduced to facts. Raises Unreadable for anything else."""
    value = json_in(body)
    found = value.get("IndexItems") if isinstance(value, dict) else value
    if not isinstance(found, list):
        raise Unreadable("other service", "JSON without a list of guidance (IndexItems)")
    items = [
        item for item in map(_facts, dicts_in(found)) if item.get("Title") and item.get("GuidanceNumber")
    ]
    if found and not items:
        raise Unreadable("other service", "a list whose items have no title and guidance number")
    following = next(_next_links(value), "") if isinstance(value, dict) else ""
    return {"IndexItems": items, **({"next": following} if following else {})}


def reduced(body: bytes) -> bytes:
    """An answer with nothing left in it but what may be kept."""
    return json.dumps(index_in(body), ensure_ascii=False).encode()


def guidance_of(item: Mapping[str, Any]) -> Page:
    """One piece of guidance, from the facts that ``index_in`` left."""
    reference = words_in(item.get("GuidanceNumber")).upper()
    return Page(
        title=words_in(item.get("Title")),
        link=f"{SITE}{reference.lower()}",
        kind=words_in(item.get("GuidanceProgramme")),
        published=day_in(item.get("PublishedDate")),
        updated=day_in(item.get("LastMajorModificationDate")),
        organisations=("National Institute for Health and Care Excellence",),
        reference=reference,
        licence=SERVICE.licence,
        source="NICE",
    )


def _facts(item: Mapping[str, Any]) -> dict[str, str]:
    small = {name.lower(): value for name, value in item.items()}

    def first(fact: str) -> str:
        return next((words_in(small[name]) for name in _NAMES[fact] if words_in(small.get(name))), "")

    facts = {
        "GuidanceNumber": first("reference"),
        "Title": first("title") or words_in(dict_in(small.get("link")).get("Title")),
        "GuidanceProgramme": first("kind"),
        "PublishedDate": first("published"),
        "LastMajorModificationDate": first("updated"),
    }
    return {name: said for name, said in facts.items() if said}


def _next_links(value: Mapping[str, Any]) -> Iterator[str]:
    if words_in(value.get("next")):
        yield words_in(value["next"])
    for link in dicts_in(value.get("Links")):
        small = {name.lower(): words_in(said) for name, said in link.items()}
        if small.get("rel", "").lower() == "next" and small.get("uri"):
            yield small["uri"]


def _matches(page: Page, query: str, from_date: date | None) -> bool:
    said = f"{page.title} {page.reference}".lower()
    day = page.updated or page.published
    return all(word in said for word in query.lower().split()) and (
        not from_date or not day or day >= from_date
    )
