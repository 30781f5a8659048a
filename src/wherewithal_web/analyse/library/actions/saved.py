"""Searches that a person keeps. They are that person's own: nobody else sees or changes them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from wherewithal.errors import BadInput, Problem
from wherewithal_web.analyse.library.models import SavedSearch
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.found import keys_found
from wherewithal_web.audit.actions import record
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import Refused

MOST_KEPT = 50
"""How many searches one person can keep."""
LONGEST_QUERY = 1000


def save_search(*, by: User, name: str, asked: Asked) -> SavedSearch:
    """Keep a search under a name, with what it finds now as seen.

    Raises BadInput where the name is empty or taken by another of the person's searches, where the search asks for
    nothing, and where they keep as many as they can.
    """
    name = _usable(by, name)
    if not asked.asks:
        raise _refusal("what you look for", "nothing", "a word or a filter", "Search for something first.")
    query = asked.query
    if len(query) > LONGEST_QUERY:
        raise _refusal("the search", "very many filters", "fewer of them", "Take some filters off.")
    if SavedSearch.objects.filter(owner=by).count() >= MOST_KEPT:
        raise _refusal(
            "your saved searches", f"{MOST_KEPT} of them", "fewer", "Delete one that you no longer need."
        )
    seen = list(keys_found(asked))  # before the transaction: a search never runs inside one
    with transaction.atomic():
        try:
            with transaction.atomic():
                saved = SavedSearch.objects.create(
                    owner=by, name=name, query=query, seen=seen, looked_at=timezone.now()
                )
        except IntegrityError as error:  # a second click
            raise _taken(name) from error
        _record(by, "save_search", f"saved the search '{name}'")
    return saved


@transaction.atomic
def rename_search(*, by: User, saved: SavedSearch, name: str) -> SavedSearch:
    """Give a saved search another name. Raises BadInput as ``save_search`` does."""
    _own(by, saved)
    was, saved.name = saved.name, _usable(by, name, itself=saved)
    saved.save(update_fields=["name"])
    _record(by, "rename_search", f"renamed the search '{was}' to '{saved.name}'")
    return saved


@transaction.atomic
def delete_search(*, by: User, saved: SavedSearch) -> None:
    """Stop keeping a search. What it found is not touched."""
    _own(by, saved)
    _record(by, "delete_search", f"deleted the search '{saved.name}'")
    saved.delete()


def mark_seen(*, by: User, saved: SavedSearch) -> None:
    """Take everything that the search finds now as seen, so that only what comes later is new."""
    _own(by, saved)
    seen = list(keys_found(Asked.from_address(saved.query)))
    with transaction.atomic():
        saved.seen, saved.looked_at = seen, timezone.now()
        saved.save(update_fields=["seen", "looked_at"])
        _record(by, "mark_search_seen", f"looked at what the search '{saved.name}' finds")


def _own(by: User, saved: SavedSearch) -> None:
    if saved.owner_id != by.pk:
        raise Refused("Only the person who saved a search can change it.")


def _usable(by: User, name: str, itself: SavedSearch | None = None) -> str:
    name = " ".join(name.replace("\0", " ").split())
    if not name:
        raise _refusal("the name", "empty", "a few words", "Give the search a name.")
    if len(name) > 120:
        raise _refusal("the name", f"{len(name)} characters", "at most 120", "Give it a shorter name.")
    taken = SavedSearch.objects.filter(owner=by, name=name)
    if (taken.exclude(pk=itself.pk) if itself else taken).exists():
        raise _taken(name)
    return name


def _taken(name: str) -> BadInput:
    return _refusal("the name", f"'{name}'", "one that you have not used", "Give it another name.")


def _refusal(where: str, found: str, expected: str, do: str) -> BadInput:
    return BadInput("The search was not saved.", [Problem(where, found, expected, do)])


def _record(by: User, action: str, summary: str) -> None:
    record(by=by, action=f"library.{action}", summary=summary)
