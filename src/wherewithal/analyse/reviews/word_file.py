"""What every Word file of a review begins and ends with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor

MUTED = RGBColor(0x4D, 0x5B, 0x59)


def new_document(title: str, *, written_at: datetime) -> WordDocument:
    """An empty document whose properties say what it is and nothing about who wrote it."""
    document = docx.Document()
    core = document.core_properties
    core.title = plain(title)[:255]
    core.author = core.last_modified_by = "Wherewithal"
    core.comments = core.keywords = ""
    core.language = "en-GB"
    core.revision = 1
    core.created = core.modified = written_at
    return document


def add_table(
    document: WordDocument,
    columns: Iterable[str],
    rows: Iterable[Iterable[str]],
    *,
    size: float = 10,
    widths: Sequence[float] = (),
) -> None:
    """A table whose first row names the columns, also to whoever hears it. ``widths`` in centimetres, one a column."""
    columns = list(columns)
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(plain(words)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = plain(words)
    for each in table.rows:
        for cell in each.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(size)
    if widths:
        table.autofit = False
        # Word reads the widths of cells, other programs those of columns.
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)


def add_quiet(document: WordDocument, words: str) -> None:
    """A line in small grey letters: a source, a footnote."""
    run = document.add_paragraph().add_run(plain(words))
    run.font.size, run.font.color.rgb = Pt(9), MUTED


def bytes_of(document: WordDocument) -> bytes:
    """The file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain(text: str) -> str:
    """Text without what XML cannot carry."""
    return "".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text)
