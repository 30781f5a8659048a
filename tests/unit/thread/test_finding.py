from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.thread.threads import DECEMBER, JANUARY, rating
from wherewithal.thread import Finding, Input, Interval, Lane, Method, Source, fingerprint_of


def test_the_same_run_twice_is_the_same_finding() -> None:
    assert rating("4+").fingerprint == rating("4+", on=DECEMBER).fingerprint


def test_other_inputs_or_another_version_of_the_method_make_another_finding() -> None:
    assert rating("4+").fingerprint != rating("3").fingerprint
    assert rating("4+").fingerprint != rating("4+", version="2").fingerprint


def test_the_order_of_inputs_does_not_matter() -> None:
    one = rating("4+")
    inputs = (Input("a", "1"), Input("b", "2"))
    assert (
        dataclasses.replace(one, inputs=inputs).fingerprint
        == dataclasses.replace(one, inputs=inputs[::-1]).fingerprint
    )


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        rating("4+").title = "something else"  # type: ignore[misc]


@pytest.mark.parametrize("missing", ["subject", "title", "statement"])
def test_a_finding_says_what_it_is_about(missing: str) -> None:
    with pytest.raises(ValueError, match="subject, a title and a statement"):
        dataclasses.replace(rating("4+"), **{missing: ""})


def test_a_finding_has_inputs_and_a_judgement_has_a_name() -> None:
    with pytest.raises(ValueError, match="at least one input"):
        dataclasses.replace(rating("4+"), inputs=())
    with pytest.raises(ValueError, match="name of the person"):
        dataclasses.replace(rating("4+"), lane=Lane.JUDGEMENT)


def test_an_interval_runs_from_low_to_high() -> None:
    with pytest.raises(ValueError, match="low to high"):
        Interval(2.0, 1.0, "95% interval")


words = st.text(min_size=1, max_size=20)


@given(
    lane=st.sampled_from([lane for lane in Lane if lane is not Lane.JUDGEMENT]),
    title=words,
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    facts=st.dictionaries(words, words, max_size=4),
    cautions=st.lists(words, max_size=3),
    look_again=st.none() | st.dates(),
    found_on=st.dates(),
)
def test_what_is_stored_comes_back_whole(
    lane, title, value, facts, cautions, look_again, found_on: date
) -> None:
    finding = Finding(
        lane=lane,
        subject="s",
        title=title,
        statement="It is so.",
        method=Method("m", "1"),
        inputs=(Input("i", fingerprint_of("i")),),
        sources=(Source("k", "A source", "https://example.org", "2026", "OGL"),),
        found_on=found_on,
        look_again=look_again,
        value=value,
        interval=Interval(1.0, 2.0, "95% interval"),
        facts=facts,
        cautions=tuple(cautions),
    )
    back = Finding.from_dict(finding.as_dict())
    assert back == finding
    assert list(back.facts) == list(facts)
    assert back.fingerprint == finding.fingerprint


def test_fingerprints_do_not_depend_on_the_order_of_keys() -> None:
    assert fingerprint_of({"a": 1, "b": JANUARY}) == fingerprint_of({"b": JANUARY, "a": 1})
