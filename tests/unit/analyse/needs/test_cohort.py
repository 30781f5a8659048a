import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.needs import Known, Step, cohort
from wherewithal.errors import BadInput

CHILDREN = Known("children aged 3 and 4", 5200, source="ONS, mid-2024")
STEPS = [
    Step("with conduct problems", 0.05, 0.04, 0.065, source="a survey"),
    Step("whose parents take part", 0.30, 0.20, 0.45, source="our pilot"),
    Step("who complete", 0.73, source="a roll-out"),
]


def test_people_are_multiplied_step_by_step():
    found = cohort(CHILDREN, STEPS)
    assert [round(stage.value, 2) for stage in found.stages] == [5200, 260, 78, 56.94]
    need = found.stages[1]
    assert (need.low, need.high) == (pytest.approx(208, rel=0.01), pytest.approx(338, rel=0.01))
    assert found.last.low < 56.94 < found.last.high
    assert found.least_sure == "whose parents take part"
    assert found.cautions == ("Taken as certain, because no range was given: who complete.",)
    assert found.statement.startswith("Of 5,200 children aged 3 and 4: about 260 (")
    assert json.loads(json.dumps(found.as_dict()))["stages"][3]["name"] == "who complete"


def test_the_range_of_two_steps_is_that_of_their_product():
    # Two steps of 0.5 ± 10% (95%): the product's relative error is √2 times 10%.
    steps = [Step(name, 0.5, 0.45, 0.55, source="x") for name in ("first", "second")]
    last = cohort(Known("people", 10_000, source="x"), steps, draws=200_000).last
    assert (last.high - last.low) / 2 / 2500 == pytest.approx(0.1414, rel=0.02)


def test_chance_widens_a_small_year():
    last = cohort(Known("people", 100, source="x"), [Step("in need", 0.04, source="x")]).last
    assert (last.low, last.high) == (4, 4)
    # Poisson with mean 4: the middle 95% runs from 1 to 8.
    assert (last.year_low, last.year_high) == (1, 8)
    none = cohort(Known("people", 20, source="x"), [Step("in need", 0.04, source="x")])
    assert "A year without anybody is possible." in none.cautions


def test_families_are_children_divided():
    found = cohort(CHILDREN, [Step("children to a family", 1.3, 1.2, 1.4, source="x", divide=True)])
    assert found.last.value == pytest.approx(4000)
    assert found.last.low == pytest.approx(5200 / 1.4, rel=0.01)


def test_the_same_seed_gives_the_same_ranges_and_missing_sources_are_said():
    assert cohort(CHILDREN, STEPS) == cohort(CHILDREN, STEPS)
    assert cohort(CHILDREN, STEPS).last.low != cohort(CHILDREN, STEPS, seed=2).last.low
    assert "Without a source: some." in cohort(CHILDREN, [Step("some", 0.5, 0.4, 0.6)]).cautions


@given(st.floats(0.001, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_share_never_adds_people(value, below, above):
    step = Step("some", value, value * (1 - below), value + (1 - value) * above, source="x")
    found = cohort(CHILDREN, [step], draws=500)
    assert 0 <= found.last.low <= found.last.value <= found.last.high <= 5200


def test_everything_wrong_is_named_at_once():
    steps = [
        Step("as a percentage", 5),
        Step("half", 0.5, low=0.4),
        Step("outside", 0.5, 0.6, 0.7),
        Step("families", 0.5, divide=True),
    ]
    with pytest.raises(BadInput) as caught:
        cohort(Known("people", -1), steps)
    assert [problem.where for problem in caught.value.problems] == [
        "people",
        "as a percentage",
        "half",
        "outside",
        "families",
    ]
    with pytest.raises(BadInput, match="at least one"):
        cohort(CHILDREN, [])
