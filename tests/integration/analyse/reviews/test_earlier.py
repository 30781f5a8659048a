"""Decisions of an earlier review as a start: looked at, used, taught from, withdrawn; and never a decision here."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.unit.analyse.reviews.records.test_xlsx import sheet_of, workbook
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.learning.again import learn_again
from wherewithal_web.analyse.reviews.models import (
    EarlierFile,
    EarlierLabel,
    EarlierPreview,
    RankingOrder,
    ScreeningDecision,
)
from wherewithal_web.audit.models import Event
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

CSV = (
    "title,year,included\n"
    "Parenting group trial 06,2006,1\nCrop yield survey 01,2001,0\nCrop yield survey 02,2002,0\n"
    "Something that is nowhere here,2001,1\nCrop yield survey 03,2003,\n"
)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def bring(people, case):
    def brought(content: str = CSV, name: str = "old.csv", by=None, use: bool = True):
        user = by or people.commissioner
        actions.preview_earlier(by=user, case=case, source=io.BytesIO(content.encode()), name=name)
        return actions.use_earlier(by=user, case=case) if use else None

    return brought


def test_a_file_is_looked_at_then_used_then_withdrawn(
    people, sign_in, case, base, sixty, decide, learn
) -> None:
    decide(sixty[1], "include")
    client = sign_in(people.colleague)
    sent = {"file": SimpleUploadedFile("old.csv", CSV.encode()), "says": "find"}
    page = text(client.post(f"{base}earlier/", sent, follow=True))
    assert "3 records of this case are in it: 1 included, 2 excluded." in page
    assert "1 in the file that no record here is" in page
    assert "Row 4: Something that is nowhere here" in page
    assert "1 record that people here decided otherwise" in page
    assert "Earlier review: excluded. Here: kept." in page
    assert not EarlierLabel.objects.exists()
    assert "Choose the file" not in text(sign_in(people.commissioner).get(f"{base}earlier/"))
    page = text(client.post(f"{base}earlier/use/", {"use": "yes"}, follow=True))
    assert "What was decided about 3 records now teaches the order of reading." in page
    assert ScreeningDecision.objects.count() == 1
    assert queries.counts_of(case).decided == 1
    assert "Included <span" in text(client.get(f"{base}records/{sixty[6].pk}/"))
    page = text(client.post(f"{base}earlier/", {**sent, "file": SimpleUploadedFile("old.csv", CSV.encode())}))
    assert "old.csv is used already" in page
    address = f"{base}earlier/{EarlierFile.objects.get().pk}/withdraw/"
    assert "Say why it is withdrawn" in text(client.post(address, follow=True))
    page = text(client.post(address, {"why": "Another question."}, follow=True))
    assert "Withdrawn by Col League" in page
    assert queries.files_in_use(case) == []
    assert "Included <span" not in text(client.get(f"{base}records/{sixty[6].pk}/"))
    assert EarlierLabel.objects.count() == 3
    assert [event.action for event in Event.objects.filter(action__endswith="_earlier").order_by("pk")] == [
        "reviews.use_earlier",
        "reviews.withdraw_earlier",
    ]


def test_it_teaches_from_the_start_and_can_be_learnt_again(people, case, sixty, bring, learn) -> None:
    bring()
    learn()
    order = RankingOrder.objects.get().numbers
    titles = {row.pk: row.title for row in sixty}
    assert len(order) == 60  # nothing counts as decided
    assert all(titles[number].startswith("Parenting") for number in order[:10])
    taught = case.rankings.first()
    assert taught.earlier.files == queries.files_in_use(case)
    assert learn_again(taught).sha256 == taught.order_sha256
    actions.withdraw_earlier(by=people.colleague, file=EarlierFile.objects.get(), why="Another question.")
    learn()
    newest = case.rankings.first()
    assert newest.order_sha256 != taught.order_sha256
    assert learn_again(newest).sha256 == newest.order_sha256
    assert learn_again(taught).sha256 == taught.order_sha256


def test_what_people_decide_here_teaches_instead(case, sixty, bring, decide, learn) -> None:
    bring()
    decide(sixty[6], "exclude", "question")
    decide(sixty[1], "include")
    learn()
    titles = {row.pk: row.title for row in sixty}
    assert titles[RankingOrder.objects.get().numbers[0]].startswith("Crop")


def test_files_that_differ_about_a_record_teach_nothing_about_it(sixty, case, bring) -> None:
    bring()
    bring(CSV.replace("06,2006,1", "06,2006,0"), "other.csv")
    labels = queries.earlier_labels(queries.files_in_use(case))
    assert sixty[6].pk not in labels
    assert labels[sixty[1].pk] is False


def test_a_file_without_anything_of_ours_is_refused(people, sixty, bring) -> None:
    with pytest.raises(BadInput, match=r"None of the records in old\.csv is in this case"):
        bring("title,included\nNothing of what is here,1\nNor this one either,0\n")
    with pytest.raises(BadInput, match="does not say which records were included"):
        bring("title\nParenting group trial 06\n")
    assert not EarlierPreview.objects.exists()


def test_a_whole_file_of_included(people, sign_in, base, case, sixty) -> None:
    ris = b"TY  - JOUR\nTI  - Parenting group trial 06\nPY  - 2006\nER  - \n"
    sent = {"file": SimpleUploadedFile("kept.ris", ris), "says": "included"}
    client = sign_in(people.colleague)
    assert "1 included, 0 excluded" in text(client.post(f"{base}earlier/", sent, follow=True))
    assert "The file is not used." in text(client.post(f"{base}earlier/use/", {"use": "no"}, follow=True))
    assert "Choose a file first." in text(client.post(f"{base}earlier/use/", {"use": "yes"}, follow=True))


def test_an_excel_workbook(people, case, sixty) -> None:
    rows = [
        ["title", "year", "included"],
        ["Parenting group trial 06", 2006, 1],
        ["Crop yield survey 01", 2001, 0],
    ]
    book = io.BytesIO(workbook({"Sheet1": sheet_of(rows)}))
    actions.preview_earlier(by=people.colleague, case=case, source=book, name="old.xlsx")
    seen = queries.preview_of(case, people.colleague)
    assert (seen.included, seen.excluded) == (1, 1)


def test_who_may(people, sign_in, case, base, sixty, bring) -> None:
    file = bring()
    for user in (people.viewer, people.approver, people.outsider, people.parent):
        with pytest.raises(Refused):
            bring(by=user)
        with pytest.raises(Refused):
            actions.withdraw_earlier(by=user, file=file, why="No.")
    assert sign_in(people.viewer).get(f"{base}earlier/").status_code == 403
