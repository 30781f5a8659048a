from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.analyse.reviews.synthesis.regression import subgroups
from wherewithal.analyse.reviews.transferability.only_those import only_those
from wherewithal.analyse.reviews.transferability.resemblance import Area, Value, resemblance, summary
from wherewithal.errors import BadInput

AREA = Area(
    "Westmere",
    {
        "country": ["England", "United Kingdom", "Wales"],
        "age": (3, 6),
        "need": ["those with signs of a problem (indicated)"],
        "setting": ["family hub or community"],
        "year": 2010,
    },
)
LIKE: dict[str, Value] = {
    "country": "united kingdom",
    "age": (2.0, 5.0),
    "need": "those with signs of a problem (indicated)",
    "setting": "clinic or hospital",
    "year": 2015,
}


def test_a_study_that_resembles_the_area() -> None:
    found = resemblance("Hutchings 2007", LIKE, AREA)
    assert found.resembles is True
    assert {each.characteristic.key: each.alike for each in found.facts} == {
        "country": True, "age": True, "need": True, "setting": False, "year": True,
    }  # fmt: skip
    assert found.words == "Resembles it."


def test_one_thing_unlike_is_enough_and_what_is_not_reported_is_neither() -> None:
    away = resemblance("Webster 1997", LIKE | {"country": "USA"}, AREA)
    assert (away.resembles, away.words) == (False, "Does not resemble it: other country.")
    silent = resemblance("Silent 2001", LIKE | {"age": None}, AREA)
    assert (silent.resembles, silent.words) == (None, "Nobody can tell: age of the children not reported.")
    assert next(each.reported for each in silent.facts if each.characteristic.key == "age") == "Not reported"
    assert resemblance("Both", LIKE | {"age": None, "country": "USA"}, AREA).resembles is False
    every = [away, silent, resemblance("A", LIKE, AREA)]
    assert summary(every, AREA) == "1 of 3 studies resembles Westmere; of 1 nobody can tell."


def test_the_rule_is_printed_and_a_person_chooses_what_decides() -> None:
    assert "country, age of the children and level of need are all reported and alike" in AREA.rule
    only = Area("Westmere", AREA.alike, deciding=("setting",))
    assert resemblance("A", LIKE, only).resembles is False


@pytest.mark.parametrize(
    ("age", "alike"), [((4, 8), True), ((5, 9), False), ((3, 3), True), ((7, 9), False), ((0, 18), True)]
)
def test_ages_overlap_by_half_of_the_shorter_range(age: tuple[float, float], alike: bool) -> None:
    found = resemblance("A", LIKE | {"age": age}, AREA)
    assert next(each.alike for each in found.facts if each.characteristic.key == "age") is alike


def test_what_is_not_clear_is_refused() -> None:
    with pytest.raises(BadInput, match="nothing that is compared"):
        Area("W", {"weather": ["wet"], "country": ["England"]})
    with pytest.raises(BadInput, match="from and to"):
        Area("W", {"age": ["3 to 6"]})
    with pytest.raises(BadInput, match="at least one thing"):
        Area("W", {"setting": ["school"]})
    with pytest.raises(BadInput, match="a list of values"):
        Area("W", {"country": "England"})
    with pytest.raises(BadInput, match="from and to"):
        resemblance("A", LIKE | {"age": "3-6"}, AREA)


EFFECTS = [0.5, 0.4, 0.6, 0.1, 0.0, 0.2, 0.3]
VARIANCES = [0.02, 0.03, 0.02, 0.02, 0.04, 0.02, 0.03]
ALIKE = [False, False, False, True, True, True, None]


def test_only_those_that_resemble_the_area() -> None:
    found = only_those(EFFECTS, VARIANCES, ALIKE)
    assert found.everything.pooled == pool(EFFECTS, VARIANCES)
    assert found.alike is not None
    assert found.alike.pooled == pool(EFFECTS[3:6], VARIANCES[3:6])
    assert found.unknown == 1
    assert found.difference is not None
    assert found.difference < 0
    assert "differs from the others by -0.3" in found.words
    assert len(found.notes) == 2


def test_the_difference_is_the_subgroup_test() -> None:
    """Q between two subgroups is the square of the difference over its error: Borenstein (2009), chapter 19."""
    found = only_those(EFFECTS[:6], VARIANCES[:6], ALIKE[:6])
    groups = subgroups(EFFECTS[:6], VARIANCES[:6], [str(each) for each in ALIKE[:6]])
    assert found.difference_p == pytest.approx(groups.difference_p)


def test_a_single_study_that_resembles_it_stands_with_its_own_interval() -> None:
    found = only_those([0.5, 0.4, 0.1], [0.02, 0.03, 0.04], [False, False, True])
    assert found.alike is not None
    assert (found.alike.k, found.alike.pooled, found.alike.estimate) == (1, None, 0.1)
    assert found.alike.ci == pytest.approx((0.1 - 1.96 * 0.2, 0.1 + 1.96 * 0.2), abs=1e-3)


def test_no_study_that_resembles_it() -> None:
    found = only_those([0.5, 0.4], [0.02, 0.03], [False, None])
    assert found.alike is None
    assert found.difference is None
    assert found.words.startswith("No study resembles")
    with pytest.raises(BadInput, match="answers about resemblance"):
        only_those([0.5, 0.4], [0.02, 0.03], [False])


@given(st.permutations(range(7)))
def test_the_order_of_studies_does_not_matter(order: list[int]) -> None:
    found = only_those([EFFECTS[i] for i in order], [VARIANCES[i] for i in order], [ALIKE[i] for i in order])
    assert found.difference == pytest.approx(only_those(EFFECTS, VARIANCES, ALIKE).difference, abs=1e-6)
