from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wherewithal.analyse.reviews.protocol import Protocol, asks_of, changes
from wherewithal.analyse.reviews.protocol_routes import ROUTES, route
from wherewithal.analyse.reviews.screening.findings import SearchFile
from wherewithal.errors import BadInput, NothingThere

MADE = Protocol(
    population="Parents of children aged 3 to 8",
    intervention="Group parenting programmes",
    outcome="Behaviour",
    keep=("A comparison group",),
    leave_out={"population": "Children over 11"},
    second_share=20,
)
SEARCH = SearchFile("a.ris", "0" * 64, 3, "PubMed", "parenting", date(2026, 11, 1))


def test_its_words_are_those_that_stand_out() -> None:
    assert MADE.question.startswith("Parents of children aged 3 to 8 Group parenting")
    assert {"parents", "parenting", "behaviour", "comparison"} <= MADE.words
    assert not {"of", "aged", "to", "a"} & MADE.words


def test_it_goes_into_plain_types_and_back() -> None:
    assert Protocol.from_dict(MADE.as_dict()) == MADE
    assert Protocol.from_dict({**MADE.as_dict(), "from a later version": 1}) == MADE


def test_a_reason_means_what_the_protocol_says_and_else_what_it_says_in_general() -> None:
    assert MADE.reason_hint("population") == "Children over 11"
    assert "opinion" in MADE.reason_hint("design")


def test_each_route_says_what_it_asks_for_and_what_is_missing() -> None:
    met = {ask.key: there for ask, there in asks_of(MADE, [SEARCH])}
    assert met == {"question": True, "rules": True, "search": True, "dated": True, "second some": True}
    lacking = {ask.key: there for ask, there in asks_of(replace(MADE, route="standard"), [SEARCH])}
    assert not any(lacking[key] for key in ("whole question", "two databases", "second all"))
    earlier = replace(SEARCH, database="Earlier review")
    assert {a.key: t for a, t in asks_of(replace(MADE, route="update"), [earlier])}["earlier"]
    assert all(not there for _ask, there in asks_of(Protocol(), []))
    assert [each.key for each in ROUTES] == ["rapid", "standard", "update"]
    with pytest.raises(NothingThere, match="rapid, standard, update"):
        route("quick")


def test_what_changed_is_said_in_words() -> None:
    newer = replace(
        MADE,
        route="standard",
        population="Parents of children aged 2 to 8",
        outcome="",
        context="England",
        keep=("A control group",),
        leave_out={"population": "Children over 12"},
        second_share=100,
        target=0.9,
        seed=7,
    )
    assert changes(MADE, newer) == [
        "Route: was “Rapid”, now “Standard”",
        "Population: was “Parents of children aged 3 to 8”, now “Parents of children aged 2 to 8”",
        "Outcome: no longer “Behaviour”",
        "Context: now “England”",
        "Kept no longer if: A comparison group",
        "Kept if: A control group",
        "Wrong population: was “Children over 11”, now “Children over 12”",
        "Records that two people decide about: was “20%”, now “100%”",
        "To be found: was “95%”, now “90%”",
        "Seed: was “0”, now “7”",
    ]
    assert changes(MADE, MADE) == []


@pytest.mark.parametrize(
    ("field", "value"), [("second_share", 101), ("target", 1.0), ("confidence", 0.2), ("looks", 0)]
)
def test_what_cannot_be_is_refused(field: str, value: float) -> None:
    with pytest.raises(BadInput, match="cannot be"):
        Protocol(**{field: value})


def test_unknown_routes_and_reasons_are_refused() -> None:
    with pytest.raises(NothingThere):
        Protocol(route="quick")
    with pytest.raises(NothingThere):
        Protocol(leave_out={"colour": "blue"})
