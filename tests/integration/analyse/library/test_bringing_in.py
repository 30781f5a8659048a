"""Bringing in a register file on the web: looked at first, listed row by row, accepted or left."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from markupsafe import escape

from wherewithal.analyse.library import write_edition
from wherewithal.analyse.library.gathered import COLUMNS
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.models import StoredEdition, WaitingEdition

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def upload(edition, **changes):
    text = write_edition(edition)
    for was, now in changes.pop("replacing", {}).items():
        assert was in text
        text = text.replace(was, now)
    return {
        "register": edition.register,
        "edition_date": edition.date.isoformat(),
        "part": "whole",
        "file": SimpleUploadedFile("eef.csv", text.encode()),
        **changes,
    }


def gathered(*rows: tuple[str, str, str], **changes) -> dict:
    """A form with a file that gathers several registers: a programme, a registry and a rating on each row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for programme, registry, rating in rows:
        writer.writerow(
            {
                "programme": programme,
                "registry": registry,
                "evidence_rating": rating,
                "source_url": "https://register.example/page",
            }
        )
    return {
        "register": "*",
        "edition_date": "2026-11-20",
        "part": "part",
        "file": SimpleUploadedFile("gathered.csv", out.getvalue().encode()),
        **changes,
    }


def test_bringing_in_is_for_those_who_curate(people, library, sign_in) -> None:
    for user in (people.commissioner, people.outsider):
        response = sign_in(user).get("/library/registers/bring-in/")
        assert response.status_code == 403
        assert "evidence champion" in response.content.decode()
        assert "bring-in" not in sign_in(user).get("/library/").content.decode()
    assert sign_in(people.champion).get("/library/registers/bring-in/").status_code == 200


def test_a_file_is_looked_at_then_accepted(people, library, case, sign_in, newer_toolkit) -> None:
    actions.add_reading(by=people.commissioner, case=case, slug="social-and-emotional-learning")
    client = sign_in(people.champion)
    response = client.post("/library/registers/bring-in/", upload(newer_toolkit))
    assert response.status_code == 302
    page = text_of(client.get(response.url))
    assert "28 new and 2 changed." in page
    assert "Our reading: was Preliminary, now Good" in page
    assert StoredEdition.objects.filter(register="eef-toolkit").count() == 1
    assert sign_in(people.admin).get(response.url).status_code == 404
    accepted = client.post(response.url, {"answer": "accept"}, follow=True)
    assert "28 new and 2 changed" in text_of(accepted)
    assert "1 newer finding went to the cases that rest on what changed" in text_of(accepted)
    assert StoredEdition.objects.filter(register="eef-toolkit").count() == 2


def test_a_file_can_be_left(people, library, sign_in, newer_toolkit) -> None:
    client = sign_in(people.champion)
    where = client.post("/library/registers/bring-in/", upload(newer_toolkit)).url
    assert "Nothing was changed" in text_of(client.post(where, {"answer": "leave"}, follow=True))
    assert not WaitingEdition.objects.exists()
    assert client.get(where).status_code == 404


def test_every_problem_is_listed_and_nothing_kept(people, library, sign_in, newer_toolkit) -> None:
    wrong = {"\r\nFeedback,4,": "\r\nFeedback,9,", "\r\nHomework,": "\r\nFeedback,"}
    response = sign_in(people.champion).post(
        "/library/registers/bring-in/", upload(newer_toolkit, replacing=wrong)
    )
    page = text_of(response)
    assert str(escape("row 7, column 'rating'")) in page
    assert str(escape("row 8, column 'programme'")) in page
    assert "Nothing was changed" in page
    assert not WaitingEdition.objects.exists()


def test_a_renamed_column_and_a_future_day(people, library, sign_in, newer_toolkit) -> None:
    response = sign_in(people.champion).post(
        "/library/registers/bring-in/",
        upload(newer_toolkit, replacing={"caveat": "caveats"}, edition_date="2027-01-01"),
    )
    page = text_of(response)
    assert str(escape("no such column, but one named 'caveats'")) in page
    assert "the edition&#39;s date" in page


def test_a_spreadsheet_renamed_to_csv_and_no_file_at_all(people, library, sign_in, newer_toolkit) -> None:
    client = sign_in(people.champion)
    spreadsheet = SimpleUploadedFile("eef.csv", b"PK\x03\x04" + b"\0" * 200)
    page = text_of(client.post("/library/registers/bring-in/", upload(newer_toolkit, file=spreadsheet)))
    assert "is not a text file" in page
    page = text_of(client.post("/library/registers/bring-in/", {"register": "eef-toolkit"}))
    assert "There is a problem" in page


def test_too_large_a_file_is_stopped(people, library, sign_in, settings, newer_toolkit) -> None:
    settings.LARGEST_UPLOAD = 100
    page = text_of(sign_in(people.champion).post("/library/registers/bring-in/", upload(newer_toolkit)))
    assert "the most that is read at once" in page
    assert not WaitingEdition.objects.exists()


def look_at(client: Client, form: dict) -> str:
    """Where the file waits for an answer."""
    response = client.post("/library/registers/bring-in/", form)
    assert response.status_code == 302, text_of(response)
    return response.url


TWO = (
    ("Made-up Programme", "Blueprints", "promising"),
    ("Made-up Programme", "Title IV-E Prevention Services Clearinghouse", "supported"),
)


def test_one_file_of_several_registers_is_one_answer(people, library, sign_in) -> None:
    client = sign_in(people.champion)
    where = look_at(client, gathered(*TWO))
    page = text_of(client.get(where))
    assert "gathered.csv gathers 2 registers" in page
    assert "No case rests on anything that it changes." in page
    assert 'id="blueprints"' in page
    assert 'id="title-iv-e"' in page
    before = StoredEdition.objects.count()
    done = text_of(client.post(where, {"answer": "accept"}, follow=True))
    assert "2 editions are in." in done
    assert StoredEdition.objects.count() == before + 2
    assert StoredEdition.objects.filter(date="2026-11-20", complete=False).count() == 2


def test_only_the_chosen_register_is_taken_of_it(people, library, sign_in) -> None:
    client = sign_in(people.champion)
    where = look_at(client, gathered(*TWO, register="blueprints"))
    client.post(where, {"answer": "accept"})
    (stored,) = StoredEdition.objects.filter(date="2026-11-20")
    assert stored.register == "blueprints"
    again = client.post("/library/registers/bring-in/", gathered(*TWO, register="eef-toolkit"))
    assert "no rows of EEF Teaching and Learning Toolkit" in text_of(again)


def test_one_wrong_row_of_one_register_keeps_all_of_them_out(people, library, sign_in) -> None:
    wrong = (*TWO, ("Another", "Blueprints", "superb"), ("A third", "Nobody's register", "good"), TWO[0])
    page = text_of(sign_in(people.champion).post("/library/registers/bring-in/", gathered(*wrong)))
    for where in (
        "row 4, column 'evidence_rating'",
        "row 5, column 'registry'",
        "row 6, column 'programme'",
    ):
        assert str(escape(where)) in page
    assert not WaitingEdition.objects.exists()
    assert not StoredEdition.objects.filter(date="2026-11-20").exists()


def test_a_file_that_names_no_register_needs_one_chosen(people, library, sign_in, newer_toolkit) -> None:
    page = text_of(
        sign_in(people.champion).post("/library/registers/bring-in/", upload(newer_toolkit, register="*"))
    )
    assert "Which register is eef.csv a copy of?" in page


def test_whether_it_holds_all_must_be_said(people, library, sign_in, newer_toolkit) -> None:
    form = upload(newer_toolkit)
    del form["part"]
    page = text_of(sign_in(people.champion).post("/library/registers/bring-in/", form))
    assert "Say whether it holds all of it." in page


def test_the_cases_that_rest_on_it_are_named_to_who_may_see_them(
    people, library, case, sign_in, newer_toolkit
) -> None:
    actions.add_reading(by=people.commissioner, case=case, slug="social-and-emotional-learning")
    client = sign_in(people.champion)
    page = text_of(client.get(look_at(client, upload(newer_toolkit))))
    assert "1 case that you cannot see" in page
    assert case.title not in page


# --- What was held stays, and can be compared ------------------------------------------------------------


def test_the_older_edition_stays_and_any_two_can_be_compared(people, library, sign_in, newer_toolkit) -> None:
    actions.apply_edition(by=people.champion, edition=newer_toolkit)
    client = sign_in(people.viewer)
    older = text_of(client.get("/library/registers/eef-toolkit/2026-03-31/"))
    assert "There is a newer edition" in older
    address = "/library/registers/eef-toolkit/difference/"
    newest_two = text_of(client.get(address))
    asked = text_of(client.get(f"{address}?from=2026-04-02&to=2026-03-31"))
    for page in (newest_two, asked):
        assert "28 new and 2 changed" in page
        assert "Social and emotional learning" in page
    assert client.get(f"{address}?from=1999-01-01&to=2026-03-31").status_code == 404


def test_a_register_with_one_edition_or_none_says_so(people, library, sign_in) -> None:
    client = sign_in(people.viewer)
    one = text_of(client.get("/library/registers/blueprints/difference/"))
    assert "nothing to compare it with yet" in one


def test_every_register_has_a_page_whether_we_hold_a_copy_or_not(people, sign_in) -> None:
    from wherewithal.analyse.library import registers

    client = sign_in(people.viewer)
    page = text_of(client.get("/library/registers/"))
    for register in registers().values():
        assert str(escape(register.name)) in page
        assert client.get(f"/library/registers/{register.key}/").status_code == 200, register.key
        assert client.get(f"/library/registers/{register.key}/difference/").status_code == 200
    assert "none yet" in page


def test_a_second_copy_of_a_day_has_an_address_of_its_own(people, library, sign_in, newer_toolkit) -> None:
    client = sign_in(people.champion)
    for rating in ("3", "2"):
        form = upload(newer_toolkit, replacing={"\r\nFeedback,4,": f"\r\nFeedback,{rating},"})
        client.post(look_at(client, form), {"answer": "accept"})
    reader = sign_in(people.viewer)
    assert reader.get("/library/registers/eef-toolkit/2026-04-02-2/").status_code == 200
    assert reader.get("/library/registers/eef-toolkit/2026-04-02-2/download/").status_code == 200
    first = text_of(reader.get("/library/registers/eef-toolkit/2026-04-02/"))
    assert "There is a newer edition" in first
