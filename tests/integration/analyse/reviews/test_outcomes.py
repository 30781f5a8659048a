"""Extracted studies put together: settings, certainty, the thread, and what follows when a number is corrected."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.analyse.reviews.conftest import PLAN
from tests.unit.analyse.reviews.synthesis.test_export import rscript
from wherewithal.analyse.reviews.certainty.factors import factors
from wherewithal.analyse.reviews.extraction.form import Form, Question, Section
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.analyse.reviews.in_words.risks import Baseline
from wherewithal.analyse.reviews.outcomes import OutcomeSettings
from wherewithal.errors import BadInput
from wherewithal.thread import Kind
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import CertaintyDecision, Comparison, OutcomeVersion, Record
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import record_source_event
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.queries import thread_of
from wherewithal_web.clock import today
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def means(of_programme: float, of_comparison: float) -> Given:
    numbers = {"n1": 60, "m1": of_programme, "sd1": 20, "n2": 60, "m2": of_comparison, "sd2": 20}
    return Given("means", numbers)


@pytest.fixture
def comparisons(people, case: Case, rows: list[Record], decide) -> list[Comparison]:
    """One result of each of three studies."""
    for row in rows[:3]:
        decide(row, "include")
    actions.write_plan(by=people.commissioner, case=case, plan=PLAN)
    made = []
    results = ((118, 130), (120, 131), (117, 130))
    for study, (ours, theirs) in zip(
        actions.make_studies(by=people.commissioner, case=case), results, strict=True
    ):
        arms = [(None, "Groups", "programme", 60), (None, "Waiting list", "comparison", 60)]
        actions.write_arms(by=people.commissioner, study=study, arms=arms)
        comparison = actions.add_comparison(
            by=people.commissioner, study=study, instrument="ecbi", weeks=12, arm1=1, arm2=2
        )
        actions.give_result(
            by=people.commissioner,
            comparison=comparison,
            given=means(ours, theirs),
            place=Place("5", "Table 2"),
        )
        made.append(comparison)
    return made


def now(case: Case, user) -> queries.OutcomeNow:
    return queries.outcome_of(case, user, "behaviour")


def judged(**steps: int) -> dict[str, tuple[int, str]]:
    return {each.key: (steps.get(each.key, 0), "For a reason.") for each in factors() if each.lowers}


def settings(case: Case, user, **changes) -> OutcomeSettings:
    return replace(now(case, user).settings, **changes)


# --- What is told ---------------------------------------------------------------------------------------


def test_extracted_studies_stand_together(people, case, comparisons) -> None:
    told = now(case, people.viewer)
    assert told.account is not None
    assert told.account.whole.studies == 3
    assert told.account.whole.people == 360
    assert told.account.sentence.startswith("Put together, 3 studies find behaviour problems lower with")
    assert told.account.grade.level is None
    assert [each.outcome.key for each in queries.outcomes_of(case, people.viewer)] == [
        "behaviour",
        "excluded",
    ]


def test_an_outcome_without_results_says_what_to_do(people, case, comparisons) -> None:
    told = queries.outcome_of(case, people.viewer, "excluded")
    assert told.account is None
    assert told.why_not.message == "No study counts, so there is nothing to put together."


def test_a_study_whose_report_was_retracted_does_not_count(people, case, comparisons, rows) -> None:
    record_source_event(
        by=people.champion,
        source_key="doi:10.5555/made.1",
        kind=Kind.RETRACTED,
        on=today(),
        words="Retracted.",
    )
    told = now(case, people.viewer)
    assert told.account.whole.studies == 2
    assert told.account.whole.left_out[0].why == "its report has been retracted"


# --- Settling -------------------------------------------------------------------------------------------


def test_settings_keep_versions(people, case, comparisons) -> None:
    here = Baseline(0.15, "children aged 3 to 8 in Northmoor", "survey of schools, 2025")
    made = actions.settle_outcome(
        by=people.colleague,
        case=case,
        outcome="behaviour",
        settings=settings(case, people.colleague, service="parent groups", baseline=here),
    )
    assert made.number == 1
    told = now(case, people.viewer)
    assert told.account.absolute.baseline == here
    assert "parent groups" in told.account.sentence
    again = actions.settle_outcome(
        by=people.colleague, case=case, outcome="behaviour", settings=told.settings
    )
    assert again == made
    left = told.settings.leaving_out("2", "older children")
    assert (
        actions.settle_outcome(by=people.colleague, case=case, outcome="behaviour", settings=left).number == 2
    )
    assert now(case, people.viewer).account.whole.studies == 2
    assert OutcomeVersion.objects.count() == 2


def test_a_study_that_is_not_there_cannot_be_left_out(people, case, comparisons) -> None:
    with pytest.raises(BadInput, match="no study 9"):
        actions.settle_outcome(
            by=people.colleague,
            case=case,
            outcome="behaviour",
            settings=now(case, people.colleague).settings.leaving_out("9", "because"),
        )
    assert not OutcomeVersion.objects.exists()


def test_once_seen_on_the_thread_a_change_says_why(people, case, comparisons) -> None:
    actions.add_outcome_to_thread(by=people.colleague, case=case, outcome="behaviour")
    wanted = settings(case, people.colleague, service="parent groups")
    with pytest.raises(BadInput, match="Say why"):
        actions.settle_outcome(by=people.colleague, case=case, outcome="behaviour", settings=wanted)
    actions.settle_outcome(
        by=people.colleague, case=case, outcome="behaviour", settings=wanted, why="A clearer name"
    )
    assert now(case, people.colleague).up_to_date


# --- Judging --------------------------------------------------------------------------------------------


def test_people_judge_and_the_sentence_follows(people, case, comparisons) -> None:
    made = actions.judge_certainty(
        by=people.colleague, case=case, outcome="behaviour", judged=judged(imprecision=-1)
    )
    assert len(made) == 5
    told = now(case, people.viewer)
    assert told.account.certainty.words == "Moderate"
    assert "probably" in told.account.sentence
    assert not told.stale
    again = actions.judge_certainty(
        by=people.commissioner, case=case, outcome="behaviour", judged=judged(imprecision=-1)
    )
    assert again == []
    assert Event.objects.filter(action="reviews.judge_certainty").count() == 1


def test_a_judgement_without_a_reason_is_refused_whole(people, case, comparisons) -> None:
    with pytest.raises(BadInput) as caught:
        actions.judge_certainty(
            by=people.colleague,
            case=case,
            outcome="behaviour",
            judged={**judged(), "risk_of_bias": (-1, " ")},
        )
    assert caught.value.problems[0].where == "Risk of bias"
    assert not CertaintyDecision.objects.exists()
    with pytest.raises(BadInput, match="no answer yet"):
        actions.judge_certainty(by=people.colleague, case=case, outcome="excluded", judged=judged())


def test_a_judgement_on_other_numbers_says_so(people, case, comparisons) -> None:
    actions.judge_certainty(by=people.colleague, case=case, outcome="behaviour", judged=judged())
    actions.give_result(
        by=people.commissioner, comparison=comparisons[0], given=means(110, 130), place=Place("5", "Table 2")
    )
    assert len(now(case, people.viewer).stale) == 5
    actions.judge_certainty(by=people.colleague, case=case, outcome="behaviour", judged=judged())
    assert not now(case, people.viewer).stale


# --- The thread -----------------------------------------------------------------------------------------


def test_a_corrected_number_supersedes_what_the_thread_says(people, case, comparisons) -> None:
    first = actions.add_outcome_to_thread(by=people.commissioner, case=case, outcome="behaviour")
    assert first.lane == "research"
    assert first.body["sources"][0]["key"] == "doi:10.5555/made.1"
    actions.give_result(
        by=people.commissioner, comparison=comparisons[0], given=means(100, 130), place=Place("6", "Table 3")
    )
    newest = now(case, people.viewer).on_thread
    assert newest.supersedes == first
    assert newest.finding.value < first.finding.value
    assert first.pk in {row.pk for row in StoredFinding.objects.filter(subject=first.subject)}
    assert thread_of(case) is not None


def test_a_retraction_supersedes_what_the_thread_says(people, case, comparisons) -> None:
    first = actions.add_outcome_to_thread(by=people.commissioner, case=case, outcome="behaviour")
    record_source_event(
        by=people.champion,
        source_key="doi:10.5555/made.1",
        kind=Kind.RETRACTED,
        on=today(),
        words="Retracted.",
    )
    told = now(case, people.viewer)
    assert told.on_thread.supersedes == first
    assert told.up_to_date
    assert told.on_thread.finding.facts["Studies"] == "2"
    assert Event.objects.get(action="cases.refresh_finding").actor_id == people.champion.pk
    record_source_event(
        by=people.champion,
        source_key="doi:10.5555/somebody.else",
        kind=Kind.RETRACTED,
        on=today(),
        words="Retracted.",
    )
    assert now(case, people.viewer).on_thread == told.on_thread


def test_withdrawing_down_to_one_study_leaves_the_thread_and_says_so(people, case, comparisons) -> None:
    first = actions.add_outcome_to_thread(by=people.commissioner, case=case, outcome="behaviour")
    for comparison in comparisons[1:]:
        actions.withdraw_result(
            by=people.commissioner, comparison=comparison, why="Another outcome after all"
        )
    told = now(case, people.viewer)
    assert told.account is None
    assert told.on_thread.supersedes == first  # the one with two studies; with one there is nothing to tell
    with pytest.raises(BadInput, match="Only one study counts"):
        actions.add_outcome_to_thread(by=people.commissioner, case=case, outcome="behaviour")


def test_only_those_who_contribute_may(people, case, comparisons) -> None:
    for act in (
        lambda: actions.add_outcome_to_thread(by=people.viewer, case=case, outcome="behaviour"),
        lambda: actions.judge_certainty(by=people.viewer, case=case, outcome="behaviour", judged=judged()),
        lambda: actions.settle_outcome(
            by=people.viewer, case=case, outcome="behaviour", settings=OutcomeSettings(service="x")
        ),
    ):
        with pytest.raises(Refused):
            act()


# --- Pages ----------------------------------------------------------------------------------------------


def test_the_pages_from_the_first_look_to_the_thread(people, case, comparisons, sign_in, base) -> None:
    client = sign_in(people.colleague)
    page = client.get(f"{base}outcomes/").content.decode()
    assert "Behaviour problems" in page
    assert "Not graded yet" in page
    page = client.get(f"{base}outcomes/behaviour/").content.decode()
    assert "Put together, 3 studies find behaviour problems lower" in page
    assert "nobody can tell whether small studies" in page
    form = client.get(f"{base}outcomes/behaviour/settle/").content.decode()
    assert "What is the smallest effect that would matter" in form
    answers = {
        "service": "parent groups", "when": "first", "design": "randomised", "matters": "", "matters_source": "",
        "risk": "15", "where": "children here", "risk_source": "", "method": "REML", "test": "adhoc",
        "correlation": "0.6",
    }  # fmt: skip
    page = client.post(f"{base}outcomes/behaviour/settle/", answers).content.decode()
    assert "No figure goes without this." in page
    client.post(f"{base}outcomes/behaviour/settle/", {**answers, "risk_source": "a survey, 2025"})
    assert "fewer in every 1,000" in client.get(f"{base}outcomes/behaviour/").content.decode()
    decided = {f"steps_{each.key}": "0" for each in factors() if each.lowers}
    page = client.post(
        f"{base}outcomes/behaviour/certainty/", decided | {"steps_risk_of_bias": "-1"}
    ).content.decode()
    assert "a change without a reason" in page
    reasons = {f"reason_{each.key}": "A reason." for each in factors() if each.lowers}
    client.post(f"{base}outcomes/behaviour/certainty/", decided | reasons | {"steps_risk_of_bias": "-1"})
    page = client.get(f"{base}outcomes/").content.decode()
    assert "Moderate" in page
    answer = client.post(f"{base}outcomes/behaviour/thread/")
    assert "/sentences/new/?finding=" in answer["Location"]


def test_what_can_be_taken_along(people, case, comparisons, sign_in, base) -> None:
    client = sign_in(people.viewer)
    table = client.get(f"{base}outcomes/summary-of-findings.csv")
    assert "Behaviour problems" in table.content.decode()
    word = client.get(f"{base}outcomes/summary-of-findings.docx")
    assert word.content[:2] == b"PK"
    forest = client.get(f"{base}outcomes/behaviour/forest.csv").content.decode()
    assert "3 studies together" in forest
    assert client.get(f"{base}outcomes/behaviour/funnel.csv").status_code == 404
    assert client.get(f"{base}outcomes/nothing/").status_code == 404


def test_a_review_without_outcomes_says_where_to_begin(people, case, rows, sign_in, base) -> None:
    page = sign_in(people.viewer).get(f"{base}outcomes/").content.decode()
    assert "No outcome is planned yet" in page
    assert sign_in(people.viewer).get(f"{base}outcomes/summary-of-findings.csv").status_code == 404


def test_an_answer_goes_along_as_a_word_file_and_as_a_folder(
    people, case, comparisons, sign_in, base
) -> None:
    client = sign_in(people.viewer)
    word = client.get(f"{base}outcomes/behaviour/answer.docx").content
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        names = packed.namelist()
        text = packed.read("word/document.xml").decode()
    assert "word/media/chart1.svg" in names
    assert "Put together, 3 studies" in text
    first = client.get(f"{base}outcomes/behaviour/answer.zip").content
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {"data.csv", "rerun.py", "rerun.R", "where-from.csv", "results.json"} <= set(packed.namelist())
        assert "doi:10.5555/made.1" in packed.read("where-from.csv").decode()
    assert client.get(f"{base}outcomes/behaviour/answer.zip").content == first
    assert client.get(f"{base}outcomes/excluded/answer.zip").status_code == 404


# --- The folder that works it out again, and why studies may differ ---------------------------------------


def run_again(tmp_path: Path, content: bytes) -> dict:
    """The unpacked folder's results, where Python (and R with metafor, if it is here) work them out again."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(tmp_path)
    again = subprocess.run(
        [sys.executable, tmp_path / "rerun.py"], capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stdout + again.stderr
    said = subprocess.run([rscript(), tmp_path / "rerun.R"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "All figures agree." in said.stdout
    return json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))


def test_several_effects_a_study_go_along_as_the_page_puts_them_together(
    people, case, comparisons, sign_in, base, tmp_path
) -> None:
    for comparison, (ours, theirs) in zip(comparisons, ((50, 44), (52, 47), (55, 44)), strict=True):
        other = actions.add_comparison(
            by=people.commissioner, study=comparison.study, instrument="strengths", weeks=12, arm1=1, arm2=2
        )
        actions.give_result(
            by=people.commissioner, comparison=other, given=means(ours, theirs), place=Place("6", "Table 3")
        )
    whole = now(case, people.viewer).account.whole
    assert whole.several
    content = sign_in(people.viewer).get(f"{base}outcomes/behaviour/answer.zip").content
    results = run_again(tmp_path, content)
    levels = results["levels"]
    assert levels["correlation"] == 0.6
    assert (levels["robust"]["estimate"], levels["robust"]["se"]) == (whole.estimate, whole.se)
    assert (levels["robust"]["ci"]["low"], levels["robust"]["ci"]["high"]) == tuple(whole.ci)
    assert (levels["next_study"]["low"], levels["next_study"]["high"]) == pytest.approx(tuple(whole.pi))


@pytest.fixture
def answered(people, case, comparisons, rows, decide) -> list[Comparison]:
    """Six studies that say where they were done and how many sessions there were; the last does not say."""
    made = list(comparisons)
    plan = replace(
        PLAN,
        form=Form(
            (
                Section(
                    "What it was",
                    (
                        Question("where", "Where was it?", "choice", choices=("home", "centre")),
                        Question("sessions", "How many sessions?", "number"),
                        Question("words", "Anything else?"),
                    ),
                ),
            )
        ),
    )
    actions.write_plan(by=people.commissioner, case=case, plan=plan)
    answers = (("home", "6"), ("home", "10"), ("centre", "12"))
    for comparison, (where, sessions) in zip(made, answers, strict=True):
        actions.answer_questions(
            by=people.commissioner,
            study=comparison.study,
            answers={"where": (where, Place("2")), "sessions": (sessions, Place("2"))},
        )
    return made


def test_what_may_explain_differences_is_chosen_and_told(
    people, case, answered, sign_in, base, tmp_path
) -> None:
    told = now(case, people.viewer)
    assert queries.what_differs(case, told) == []
    assert [each.key for each in queries.questions_to_look_at(case)] == ["where", "sessions"]
    client = sign_in(people.colleague)
    form = client.get(f"{base}outcomes/behaviour/settle/").content.decode()
    assert "What might explain why studies differ?" in form
    answers = {
        "service": "parent groups", "when": "first", "design": "randomised", "matters": "", "matters_source": "",
        "risk": "", "where": "", "risk_source": "", "method": "REML", "test": "z", "correlation": "0.6",
        "looked_at": ["where", "sessions"],
    }  # fmt: skip
    client.post(f"{base}outcomes/behaviour/settle/", answers)
    told = now(case, people.viewer)
    groups, line = queries.what_differs(case, told)
    assert [(each.name, each.studies) for each in groups.groups] == [("home", 2)]
    assert groups.alone == ("centre",)
    assert "one more changes the effect by" in line.sentence
    assert "about ten studies are needed" in line.notes[-1]
    page = client.get(f"{base}outcomes/behaviour/").content.decode()
    assert "Why studies may differ" in page
    assert "one study, nothing to put together" in page
    assert "How many sessions?" in client.get(f"{base}outcomes/behaviour/by-sessions.csv").content.decode()
    assert client.get(f"{base}outcomes/behaviour/by-where.csv").status_code == 404
    assert client.get(f"{base}outcomes/behaviour/by-sessions.svg").content[:4] == b"<svg"
    results = run_again(tmp_path, client.get(f"{base}outcomes/behaviour/answer.zip").content)
    assert set(results["subgroups"]["groups"]) == {"home"}
    assert results["regressions"]["How many sessions?"]["studies"] == 3


def test_a_study_that_does_not_say_is_named_and_left_out_of_the_line_alone(
    people, case, answered, tmp_path
) -> None:
    actions.answer_questions(
        by=people.commissioner,
        study=answered[2].study,
        answers={"sessions": ("not reported", Place("2"))},
    )
    actions.settle_outcome(
        by=people.colleague,
        case=case,
        outcome="behaviour",
        settings=settings(case, people.colleague, looked_at=("sessions", "gone")),
    )
    (line,) = queries.what_differs(case, now(case, people.viewer))
    assert len(line.unsaid) == 1
    assert line.why_not.startswith("That takes three studies or more")
