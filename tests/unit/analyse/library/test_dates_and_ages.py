from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.library.ages import ages_in_words, overlap, read_ages
from wherewithal.analyse.library.dates import FactDate, whole_years, years_on


@pytest.mark.parametrize(
    ("text", "words", "latest"),
    [
        ("2016", "2016", date(2016, 12, 31)),
        ("2016-02", "February 2016", date(2016, 2, 29)),
        ("2016-07-14", "14 July 2016", date(2016, 7, 14)),
    ],
)
def test_a_date_is_never_more_exact_than_it_was(text: str, words: str, latest: date) -> None:
    found = FactDate.parse(text)
    assert (found.words, found.latest, str(found)) == (words, latest, text)


@pytest.mark.parametrize("text", ["July 2016", "16", "2016-13", "2016-02-30", "14/07/2016", ""])
def test_other_writing_is_not_a_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the caller's to choose
        FactDate.parse(text)


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 40))
def test_as_many_years_on_as_were_added(day: date, years: int) -> None:
    later = years_on(day, years)
    assert whole_years(day, later) in ((years,) if (day.month, day.day) != (2, 29) else (years, years - 1))


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("3-6", (3, 6)),
        ("10-17.5", (10, 17.5)),
        ("18 months-3 years", (1.5, 3)),
        ("pregnancy to age 2", (0, 2)),
        ("prenatal-5", (0, 5)),
        ("16 or younger", (0, 16)),
        ("under 8", (0, 8)),
        ("6-18 months", (0.5, 1.5)),
        ("3", (3, 3)),
        ("primary school", None),
        ("mothers 14-24, from the second trimester", None),
        ("", None),
    ],
)
def test_ages_are_read_only_where_that_is_safe(text: str, ages: tuple[float, float] | None) -> None:
    assert read_ages(text) == ages


def test_ages_for_a_reader() -> None:
    assert ages_in_words("3-6") == "3 to 6"
    assert ages_in_words("primary school") == "primary school"
    assert overlap((3, 6), (6, 8))
    assert not overlap((3, 6), (7, 8))
