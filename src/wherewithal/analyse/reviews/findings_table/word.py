"""The summary of findings as a Word file: one landscape table, footnotes below, to be finished in Word."""

from __future__ import annotations

from datetime import datetime

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from wherewithal.analyse.reviews.findings_table.table import FindingsTable
from wherewithal.analyse.reviews.word_file import add_quiet, bytes_of, new_document, plain

_WIDTHS = (3.4, 3.2, 4.0, 5.6, 3.2, 6.3)


def findings_docx(table: FindingsTable, *, written_at: datetime) -> bytes:
    """The table as the bytes of a .docx; ``written_at`` goes into the file's properties."""
    document = new_document(table.title, written_at=written_at)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    document.add_heading(plain(table.title), level=1)
    for words in table.about:
        document.add_paragraph(plain(words))
    made = document.add_table(rows=1, cols=len(table.columns))
    made.style = "Table Grid"
    for cell, words in zip(made.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    # Said to whoever hears the table: its first row names the columns.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        cells = made.add_row().cells
        cells[0].paragraphs[0].add_run(plain(row.outcome)).bold = True
        for cell, words in zip(cells[1:], (row.evidence, row.effect, row.here), strict=False):
            cell.text = plain(words)
        level = cells[4].paragraphs[0]
        level.add_run(f"{row.marks} {row.certainty}".strip())
        for number in row.notes:
            note = level.add_run(f" {number}")
            note.font.superscript = True
        cells[5].text = plain(row.plain)
    for row_ in made.rows:
        for cell, width in zip(row_.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(9.5)
    for number, words in enumerate(table.footnotes, 1):
        add_quiet(document, f"{number}. {words}")
    return bytes_of(document)
