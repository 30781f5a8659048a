from __future__ import annotations

from datetime import timedelta

import pytest

from wherewithal.sources.catalogue import OPENALEX
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.paging import Batch, Fetch, Place


class Pages:
    """Ten numbers in pages of four, asked for by their first number."""

    def __init__(self, fail_at: str = "", total: int | None = 10) -> None:
        self.fail_at = fail_at
        self.total = total
        self.asked: list[str] = []

    def __call__(self, cursor: str) -> Batch[int]:
        self.asked.append(cursor)
        if cursor == self.fail_at:
            raise SourceFailed("OpenAlex", "too many requests", "OpenAlex answered 429.", wait=60)
        start = int(cursor)
        items = tuple(range(start, min(start + 4, 10)))
        following = str(start + 4) if start + 4 < 10 else None
        return Batch(
            items, tuple(map(str, items)), following, self.total, {"x-ratelimit-remaining": "9", "date": "x"}
        )


def fetch(pages: Pages, **more: object) -> Fetch[int]:
    return Fetch(OPENALEX, pages, first="0", **more)  # type: ignore[arg-type]


def test_everything_is_fetched_in_order() -> None:
    seen: list[tuple[int, int | None]] = []
    done = fetch(Pages(), progress=lambda count, total: seen.append((count, total))).all()
    assert done.items == tuple(range(10))
    assert (done.state, done.place, done.total, done.account) == ("whole", None, 10, "10 fetched.")
    assert done.said == {"x-ratelimit-remaining": "9"}
    assert seen == [(4, 10), (8, 10), (10, 10)]
    assert done.licence == OPENALEX.licence
    assert done.retrieved.utcoffset() == timedelta(0)


@pytest.mark.parametrize("maximum", range(1, 11))
def test_stopping_anywhere_and_going_on_loses_and_repeats_nothing(maximum: int) -> None:
    first = fetch(Pages(), maximum=maximum).all()
    assert first.items == tuple(range(maximum))
    if maximum < 10:
        assert (first.state, first.account) == (
            "stopped at the maximum",
            f"{maximum} of 10 fetched, as many as were asked for.",
        )
    rest = fetch(Pages(), place=first.place, before=maximum).all() if first.place else None
    assert first.items + (rest.items if rest else ()) == tuple(range(10))
    if rest:
        assert rest.account == "10 fetched."


def test_a_failure_gives_back_what_came_and_where_to_go_on() -> None:
    first = fetch(Pages(fail_at="8")).all()
    assert first.items == tuple(range(8))
    assert (first.state, first.place) == ("failed", Place("8"))
    assert first.account == "8 of 10 fetched. OpenAlex answered 429. Try again after 60 s."
    assert fetch(Pages(), place=first.place).all().items == (8, 9)


def test_the_same_page_again_ends_the_walk() -> None:
    done = Fetch(OPENALEX, lambda cursor: Batch((1,), (1,), "0"), first="0").all()
    assert (done.state, done.items) == ("failed", (1,))
    assert "the same page again" in done.account


def test_fewer_than_promised_is_said() -> None:
    assert fetch(Pages(total=12)).all().account == (
        "10 of 12 fetched: OpenAlex said that there were 12 and gave no more."
    )


def test_nothing_found_is_said() -> None:
    done = Fetch(OPENALEX, lambda cursor: Batch((), (), None, 0), first="0").all()
    assert done.account == "OpenAlex has nothing that matches. Try fewer or other words."


def test_a_place_survives_being_written_down() -> None:
    assert Place.from_dict(Place("abc", 3).as_dict()) == Place("abc", 3)
