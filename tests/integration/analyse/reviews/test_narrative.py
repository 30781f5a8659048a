"""An outcome in words: directions read from reports, what is chosen, the report, how sure, the thread, the pages."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.integration.analyse.reviews.conftest import PLAN
from wherewithal.analyse.reviews.certainty.factors import factors
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.narrative.finding import NARRATED
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import (
    CertaintyDecision,
    Comparison,
    DescribedDirection,
    NarrativeVersion,
    Record,
    Study,
)
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

PLACE = Place("7", "Behaviour improved in both groups, more so in ours.")


def means(of_programme: float, of_comparison: float) -> Given:
    numbers = {"n1": 60, "m1": of_programme, "sd1": 20, "n2": 60, "m2": of_comparison, "sd2": 20}
    return Given("means", numbers)


@pytest.fixture
def studies(people, case: Case, rows: list[Record], decide) -> list[Study]:
    """Three studies: one with a result, two that say nothing in numbers."""
    for row in rows[:3]:
        decide(row, "include")
    actions.write_plan(by=people.commissioner, case=case, plan=PLAN)
    made = actions.make_studies(by=people.commissioner, case=case)
    for study in made:
        arms = [(None, "Groups", "programme", 60), (None, "Waiting list", "comparison", 60)]
        actions.write_arms(by=people.commissioner, study=study, arms=arms)
    give(people, made[0], means(118, 130))
    return made


def give(people, study: Study, given: Given) -> Comparison:
    comparison = actions.add_comparison(
        by=people.commissioner, study=study, instrument="ecbi", weeks=12, arm1=1, arm2=2
    )
    actions.give_result(
        by=people.commissioner, comparison=comparison, given=given, place=Place("5", "Table 2")
    )
    return comparison


def now(case: Case, user) -> queries.NarrativeNow:
    return queries.narrative_of(case, user, "behaviour")


def describe(who, study: Study, direction: str = "better", **changes) -> DescribedDirection:
    given = {
        "by": who.colleague,
        "study": study,
        "outcome": "behaviour",
        "direction": direction,
        "place": PLACE,
    }
    return actions.describe_direction(**{**given, **changes})


def judged(**steps: int) -> dict[str, tuple[int, str]]:
    return {each.key: (steps.get(each.key, 0), "For a reason.") for each in factors() if each.lowers}


# --- Directions -----------------------------------------------------------------------------------------


def test_one_study_is_told_in_words_since_it_cannot_be_an_average(people, case, studies) -> None:
    told = now(case, people.viewer)
    assert told.account.in_words
    assert told.account.sentence.startswith("The one study finds behaviour problems changed for the better")
    assert [study.number for study in told.wordless] == [2, 3]
    assert told.account.gathered.silent == (studies[1].name, studies[2].name)


def test_a_direction_is_read_from_words_with_its_place(people, case, studies) -> None:
    made = describe(people, studies[1], people=40)
    told = now(case, people.viewer)
    second = told.account.gathered.pointings[1]
    assert (second.direction, second.place, second.by) == (Direction.BETTER, PLACE, people.colleague.name)
    assert told.account.people == 160
    assert describe(people, studies[1], people=40) == made
    event = Event.objects.get(action="reviews.describe_direction")
    assert event.details == {"study": 2, "outcome": "behaviour", "direction": "better", "page": "7"}
    describe(people, studies[1], "worse")
    assert now(case, people.viewer).account.gathered.pointings[1].direction is Direction.WORSE
    actions.withdraw_direction(by=people.colleague, study=studies[1], outcome="behaviour")
    assert now(case, people.viewer).account.studies == 1
    with pytest.raises(BadInput, match="no direction to take back"):
        actions.withdraw_direction(by=people.colleague, study=studies[1], outcome="behaviour")
    assert DescribedDirection.objects.count() == 3


def test_a_second_person_reads_the_words_too(people, case, studies) -> None:
    describe(people, studies[1])
    describe(people, studies[1], by=people.commissioner)
    row = now(case, people.viewer).described[2]
    assert row.readers == (people.colleague.name, people.commissioner.name)
    assert (
        Event.objects.filter(action="reviews.describe_direction").latest("pk").summary.startswith("checked")
    )
    describe(people, studies[1], "worse", by=people.commissioner)
    assert now(case, people.viewer).described[2].readers == (people.commissioner.name,)
    describe(people, studies[1], "worse", by=people.commissioner)
    assert DescribedDirection.objects.count() == 3


def test_words_need_their_place_and_give_way_to_numbers(people, case, studies) -> None:
    with pytest.raises(BadInput, match="checked by anybody else"):
        describe(people, studies[1], place=Place("7", " "))
    with pytest.raises(BadInput, match="goes before words"):
        describe(people, studies[0])
    describe(people, studies[1])
    give(people, studies[1], means(131, 130))
    assert now(case, people.viewer).account.gathered.pointings[1].direction is Direction.WORSE


def test_a_study_that_was_left_out_is_not_asked_for_its_words(people, case, studies) -> None:
    settings = queries.outcome_of(case, people.colleague, "behaviour").settings
    settings = settings.leaving_out("1", "older children")
    actions.settle_outcome(by=people.colleague, case=case, outcome="behaviour", settings=settings)
    told = now(case, people.viewer)
    assert told.account is None
    assert [study.number for study in told.wordless] == [2, 3]
    with pytest.raises(BadInput, match="goes before words"):
        describe(people, studies[0])


def test_two_means_without_their_spread_still_point_somewhere(people, case, studies) -> None:
    give(people, studies[1], Given("means", {"m1": 110, "m2": 130}))
    told = now(case, people.viewer)
    assert [each.basis.value for each in told.account.gathered.pointings] == ["interval", "estimate"]
    assert [study.number for study in told.wordless] == [3]


# --- Choices, the report, how sure ----------------------------------------------------------------------


def test_words_can_be_chosen_where_an_average_would_mislead(people, case, studies) -> None:
    for study in studies[1:]:
        give(people, study, means(120, 130))
    assert not now(case, people.viewer).account.in_words
    actions.settle_narrative(
        by=people.colleague,
        case=case,
        outcome="behaviour",
        instead="Toddlers and teenagers",
        ways=("p_values",),
    )
    told = now(case, people.viewer)
    assert told.account.in_words
    assert told.account.combined is not None
    pooled = queries.outcome_of(case, people.viewer, "behaviour")
    assert pooled.instead == "Toddlers and teenagers"
    with pytest.raises(BadInput, match="an average would mislead"):
        actions.add_outcome_to_thread(by=people.colleague, case=case, outcome="behaviour")
    table = queries.summary_of_findings(case, people.viewer, queries.outcomes_of(case, people.viewer))
    assert table.rows[0].effect == "Not pooled"
    assert table.rows[0].plain.startswith("All 3 studies find behaviour problems changed for the better")
    assert Event.objects.get(action="reviews.settle_narrative").details["choices"]["ways"] == ["p_values"]


def test_once_on_the_thread_a_choice_says_why(people, case, studies) -> None:
    actions.add_narrative_to_thread(by=people.colleague, case=case, outcome="behaviour")
    given = {"by": people.colleague, "case": case, "outcome": "behaviour", "instead": "", "ways": ()}
    with pytest.raises(BadInput, match="Say why"):
        actions.settle_narrative(**given)
    actions.settle_narrative(**given, why="One effect has no middle")
    assert now(case, people.colleague).up_to_date


def test_the_report_keeps_what_is_written_so_far(people, case, studies) -> None:
    first = actions.write_report(
        by=people.colleague, case=case, outcome="behaviour", written={"5": "By age.", "6": " "}
    )
    assert first.choices.written == {"5": "By age."}
    again = actions.write_report(
        by=people.colleague, case=case, outcome="behaviour", written={"5": "By age."}
    )
    assert again == first
    actions.write_report(by=people.colleague, case=case, outcome="behaviour", written={})
    items = {each.item.number: each for each in now(case, people.viewer).account.swim}
    assert items["5"].open
    assert NarrativeVersion.objects.count() == 2
    assert Event.objects.filter(action="reviews.write_report").first().details["items"] == ["5"]


def test_how_sure_it_is_in_words_is_judged_apart_from_the_number(people, case, studies) -> None:
    give(people, studies[1], means(120, 130))
    actions.judge_certainty(by=people.colleague, case=case, outcome="behaviour", judged=judged())
    assert now(case, people.viewer).account.grade.level is None
    actions.judge_narrative(
        by=people.colleague, case=case, outcome="behaviour", judged=judged(imprecision=-2)
    )
    told = now(case, people.viewer)
    assert told.account.certainty.words == "Low"
    assert queries.outcome_of(case, people.viewer, "behaviour").account.certainty.words == "High"
    assert {row.way for row in CertaintyDecision.objects.all()} == {"number", "words"}
    describe(people, studies[2])
    assert len(now(case, people.viewer).stale) == 5


# --- The thread -----------------------------------------------------------------------------------------


def test_a_corrected_number_supersedes_what_the_thread_says_in_words(people, case, studies) -> None:
    first = actions.add_narrative_to_thread(by=people.colleague, case=case, outcome="behaviour")
    assert (first.lane, first.finding.method) == ("research", NARRATED)
    comparison = Comparison.objects.get(study=studies[0])
    actions.give_result(
        by=people.commissioner, comparison=comparison, given=means(140, 130), place=Place("6", "Table 3")
    )
    newest = now(case, people.viewer).on_thread
    assert newest.supersedes == first
    assert "for the worse" in newest.finding.statement
    describe(people, studies[1])
    assert now(case, people.viewer).on_thread.supersedes == newest


def test_words_take_the_place_of_a_number_and_give_way_to_one(people, case, studies) -> None:
    give(people, studies[1], means(120, 130))
    number = actions.add_outcome_to_thread(by=people.colleague, case=case, outcome="behaviour")
    words = actions.add_narrative_to_thread(by=people.colleague, case=case, outcome="behaviour")
    assert words.supersedes == number
    assert queries.outcomes_on_thread(case) == ["behaviour"]
    give(people, studies[2], means(120, 130))
    newest = now(case, people.viewer).on_thread
    assert newest.finding.method == NARRATED  # told as it was told before
    back = actions.add_outcome_to_thread(by=people.colleague, case=case, outcome="behaviour")
    assert back.supersedes == newest


def test_an_outcome_of_which_nobody_says_anything_cannot_be_told(people, case, studies) -> None:
    for act in (actions.add_narrative_to_thread, lambda **given: actions.judge_narrative(**given, judged={})):
        with pytest.raises(BadInput, match="No study says yet"):
            act(by=people.colleague, case=case, outcome="excluded")
    assert not StoredFinding.objects.filter(subject__contains="excluded").exists()


def test_only_those_who_contribute_may(people, case, studies) -> None:
    given = {"by": people.viewer, "case": case, "outcome": "behaviour"}
    for act in (
        lambda: describe(people, studies[1], by=people.viewer),
        lambda: actions.withdraw_direction(by=people.viewer, study=studies[1], outcome="behaviour"),
        lambda: actions.settle_narrative(**given, instead="x", ways=()),
        lambda: actions.write_report(**given, written={}),
        lambda: actions.judge_narrative(**given, judged=judged()),
        lambda: actions.add_narrative_to_thread(**given),
    ):
        with pytest.raises(Refused):
            act()


# --- Pages ----------------------------------------------------------------------------------------------


def test_the_pages_from_a_direction_to_the_thread(people, case, studies, sign_in, base) -> None:
    client = sign_in(people.colleague)
    words = f"{base}outcomes/behaviour/words/"
    page = client.get(words).content.decode()
    assert "Why there is no average" in page
    assert "Which way does it say?" in page
    assert "Why significant results are not counted" in page
    assert "Still to write" in page
    empty = client.post(f"{words}studies/2/", {"direction": "", "quotation": "", "page": ""}).content.decode()
    for asked in ("Choose which way it went.", "Copy the sentence", "Say where it stands."):
        assert asked in empty
    answers = {"direction": "no change", "quotation": "There was no difference.", "page": "9", "people": "80"}
    assert client.post(f"{words}studies/2/", answers)["Location"] == words
    page = client.get(words).content.decode()
    assert "“There was no difference.”" in page
    assert client.get(f"{words}studies/1/")["Location"] == words
    assert client.post(f"{words}studies/2/", {"withdraw": "1"})["Location"] == words
    assert "There was no difference." not in client.get(words).content.decode()

    assert "Would an average mislead?" in client.get(f"{words}settle/").content.decode()
    client.post(f"{words}settle/", {"instead": "Other families", "ways": ["spread"]})
    page = client.get(f"{base}outcomes/behaviour/").content.decode()
    assert "The answer to this is in words" in page
    assert "Other families" in page

    form = client.get(f"{words}report/").content.decode()
    assert "Drafted from the data" in form
    client.post(f"{words}report/", {"item_5": "By <age>."})
    page = client.get(words).content.decode()
    assert "By &lt;age&gt;." in page

    decided = {f"steps_{each.key}": "0" for each in factors() if each.lowers}
    reasons = {f"reason_{each.key}": "A reason." for each in factors() if each.lowers}
    client.post(f"{words}certainty/", decided | reasons | {"steps_imprecision": "-3"})
    page = client.get(words).content.decode()
    assert "It is unclear whether" in page
    answer = client.post(f"{words}thread/")
    assert "/sentences/new/?finding=" in answer["Location"]
    assert "on the thread as it stands" in client.get(words).content.decode()
    page = client.get(f"{base}outcomes/").content.decode()
    assert "told in words" in page


def test_what_can_be_taken_along(people, case, studies, sign_in, base) -> None:
    client = sign_in(people.viewer)
    words = f"{base}outcomes/behaviour/words/"
    with zipfile.ZipFile(io.BytesIO(client.get(f"{words}answer.docx").content)) as packed:
        assert "word/media/chart2.svg" in packed.namelist()
    assert client.get(f"{words}answer.csv").content.decode().startswith("Study,Direction")
    assert "Direction" in client.get(f"{words}harvest.csv").content.decode()
    assert client.get(f"{words}nothing.csv").status_code == 404
    assert client.get(f"{base}outcomes/excluded/words/answer.docx").status_code == 404
    assert client.get(f"{base}outcomes/nothing/words/").status_code == 404
    page = client.get(f"{base}outcomes/excluded/words/").content.decode()
    assert "No study says anything yet" in page
    assert "Which way does it say?" not in page  # a viewer only looks


def test_every_outcome_in_one_plot_where_there_are_two(people, case, studies, sign_in, base) -> None:
    client = sign_in(people.viewer)
    assert "Which way studies point, by outcome" not in client.get(f"{base}outcomes/").content.decode()
    assert client.get(f"{base}outcomes/by-outcome-harvest.csv").status_code == 404
    describe(people, studies[2], "worse", outcome="excluded")
    page = client.get(f"{base}outcomes/").content.decode()
    assert "Which way studies point, by outcome" in page
    table = client.get(f"{base}outcomes/by-outcome-directions.csv").content.decode()
    assert "Study,Behaviour problems,Exclusion from school" in table
    assert "Third made study,not measured,worse" in table
    assert client.get(f"{base}outcomes/by-outcome-harvest.csv").status_code == 200
