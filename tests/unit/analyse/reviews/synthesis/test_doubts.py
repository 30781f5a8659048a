"""Slips of extraction that can be seen in the numbers: said, never corrected, and seldom said without cause."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.doubts import doubts_about_directions, doubts_about_groups

SCALE = ["SDQ"] * 6
NAMES = ["Ash", "Birch", "Cole", "Dove", "Elm", "Fir"]


def groups(**changes: tuple[int, float]) -> dict[str, list[float]]:
    columns = {
        "m1i": [12.0, 11.5, 13.0, 12.4, 11.0, 12.2],
        "sd1i": [5.8, 6.1, 5.5, 6.0, 6.4, 5.9],
        "n1i": [40.0, 60.0, 35.0, 80.0, 50.0, 64.0],
        "m2i": [14.0, 13.1, 14.8, 13.0, 13.6, 14.1],
        "sd2i": [6.0, 5.9, 5.7, 6.2, 6.1, 6.0],
        "n2i": [40.0, 58.0, 36.0, 82.0, 50.0, 64.0],
    }
    for name, (place, value) in changes.items():
        columns[name][place] = value
    return columns


def test_good_numbers_raise_no_doubt() -> None:
    assert doubts_about_groups(groups(), scale=SCALE, labels=NAMES) == ()


def test_a_standard_error_for_a_standard_deviation() -> None:
    found = doubts_about_groups(groups(sd1i=(3, 0.67), sd2i=(3, 0.69)), scale=SCALE, labels=NAMES)
    assert {(doubt.where, doubt.kind) for doubt in found} == {("Dove", "spread")}
    assert "times the root of 80 people it is 5.99: it looks like a standard error" in str(found[0])


def test_an_impossible_difference_is_doubted_without_a_scale() -> None:
    (found,) = doubts_about_groups(groups(sd1i=(5, 0.5), sd2i=(5, 0.5)), labels=NAMES)
    assert (found.where, found.kind) == ("Fir", "size")
    assert "3.8 standard deviations apart" in found.words


def test_another_unit_is_named_with_its_factor() -> None:
    changes = {"m1i": (1, 115.0), "sd1i": (1, 61.0), "m2i": (1, 131.0), "sd2i": (1, 59.0)}
    found = doubts_about_groups(groups(**changes), scale=SCALE, labels=NAMES)
    assert [doubt.kind for doubt in found] == ["unit"]
    assert "about 10 times larger" in found[0].words


def test_the_others_may_be_the_standard_errors() -> None:
    columns = {
        name: [v / 50**0.5 if name.startswith("sd") else v for v in vs] for name, vs in groups().items()
    }
    columns["sd1i"][2] = 5.5
    found = [d for d in doubts_about_groups(columns, scale=SCALE, labels=NAMES) if d.kind == "spread"]
    assert found[0].where == "Cole"
    assert "are theirs standard errors?" in found[0].words


def test_scales_are_compared_apart_and_few_studies_not_at_all() -> None:
    columns = groups(sd1i=(0, 0.9), sd2i=(0, 0.95))
    assert [d.kind for d in doubts_about_groups(columns, scale=["PSI", *SCALE[1:]])] == []
    assert doubts_about_groups({"ai": [1, 2]}) == ()
    assert doubts_about_groups({"sd1i": [1.0], "n1i": [5.0]}, scale=["x"]) == ()


def test_a_direction_turned_round() -> None:
    y, v = [0.5, 0.45, 0.6, 0.4, -0.55, 0.5, 0.52], [0.02] * 7
    (found,) = doubts_about_directions(y, v, labels=list("abcdefg"))
    assert (found.where, found.kind) == ("e", "direction")
    assert "would fit them with its sign turned" in str(found)
    assert doubts_about_directions(y[:4], v[:4]) == ()


@pytest.mark.shared
def test_published_studies_are_seldom_doubted(shared: Path) -> None:
    """25 sets, 742 effects, none known to be turned: at most three in a thousand are doubted."""
    kept = ref.read(shared)
    said, effects = 0, 0
    for name in kept["uni"]:
        y, v = ref.effects(kept, name)
        said += len(doubts_about_directions(y, v))
        effects += y.size
    assert effects > 700
    assert said <= 2


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0.01, 1)), min_size=5, max_size=9))
@settings(max_examples=40, deadline=None)
def test_turning_all_signs_turns_no_doubt(studies) -> None:
    y, v = (np.array(x) for x in zip(*studies, strict=True))
    assert [d.where for d in doubts_about_directions(y, v)] == [
        d.where for d in doubts_about_directions(-y, v)
    ]
