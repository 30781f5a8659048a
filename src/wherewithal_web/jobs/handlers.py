"""What can be asked for. A room registers its own when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

Finish = Callable[[], Any]
"""Writes the result and returns what the run should remember of it (JSON). Runs in one transaction."""


class Progress(Protocol):
    """Says how far the work is. Raises ``LostLease`` or ``Stopped`` where it should go no further."""

    def __call__(self, done: int, total: int | None = None, words: str = "") -> None: ...


class Handler(Protocol):
    """Does the work without writing anything, and gives back the function that writes it.

    It must be safe to begin again: a worker may be killed at any point before the last.
    """

    def __call__(self, progress: Progress, **arguments: Any) -> Finish | None: ...


_HANDLERS: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register a function as what does runs of ``kind`` ("reviews.learn"). Raises ValueError for a second one."""

    def register(handler: Handler) -> Handler:
        if _HANDLERS.get(kind, handler) is not handler:
            raise ValueError(f"two handlers for {kind}")
        _HANDLERS[kind] = handler
        return handler

    return register


def handler_of(kind: str) -> Handler | None:
    return _HANDLERS.get(kind)
