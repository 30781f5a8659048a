from __future__ import annotations

from dataclasses import replace
from datetime import date

from wherewithal.analyse.library.example import Example, example_finding, example_subject
from wherewithal.thread import Lane

from .making import TODAY

EXAMPLE = Example(
    slug="parenting-groups-in-leeds",
    title="Parenting groups in Leeds",
    place="Leeds",
    done="Ran 12 groups in family hubs",
    told_by="Ann Bee",
    happened="Nine in ten parents finished",
    programmes=("Triple P",),
    year=2024,
    contact="early-help@leeds.example",
    link="https://leeds.example/groups",
)


def test_an_example_is_a_colleagues_judgement_and_says_whose() -> None:
    found = example_finding(EXAMPLE, today=TODAY)
    assert found.lane is Lane.JUDGEMENT
    assert found.judged_by == "Ann Bee"
    assert found.subject == example_subject(EXAMPLE.slug) == "library:example:parenting-groups-in-leeds"
    assert found.link == "/library/examples/parenting-groups-in-leeds/"
    assert found.statement == (
        "Leeds (2024): Ran 12 groups in family hubs. Programmes: Triple P. What came of it: Nine in ten parents "
        "finished."
    )
    assert found.look_again == date(2029, 11, 23)
    assert "not an evaluation" in found.cautions[0]


def test_whom_to_ask_never_leaves_the_library() -> None:
    assert EXAMPLE.contact not in str(example_finding(EXAMPLE, today=TODAY).as_dict())


def test_new_words_are_a_new_finding_and_a_new_contact_is_not() -> None:
    first = example_finding(EXAMPLE, today=TODAY)
    assert (
        example_finding(replace(EXAMPLE, contact="", link=""), today=TODAY).fingerprint == first.fingerprint
    )
    assert example_finding(replace(EXAMPLE, happened=""), today=TODAY).fingerprint != first.fingerprint


def test_what_is_not_told_and_what_is_old_is_said() -> None:
    found = example_finding(replace(EXAMPLE, happened="", year=2018), today=TODAY)
    assert found.statement.endswith("What came of it is not told.")
    assert "It was eight years ago: services change." in found.cautions
    assert found.look_again == date(2027, 11, 23)
    assert "When it was is not told." in example_finding(replace(EXAMPLE, year=None), today=TODAY).cautions
