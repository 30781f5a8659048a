"""The entries that a search finds follow what the library holds, in numbered changes."""

from __future__ import annotations

import pytest

from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import Programme, SearchClock, SearchEntry
from wherewithal_web.analyse.library.searching import refresh_search
from wherewithal_web.analyse.library.searching.release import MARK, made_by_this_release
from wherewithal_web.analyse.library.searching.renewal import renew_after_migrating
from wherewithal_web.analyse.library.searching.upkeep import SearchRow, touch

pytestmark = pytest.mark.django_db

ROW = SearchRow("programme:empower", "programme", "Empower", facets={"band": ("good",), "age": ()})


def test_every_programme_can_be_found(library) -> None:
    entries = SearchEntry.objects.filter(kind="programme")
    assert entries.count() == Programme.objects.count() > 100
    assert SearchClock.objects.get().change == SearchEntry.objects.exclude(key=MARK).count()


def test_every_entry_of_a_list_can_be_found(library) -> None:
    for key in queries.held_lists():
        held = SearchEntry.objects.filter(key__startswith=f"entry:{key}/", gone=False)
        assert held.count() == len(queries.entries_of(key)) > 0


def test_what_has_not_changed_is_not_numbered_anew(library) -> None:
    before = SearchClock.objects.get().change
    refresh_search(programmes=Programme.objects.values_list("slug", flat=True))
    assert SearchClock.objects.get().change == before


def test_changes_are_numbered_in_their_order() -> None:
    assert touch([ROW]) == 1
    assert touch([ROW]) == 0
    entry = SearchEntry.objects.get(key=ROW.key)
    assert (entry.change, entry.facets) == (1, {"band": ["good"]})
    assert touch([SearchRow(ROW.key, ROW.kind, "Empower 2")], gone=["programme:unknown"]) == 1
    assert SearchEntry.objects.get(key=ROW.key).change == SearchClock.objects.get().change == 2


def test_what_is_gone_stays_as_a_mark_and_can_come_back() -> None:
    touch([ROW])
    assert touch([], gone=[ROW.key]) == 1
    assert touch([], gone=[ROW.key]) == 0
    assert SearchEntry.objects.get(key=ROW.key).gone
    touch([ROW])
    assert (SearchEntry.objects.get(key=ROW.key).gone, SearchEntry.objects.get(key=ROW.key).change) == (
        False,
        3,
    )


def test_a_programme_that_nobody_holds_is_taken_out() -> None:
    touch([ROW])
    refresh_search(programmes=["empower"])
    assert SearchEntry.objects.get(key=ROW.key).gone


def test_each_database_is_told_by_a_key_drawn_at_random() -> None:
    touch([ROW])
    assert SearchClock.objects.get().pk > 1_000_000


def test_entries_of_another_release_are_made_anew(library) -> None:
    SearchEntry.objects.filter(key="programme:good-behaviour-game").update(title="As it was once")
    renew_after_migrating()
    assert SearchEntry.objects.get(key="programme:good-behaviour-game").title == "As it was once"
    SearchEntry.objects.filter(key=MARK).update(title="an older one")
    renew_after_migrating()
    assert SearchEntry.objects.get(key="programme:good-behaviour-game").title == "Good Behaviour Game"
    assert made_by_this_release()


def test_a_library_from_before_there_was_a_search_gets_its_entries(library) -> None:
    before = set(SearchEntry.objects.values_list("key", "title"))
    SearchEntry.objects.all().delete()
    SearchClock.objects.all().delete()
    renew_after_migrating()
    assert set(SearchEntry.objects.values_list("key", "title")) == before


def test_an_empty_database_has_nothing_to_renew(db) -> None:
    renew_after_migrating()
    assert not SearchClock.objects.exists()
