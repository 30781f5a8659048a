from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.records import HEADINGS, propose


def test_known_headings_in_any_case() -> None:
    found = propose(["ARTICLE TITLE", " Author(s) ", "Site"])
    assert found.columns == {"title": "ARTICLE TITLE", "authors": " Author(s) "}
    assert found.unknown == ("Site",)
    assert found.missing == ("year", "abstract", "doi")
    assert found.can_be_read


def test_guesses_by_words_and_by_what_the_cells_look_like() -> None:
    rows = [["Sleep in schools", "A. Zorn", "2011", "10.5555/made.1"], ["Costs", "B. Able", "2019", ""]]
    found = propose(["Name of paper", "Written by", "When", "Identifier"], rows)
    assert found.columns == {}
    assert not found.can_be_read
    assert found.guesses == {
        "doi": "Identifier",
        "year": "When",
        "authors": "Written by",
        "title": "Name of paper",
    }
    # Said by a person, and kept as data for the next file.
    kept = json.loads(json.dumps(dict(found.guesses)))
    again = propose(["When", "Name of Paper", "Written by", "Identifier"], columns=kept)
    assert again.columns == {
        "title": "Name of Paper",
        "doi": "Identifier",
        "year": "When",
        "authors": "Written by",
    }


def test_what_a_person_says_comes_before_what_is_known() -> None:
    found = propose(["Title", "Short title", "Date"], columns={"title": "Short title", "year": ""})
    assert found.columns == {"title": "Short title"}
    assert found.unknown == ("Title", "Date")
    assert found.guesses == {}


def test_a_heading_that_is_not_there() -> None:
    assert propose(["Title"], columns={"title": "Article name"}).columns == {"title": "Title"}
    found = propose(["Title"], columns={"abstract": "Summary"})
    assert (found.not_there, found.can_be_read) == ({"abstract": "Summary"}, False)


@given(st.lists(st.sampled_from([*sum(HEADINGS.values(), ()), "Site", "", "Name"]), max_size=12))
def test_every_heading_is_used_once_at_most(headings: list[str]) -> None:
    found = propose(headings)
    assert {*found.columns.values(), *found.unknown} >= {heading for heading in headings if heading} - {
        heading for heading in headings if headings.count(heading) > 1
    }
    assert len(set(found.columns.values())) == len(found.columns)
    assert not set(found.guesses) & set(found.columns)
    assert set(found.guesses.values()) <= set(found.unknown)
