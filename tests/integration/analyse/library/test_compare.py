"""Programmes side by side: on a page, as a spreadsheet and for Word."""

from __future__ import annotations

import csv
import io

import docx
import pytest

from wherewithal.sources.work import Work
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.models import StudyNotice

pytestmark = pytest.mark.django_db

THREE = "?p=good-behaviour-game&p=paths-elementary&p=incredible-years-preschool"
SIX = f"{THREE}&p=multisystemic-therapy&p=family-nurse-partnership&p=functional-family-therapy"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_three_programmes_side_by_side_each_cell_with_its_register(people, library, sign_in) -> None:
    page = text_of(sign_in(people.outsider).get(f"/library/compare/{THREE}"))
    names = ["Good Behaviour Game", "Promoting Alternative Thinking Strategies (PATHS), Elementary"]
    for name in names:
        assert f'<th scope="col">{name}</th>' in page
        assert f'data-label="{name}"' in page
    assert 'role="region" aria-label="Programmes side by side" tabindex="0"' in page
    assert "3+ (February 2018)" in page
    assert "https://guidebook.eif.org.uk/programme/paths-elementary-curriculum" in page
    assert "What is not known" in page
    assert "What training its staff need." in page
    assert "As it stood on 23 November 2026." in page
    assert "our copy of April 2026" in page


def test_leaving_one_out_keeps_the_others_and_the_case(people, library, case, sign_in) -> None:
    page = text_of(sign_in(people.commissioner).get(f"/library/compare/{THREE}&case={case.slug}"))
    left = f"/library/compare/?p=paths-elementary&amp;p=incredible-years-preschool&amp;case={case.slug}"
    assert f'href="{left}">Leave out<span class="govuk-visually-hidden"> Good Behaviour Game</span>' in page


def test_one_programme_is_offered_others_of_its_family_and_like_it(people, library, sign_in) -> None:
    page = text_of(sign_in(people.outsider).get("/library/compare/?p=incredible-years-preschool"))
    assert "Choose another to put beside it." in page
    family, alike = (
        page.index("Others of the same family"),
        page.index("Others like Incredible Years Preschool"),
    )
    assert family < page.index('value="incredible-years-toddler"') < alike
    assert '<input type="hidden" name="p" value="incredible-years-preschool">' in page
    assert 'type="checkbox" value="incredible-years-preschool"' not in page


def test_programmes_are_searched_for_with_what_is_chosen_kept(people, library, sign_in) -> None:
    client = sign_in(people.outsider)
    page = text_of(client.get("/library/compare/?p=paths-elementary&q=tripel"))
    assert "Found for “tripel”" in page
    assert "Triple P" in page
    none = text_of(client.get("/library/compare/?p=paths-elementary&q=zzzzzz"))
    assert "No other programme is found for “zzzzzz”" in none
    assert "Compare these" not in none
    assert "Choose programmes" in text_of(client.get("/library/compare/"))


def test_more_than_five_says_so_and_asks_which(people, library, sign_in) -> None:
    page = text_of(sign_in(people.outsider).get(f"/library/compare/{SIX}"))
    assert "Choose at most 5" in page
    assert "You chose 6." in page
    assert page.count("checked") == 5
    assert "<table" not in page


def test_what_is_not_in_the_library_is_said(people, library, sign_in) -> None:
    page = text_of(sign_in(people.outsider).get(f"/library/compare/{THREE}&p=nothing-like-it&p=%00"))
    assert "1 programme in this address is not here under that name: nothing-like-it." in page
    assert "<table" in page


def test_studies_kept_here_stand_beside_what_registers_say(people, library, case, sign_in) -> None:
    work = Work(title="A trial", authors=("Example, Ada",), year=2024, doi="10.5555/trial")
    actions.add_study(
        by=people.colleague, work=work, says="It made no difference.", programmes=["good-behaviour-game"]
    )
    StudyNotice.objects.create(doi="10.5555/trial", kind="retraction", source="Crossref")
    page = text_of(sign_in(people.outsider).get(f"/library/compare/{THREE}"))
    assert "Retracted. It made no difference." in page
    assert "Example, Ada (2024)" in page


def test_the_spreadsheet_has_the_date_the_copies_and_the_sources(people, library, sign_in) -> None:
    response = sign_in(people.outsider).get(f"/library/compare/table.csv{THREE}")
    assert response["Content-Disposition"] == 'attachment; filename="programmes-compared-2026-11-23.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][1:3] == [
        "Good Behaviour Game",
        "Promoting Alternative Thinking Strategies (PATHS), Elementary",
    ]
    by_name = {row[0]: row[1:] for row in rows}
    assert (
        "https://guidebook.eif.org.uk/programme/paths-elementary-curriculum"
        in by_name["Foundations Guidebook"][1]
    )
    assert by_name["As it stood on"] == ["23 November 2026"]
    copies = [row[1] for row in rows if row[0] == "Read from"]
    assert "Foundations Guidebook, our copy of April 2026, made from pages of 2016 to 2025" in copies


def test_the_word_file_has_the_table_with_links_and_the_copies(people, library, sign_in) -> None:
    response = sign_in(people.outsider).get(f"/library/compare/table.docx{THREE}")
    document = docx.Document(io.BytesIO(response.content))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells][1] == "Good Behaviour Game"
    assert table.rows[-1].cells[0].text == "What is not known"
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "As it stood on 23 November 2026." in words
    assert "Foundations Guidebook, our copy of April 2026" in words
    addresses = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert "https://guidebook.eif.org.uk/programme/paths-elementary-curriculum" in addresses


@pytest.mark.parametrize("query", ["", "?p=paths-elementary", SIX, "?p=nothing&p=like-it"])
def test_there_is_no_file_of_too_few_or_too_many(people, library, sign_in, query: str) -> None:
    client = sign_in(people.outsider)
    assert client.get(f"/library/compare/table.csv{query}").status_code == 404
    assert client.get(f"/library/compare/table.docx{query}").status_code == 404
