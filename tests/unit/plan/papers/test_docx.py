"""A paper as a Word file: what Word and LibreOffice need to find in it, and the same bytes twice."""

import io
import subprocess
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from tests.unit.plan.papers.cases import CLAIMS, paper
from wherewithal.plan.papers import to_docx
from wherewithal.thread import Claim

WRITTEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def written(a_paper=None):
    return to_docx(a_paper or paper(), written_at=WRITTEN, author="Ada Okafor")


@pytest.fixture(scope="module")
def opened():
    return docx.Document(io.BytesIO(written()))


def test_headings_are_real_and_in_order(opened):
    headings = [
        (p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith(("Title", "Heading"))
    ]
    assert headings[0] == ("Title", "Parenting support for families of children aged 3 to 8")
    assert headings[1:4] == [
        ("Heading 1", "Strategic case"),
        ("Heading 2", "Why this matters here"),
        ("Heading 2", "What families say"),
    ]
    assert [text for style, text in headings if style == "Heading 1"][-2:] == ["What is not known", "Sources"]


def test_properties_and_language_are_set(opened):
    core = opened.core_properties
    assert core.title == "Business case: Parenting support for families of children aged 3 to 8"
    assert core.author == core.last_modified_by == "Ada Okafor"
    assert core.language == "en-GB"
    assert core.created == core.modified == WRITTEN.replace(tzinfo=core.created.tzinfo)
    languages = {found.get(qn("w:val")) for found in opened.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_every_citation_leads_to_its_numbered_source_with_its_lane(opened):
    body = opened.element.body
    links = [link for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    bookmarks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert bookmarks == ["source_1", "source_2", "source_3", "source_4"]
    assert {link.get(qn("w:anchor")) for link in links} == set(bookmarks)
    texts = ["".join(t.text for t in link.iter(qn("w:t"))) for link in links]
    assert "[1\u00a0local data]" in texts
    sources = [p for p in opened.paragraphs if p.style.name == "Source"]
    assert [p.text.split(". ")[0] for p in sources] == ["Local data", "Research", "Research", "Money"]
    assert all(p._p.pPr.numPr is not None for p in sources)


def test_sources_on_the_web_are_links(opened):
    targets = [rel.target_ref for rel in opened.part.rels.values() if rel.is_external]
    assert set(targets) == {"https://example.org/a?b=1&c=2"}


def test_the_header_row_of_a_table_repeats_and_no_row_breaks(opened):
    table = opened.tables[0]
    assert table.cell(0, 2).text == "Incredible Years, 12 groups"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in list(table.rows)[1:])
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "The options compared"


def test_pages_are_numbered_and_made_up_figures_are_said_on_every_page(opened):
    section = opened.sections[0]
    for footer in (section.first_page_footer, section.footer):
        fields = [found.get(qn("w:instr")).strip() for found in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    assert "made up" in section.header.paragraphs[0].text
    assert any(p.style.name == "Notice" and "made up" in p.text for p in opened.paragraphs)


def test_standing_and_changes_are_in_words(opened):
    text = "\n".join(p.text for p in opened.paragraphs)
    for words in (
        "[nothing yet behind this]",
        "[judgement: the Family Hubs manager]",
        "Changed 20 November 2026: Foundations Guidebook: was 3+, now mixed.",
        "Nothing written yet. What is measured",
        "Careful: The review is ten years old.",
        "look again on 1 October 2027",
    ):
        assert words in text


def test_the_same_paper_at_the_same_time_is_the_same_bytes():
    assert written() == written()
    with zipfile.ZipFile(io.BytesIO(written())) as file:
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.testzip() is None


def test_whatever_people_write_makes_a_file_that_opens():
    odd = paper(
        title="T" * 400 + "\x00",
        claims=(*CLAIMS, Claim("x", 'Tabs\t, breaks\n, \x0b control and "<w:p>" marks & 👪', "review")),
        meta=(("Name\x01", "Value"),),
    )
    document = docx.Document(io.BytesIO(written(odd)))
    assert any('"<w:p>" marks & 👪' in p.text for p in document.paragraphs)


def test_a_paper_without_anything_in_it_still_opens():
    bare = paper(claims=(), tables=(), drift=(), in_place=(), meta=(), question="")
    assert "No sentence cites a source yet." in [
        p.text for p in docx.Document(io.BytesIO(written(bare))).paragraphs
    ]


def test_libreoffice_opens_it_and_makes_pages(libreoffice, tmp_path):
    path = tmp_path / "paper.docx"
    path.write_bytes(written())
    subprocess.run(
        [
            libreoffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pdf = (tmp_path / "paper.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 10_000
