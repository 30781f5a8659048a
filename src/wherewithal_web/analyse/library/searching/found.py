"""Runs a search on this machine's copy of the index: a page of what it finds, in the order asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.search import Hit, Index, Respelling, Results, Widening
from wherewithal_web.analyse.library.models import SearchEntry
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.machine_copy import FACET_KEYS, on_the_index
from wherewithal_web.analyse.library.searching.rows import DATE

A_PAGE = 20
MOST_KEYS = 2_000
"""How many results of a saved search are followed, best first."""
MOST_SORTED = 5_000
"""How many results are put in another order than the best match; the rest of a longer list stays behind them."""


@dataclass(frozen=True)
class Found:
    """A page of results.

    ``total`` counts them all; ``facets`` holds, by facet and value, how many there would be with that value ticked
    too. ``spelt``, ``missing``, ``loosened`` and ``also`` say what the search made of the words;
    ``sorted_part`` is True where only the best matches could be put in the order asked for.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    spelt: tuple[Respelling, ...]
    missing: tuple[str, ...]
    loosened: bool
    also: tuple[Widening, ...]
    page: int
    pages: int
    sorted_part: bool = False


def find(asked: Asked) -> Found:
    """What a search finds. Raises NotReady where this machine's first copy of the index is only just being made."""
    return on_the_index(lambda index: _find(index, asked))


def _find(index: Index, asked: Asked) -> Found:
    if asked.like:
        results = index.more_like(asked.like, filters=asked.filters, limit=A_PAGE)
        return _found(results, results.hits, 1, 1)
    if asked.sort:
        results = index.search(asked.text, filters=asked.filters, facets=FACET_KEYS, limit=MOST_SORTED)
        page, pages = _place(asked.page, results.total, most=MOST_SORTED)
        hits = _in_order(results.hits, asked.sort)[(page - 1) * A_PAGE : page * A_PAGE]
        return _found(results, hits, page, pages, sorted_part=results.total > MOST_SORTED)
    first = (asked.page - 1) * A_PAGE
    results = index.search(asked.text, filters=asked.filters, facets=FACET_KEYS, limit=A_PAGE, offset=first)
    page, pages = _place(asked.page, results.total)
    if page != asked.page:  # an address from when there was more to find
        results = index.search(
            asked.text, filters=asked.filters, facets=FACET_KEYS, limit=A_PAGE, offset=(page - 1) * A_PAGE
        )
    return _found(results, results.hits, page, pages)


def _found(
    results: Results, hits: Sequence[Hit], page: int, pages: int, *, sorted_part: bool = False
) -> Found:
    return Found(
        results.total,
        tuple(hits),
        results.facets,
        results.spelt,
        results.missing,
        results.loosened,
        results.also,
        page,
        pages,
        sorted_part,
    )


def _place(page: int, total: int, most: int | None = None) -> tuple[int, int]:
    """The page that there is, and how many there are."""
    pages = max(1, -(-min(total, most or total) // A_PAGE))
    return min(page, pages), pages


def _in_order(hits: Sequence[Hit], sort: str) -> list[Hit]:
    """By name, or the newest review first and what has no date last. Ordered here, so that databases agree."""
    said: dict[str, tuple[str, str]] = {}
    keys = [hit.key for hit in hits]
    for start in range(0, len(keys), 5_000):
        rows = SearchEntry.objects.filter(key__in=keys[start : start + 5_000])
        for key, title, dates in rows.values_list("key", "title", f"facets__{DATE}"):
            said[key] = (title.casefold(), dates[0] if dates else "")
    ordered = sorted(hits, key=lambda hit: said.get(hit.key, ("", "")))
    if sort == "newest":
        ordered.sort(key=lambda hit: said.get(hit.key, ("", ""))[1], reverse=True)
    return ordered


def count(asked: Asked) -> int:
    """How many things a search finds."""
    return on_the_index(lambda index: index.search(asked.text, filters=asked.filters, limit=1)).total


def keys_found(asked: Asked) -> tuple[str, ...]:
    """The keys of what a search finds, best first, at most ``MOST_KEYS``."""
    if asked.like:
        results = on_the_index(lambda index: index.more_like(asked.like, filters=asked.filters, limit=A_PAGE))
    else:
        results = on_the_index(lambda index: index.search(asked.text, filters=asked.filters, limit=MOST_KEYS))
    return tuple(hit.key for hit in results.hits)
