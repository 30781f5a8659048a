"""The summary of findings as a Word file: one landscape table, footnotes below, to be finished in Word."""

from __future__ import annotations

import io
from datetime import datetime

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from wherewithal.analyse.reviews.findings_table.table import FindingsTable

_MUTED = RGBColor(0x4D, 0x5B, 0x59)
_WIDTHS = (3.4, 3.2, 4.0, 5.6, 3.2, 6.3)


def findings_docx(table: FindingsTable, *, written_at: datetime) -> bytes:
    """The table as the bytes of a .docx; ``written_at`` goes into the file's properties."""
    document = docx.Document()
    core = document.core_properties
    core.title = table.title[:255]
    core.author = core.last_modified_by = "Wherewithal"
    core.comments = core.keywords = ""
    core.language = "en-GB"
    core.revision = 1
    core.created = core.modified = written_at
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    document.add_heading(_plain(table.title), level=1)
    for words in table.about:
        document.add_paragraph(_plain(words))
    made = document.add_table(rows=1, cols=len(table.columns))
    made.style = "Table Grid"
    for cell, words in zip(made.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    # Said to whoever hears the table: its first row names the columns.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        cells = made.add_row().cells
        cells[0].paragraphs[0].add_run(_plain(row.outcome)).bold = True
        for cell, words in zip(cells[1:], (row.evidence, row.effect, row.here), strict=False):
            cell.text = _plain(words)
        level = cells[4].paragraphs[0]
        level.add_run(f"{row.marks} {row.certainty}".strip())
        for number in row.notes:
            note = level.add_run(f" {number}")
            note.font.superscript = True
        cells[5].text = _plain(row.plain)
    for row_ in made.rows:
        for cell, width in zip(row_.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(9.5)
    for number, words in enumerate(table.footnotes, 1):
        line = document.add_paragraph().add_run(_plain(f"{number}. {words}"))
        line.font.size, line.font.color.rgb = Pt(9), _MUTED
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _plain(text: str) -> str:
    """Text without what XML cannot carry."""
    return "".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text)
