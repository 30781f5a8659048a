from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import docx
import pytest

from tests.integration.analyse.reviews.conftest import FOUR
from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions, queries

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def some(people, sixty, decide) -> None:
    for number, row in enumerate(sixty[:30]):
        kept = row.title.startswith("Parenting")
        decide(
            row, "include" if kept else "exclude", "" if kept else "duplicate" if number == 1 else "question"
        )
    decide(sixty[31], "unsure")
    for row, verdict, reason in ((sixty[0], "include", ""), (sixty[6], "exclude", "outcome")):
        actions.record_decision(
            by=people.commissioner,
            record=row,
            verdict=Verdict(verdict),
            reason=reason,
            stage=queries.FULL_TEXT,
        )
    actions.attach_full_text(by=people.commissioner, record=sixty[12], found=False)


def test_the_flow_adds_up(case, some) -> None:
    flow = queries.flow_now(case)
    assert (flow.total, flow.duplicates, flow.unread, flow.unsettled, flow.excluded) == (60, 1, 29, 1, 24)
    assert (flow.sought, flow.not_retrieved, flow.waiting, flow.reports_included) == (5, 1, 2, 1)
    assert flow.excluded_reports == {"Wrong outcome": 1}
    assert not flow.stopped
    assert queries.flow_now(case).identified == {"sixty.ris": 60}


def test_the_page_and_its_files(people, sign_in, case, base, some, learn) -> None:
    learn()
    client = sign_in(people.viewer)
    page = text(client.get(f"{base}account/"))
    assert "Records found" in page
    assert "Model “terms”" in page
    svg = client.get(f"{base}account/flow.svg")
    assert svg["Content-Type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(text(svg)).tag.endswith("svg")
    assert "Identification,went on,Records found,60" in text(client.get(f"{base}account/flow.csv"))
    word = docx.Document(io.BytesIO(client.get(f"{base}account/flow.docx").content))
    assert "Records found: 60" in word.tables[0].rows[1].cells[1].text
    log = list(csv.DictReader(io.StringIO(text(client.get(f"{base}account/log.csv")))))
    assert len(log) == 33
    assert log[1]["Reason"] == "Duplicate"
    assert log[-1]["Stage"] == "Full text"
    orders = list(csv.DictReader(io.StringIO(text(client.get(f"{base}account/orders.csv")))))
    assert orders[0]["Decisions learnt from"] == "31"
    assert len(orders[0]["Fingerprint of the order (SHA-256)"]) == 64
    searches = list(csv.DictReader(io.StringIO(text(client.get(f"{base}account/searches.csv")))))
    assert searches[0]["Records"] == "60"
    assert client.get(f"{base}account/flow.pdf").status_code == 404


def test_how_reading_was_stopped_stands_beside_the_flow(people, sign_in, case, base, some) -> None:
    actions.decide_to_stop(by=people.commissioner, case=case, stops=True, rule="own", why="Time is up.")
    assert queries.flow_now(case).stopped
    client = sign_in(people.viewer)
    page = text(client.get(f"{base}account/"))
    assert "not read: reading was stopped" in page
    assert "Time is up." in page
    word = docx.Document(io.BytesIO(client.get(f"{base}account/flow.docx").content))
    assert any("Time is up." in each.text for each in word.paragraphs)


def test_the_log_of_a_blind_pile_hides_what_one_of_two_decided(people, sign_in, case, base, rows) -> None:
    actions.write_protocol(by=people.commissioner, case=case, protocol=Protocol(second_share=100))
    actions.record_decision(by=people.commissioner, record=rows[0], verdict=Verdict.INCLUDE, seen=0)
    log = text(sign_in(people.colleague).get(f"{base}account/log.csv"))
    assert "hidden until a second person has decided" in log
    assert ",include," not in log


def test_everything_in_one_folder_with_what_each_file_is(people, sign_in, case, base, some, learn) -> None:
    learn()
    response = sign_in(people.viewer).get(f"{base}account/folder.zip")
    assert response["Content-Disposition"] == f'attachment; filename="{case.slug}-review.zip"'
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.testzip() is None
    files = {Path(name).name: archive.read(name) for name in archive.namelist()}
    readme = files.pop("README.txt").decode()
    assert all(f"\n{name}\n" in readme for name in files)
    assert {"flow.svg", "flow.docx", "screening-log.csv", "left-out-full-text.csv", "orders.csv"} <= set(
        files
    )
    assert "Wrong outcome" in files["left-out-full-text.csv"].decode()
    method = json.loads(files["method.json"])
    assert method["model"] == "terms"
    assert method["seed"] == queries.protocol_of(case).seed


def test_the_folder_hides_what_a_second_person_may_not_know(people, sign_in, case, base, rows) -> None:
    actions.write_protocol(by=people.commissioner, case=case, protocol=Protocol(second_share=100))
    actions.record_decision(
        by=people.commissioner, record=rows[0], verdict=Verdict.EXCLUDE, reason="other", words="Zebra", seen=0
    )
    response = sign_in(people.colleague).get(f"{base}account/folder.zip")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert not any(b"Zebra" in archive.read(name) for name in archive.namelist())


def test_the_order_is_learnt_once_more_and_compared(people, sign_in, case, base, some, learn) -> None:
    assert sign_in(people.viewer).post(f"{base}account/again/").status_code == 403
    client = sign_in(people.colleague)
    assert "No order was learnt yet" in text(client.post(f"{base}account/again/", follow=True))
    learn()
    actions.import_records(by=people.commissioner, case=case, source=FOUR.encode(), name="four.ris")
    assert "is being learnt once more" in text(client.post(f"{base}account/again/", follow=True))
    learn()
    assert "was learnt once more from the log: the same order came out." in text(
        client.get(f"{base}account/")
    )
    assert sign_in(people.outsider).post(f"{base}account/again/").status_code == 404


def test_before_anything_was_found(people, sign_in, case, base) -> None:
    assert "nothing to record" in text(sign_in(people.viewer).get(f"{base}account/"))
