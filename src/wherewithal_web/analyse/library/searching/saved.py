"""The searches that a person keeps. Nobody sees another's."""

from __future__ import annotations

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from wherewithal_web.analyse.library.models import SavedSearch
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.found import MOST_KEYS, keys_found
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class Kept:
    """A saved search beside what it finds now.

    ``new`` are keys that were not there when its owner last looked; ``whole`` is False where it finds so much that
    only the first part of it is followed.
    """

    saved: SavedSearch
    asked: Asked
    found: int
    new: frozenset[str]

    @property
    def whole(self) -> bool:
        return self.found < MOST_KEYS


def saved_searches_of(user: User) -> list[Kept]:
    """A person's saved searches by name, each run again."""
    return [kept(saved) for saved in SavedSearch.objects.filter(owner=user)]


def saved_search_of(user: User, pk: int) -> SavedSearch:
    """One of the person's own saved searches. Raises Http404 for anybody else's, as for none."""
    return get_object_or_404(SavedSearch, owner=user, pk=pk)


def kept_by(user: User, pk: int) -> Kept | None:
    """One of the person's own saved searches run again, or None: an address may name one that is gone."""
    saved = SavedSearch.objects.filter(owner=user, pk=pk).first()
    return kept(saved) if saved else None


def kept(saved: SavedSearch) -> Kept:
    """What a saved search finds now, and what of it is new."""
    asked = Asked.from_address(saved.query)
    keys = keys_found(asked)
    return Kept(saved, asked, len(keys), frozenset(keys) - set(saved.seen))
