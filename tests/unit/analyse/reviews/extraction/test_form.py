from __future__ import annotations

import pytest
from hypothesis import given as always
from hypothesis import strategies as st

from wherewithal.analyse.reviews.extraction.form import (
    NOT_REPORTED,
    Form,
    Question,
    Section,
    as_lines,
    changes_of,
    default_form,
    from_lines,
)
from wherewithal.analyse.reviews.extraction.plan import Plan, plan_changes
from wherewithal.analyse.reviews.extraction.study import Instrument, Outcome
from wherewithal.errors import BadInput


def test_the_default_form_asks_what_a_commissioner_needs() -> None:
    form = default_form()
    keys = {question.key for question in form.questions}
    assert {
        "population",
        "age",
        "need",
        "country",
        "setting",
        "delivery",
        "workforce",
        "dose",
        "fidelity",
    } <= keys
    assert {"attrition", "funding", "conflicts"} <= keys
    tidier = [question.help for question in form.questions if question.help.startswith("TIDieR")]
    assert [int(help.split(".")[0].split()[1]) for help in tidier] == list(range(1, 13))
    assert Form.from_dict(form.as_dict()) == form


def test_a_form_as_lines_and_back_keeps_every_key() -> None:
    form = default_form()
    assert from_lines(as_lines(form), form) == form


def test_lines_become_questions() -> None:
    form = from_lines(
        "# Who\nAge of the children | number | In years\nCountry\n\n# How\nSetting | choice: home; school\n"
    )
    assert [section.name for section in form.sections] == ["Who", "How"]
    assert form.questions[0] == Question("age-of-the-children", "Age of the children", "number", "In years")
    assert form.questions[2].answers == ("home", "school", NOT_REPORTED)


@pytest.mark.parametrize(
    ("text", "where", "do"),
    [
        ("# A\nAge | numbre", "line 2", "no kind of question"),
        ("# A\nAge | choice: one", "line 2", "two different answers"),
        ("# A\nAge | text: one; two", "line 2", "choices belong"),
        ("# A\nAge\nage", "line 3", "twice"),
        ("# A\n | text", "line 2", "needs words"),
    ],
)
def test_lines_that_are_no_questions_are_named(text: str, where: str, do: str) -> None:
    with pytest.raises(BadInput) as caught:
        from_lines(text)
    assert caught.value.problems[0].where == where
    assert do in caught.value.problems[0].do


def test_an_empty_form_is_refused() -> None:
    with pytest.raises(BadInput, match="no question"):
        from_lines("# A\n\n")


def test_answers_are_read_by_kind() -> None:
    number = Question("n", "How many", "number")
    assert number.read(" 1,234.50 ") == "1234.5"
    assert number.read("Not  reported") == NOT_REPORTED
    assert number.read("  ") == ""
    for wrong in ("12 of 13", "inf", "nan"):
        with pytest.raises(BadInput):
            number.read(wrong)
    choice = Question("c", "Setting", "choice", choices=("home", "school"))
    assert choice.read("Home") == "home"
    with pytest.raises(BadInput) as caught:
        choice.read("moon")
    assert caught.value.problems[0].expected == "home; school; not reported"
    assert Question("d", "When", "date").read("2026-11-25") == "2026-11-25"
    with pytest.raises(BadInput):
        Question("d", "When", "date").read("25/11/26")
    assert Question("t", "What").read(" two\n lines ") == "two\n lines"
    with pytest.raises(BadInput):
        Question("t", "What").read("x" * 5_001)


def test_changes_of_a_form_are_said_and_lose_no_key() -> None:
    old = Form((Section("A", (Question("a", "Age"), Question("b", "Country"))),))
    new = Form((Section("A", (Question("b", "Country", help="Where"), Question("c", "Setting"))),))
    assert changes_of(old, new) == [
        "asks anew: Setting",
        "no longer asks: Age (answers are kept)",
        "asks differently: Country",
    ]
    turned = Form((Section("A", tuple(reversed(old.questions))),))
    assert changes_of(old, turned) == ["asks in another order"]
    assert changes_of(old, old) == []


def test_a_plan_is_kept_and_compared() -> None:
    outcome = Outcome("behaviour", "Behaviour problems")
    plan = Plan(2, outcomes=(outcome,), instruments=(Instrument("ecbi", "behaviour", "ECBI"),))
    assert Plan.from_dict(plan.as_dict()) == plan
    assert plan_changes(Plan(), plan) == [
        "two people extract",
        "new outcome: Behaviour problems",
        "new measure: ECBI",
    ]
    assert plan.instruments_of("behaviour") == plan.instruments
    with pytest.raises(BadInput) as caught:
        Plan(1, instruments=(Instrument("ecbi", "behaviour", "ECBI"),))
    assert caught.value.problems[0].expected == "one of the outcomes"
    with pytest.raises(BadInput, match="One or two"):
        Plan(3)
    with pytest.raises(BadInput, match="cannot be kept"):
        Plan(outcomes=(outcome, outcome))


words = st.text(st.characters(categories=("L", "N"), max_codepoint=0x2FF), min_size=1, max_size=20)


@always(st.lists(words, min_size=1, max_size=8, unique_by=lambda word: word.casefold()))
def test_any_questions_survive_being_edited_as_lines(questions: list[str]) -> None:
    form = Form((Section("S", tuple(Question(f"k{n}", word) for n, word in enumerate(questions))),))
    assert from_lines(as_lines(form), form) == form
