from __future__ import annotations

import pytest

from wherewithal.thread.sections import SECTIONS, section
from wherewithal.thread.stages import NEEDS, Stage, stages_of


def test_an_empty_case_lacks_everything_and_may_still_be_entered_anywhere() -> None:
    stages = stages_of(set())
    assert [state.stage for state in stages] == list(Stage)
    assert all(state.share == 0 and state.missing for state in stages)


def test_a_stage_says_how_much_is_in_place_and_what_comes_next() -> None:
    analyse = stages_of({"question", "research"})[0]
    assert analyse.share == pytest.approx(2 / 6)
    assert analyse.words == "2 of 6 in place · local figures missing"


def test_a_complete_stage_just_counts() -> None:
    review = stages_of({need.key for need in NEEDS[Stage.REVIEW]})[3]
    assert (review.share, review.words) == (1.0, "3 of 3 in place")


def test_a_key_that_no_stage_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no stage knows reserch"):
        stages_of({"reserch"})


def test_needs_have_keys_of_their_own() -> None:
    keys = [need.key for needs in NEEDS.values() for need in needs]
    assert len(keys) == len(set(keys))


def test_sections_cover_the_five_cases() -> None:
    assert {s.five_case for s in SECTIONS} == {
        "strategic",
        "economic",
        "commercial",
        "financial",
        "management",
    }
    assert section("what-works").title == "What works"
    with pytest.raises(KeyError, match="why-here"):
        section("nowhere")
