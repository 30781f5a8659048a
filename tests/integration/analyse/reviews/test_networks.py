"""A network of interventions: matching arms, settling, the thread, what follows a corrected number, the pages."""

from __future__ import annotations

import csv
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
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.errors import BadInput
from wherewithal.thread import Kind
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Comparison, NetworkVersion
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import record_source_event
from wherewithal_web.cases.models import Case
from wherewithal_web.clock import today
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

ARMS = (
    ("Parent groups", "Waiting list"),
    ("Groups for parents", "Waiting list"),
    ("Home visits", "Waiting list"),
    ("Parent groups", "Home visits"),
)
MEANS = ((118, 130), (121, 131), (124, 130), (117, 125))
SAME = {"Groups for parents": "Parent groups"}


def means(ours: float, theirs: float) -> Given:
    return Given("means", {"n1": 60, "m1": ours, "sd1": 20, "n2": 60, "m2": theirs, "sd2": 20})


@pytest.fixture
def comparisons(people, case: Case, rows, decide) -> list[Comparison]:
    """One result of each of four studies, which name three interventions in four ways."""
    for row in rows[:4]:
        decide(row, "include")
    actions.write_plan(by=people.commissioner, case=case, plan=PLAN)
    made = []
    for study, names, numbers in zip(
        actions.make_studies(by=people.commissioner, case=case), ARMS, MEANS, strict=True
    ):
        arms = [(None, name, "comparison" if name == "Waiting list" else "programme", 60) for name in names]
        actions.write_arms(by=people.commissioner, study=study, arms=arms)
        comparison = actions.add_comparison(
            by=people.commissioner, study=study, instrument="ecbi", weeks=12, arm1=1, arm2=2
        )
        actions.give_result(
            by=people.commissioner, comparison=comparison, given=means(*numbers), place=Place("5", "Table 2")
        )
        made.append(comparison)
    return made


def now(case: Case, user) -> queries.NetworkNow:
    return queries.network_of(case, user, "behaviour")


def match(case: Case, by, why: str = "", same: dict[str, str] = SAME):
    nodes = {
        (study, arm.number): same.get(arm.name, arm.name)
        for name in now(case, by).names
        for study, _label, arm in name.arms
    }
    return actions.match_arms(by=by, case=case, outcome="behaviour", nodes=nodes, why=why)


# --- matching and settling ------------------------------------------------------------------------------


def test_nothing_is_compared_until_a_person_has_matched_the_arms(people, case, comparisons) -> None:
    told = now(case, people.viewer)
    assert told.account is None
    assert [each.name for each in told.names] == [
        "Groups for parents", "Home visits", "Parent groups", "Waiting list",
    ]  # fmt: skip
    made = match(case, people.colleague)
    assert made.number == 1
    told = now(case, people.viewer)
    assert told.account.fit.treatments == ("Waiting list", "Home visits", "Parent groups")
    assert told.account.studies == 4
    assert told.account.people == 480
    told = Event.objects.get(action="reviews.settle_network").summary
    assert told == "said which arms are the same intervention for 'Behaviour problems'"


def test_matching_the_same_again_is_no_version(people, case, comparisons) -> None:
    first = match(case, people.colleague)
    assert match(case, people.colleague) == first
    assert match(case, people.colleague, same={}).number == 2
    assert now(case, people.viewer).settings.nodes == (
        "Groups for parents", "Home visits", "Parent groups", "Waiting list",
    )  # fmt: skip


def test_spelling_by_capitals_alone_is_one_intervention(people, case, comparisons) -> None:
    match(case, people.colleague, same={"Groups for parents": "parent  GROUPS"})
    assert len(now(case, people.viewer).settings.nodes) == 3


def test_a_renamed_arm_waits_until_it_is_matched_again(people, case, comparisons) -> None:
    match(case, people.colleague)
    study = comparisons[0].study
    actions.write_arms(
        by=people.colleague,
        study=study,
        arms=[(1, "Evening groups", "programme", 60), (2, "Waiting list", "comparison", 60)],
    )
    told = now(case, people.viewer)
    assert [arm.name for _study, arm in told.gathered.unmatched] == ["Evening groups"]
    assert told.account.studies == 3


def test_settings_keep_versions_and_refuse_what_is_not_there(people, case, comparisons) -> None:
    match(case, people.colleague)
    settings = replace(
        now(case, people.colleague).settings, reference="Home visits", leave_out=(("4", "older children"),)
    )
    made = actions.settle_network(by=people.colleague, case=case, outcome="behaviour", settings=settings)
    assert made.number == 2
    told = now(case, people.viewer)
    assert told.account.reference == "Home visits"
    assert [each.why for each in told.gathered.aside] == ["older children"]
    with pytest.raises(BadInput) as caught:
        actions.settle_network(
            by=people.colleague,
            case=case,
            outcome="behaviour",
            settings=replace(settings, leave_out=(("9", "because"),)),
        )
    assert "study 9" in caught.value.problems[0].where
    with pytest.raises(BadInput, match="no arm 7"):
        actions.match_arms(by=people.colleague, case=case, outcome="behaviour", nodes={("1", 7): "x"})
    assert NetworkVersion.objects.count() == 2


def test_only_those_who_contribute_may(people, case, comparisons) -> None:
    match(case, people.colleague)
    for act in (
        lambda: match(case, people.viewer, same={}),
        lambda: actions.settle_network(
            by=people.viewer, case=case, outcome="behaviour", settings=now(case, people.viewer).settings
        ),
        lambda: actions.add_network_to_thread(by=people.viewer, case=case, outcome="behaviour"),
    ):
        with pytest.raises(Refused):
            act()


# --- the thread -----------------------------------------------------------------------------------------


def test_a_corrected_number_supersedes_what_the_thread_says(people, case, comparisons) -> None:
    match(case, people.colleague)
    first = actions.add_network_to_thread(by=people.commissioner, case=case, outcome="behaviour")
    assert first.lane == "research"
    assert first.finding.facts["Interventions"] == "Waiting list, Home visits and Parent groups"
    actions.give_result(
        by=people.commissioner, comparison=comparisons[0], given=means(100, 130), place=Place("6", "Table 3")
    )
    newest = now(case, people.viewer).on_thread
    assert newest.supersedes == first
    assert newest.finding.statement != first.finding.statement


def test_another_match_after_the_answer_was_seen_says_why(people, case, comparisons) -> None:
    match(case, people.colleague)
    first = actions.add_network_to_thread(by=people.colleague, case=case, outcome="behaviour")
    with pytest.raises(BadInput, match="Say why"):
        match(case, people.colleague, same={})
    match(case, people.colleague, why="They met in another setting", same={})
    assert now(case, people.viewer).on_thread.supersedes == first
    assert now(case, people.viewer).up_to_date


def test_a_retracted_report_does_not_count(people, case, comparisons) -> None:
    match(case, people.colleague)
    first = actions.add_network_to_thread(by=people.colleague, case=case, outcome="behaviour")
    record_source_event(
        by=people.champion,
        source_key="doi:10.5555/made.1",
        kind=Kind.RETRACTED,
        on=today(),
        words="Retracted.",
    )
    told = now(case, people.viewer)
    assert told.gathered.aside[0].why == "its report has been retracted"
    assert told.account.studies == 3
    assert told.on_thread.supersedes == first


# --- the pages ------------------------------------------------------------------------------------------


def test_the_pages_from_the_first_look_to_the_thread(people, case, comparisons, sign_in, base) -> None:
    client = sign_in(people.colleague)
    assert "Set each beside every other" in client.get(f"{base}outcomes/behaviour/").content.decode()
    page = client.get(f"{base}outcomes/behaviour/network/").content.decode()
    assert "a person says first which arms are the same intervention" in page
    form = client.get(f"{base}outcomes/behaviour/network/arms/").content.decode()
    assert "Not the same in every study?" in form
    answers = {
        "name_0": "Parent groups", "name_1": "Home visits", "name_2": "Parent groups", "name_3": "Waiting list",
    }  # fmt: skip
    assert client.post(f"{base}outcomes/behaviour/network/arms/", answers).status_code == 302
    page = client.get(f"{base}outcomes/behaviour/network/").content.decode()
    assert "Set against Waiting list, behaviour problems" in page
    assert "Do direct and indirect evidence agree?" in page
    assert "May they be put in an order?" in page
    one = {**answers, "arm_4_1": "-"}
    client.post(f"{base}outcomes/behaviour/network/arms/", one)
    page = client.get(f"{base}outcomes/behaviour/network/").content.decode()
    assert "is none of this network’s interventions" in page
    client.post(f"{base}outcomes/behaviour/network/arms/", answers)
    wrong = {"reference": "Nothing", "when": "first", "method": "REML"}
    assert "Error" in client.post(f"{base}outcomes/behaviour/network/settle/", wrong).content.decode()
    settled = {"reference": "Home visits", "when": "last", "method": "DL", "leave_2": ""}
    assert client.post(f"{base}outcomes/behaviour/network/settle/", settled).status_code == 302
    assert (
        "Each intervention against Home visits"
        in client.get(f"{base}outcomes/behaviour/network/").content.decode()
    )
    page = client.get(f"{base}outcomes/behaviour/").content.decode()
    assert "One average of different comparisons" in page
    answer = client.post(f"{base}outcomes/behaviour/network/thread/")
    assert "/sentences/new/?finding=" in answer["Location"]
    page = client.post(f"{base}outcomes/behaviour/network/settle/", {**settled, "method": "EE"})
    assert "This field is required" in page.content.decode()


def test_an_outcome_without_comparisons_or_with_two_arms_says_what_to_do(
    people, case, comparisons, sign_in, base
) -> None:
    client = sign_in(people.viewer)
    page = client.get(f"{base}outcomes/excluded/network/").content.decode()
    assert "No comparison of two arms has been taken" in page
    assert client.get(f"{base}outcomes/nothing/network/").status_code == 404
    assert client.get(f"{base}outcomes/behaviour/network/answer.zip").status_code == 404
    assert client.get(f"{base}outcomes/behaviour/network/charts/drawing.svg").status_code == 404


def test_what_can_be_taken_along(people, case, comparisons, sign_in, base) -> None:
    match(case, people.colleague)
    client = sign_in(people.viewer)
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"{base}outcomes/behaviour/network/answer.csv").content.decode())
        )
    )
    assert {(row["first"], row["against"]) for row in rows} == {
        ("Home visits", "Waiting list"), ("Parent groups", "Waiting list"), ("Parent groups", "Home visits"),
    }  # fmt: skip
    assert rows[0]["source"] == case.title
    word = client.get(f"{base}outcomes/behaviour/network/answer.docx").content
    assert word[:2] == b"PK"
    drawing = client.get(f"{base}outcomes/behaviour/network/charts/drawing.svg")
    assert drawing["Content-Type"].startswith("image/svg+xml")
    assert "Parent groups" in drawing.content.decode()
    assert "Rank" in client.get(f"{base}outcomes/behaviour/network/charts/ranks.csv").content.decode()


def test_the_folder_works_it_out_again_in_python_and_in_r(
    people, case, comparisons, sign_in, base, tmp_path: Path
) -> None:
    match(case, people.colleague)
    client = sign_in(people.viewer)
    content = client.get(f"{base}outcomes/behaviour/network/answer.zip").content
    assert client.get(f"{base}outcomes/behaviour/network/answer.zip").content == content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(tmp_path)
    assert "doi:10.5555/made.1" in (tmp_path / "where-from.csv").read_text(encoding="utf-8")
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert results["tau2"] == now(case, people.viewer).account.fit.tau2
    again = subprocess.run(
        [sys.executable, tmp_path / "rerun.py"], capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stdout + again.stderr
    said = subprocess.run([rscript(), tmp_path / "rerun.R"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
