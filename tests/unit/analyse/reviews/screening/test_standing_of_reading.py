from __future__ import annotations

from wherewithal.analyse.reviews.screening.standing_of_reading import Check, reading_of
from wherewithal.analyse.reviews.screening.stopping import Audit

RULE = {"looks": 10, "target": 0.95, "confidence": 0.95}


def test_before_anything_is_read_or_found() -> None:
    assert reading_of([], records=0, **RULE).words == "There is nothing to read yet."
    assert "before a first relevant record" in reading_of([], records=100, **RULE).words
    assert "before a first relevant record" in reading_of([False] * 9, records=100, **RULE).words


def test_it_says_how_many_more_to_read_until_a_planned_look() -> None:
    found = reading_of([True] * 80 + [False] * 50, records=1000, **RULE)
    assert not found.may_stop
    assert [look.after for look in found.taken] == [100]
    assert found.next_look == 200
    assert found.more in {place - 130 for place in found.looks}
    assert found.words.startswith(f"130 of 1,000 records read, 80 relevant. Read {found.more:,} more without")
    assert found.words.endswith("95% of what is relevant was found. A find on the way makes it more.")


def test_it_may_stop_only_where_a_planned_look_allows_it() -> None:
    for read in (930, 940, 1000):
        found = reading_of([True] * 60 + [False] * (read - 60), records=1000, **RULE)
        assert found.taken[-1].after == read // 100 * 100
    found = reading_of([True] * 400 + [False] * 510, records=1000, **RULE)
    assert found.allowed_by
    assert found.allowed_by.after <= 900
    assert found.words.endswith("reading may stop.")
    # A look allows it or not by what was read until then: what comes later changes nothing about it.
    later = reading_of([True] * 400 + [False] * 510 + [True] * 20, records=1000, **RULE)
    assert later.allowed_by == found.allowed_by


def test_where_only_reading_everything_will_do_it_says_so() -> None:
    found = reading_of([True] + [False] * 10, records=60, **RULE)
    assert found.more == 49
    assert "Read the 49 that are left" in found.words


def test_everything_read_may_always_stop() -> None:
    found = reading_of([False] * 10, records=10, **RULE)
    assert found.may_stop
    assert "Everything was read." in found.words


def test_a_check_says_what_it_shows_and_how_much_more() -> None:
    begun = Check(Audit(unread=2000, drawn=0, found=0, earlier=100), 0.95, 0.95)
    assert not begun.certified
    assert f"Read {begun.more:,} more of the check" in begun.words
    done = Check(Audit(unread=2000, drawn=begun.more, found=0, earlier=100), 0.95, 0.95)
    assert done.certified
    assert done.more == 0
    assert "at least 95%" in done.words
