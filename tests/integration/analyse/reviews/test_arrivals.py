"""Searches that are asked about or brought in by a worker: unknown columns, large files, files that are broken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from wherewithal_web.analyse.reviews.arrivals.asking import BRING_IN
from wherewithal_web.analyse.reviews.models import (
    ColumnChoice,
    Record,
    RecordFile,
    WaitingPart,
    WaitingSearch,
)
from wherewithal_web.analyse.reviews.views import arrivals
from wherewithal_web.jobs.leases import claim
from wherewithal_web.jobs.models import Run
from wherewithal_web.jobs.worker import Worker

pytestmark = pytest.mark.django_db

TABLE = b'Paper,Writers,When,Site\nSleep in schools,"Made, A",2001,Leeds\nFood at home,"Made, B",2002,Hull\n'


def text(response) -> str:
    return " ".join(response.content.decode().split())


def send(client, base: str, content: bytes, name: str):
    return client.post(f"{base}bring-in/", {"file": SimpleUploadedFile(name, content), "database": "Made"})


def work() -> None:
    while Worker("test").once():
        pass


def test_a_table_with_unknown_columns_is_asked_about_and_remembered(people, sign_in, case, base) -> None:
    client = sign_in(people.colleague)
    asked = send(client, base, TABLE, "own.csv")["Location"]
    page = text(client.get(asked))
    assert "Which column is which?" in page
    assert "Sleep in schools" in page
    assert "waits for somebody to say which of its columns is which" in text(client.get(base))
    assert not RecordFile.objects.exists()
    refused = client.post(asked, {"title": "", "authors": "Writers"})
    assert refused.status_code == 400
    assert "Say which column holds the titles" in text(refused)
    twice = client.post(asked, {"title": "Paper", "authors": "Paper"})
    assert "was chosen twice" in text(twice)
    client.post(asked, {"title": "Paper", "authors": "Writers", "year": "When"})
    work()
    first, second = Record.objects.order_by("number")
    assert (first.title, first.year, first.record.authors) == ("Sleep in schools", 2001, ("Made, A",))
    assert ("csv:Site", "Leeds") in first.record.extra
    assert second.file.database == "Made"
    assert not WaitingSearch.objects.exists()
    assert not WaitingPart.objects.exists()
    again = send(client, base, TABLE.replace(b"Sleep", b"Rest"), "next.csv")
    assert again["Location"] == base
    assert Record.objects.count() == 4
    assert ColumnChoice.objects.count() == 1


def test_a_choice_holds_for_the_organisation_only(people, sign_in, case, base) -> None:
    client = sign_in(people.colleague)
    asked = send(client, base, TABLE, "own.csv")["Location"]
    client.post(asked, {"title": "Paper"})
    ColumnChoice.objects.all()
    type(case).objects.filter(pk=case.pk).update(organisation=people.nhs)
    assert send(client, base, TABLE.replace(b"Sleep", b"Rest"), "next.csv")["Location"].endswith("/columns/")


def test_a_large_file_is_brought_in_by_a_worker(people, sign_in, case, base, monkeypatch) -> None:
    monkeypatch.setattr(arrivals, "AT_ONCE_BYTES", 1_000)
    client = sign_in(people.colleague)
    many = "".join(f"TY  - JOUR\nTI  - Made {n:04}\nER  - \n" for n in range(200)).encode()
    said = client.post(f"{base}bring-in/", {"file": SimpleUploadedFile("many.ris", many)}, follow=True)
    assert "many.ris is being brought in" in text(said)
    assert not RecordFile.objects.exists()
    assert claim("killed").kind == BRING_IN  # and never heard of again
    Run.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    work()
    assert RecordFile.objects.get().record_count == 200
    assert "is being brought in" not in text(client.get(base))


def test_a_large_file_that_is_broken_brings_nothing_in_and_says_why(
    people, sign_in, case, base, monkeypatch
) -> None:
    monkeypatch.setattr(arrivals, "AT_ONCE_BYTES", 100)
    client = sign_in(people.colleague)
    broken = b"Title,Year\n" + b"A,2001\n" * 50 + b"B,2002,too,many\n"
    send(client, base, broken, "broken.csv")
    work()
    assert not RecordFile.objects.exists()
    page = text(client.get(base))
    assert "could not be brought in" in page
    assert "not as CSV should be" in page
    waiting = WaitingSearch.objects.get()
    assert sign_in(people.viewer).post(f"{base}bring-in/{waiting.pk}/drop/").status_code == 403
    assert "was taken away" in text(client.post(f"{base}bring-in/{waiting.pk}/drop/", follow=True))
    assert not WaitingSearch.objects.exists()


def test_a_workbook_comes_in_as_it_is(people, sign_in, case, base) -> None:
    import io

    from wherewithal.analyse.reviews.records import Record as Body
    from wherewithal.analyse.reviews.records import by_key

    out = io.BytesIO()
    by_key("xlsx").write([Body(title="Sleep in schools", year=2001)], out)
    assert send(sign_in(people.colleague), base, out.getvalue(), "own.xlsx")["Location"] == base
    assert Record.objects.get().title == "Sleep in schools"
