"""A comparison as a spreadsheet with its copies, and as a Word file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import docx
import pytest
from docx.oxml.ns import qn

from wherewithal.analyse.library import Programme, read_programme
from wherewithal.analyse.library.comparison import Said, compare
from wherewithal.analyse.library.comparison_docx import comparison_docx
from wherewithal.analyse.library.comparison_sources import comparison_table, copies_of

from .making import TODAY, rated

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

READINGS = [
    read_programme(
        Programme("a", "A programme"),
        [rated("foundations-guidebook", "4+", cost="2", link="https://register.example/a")],
        today=TODAY,
    ),
    read_programme(
        Programme("b", "Another\x0b one"),
        [rated("foundations-guidebook", "3"), rated("blueprints", "promising", link="javascript:alert(1)")],
        today=TODAY,
    ),
]
COMPARISON = compare(READINGS, {"a": [Said("It helped.", "Example (2024)", "/library/studies/a/")]})
COPIES = copies_of(READINGS)


def test_each_copy_is_named_once_in_the_order_in_which_it_is_met() -> None:
    assert [copy.register for copy in COPIES] == ["Foundations Guidebook", "Blueprints"]
    assert COPIES[0].home.startswith("https://")


def test_the_spreadsheet_ends_with_the_day_and_the_copies() -> None:
    rows = list(csv.reader(io.StringIO(comparison_table(COMPARISON, COPIES, day=DAY))))
    assert rows[0] == ["", "A programme", "Another\x0b one"]
    assert rows[-3] == ["As it stood on", "23 November 2026"]
    assert [row[1].split(",")[0] for row in rows[-2:]] == ["Foundations Guidebook", "Blueprints"]


@pytest.fixture(scope="module")
def document():
    return docx.Document(io.BytesIO(comparison_docx(COMPARISON, COPIES, day=DAY, written_at=AT)))


def test_the_word_file_holds_every_row_and_what_is_not_known(document) -> None:
    (table,) = document.tables
    first = [row.cells[0].text for row in table.rows]
    assert first == ["Question", *(row.name for row in COMPARISON.rows), "What is not known"]
    assert [cell.text for cell in table.rows[0].cells[1:]] == ["A programme", "Another  one"]
    ratings = table.rows[first.index("Blueprints")].cells
    assert ratings[1].text == "Not in our copies"
    assert ratings[2].text == "Promising\nBlueprints"


def test_only_addresses_of_the_web_are_links(document) -> None:
    addresses = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert "https://register.example/a" in addresses
    assert all(address.startswith(("https://", "http://")) for address in addresses)


def test_its_first_row_repeats_and_it_says_what_it_is(document) -> None:
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.title == "Programmes compared: A programme and Another  one"
    assert document.core_properties.language == "en-GB"
    assert document.sections[0].page_width > document.sections[0].page_height


def test_the_same_comparison_is_the_same_bytes() -> None:
    one, two = (comparison_docx(COMPARISON, COPIES, day=DAY, written_at=AT) for _ in range(2))
    assert one == two
