"""The entries that a search finds follow what the library holds, in numbered changes."""

from __future__ import annotations

import pytest

from wherewithal_web.analyse.library.models import Programme, SearchClock, SearchEntry
from wherewithal_web.analyse.library.searching import refresh_search
from wherewithal_web.analyse.library.searching.upkeep import SearchRow, touch

pytestmark = pytest.mark.django_db

ROW = SearchRow("programme:empower", "programme", "Empower", facets={"band": ("good",), "age": ()})


def test_every_programme_can_be_found(library) -> None:
    entries = SearchEntry.objects.filter(kind="programme")
    assert entries.count() == Programme.objects.count() > 100
    assert SearchClock.objects.get().change == max(SearchEntry.objects.values_list("change", flat=True))


def test_what_has_not_changed_is_not_numbered_anew(library) -> None:
    before = SearchClock.objects.get().change
    refresh_search(programmes=Programme.objects.values_list("slug", flat=True))
    assert SearchClock.objects.get().change == before


def test_changes_are_numbered_in_their_order() -> None:
    assert touch([ROW]) == 1
    assert touch([ROW]) == 0
    entry = SearchEntry.objects.get()
    assert (entry.change, entry.facets) == (1, {"band": ["good"]})
    assert touch([SearchRow(ROW.key, ROW.kind, "Empower 2")], gone=["programme:unknown"]) == 1
    assert SearchEntry.objects.get().change == SearchClock.objects.get().change == 2


def test_what_is_gone_stays_as_a_mark_and_can_come_back() -> None:
    touch([ROW])
    assert touch([], gone=[ROW.key]) == 1
    assert touch([], gone=[ROW.key]) == 0
    assert SearchEntry.objects.get().gone
    touch([ROW])
    assert (SearchEntry.objects.get().gone, SearchEntry.objects.get().change) == (False, 3)


def test_a_programme_that_nobody_holds_is_taken_out() -> None:
    touch([ROW])
    refresh_search(programmes=["empower"])
    assert SearchEntry.objects.get().gone


def test_each_database_is_told_by_a_key_drawn_at_random() -> None:
    touch([ROW])
    assert SearchClock.objects.get().pk > 1_000_000
