from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.search.query import LONGEST, MOST_WORDS, parse


def taken_apart(text: str) -> tuple[list[str], list[str]]:
    """What is asked for and what is left out; phrases in brackets."""
    query = parse(text)
    asked, without = (
        [f"[{each.typed}]" if each.quoted else each.typed for each in side]
        for side in (query.asked, query.without)
    )
    return asked, without


@pytest.mark.parametrize(
    ("text", "asked", "without"),
    [
        ("triple p", ["triple", "p"], []),
        ('"good behaviour game" pupils', ["[good behaviour game]", "pupils"], []),
        ("“for life”", ["[for life]"], []),
        ("‘for life’ x", ["[for life]", "x"], []),
        ("anxiety -school", ["anxiety"], ["school"]),
        ('anxiety -"secondary school"', ["anxiety"], ["[secondary school]"]),
        ("-school", [], ["school"]),
        ("anxiety – school", ["anxiety", "school"], []),
        ("well-being", ["well-being"], []),
        ("0-5 4+ NG76", ["0-5", "4+", "NG76"], []),
        ("ages 0 to 5", ["ages", "0-5"], []),
        ("parent/carer", ["parent", "carer"], []),
        ('"one quote too many', ["one", "quote", "too", "many"], []),
        ('a "b" c"', ["a", "[b]", "c"], []),
        ('""', [], []),
        ("!!! ??? *", [], []),
        ("(parents) AND children:", ["parents", "AND", "children"], []),
        ("title:x^2~", ["title", "x", "2"], []),
        ("--x", [], ["x"]),
        ("- x", ["x"], []),
    ],
)
def test_a_search_is_taken_apart(text: str, asked: list[str], without: list[str]) -> None:
    assert taken_apart(text) == (asked, without)


@given(st.text())
def test_nothing_typed_is_wrong(text: str) -> None:
    query = parse(text)
    assert all(each.words and each.typed for each in (*query.asked, *query.without))


def test_a_very_long_search_is_read_to_a_limit() -> None:
    assert len(parse("word " * 10_000).asked) == MOST_WORDS
    assert len(parse("x" * (LONGEST * 5)).asked) == 1
    assert len(parse('"' + "word " * 300 + '"').asked[0].words) == MOST_WORDS
