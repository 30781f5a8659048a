from __future__ import annotations

from dataclasses import replace

import pytest

from tests.integration.analyse.reviews.conftest import PLAN
from wherewithal.analyse.reviews.extraction.form import from_lines
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.reconciling import State
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Answer, ExtractionPlan, Record, Result, StudyReport
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

MEANS = Given("means", {"n1": 58, "m1": 118.2, "sd1": 31.4, "n2": 55, "m2": 134.9, "sd2": 30.1})
OTHER = Given("means", {**MEANS.numbers, "m1": 119.2})
TABLE = Place("Table 2, p 5", "ECBI intensity 118.2 (31.4) 134.9 (30.1)")


def give(by, comparison, given=MEANS, place=TABLE, **more) -> Result:
    return actions.give_result(by=by, comparison=comparison, given=given, place=place, **more)


@pytest.fixture
def two(people, study):
    """Two people extract."""
    actions.write_plan(by=people.commissioner, case=study.case, plan=replace(PLAN, people=2))


def line(study, comparison, user) -> queries.Line:
    return queries.line_for(study, comparison.number, user)


def test_the_plan_keeps_versions_and_loses_nothing(people, case, study, comparison) -> None:
    actions.answer_questions(by=people.commissioner, study=study, answers={"age": ("3 to 8", Place("2"))})
    form = from_lines("# Who\nCountry\nHow many?|number")
    actions.write_plan(by=people.colleague, case=case, plan=replace(PLAN, form=form), why="Shorter")
    assert [row.value for row in queries.answers_left(study, queries.plan_of(case))] == ["3 to 8"]
    versions = queries.plan_versions(case)
    assert [each.row.number for each in versions] == [2, 1]
    assert "no longer asks: Age of the children (answers are kept)" in versions[0].changes
    actions.write_plan(by=people.commissioner, case=case, plan=PLAN)
    assert queries.fields_of(study, PLAN, people.commissioner)["age"].held.value == "3 to 8"
    assert actions.write_plan(by=people.commissioner, case=case, plan=PLAN).number == 3
    with pytest.raises(BadInput) as caught:
        actions.write_plan(
            by=people.commissioner, case=case, plan=replace(PLAN, instruments=PLAN.instruments[1:])
        )
    assert caught.value.problems[0].where == "ECBI intensity"
    assert ExtractionPlan.objects.count() == 3


def test_one_person_answers_and_changes_their_mind(people, study) -> None:
    answers = {"age": ("3 to 8", Place("2", "aged 3 to 8")), "funding": ("not reported", Place())}
    assert len(actions.answer_questions(by=people.commissioner, study=study, answers=answers)) == 2
    assert actions.answer_questions(by=people.commissioner, study=study, answers=answers) == []
    actions.answer_questions(by=people.commissioner, study=study, answers={"age": ("3 to 9", Place("2"))})
    field = queries.fields_of(study, PLAN, people.viewer)["age"]
    assert (field.standing.state, field.held.value) == (State.AGREED, "3 to 9")
    # A colleague sees it, so that another answer settles it.
    actions.answer_questions(by=people.colleague, study=study, answers={"age": ("2 to 9", Place())})
    field = queries.fields_of(study, PLAN, people.viewer)["age"]
    assert (field.standing.state, field.held.value) == (State.SETTLED, "2 to 9")
    assert Answer.objects.count() == 4
    # What holds is what the page shows: sent again unchanged, it is no new answer, whoever sends it.
    same = {"age": ("2 to 9", Place())}
    assert actions.answer_questions(by=people.commissioner, study=study, answers=same) == []
    actions.answer_questions(by=people.commissioner, study=study, answers={"age": ("", Place())})
    assert queries.progress_of(study.case, people.viewer)[0].answered == 1


def test_an_answer_given_meanwhile_is_not_overwritten(people, study) -> None:
    actions.answer_questions(by=people.commissioner, study=study, answers={"age": ("3", Place())}, seen=0)
    actions.answer_questions(by=people.colleague, study=study, answers={"age": ("4", Place())}, seen=0)
    assert queries.fields_of(study, PLAN, people.viewer)["age"].standing.state is State.DIFFER


def test_answers_that_cannot_be_leave_nothing_behind(people, study) -> None:
    with pytest.raises(BadInput) as caught:
        actions.answer_questions(
            by=people.commissioner,
            study=study,
            answers={"age": ("3", Place()), "setting": ("the moon", Place()), "colour": ("red", Place())},
        )
    assert [problem.where for problem in caught.value.problems] == ["Setting", "colour"]
    assert not Answer.objects.exists()


def test_two_people_do_not_see_each_other_until_both_have_answered(people, case, study, two) -> None:
    actions.answer_questions(by=people.commissioner, study=study, answers={"age": ("3 to 8", Place())})
    plan = queries.plan_of(case)
    field = queries.fields_of(study, plan, people.colleague)["age"]
    assert (field.waits, field.shown, field.held) == (True, (), None)
    assert queries.fields_of(study, plan, people.commissioner)["age"].shown[0].value == "3 to 8"
    event = Event.objects.filter(action="reviews.answer_questions").first()
    assert "3 to 8" not in f"{event.summary} {event.details}"
    actions.answer_questions(by=people.colleague, study=study, answers={"age": ("3 to 9", Place())})
    field = queries.fields_of(study, plan, people.viewer)["age"]
    assert field.standing.state is State.DIFFER
    with pytest.raises(BadInput) as caught:
        actions.answer_questions(by=people.colleague, study=study, answers={"age": ("3 to 8", Place())})
    assert "Settle it" in caught.value.problems[0].do
    with pytest.raises(BadInput, match="how it was settled"):
        actions.settle_answer(by=people.colleague, study=study, question="age", text="3 to 8", note=" ")
    actions.settle_answer(by=people.colleague, study=study, question="age", text="3 to 8", note="Table 1")
    held = queries.fields_of(study, plan, people.viewer)["age"].held
    assert (held.value, held.note) == ("3 to 8", "Table 1")
    with pytest.raises(BadInput, match="Nobody differs"):
        actions.settle_answer(by=people.colleague, study=study, question="age", text="3", note="x")
    assert queries.extraction_agreement(case).words.startswith(
        "Two people took the same from the paper in 0 of 1"
    )


def test_a_result_has_its_effect_at_once(people, study, comparison) -> None:
    made = give(people.commissioner, comparison, token="form1")
    assert give(people.commissioner, comparison, token="form1") == made
    assert give(people.commissioner, comparison) == made
    shown = line(study, comparison, people.viewer)
    assert shown.effect.value == pytest.approx(-0.5390, abs=1e-3)
    assert (shown.held, shown.doubts, shown.why_not) == (made, (), "")
    event = Event.objects.filter(action="reviews.give_result").get()
    assert event.details["given"]["numbers"]["m1"] == 118.2


def test_a_scale_that_runs_the_other_way_is_turned(people, study) -> None:
    other = actions.add_comparison(
        by=people.commissioner, study=study, instrument="strengths", arm1=1, arm2=2
    )
    give(people.commissioner, other)
    assert line(study, other, people.viewer).effect.value > 0


def test_an_effect_that_cannot_be_worked_out_is_said_and_kept(people, study, comparison) -> None:
    give(people.commissioner, comparison, Given("means", {"m1": 100, "sd1": 20}))
    shown = line(study, comparison, people.viewer)
    assert shown.effect is None
    assert "missing" in shown.why_not
    assert shown.problems[0].startswith("People, arm 1")


def test_doubts_are_answered_with_a_reason_until_the_numbers_change(people, study, comparison) -> None:
    give(people.commissioner, comparison, Given("means", {**MEANS.numbers, "m1": 18.2}))
    shown = line(study, comparison, people.viewer)
    assert {doubt.key for doubt in shown.open} == {"outside-range-m1", "very-large"}
    with pytest.raises(BadInput, match="how you know"):
        actions.keep_in_spite(by=people.colleague, comparison=comparison, warning="very-large", reason="")
    with pytest.raises(BadInput, match="Nothing doubts"):
        actions.keep_in_spite(by=people.colleague, comparison=comparison, warning="units", reason="x")
    made = actions.keep_in_spite(
        by=people.colleague, comparison=comparison, warning="very-large", reason="Looked it up"
    )
    assert [doubt.key for doubt in line(study, comparison, people.viewer).open] == ["outside-range-m1"]
    assert (
        actions.keep_in_spite(
            by=people.colleague, comparison=comparison, warning="very-large", reason="Looked it up"
        )
        == made
    )
    give(people.commissioner, comparison, Given("means", {**MEANS.numbers, "m1": 17.2}))
    assert len(line(study, comparison, people.viewer).open) == 2


def test_two_people_take_results_apart_and_settle_them(people, case, study, comparison, two) -> None:
    first = give(people.commissioner, comparison)
    hidden = line(study, comparison, people.colleague)
    assert (hidden.waits, hidden.shown, hidden.basis) == (True, (), None)
    assert queries.extracted_rows(case, people.commissioner) == []
    exported = next(room for room in rooms() if room.room == "reviews").export(case)
    assert exported["results"][0]["given"] == queries.HIDDEN
    assert "118.2" not in str(Event.objects.filter(action="reviews.give_result").get().details)
    give(people.colleague, comparison, OTHER)
    assert line(study, comparison, people.viewer).standing.state is State.DIFFER
    with pytest.raises(BadInput, match="Settle it"):
        give(people.colleague, comparison)
    with pytest.raises(BadInput, match="whose numbers"):
        actions.settle_result(by=people.colleague, comparison=comparison, note="Looked")
    actions.settle_result(by=people.colleague, comparison=comparison, chosen=first, note="Table 2 again")
    shown = line(study, comparison, people.viewer)
    assert (shown.standing.state, shown.held.note) == (State.SETTLED, "Table 2 again")
    row = queries.extracted_rows(case, people.viewer)[0]
    assert (row.by, row.how) == ("Cora Commissioner, Col League", "taken by two people and settled")


def test_two_people_who_agree(people, case, study, comparison, two) -> None:
    give(people.commissioner, comparison)
    give(people.colleague, comparison, place=Place("5"))
    shown = line(study, comparison, people.viewer)
    assert shown.standing.state is State.AGREED
    assert queries.extraction_agreement(case).same == 1
    assert give(people.colleague, comparison, place=Place("5")).page == "5"
    assert comparison.results.count() == 2
    # Either may correct it afterwards, knowing both.
    held = give(people.colleague, comparison, OTHER)
    assert line(study, comparison, people.viewer).standing.state is State.SETTLED
    assert give(people.commissioner, comparison, OTHER) == held


def test_a_result_is_taken_back_with_a_reason(people, case, study, comparison) -> None:
    with pytest.raises(BadInput, match="no result"):
        actions.withdraw_result(by=people.commissioner, comparison=comparison, why="x")
    give(people.commissioner, comparison)
    with pytest.raises(BadInput, match="Say why"):
        actions.withdraw_result(by=people.commissioner, comparison=comparison, why=" ")
    actions.withdraw_result(by=people.commissioner, comparison=comparison, why="Another study's table")
    shown = line(study, comparison, people.viewer)
    assert (shown.held, shown.withdrawn) == (None, True)
    assert queries.extracted_rows(case, people.viewer) == []
    give(people.commissioner, comparison)
    assert line(study, comparison, people.viewer).held is not None


def test_comparisons_that_cannot_be(people, study, comparison) -> None:
    by = {"by": people.commissioner, "study": study}
    again = actions.add_comparison(
        **by, instrument="ecbi", time_words="after  the programme", weeks=12, arm1=1, arm2=2
    )
    assert again == comparison
    for wrong in (
        {"instrument": "none", "arm1": 1, "arm2": 2},
        {"instrument": "ecbi", "arm1": 1, "arm2": 1},
        {"instrument": "ecbi", "arm1": None, "arm2": 1},
        {"instrument": "ecbi", "arm1": 1, "arm2": 7},
        {"instrument": "ecbi", "arm1": 1, "arm2": 2, "weeks": -1.0},
    ):
        with pytest.raises(BadInput):
            actions.add_comparison(**by, **wrong)
    assert study.comparisons.count() == 1
    with pytest.raises(BadInput, match="one group"):
        give(people.commissioner, comparison, Given("correlation", {"r": 0.3, "n1": 50}))
    with pytest.raises(BadInput, match="at least one number"):
        give(people.commissioner, comparison, Given("means", {}))


def test_a_machine_suggests_and_a_person_takes_over(people, case, study, comparison) -> None:
    row = study.records[0]
    body = {
        **row.body,
        "abstract": "We allocated 120 families. Mean difference -16.7 (95% CI -28.2 to -5.2).",
    }
    newer = Record.objects.create(
        file=row.file, number=99, key=row.key, title=row.title, citation=row.citation, year=2006, body=body
    )
    StudyReport.objects.create(study=study, record=newer, placed_by=people.commissioner)
    made = actions.find_numbers(by=people.commissioner, study=study)
    assert [each.kind for each in made] == ["people", "difference"]
    assert actions.find_numbers(by=people.commissioner, study=study) == []
    assert len(queries.suggestions_of(study)) == 2
    found = made[1]
    given = Given(found.numbers["form"], {**found.numbers["numbers"], "n1": 58, "n2": 55})
    result = give(
        people.commissioner, comparison, given, Place("abstract", found.quotation), suggestion=found
    )
    assert result.suggestion == found
    assert [each.kind for each in queries.suggestions_of(study)] == ["people"]


def test_how_far_every_study_is(people, case, study, comparison) -> None:
    give(people.commissioner, comparison)
    actions.answer_questions(by=people.commissioner, study=study, answers={"age": ("3", Place())})
    first, second = queries.progress_of(case, people.viewer)
    assert (first.answered, first.results, first.missing) == (1, 1, ("exclusion from school",))
    assert second.missing == ("its arms", "behaviour problems", "exclusion from school")


@pytest.mark.parametrize("who", ["viewer", "approver", "outsider", "parent"])
def test_only_contributors_take_anything(people, case, study, comparison, who) -> None:
    by = getattr(people, who)
    for refused in (
        lambda: actions.write_plan(by=by, case=case, plan=PLAN),
        lambda: actions.answer_questions(by=by, study=study, answers={}),
        lambda: actions.add_comparison(by=by, study=study, instrument="ecbi", arm1=1, arm2=2),
        lambda: give(by, comparison),
        lambda: actions.withdraw_result(by=by, comparison=comparison, why="x"),
        lambda: actions.keep_in_spite(by=by, comparison=comparison, warning="x", reason="x"),
        lambda: actions.find_numbers(by=by, study=study),
        lambda: actions.settle_answer(by=by, study=study, question="age", text="3", note="x"),
        lambda: actions.settle_result(by=by, comparison=comparison, note="x"),
    ):
        with pytest.raises(Refused):
            refused()
