"""Papers that rows of a register or list link to, known by their DOI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from wherewithal.sources.words import doi_in
from wherewithal.thread import Source

_RESOLVERS = ("doi.org", "dx.doi.org", "www.doi.org")


def doi_of(address: str) -> str:
    """The DOI, in small letters, that an address of doi.org leads to; "" for any other address.

    A publisher's own address may hold a DOI with more behind it, and is not read as one.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if (parts.hostname or "") not in _RESOLVERS:
        return ""
    return doi_in(unquote(parts.path)).lower()


def paper_sources(addresses: Iterable[tuple[str, str]]) -> Iterator[Source]:
    """A source for each paper among these titles and addresses, once, so that what happens to it is heard of."""
    seen: set[str] = set()
    for title, address in addresses:
        doi = doi_of(address)
        if doi and doi not in seen:
            seen.add(doi)
            yield Source(f"doi:{doi}", title, url=address)
