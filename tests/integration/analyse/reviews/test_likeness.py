"""Which studies are like our area: the description, people's answers, the thread, the pages."""

from __future__ import annotations

import pytest

from tests.integration.analyse.reviews.conftest import PLAN
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.analyse.reviews.transferability.described import OurArea
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import AreaVersion, LikenessRuling, Record, Study
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.models import Case
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

OURS = OurArea(
    "Northmoor",
    {"country": ["England", "UK"], "age": (3.0, 8.0), "year": 2000},
    {"country": "the case’s area", "age": "the protocol", "year": "agreed with the panel"},
    ("country", "age"),
)
ANSWERS = (("England", "3 to 6"), ("United States", "3 to 6"), ("England", "not reported"))


@pytest.fixture
def studies(people, case: Case, rows: list[Record], decide) -> list[Study]:
    """Three studies with a result each: in England, elsewhere, and one that does not say whom it served."""
    for row in rows[:3]:
        decide(row, "include")
    actions.write_plan(by=people.commissioner, case=case, plan=PLAN)
    made = actions.make_studies(by=people.commissioner, case=case)
    for study, (country, age) in zip(made, ANSWERS, strict=True):
        arms = [(None, "Groups", "programme", 60), (None, "Waiting list", "comparison", 60)]
        actions.write_arms(by=people.commissioner, study=study, arms=arms)
        comparison = actions.add_comparison(
            by=people.commissioner, study=study, instrument="ecbi", weeks=12, arm1=1, arm2=2
        )
        numbers = {"n1": 60, "m1": 110 + 5 * study.number, "sd1": 20, "n2": 60, "m2": 130, "sd2": 20}
        actions.give_result(
            by=people.commissioner,
            comparison=comparison,
            given=Given("means", numbers),
            place=Place("5", "T2"),
        )
        place = Place("3", "Methods")
        actions.answer_questions(
            by=people.commissioner, study=study, answers={"country": (country, place), "age": (age, place)}
        )
    return made


def now(case: Case, user) -> queries.LikenessNow:
    return queries.likeness_of(case, user)


def resembles(case: Case, user) -> list[bool | None]:
    return [each.likeness.resembles for each in now(case, user).studies]


def describe(people, case, ours: OurArea = OURS, why: str = "") -> AreaVersion:
    return actions.describe_area(by=people.colleague, case=case, ours=ours, why=why)


# --- Comparing ------------------------------------------------------------------------------------------


def test_each_study_is_compared_and_what_is_not_known_is_said(people, case, studies) -> None:
    assert now(case, people.viewer).ours is None
    made = describe(people, case)
    assert describe(people, case) == made
    told = now(case, people.viewer)
    assert resembles(case, people.viewer) == [True, False, None]
    assert told.summary == "1 of 3 studies resembles Northmoor; of 1 nobody can tell."
    assert told.after_results
    assert told.studies[2].likeness.words == "Nobody can tell: age of the children not reported."
    outcome, beside = told.beside[0]
    assert outcome.outcome.key == "behaviour"
    assert beside.words.startswith("With only the 1 study that resembles the area: −0.75 (")
    assert [each.outcome.key for each in told.without] == ["excluded"]
    event = Event.objects.get(action="reviews.describe_area")
    assert event.details["area"]["alike"]["age"] == [3.0, 8.0]


def test_the_description_that_came_before_any_result_is_told_apart(people, case, rows, decide) -> None:
    for row in rows[:2]:
        decide(row, "include")
    actions.make_studies(by=people.commissioner, case=case)
    describe(people, case)
    assert not now(case, people.viewer).after_results


def test_a_person_says_otherwise_with_a_reason_until_the_facts_change(people, case, studies) -> None:
    describe(people, case)
    rule = {"by": people.colleague, "study": studies[2]}
    with pytest.raises(BadInput, match="say why"):
        actions.rule_on_likeness(**rule, answers={"age": ("alike", " ")})
    with pytest.raises(BadInput, match="not compared"):
        actions.rule_on_likeness(**rule, answers={"setting": ("alike", "x")})
    answers = {"age": ("alike", "The authors wrote: reception classes"), "country": ("", "")}
    made = actions.rule_on_likeness(**rule, answers=answers)
    assert len(made) == 1
    assert actions.rule_on_likeness(**rule, answers=answers) == []
    assert resembles(case, people.viewer) == [True, False, True]
    assert now(case, people.viewer).studies[2].likeness.facts[1].ruling.by == people.colleague.name
    assert (
        "age of the children: alike" in Event.objects.get(action="reviews.rule_on_likeness").summary.lower()
    )
    actions.answer_questions(
        by=people.commissioner, study=studies[2], answers={"age": ("13 to 16", Place("4", "Table 1"))}
    )
    assert resembles(case, people.viewer) == [True, False, False]
    actions.rule_on_likeness(**rule, answers={"age": ("cannot tell", "Two tables differ")})
    assert resembles(case, people.viewer)[2] is None
    actions.rule_on_likeness(**rule, answers={"age": ("", "")})
    assert resembles(case, people.viewer)[2] is False
    assert LikenessRuling.objects.count() == 3


def test_likeness_speaks_to_how_sure_the_answer_is(people, case, studies) -> None:
    def suggested():
        account = queries.outcome_of(case, people.viewer, "behaviour").account
        return next(line.suggestion for line in account.grade.lines if line.factor.key == "indirectness")

    assert suggested().because == ("The data say nothing about this.",)
    describe(people, case)
    assert suggested().because[0].startswith("Studies that resemble our area carry")


def test_an_outcome_without_a_number_is_compared_by_directions(people, case, studies) -> None:
    describe(people, case)
    for study, way in zip(studies, ("better", "worse", "better"), strict=True):
        actions.describe_direction(
            by=people.colleague,
            study=study,
            outcome="excluded",
            direction=way,
            place=Place("9", "Fewer, or more, were excluded."),
        )
    told = now(case, people.viewer)
    assert told.without == ()
    words = (
        "The one study that resembles the area points to better; of all 3, 2 point to better and 1 to worse."
    )
    assert told.in_words[0][1].words == words
    assert words in told.finding.statement
    actions.settle_narrative(
        by=people.colleague, case=case, outcome="behaviour", instead="Too different", ways=()
    )
    assert [each.outcome.key for each, _one in now(case, people.viewer).in_words] == ["behaviour", "excluded"]
    assert now(case, people.viewer).beside == ()


# --- The thread -----------------------------------------------------------------------------------------


def test_a_corrected_fact_or_number_supersedes_what_the_thread_says(people, case, studies) -> None:
    with pytest.raises(BadInput, match="Describe it first"):
        actions.add_likeness_to_thread(by=people.colleague, case=case)
    describe(people, case)
    first = actions.add_likeness_to_thread(by=people.colleague, case=case)
    assert first.finding.judged_by == people.colleague.name
    assert "only those that resemble it" in str(first.finding.facts)
    assert any("after results had been taken" in words for words in first.finding.cautions)
    actions.answer_questions(
        by=people.commissioner, study=studies[1], answers={"country": ("UK", Place("1", "Leeds"))}
    )
    second = now(case, people.viewer).on_thread
    assert second.supersedes == first
    assert second.finding.facts["Resemble it"] == "2"
    comparison = studies[0].comparisons.get()
    numbers = {"n1": 60, "m1": 100, "sd1": 20, "n2": 60, "m2": 130, "sd2": 20}
    actions.give_result(
        by=people.commissioner, comparison=comparison, given=Given("means", numbers), place=Place("6", "T3")
    )
    assert now(case, people.viewer).on_thread.supersedes == second
    with pytest.raises(BadInput, match="Say why"):
        describe(people, case, OurArea("Northmoor", {"year": 2000}, {"year": "the panel"}, ("year",)))


def test_only_those_who_contribute_may(people, case, studies) -> None:
    describe(people, case)
    for act in (
        lambda: actions.describe_area(by=people.viewer, case=case, ours=OURS),
        lambda: actions.rule_on_likeness(
            by=people.viewer, study=studies[0], answers={"age": ("unlike", "x")}
        ),
        lambda: actions.add_likeness_to_thread(by=people.viewer, case=case),
    ):
        with pytest.raises(Refused):
            act()


# --- Pages ----------------------------------------------------------------------------------------------


def test_the_pages_from_a_description_to_the_thread(people, case, studies, sign_in, base) -> None:
    client = sign_in(people.colleague)
    alike = f"{base}alike/"
    assert "Our area is not described yet" in client.get(alike).content.decode()
    assert client.get(f"{alike}1/")["Location"] == alike
    form = client.get(f"{alike}area/").content.decode()
    assert "England" in form  # filled in from the case
    page = client.post(f"{alike}area/", {"name": "Northmoor", "alike_country": "England"}).content.decode()
    assert "Country: say where that is from." in page
    page = client.post(
        f"{alike}area/", {"name": "Northmoor", "low_age": "8", "high_age": "3", "source_age": "x"}
    ).content.decode()
    assert "Swap the two." in page
    page = client.post(
        f"{alike}area/", {"name": "Northmoor", "alike_country": "England", "source_country": "the case"}
    ).content.decode()
    assert "Tick at least one thing" in page
    answers = {
        "name": "Northmoor", "alike_country": "England\nUK", "source_country": "the case", "decides_country": "on",
        "low_age": "3", "high_age": "8", "source_age": "the <protocol>", "decides_age": "on",
        "alike_need": ["those at risk (selective)"], "source_need": "the needs profile",
    }  # fmt: skip
    assert client.post(f"{alike}area/", answers)["Location"] == alike
    page = client.get(alike).content.decode()
    assert "1 of 3 studies resembles Northmoor; of 1 nobody can tell." in page
    assert "the &lt;protocol&gt;" in page
    assert "Too few to go by." in page
    assert "not reported" in page
    assert "Excluded" not in page
    assert "Exclusion from school: no study says anything of it yet." in page
    page = client.post(f"{alike}3/", {"answer_age": "alike"}).content.decode()
    assert "Age of the children: say why." in page
    client.post(f"{alike}3/", {"answer_age": "alike", "reason_age": "Reception classes"})
    page = client.get(alike).content.decode()
    assert "2 of 3 studies resemble Northmoor." in page
    assert "Reception classes" in page
    answer = client.post(f"{alike}thread/")
    assert "/sentences/new/?finding=" in answer["Location"]
    assert "on the thread as it stands" in client.get(alike).content.decode()
    assert "2 of 3 studies like us" in client.get(base).content.decode()


def test_what_can_be_taken_along(people, case, studies, sign_in, base) -> None:
    client = sign_in(people.viewer)
    assert client.get(f"{base}alike/studies.csv").status_code == 404
    describe(people, case)
    assert "nobody can tell" in client.get(f"{base}alike/studies.csv").content.decode()
    assert "Like Northmoor" in client.get(f"{base}alike/outcomes/behaviour.csv").content.decode()
    assert client.get(f"{base}alike/outcomes/excluded.csv").status_code == 404
    assert client.get(f"{base}alike/area/").status_code == 403
    page = client.get(f"{base}alike/").content.decode()
    assert "Say otherwise" not in page
    assert sign_in(people.commissioner).get(f"{base}alike/9/").status_code == 404
