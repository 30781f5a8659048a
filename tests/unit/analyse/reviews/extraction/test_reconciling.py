from __future__ import annotations

from hypothesis import given as always
from hypothesis import strategies as st

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.reconciling import (
    Said,
    State,
    agreement_of,
    differences,
    same_given,
    standing_of,
)


def test_one_person() -> None:
    assert standing_of([]).state is State.EMPTY
    assert standing_of([Said(1, "a")]).state is State.AGREED
    changed = standing_of([Said(1, "a"), Said(1, "b")])
    assert (changed.state, changed.holding) == (State.AGREED, 1)


def test_two_people() -> None:
    assert standing_of([Said(1, "a")], needed=2).state is State.WAITING
    assert standing_of([Said(1, "a"), Said(2, "a")], needed=2).state is State.AGREED
    differ = [Said(1, "a"), Said(2, "b")]
    assert standing_of(differ, needed=2).state is State.DIFFER
    settled = standing_of([*differ, Said(2, "a", settles=True)], needed=2)
    assert (settled.state, settled.holding, settled.people) == (State.SETTLED, 2, 2)
    reopened = [*differ, Said(2, "a", settles=True), Said(1, "c")]
    assert standing_of(reopened, needed=2).state is State.DIFFER
    assert standing_of([*reopened[:3], Said(1, "a")], needed=2).state is State.SETTLED


def test_differences_field_by_field() -> None:
    first = Given("means", {"n1": 30, "m1": 12.3, "sd1": 4})
    second = Given("means", {"n1": 30, "m1": 13.2}, {"clusters": "adjusted"})
    assert [(each.what, each.first, each.second) for each in differences(first, second)] == [
        ("Mean, arm 1", "12.3", "13.2"),
        ("Standard deviation, arm 1", "4", "not given"),
        (
            "Were classes, groups or places allocated rather than people?",
            "No, people were",
            "Yes, and the paper allowed for it",
        ),
    ]
    other = Given("means-se", {"n1": 30, "m1": 12.3, "se1": 4})
    assert differences(first, other)[0].what == "Form of the result"
    assert differences(first, first) == []
    usual = Given("means", first.numbers, {"clusters": "no"}, words="a note")
    assert same_given(first) == same_given(usual)


def test_agreement_before_anything_was_settled() -> None:
    found = agreement_of(
        [
            [Said(1, "a"), Said(2, "a")],
            [Said(1, "a"), Said(2, "b"), Said(1, "b", settles=True)],
            [Said(1, "a")],
        ]
    )
    assert (found.compared, found.same) == (2, 1)
    assert found.words == "Two people took the same from the paper in 1 of 2 cases (50%)."
    assert "yet" in agreement_of([]).words


sayings = st.lists(st.builds(Said, st.integers(1, 3), st.sampled_from("ab"), st.booleans()), max_size=8)


@always(sayings, st.integers(1, 2))
def test_what_holds_was_said_and_settling_always_settles(said: list[Said], needed: int) -> None:
    found = standing_of(said, needed=needed)
    assert found.state.holds == (found.holding >= 0)
    after = standing_of([*said, Said(9, "z", settles=True)], needed=needed)
    assert (after.state, after.holding) == (State.SETTLED, len(said))
