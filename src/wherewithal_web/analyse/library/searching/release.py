"""Which release made the entries: a mark among them, which is no thing that could be found.

It is gone from the start and has no change that a copy would read.
"""

from __future__ import annotations

from wherewithal.analyse.library.facets import FACETS_VERSION
from wherewithal_web.analyse.library.models import SearchEntry

RELEASE = 2
"""Counted up when ``rows`` gives other words for the same things."""
MARK = "made-with"


def _made_with() -> str:
    return f"{RELEASE} {FACETS_VERSION}"


def made_by_this_release() -> bool:
    return SearchEntry.objects.filter(key=MARK, title=_made_with()).exists()


def mark_as_made() -> None:
    """Note that the entries are those of this release."""
    SearchEntry.objects.update_or_create(
        key=MARK, defaults={"kind": MARK, "title": _made_with(), "change": 0, "gone": True}
    )
