"""Searches that are asked again: which services can be, how often, and what of an answer is not held yet.

A living review repeats its searches at a stated interval and says each time what came of it, also where nothing
did (Elliott and others (2017), Living systematic review: 1, Journal of Clinical Epidemiology 91:23-30).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wherewithal.analyse.reviews.records import Record
from wherewithal.errors import BadInput, Problem
from wherewithal.sources import europepmc, openalex
from wherewithal.sources.client import Client
from wherewithal.sources.json_values import words_in
from wherewithal.sources.paging import Fetch, Progress
from wherewithal.sources.saving import FORMS
from wherewithal.thread.look_again import months_after

EVERY: Mapping[int, str] = {1: "every month", 3: "every three months", 6: "every six months"}
"""How often a search can be asked again: months, and the words for them."""

AFTER_A_FAILURE = timedelta(days=7)
"""A service that could not be reached is asked again after this, and not only when its turn comes."""

OVERLAP = timedelta(days=30)
"""How far before the last day a service is asked from: its own index may lag behind the day it names."""

MOST = 10_000
"""Records of one search: more than this is a query to be made narrower, not a pile to be read."""


@dataclass(frozen=True)
class LivingSource:
    """A service that can be asked again. ``format`` is the key of its records' format; ``by_hand`` where a person can
    search it. ``dated`` says whether it can be asked for what was added since a day.
    """

    key: str
    name: str
    format: str
    by_hand: str
    dated: bool
    search: Callable[..., Fetch[Any]]
    item_id: Callable[[Mapping[str, Any]], str]
    record_id: Callable[[Mapping[str, str]], str]


def _pmc_id(source: str, identifier: str) -> str:
    return f"{source}/{identifier}" if source and identifier else ""


SOURCES: Mapping[str, LivingSource] = {
    "openalex": LivingSource(
        "openalex",
        openalex.SERVICE.name,
        "openalex",
        "https://openalex.org",
        # Its filter on the day a work was added is for subscribers. The day of publication will not do: a work can be
        # added months after it.
        False,
        openalex.search,
        lambda item: words_in(item.get("id")),
        lambda extra: extra.get("openalex:id", ""),
    ),
    "europepmc": LivingSource(
        "europepmc",
        europepmc.SERVICE.name,
        "europe-pmc",
        "https://europepmc.org",
        True,
        europepmc.search,
        lambda item: _pmc_id(words_in(item.get("source")), words_in(item.get("id"))),
        lambda extra: _pmc_id(extra.get("europepmc:source", ""), extra.get("europepmc:id", "")),
    ),
}
"""The services a living search can be kept with, by key."""


def source_of(key: str) -> LivingSource:
    """The service with this key. Raises BadInput for any other, with those there are."""
    if key in SOURCES:
        return SOURCES[key]
    raise BadInput(
        f"'{key}' cannot be asked again by itself.",
        [
            Problem(
                "the source",
                f"'{key}'",
                " or ".join(SOURCES),
                "Bring the files of other databases in by hand.",
            )
        ],
    )


def since(last: date | None, source: LivingSource) -> date | None:
    """The day from which additions are asked for, None for all. ``last`` is when the same query was last answered."""
    return last - OVERLAP if last is not None and source.dated else None


def next_day(last: date, months: int, *, failed: bool = False) -> date:
    """The day on which a search is asked again after ``last``: sooner where the service could not be reached."""
    due = months_after(last, months)
    return min(due, last + AFTER_A_FAILURE) if failed else due


def query_since(query: str, day: date | None) -> str:
    """The query as Europe PMC is asked it: what came into its database from ``day`` on.

    ``CREATION_DATE`` is the day of entry (Europe PMC, reference guide to its web service, search fields).
    """
    return f"({query}) AND CREATION_DATE:[{day.isoformat()} TO 3000-12-31]" if day else query


def held_ids(records: Collection[Record], source: LivingSource) -> set[str]:
    """The service's own identifiers among ``records``."""
    return {found for record in records if (found := source.record_id(dict(record.extra)))}


@dataclass(frozen=True)
class Gathered:
    """What one asking gave: ``content`` is a file of the records that are not held, empty where there are none.

    ``found`` counts all that the service gave, ``held`` those left aside.
    """

    content: bytes
    found: int
    held: int

    @property
    def new(self) -> int:
        return self.found - self.held


def gather(
    source: LivingSource,
    query: str,
    *,
    client: Client,
    held: Collection[str] = (),
    day: date | None = None,
    progress: Progress | None = None,
) -> Gathered:
    """Ask a service, and leave aside the very records that are held: those with the same identifier *of the service*.

    Nothing else is left aside. Whether a record of another database is the same work is for the look for duplicates,
    which people can overrule; a record that was never stored they could not bring back.

    Raises SourceFailed where not everything could be fetched, and BadInput where there is more than ``MOST``.
    """
    fetch = source.search(query_since(query, day), client=client, maximum=MOST, progress=progress)
    seen = set(held)
    lines: list[str] = []
    found = kept = 0
    for page in fetch:
        fresh = []
        for item in page.raw:
            found += 1
            identifier = source.item_id(item)
            if identifier and identifier in seen:
                continue
            seen.add(identifier)
            fresh.append(item)
        if fresh:
            kept += len(fresh)
            lines.append(FORMS[source.key].line(fresh, page.total))
    if fetch.failure is not None:
        raise fetch.failure
    if fetch.place is not None:
        raise BadInput(
            f"{source.name} has more than {MOST:,} records for this query.",
            [Problem("the query", f"more than {MOST:,} records", "fewer", "Make the query narrower.")],
        )
    return Gathered("".join(f"{line}\n" for line in lines).encode(), found, found - kept)
