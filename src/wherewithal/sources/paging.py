"""Results that come in pages: walked to the end, to a maximum or to a failure, and continued from where that was.

Nothing is lost when a service stops answering: what came before stays, with the place to go on from.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, Literal, TypeVar

from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.service import Service

T = TypeVar("T")
State = Literal["whole", "stopped at the maximum", "failed"]
Progress = Callable[[int, int | None], None]
"""Called with how many were fetched and how many there are, where the service said."""


@dataclass(frozen=True)
class Place:
    """Where to go on: the service's own cursor, and how many results of the page it opens were taken already."""

    cursor: str = ""
    skip: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {"cursor": self.cursor, "skip": self.skip}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Place:
        return cls(str(plain.get("cursor", "")), int(plain.get("skip", 0)))


@dataclass(frozen=True)
class Batch(Generic[T]):
    """One page. ``raw`` are the service's own items, one for each of ``items``; ``next`` is the cursor of the
    page after it, ``None`` after the last; ``total`` is what the service says there are in all.
    """

    items: tuple[T, ...]
    raw: tuple[Any, ...]
    next: str | None
    total: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fetched(Generic[T]):
    """What came of a search. ``place`` is where to go on, ``None`` where everything was fetched. ``said`` holds
    what the service said about limits. ``before`` counts what was fetched before this went on.
    """

    service: str
    licence: str
    items: tuple[T, ...]
    total: int | None
    state: State
    place: Place | None
    failure: SourceFailed | None
    retrieved: datetime
    said: Mapping[str, str] = field(default_factory=dict)
    before: int = 0

    @property
    def account(self) -> str:
        return account(self.service, self.before + len(self.items), self.total, self.state, self.failure)


def account(service: str, fetched: int, total: int | None, state: State, failure: SourceFailed | None) -> str:
    """What came of it, in one or two sentences: "412 of 1,900 fetched. OpenAlex answered 429 …"."""
    count = (
        f"{fetched:,} of {total:,} fetched"
        if total is not None and total != fetched
        else f"{fetched:,} fetched"
    )
    if failure:
        return f"{count}. {failure.said} {failure.do}"
    if state == "stopped at the maximum":
        return f"{count}, as many as were asked for."
    if total is not None and fetched < total:
        return f"{count}: {service} said that there were {total:,} and gave no more."
    if fetched == 0:
        return f"{service} has nothing that matches. Try fewer or other words."
    return f"{count}."


class Fetch(Generic[T]):
    """A search on its way: iterate over its pages, then look at ``state``, ``place`` and ``failure``.

    ``page`` reads the page that a cursor opens; the first cursor is the service's own ("*", "0"). A service that
    fails ends the iteration and does not raise. ``maximum`` counts what this walk gives, not what came before.
    """

    def __init__(
        self,
        service: Service,
        page: Callable[[str], Batch[T]],
        *,
        first: str,
        place: Place | None = None,
        maximum: int | None = None,
        before: int = 0,
        progress: Progress | None = None,
    ) -> None:
        self.service = service
        self.place: Place | None = place or Place(first)
        self.state: State = "whole"
        self.failure: SourceFailed | None = None
        self.total: int | None = None
        self.fetched = 0
        self.before = before
        self.said: dict[str, str] = {}
        self._page = page
        self._maximum = maximum
        self._progress = progress
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[Batch[T]]:
        while self.place is not None:
            if self._maximum is not None and self.fetched >= self._maximum:
                self.state = "stopped at the maximum"
                return
            try:
                batch = self._next(self.place)
            except SourceFailed as failure:
                self.state, self.failure = "failed", failure
                return
            yield batch

    def _next(self, place: Place) -> Batch[T]:
        if place.cursor in self._seen:
            raise SourceFailed(
                self.service.name,
                "broken",
                f"{self.service.name} gave the same page again instead of the next.",
            )
        batch = self._page(place.cursor)
        self._seen.add(place.cursor)
        self.total = batch.total if batch.total is not None else self.total
        self.said.update({name: text for name, text in batch.headers.items() if _is_about_limits(name)})
        left = len(batch.items) if self._maximum is None else self._maximum - self.fetched
        end = min(len(batch.items), place.skip + left)
        taken = Batch(batch.items[place.skip : end], batch.raw[place.skip : end], batch.next, batch.total)
        self.fetched += len(taken.items)
        if end < len(batch.items):
            self.place = Place(place.cursor, end)
            self._seen.discard(place.cursor)
        else:
            self.place = Place(batch.next) if batch.next is not None else None
        if self._progress:
            self._progress(self.before + self.fetched, self.total)
        return taken

    def all(self) -> Fetched[T]:
        """Walk to the end and give everything at once."""
        items = tuple(item for batch in self for item in batch.items)
        return Fetched(
            self.service.name,
            self.service.licence,
            items,
            self.total,
            self.state,
            self.place,
            self.failure,
            datetime.fromtimestamp(time.time(), UTC),
            self.said,
            self.before,
        )


def _is_about_limits(header: str) -> bool:
    return header.startswith(("x-ratelimit", "x-rate-limit", "x-concurrency-limit"))
