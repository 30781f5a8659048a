"""The worked demo case: whole, honest about what is made up, and there once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from docx import Document

from wherewithal.thread import Lane
from wherewithal_web.audit.models import Event
from wherewithal_web.cases import queries
from wherewithal_web.cases.models import Case
from wherewithal_web.demo import load, story
from wherewithal_web.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(settings) -> Case:
    settings.DEMO = True
    assert load.load_demo()
    return Case.objects.get(title=story.TITLE)


@pytest.fixture
def reader(case: Case) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(email="priya@northmoor.example"), backend="wherewithal_web.people.sign_in.Backend"
    )
    return client


def test_it_is_loaded_once(case: Case) -> None:
    events = Event.objects.count()
    assert load.load_demo() is False
    assert Event.objects.count() == events


def test_it_rests_on_every_lane_and_leaves_one_sentence_open(case: Case) -> None:
    lines = queries.lines_of(case)
    assert {lane for line in lines for lane in line.lanes} == {lane.value for lane in Lane}
    assert [line.wording.text for line in lines if not line.lanes] == [
        "Parents tell us they wait too long and travel too far."
    ]


def test_it_is_decided_and_the_evidence_has_moved_since(case: Case) -> None:
    decision = queries.standing_decision(case)
    assert decision is not None
    assert decision.proposed_by != decision.last_step.made_by
    [line] = [line for line in queries.lines_of(case) if line.drift]
    assert "EEF Teaching and Learning Toolkit" in line.drift[0].change.words


def test_what_is_made_up_says_so_and_what_is_real_has_its_source(case: Case) -> None:
    for stored in queries.stored_findings_of(case).values():
        finding = stored.finding
        if finding.subject.startswith("library:"):
            assert not finding.made_up
            assert all(source.url.startswith("http") for source in finding.sources)
        else:
            assert finding.made_up, finding.title


def test_every_page_with_local_figures_says_that_they_are_made_up(case: Case, reader: Client) -> None:
    base = case.get_absolute_url()
    for path in (base, f"{base}options/", f"{base}paper/", f"{base}delivery/", "/area/X06000001/990001/"):
        page = reader.get(path).text
        assert "Northmoor is made up, and so are its local figures" in page, path
        main = page[page.index("<main") :]
        assert "made up" in main, path


def test_everything_it_holds_can_leave(case: Case, reader: Client) -> None:
    whole = json.loads(reader.get(f"{case.get_absolute_url()}download/").content)
    assert set(whole["rooms"]) == {"reviews", "options", "papers", "delivery"}
    assert len(whole["rooms"]["reviews"]["records"]) == 20
    assert whole["rooms"]["options"]["options"][0]["name"] == "Carry on as now"
    assert whole["decisions"][0]["snapshot_fingerprint"]


def test_its_business_case_is_written_to_a_file(
    case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))
    written = load.write_business_case()
    assert written.parent == tmp_path
    assert story.TITLE in [paragraph.text for paragraph in Document(str(written)).paragraphs]


def test_a_case_can_be_entered_at_its_end(case: Case, reader: Client) -> None:
    late = Case.objects.get(title=story.REVIEW_TITLE)
    assert late.started_in == "Review"
    assert "What this stage still needs" in reader.get(f"{late.get_absolute_url()}review/").text
