from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.integration.analyse.reviews.conftest import FOUR
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import RecordFile

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def without_token(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response))


def addresses(base: str, row) -> list[str]:
    return [
        base,
        f"{base}records/",
        f"{base}records/?show=all",
        f"{base}records/{row.pk}/",
        f"{base}left-out/",
        f"{base}left-out.csv",
        f"{base}kept.ris",
    ]


@pytest.mark.parametrize("who", ["commissioner", "colleague", "approver", "viewer"])
def test_whoever_may_see_the_case_sees_its_studies(people, sign_in, base, rows, decide, who) -> None:
    decide(rows[0], "include")
    decide(rows[1], "exclude", "design")
    client = sign_in(getattr(people, who))
    for address in addresses(base, rows[0]):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["outsider", "parent", "admin"])
def test_whoever_may_not_gets_the_page_of_a_case_that_is_not_there(people, sign_in, base, rows, who) -> None:
    client = sign_in(getattr(people, who))
    nothing = without_token(client.get("/cases/no-such-case/reviews/"))
    for address in [*addresses(base, rows[0]), f"{base}bring-in/", f"{base}next/"]:
        response = client.get(address)
        assert response.status_code == 404, address
        assert "made study" not in text(response)
        assert without_token(response) == nothing
    for address in [f"{base}records/{rows[0].pk}/", f"{base}thread/", f"{base}records/{rows[0].pk}/thread/"]:
        assert client.post(address, {"verdict": "include"}).status_code == 404


def test_without_signing_in_there_is_only_the_sign_in_page(client, base, rows) -> None:
    for address in addresses(base, rows[0]):
        assert client.get(address).status_code == 302


def test_a_record_of_another_case_is_not_shown_under_this_one(people, sign_in, case, base, rows) -> None:
    from wherewithal_web.cases.actions import start_case

    other = start_case(by=people.outsider, title="Private")
    actions.import_records(by=people.outsider, case=other, source=FOUR.encode(), name="x.ris")
    foreign = queries.records_of(other).first()
    assert sign_in(people.commissioner).get(f"{base}records/{foreign.pk}/").status_code == 404


def test_a_viewer_is_offered_nothing_to_change_and_refused_with_the_reason(
    people, sign_in, base, rows
) -> None:
    client = sign_in(people.viewer)
    assert "Keep it" not in text(client.get(f"{base}records/{rows[0].pk}/"))
    assert "Bring in another" not in text(client.get(base))
    for response in (
        client.get(f"{base}bring-in/"),
        client.post(f"{base}records/{rows[0].pk}/", {"verdict": "include"}),
        client.post(f"{base}thread/"),
    ):
        assert response.status_code == 403
        assert "You are viewer on this case" in text(response)


def test_an_empty_case_says_what_to_do(people, sign_in, base) -> None:
    page = text(sign_in(people.commissioner).get(base))
    assert "No search has been brought in yet" in page
    assert "PubMed" in page
    assert "No search has been brought in yet" in text(sign_in(people.viewer).get(f"{base}records/"))


def test_screening_from_first_to_last(people, sign_in, case, base, search, rows) -> None:
    client = sign_in(people.colleague)
    assert client.get(f"{base}next/")["Location"] == f"{base}records/{rows[0].pk}/"
    page = text(client.get(f"{base}records/{rows[0].pk}/"))
    assert "made &lt;q&gt;text&lt;/q&gt;." in page
    assert "https://doi.org/10.5555/made.1" in page
    assert "4 to look at" in page

    response = client.post(f"{base}records/{rows[0].pk}/", {"verdict": "include"})
    assert response["Location"] == f"{base}records/{rows[1].pk}/"
    assert "Kept. Example (2006), First made study" in text(client.get(response["Location"]))
    client.post(f"{base}records/{rows[1].pk}/", {"verdict": "exclude", "reason": "population"})
    client.post(
        f"{base}records/{rows[2].pk}/", {"verdict": "exclude", "reason": "other", "words": "a poster"}
    )
    response = client.post(f"{base}records/{rows[3].pk}/", {"verdict": "unsure"})
    assert response["Location"] == base
    page = text(client.get(base))
    assert "Everything has been looked at" in page
    assert "1 kept, 2 left out, 1 unsure" in page
    assert client.get(f"{base}next/")["Location"] == base

    for show, title in (("kept", "First made"), ("left-out", "Second made"), ("unsure", "No title given")):
        assert title in text(client.get(f"{base}records/?show={show}"))
    assert "Everything has been looked at" in text(client.get(f"{base}records/?show=to-look-at"))
    out = text(client.get(f"{base}left-out/"))
    assert "Wrong population" in out
    assert "Another reason: a poster" in out


def test_a_changed_mind_stays_with_the_record_and_shows_what_was_before(people, sign_in, base, rows) -> None:
    client = sign_in(people.commissioner)
    address = f"{base}records/{rows[0].pk}/"
    client.post(address, {"verdict": "include"})
    seen = rows[0].decisions.get().pk
    assert f'name="seen" value="{seen}"' in text(client.get(address))
    changed = {"verdict": "exclude", "reason": "outcome", "seen": seen}
    assert client.post(address, changed)["Location"] == address
    page = text(client.get(address))
    assert "Wrong outcome" in page
    assert "Before that: kept" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verdict": "exclude"}, "Say why this record is left out."),
        ({"verdict": "exclude", "reason": "other", "words": ""}, "Say in your own words"),
        ({"verdict": "exclude", "reason": "colour"}, "Say why this record is left out."),
        ({}, "Choose one: keep it"),
        ({"verdict": "perhaps"}, "Choose one: keep it"),
    ],
)
def test_half_a_decision_is_refused_in_words(people, sign_in, base, rows, sent, said) -> None:
    response = sign_in(people.commissioner).post(f"{base}records/{rows[0].pk}/", sent)
    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert said in text(response)
    assert queries.counts_of(rows[0].file.case).decided == 0


def test_adding_to_the_thread_leads_to_writing_a_sentence(people, sign_in, case, base, rows, decide) -> None:
    decide(rows[0], "include")
    client = sign_in(people.commissioner)
    response = client.post(f"{base}thread/")
    assert response["Location"].startswith(f"/cases/{case.slug}/sentences/new/?finding=")
    assert client.get(response["Location"]).status_code == 200
    assert "This is on the thread as it stands" in text(client.get(base))
    decide(rows[1], "exclude", "design")
    assert "Since then:" in text(client.get(base))
    assert client.post(f"{base}thread/")["Location"] == base
    response = client.post(f"{base}records/{rows[0].pk}/thread/")
    assert response["Location"].startswith(f"/cases/{case.slug}/sentences/new/?finding=")
    assert "On the thread" in text(client.get(f"{base}records/{rows[0].pk}/"))


def test_adding_what_cannot_be_added_says_why(people, sign_in, base, rows) -> None:
    client = sign_in(people.commissioner)
    assert "Nothing has been looked through yet" in text(client.post(f"{base}thread/", follow=True))
    page = text(client.post(f"{base}records/{rows[0].pk}/thread/", follow=True))
    assert "Only a study that was kept" in page


def test_the_case_page_and_its_stage_lead_here(people, sign_in, case, base, rows, decide) -> None:
    client = sign_in(people.commissioner)
    assert base in text(client.get(f"/cases/{case.slug}/analyse/"))
    decide(rows[0], "include")
    page = text(client.get(f"/cases/{case.slug}/"))
    assert "1 kept, 0 left out" in page
    assert "3 still to look at" in page


def test_downloads(people, sign_in, base, rows, decide) -> None:
    decide(rows[0], "include")
    decide(rows[2], "exclude", "other", "=SUM(A1)")
    client = sign_in(people.viewer)
    ris = client.get(f"{base}kept.ris")
    assert "attachment" in ris["Content-Disposition"]
    assert "TI  - First made study" in text(ris)
    assert "Second" not in text(ris)
    rows_csv = text(client.get(f"{base}left-out.csv"))
    assert "'=Third made study" in rows_csv
    assert "'=SUM(A1)" in rows_csv


def test_long_lists_come_in_pages(people, sign_in, case, base) -> None:
    many = "".join(f"TY  - JOUR\nTI  - Made {n:03}\nER  - \n" for n in range(60))
    actions.import_records(by=people.commissioner, case=case, source=many.encode(), name="many.ris")
    client = sign_in(people.viewer)
    page = text(client.get(f"{base}records/"))
    assert "Made 024" in page
    assert "Made 025" not in page
    assert "Page 1 of 3" in page
    assert "Made 059" in text(client.get(f"{base}records/?show=to-look-at&page=3"))
    assert client.get(f"{base}records/?page=nonsense").status_code == 200
    assert client.get(f"{base}records/?show=nonsense").status_code == 404


# --- files ----------------------------------------------------------------------------------------------


def upload(client, base: str, data: bytes, name: str = "search.ris", **more: str):
    return client.post(f"{base}bring-in/", {"file": SimpleUploadedFile(name, data), **more})


def test_a_file_is_brought_in(people, sign_in, case, base) -> None:
    client = sign_in(people.colleague)
    assert client.get(f"{base}bring-in/").status_code == 200
    response = upload(
        client, base, FOUR.encode(), database="Made Database", search="made", searched_on="2026-11-02"
    )
    assert response["Location"] == base
    page = text(client.get(base))
    assert "4 records brought in from search.ris." in page
    assert "Made Database" in page
    assert "2 November 2026" in page


def test_a_broken_file_names_its_lines(people, sign_in, base) -> None:
    response = upload(
        sign_in(people.commissioner), base, b"TY  - JOUR\nTI  No dash\nPY  = 2006\nER  - \n", database="Kept"
    )
    assert response.status_code == 400
    page = text(response)
    assert "search.ris was not read: 2 places in it are not as RIS should be." in page
    assert "Line 2" in page
    assert "Line 3" in page
    assert "Nothing was brought in." in page
    assert 'value="Kept"' in page
    assert not RecordFile.objects.exists()


def spreadsheet() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "empty.ris", "empty.ris is empty."),
        (b" \n", "blank.ris", "blank.ris is empty."),
        (spreadsheet(), "search.csv", "could not be read as a workbook"),
        (b"TY  - JOUR\nTI  - \x81\x8d\nER  - \n", "odd.ris", "could not be read"),
        (b"<html><body>Sign in</body></html>", "page.ris", "not in a format"),
    ],
)
def test_files_that_cannot_be_used(people, sign_in, base, data, name, said) -> None:
    response = upload(sign_in(people.commissioner), base, data, name)
    assert response.status_code == 400
    assert said in text(response)
    assert not RecordFile.objects.exists()


def test_no_file_at_all(people, sign_in, base) -> None:
    response = sign_in(people.commissioner).post(f"{base}bring-in/", {})
    assert response.status_code == 400
    assert "Choose a file." in text(response)


def test_the_same_file_twice(people, sign_in, base, search) -> None:
    response = upload(sign_in(people.commissioner), base, FOUR.encode(), "again.ris")
    assert response.status_code == 400
    assert "again.ris is already in this case." in text(response)
    assert "brought in by Cora Commissioner" in text(response)


def test_a_file_that_is_too_large_is_stopped_while_it_arrives(people, base, settings) -> None:
    from django.test import Client

    settings.LARGEST_UPLOAD = 1000
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.commissioner, backend="wherewithal_web.people.sign_in.Backend")
    client.get(f"{base}bring-in/")
    token = client.cookies["csrftoken"].value
    for size in (2_000, 3_000_000):
        file = SimpleUploadedFile("large.ris", b"TY  - JOUR\n" * (size // 11))
        response = client.post(f"{base}bring-in/", {"csrfmiddlewaretoken": token, "file": file})
        assert response.status_code == 400
        assert "larger than" in text(response)
        assert "Choose a file." not in text(response)
    assert not RecordFile.objects.exists()


def test_the_demo_search_reads_and_says_only_what_it_knows(people, case) -> None:
    from importlib.resources import files

    data = files("wherewithal_web.demo").joinpath("searches/parenting-programmes.ris").read_bytes()
    file = actions.import_records(
        by=people.commissioner, case=case, source=data, name="parenting-programmes.ris"
    )
    assert file.record_count == 16
    for row in queries.records_of(case):
        record = row.record
        assert record.title
        assert record.authors
        assert record.year
        assert record.doi
        assert not record.abstract
