"""Bringing what can be found up to date with what is held."""

from __future__ import annotations

from collections.abc import Iterable

from wherewithal_web.analyse.library.searching import rows
from wherewithal_web.analyse.library.searching.upkeep import touch


def refresh_search(
    *,
    programmes: Iterable[str] = (),
    lists: Iterable[str] = (),
    studies: Iterable[int] = (),
    examples: Iterable[int] = (),
) -> None:
    """Bring what can be found up to date with what is held. Call it inside the action that changed it.

    ``programmes`` are slugs, ``lists`` keys of registers that hold entries, ``studies`` and ``examples``
    primary keys. What is no longer there is taken out of the search.
    """
    for of, asked in (
        (rows.for_programmes, tuple(programmes)),
        (rows.for_lists, tuple(lists)),
        (rows.for_studies, tuple(studies)),
        (rows.for_examples, tuple(examples)),
    ):
        if asked:
            found, gone = of(asked)
            touch(found, gone)
