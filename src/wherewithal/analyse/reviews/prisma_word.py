"""The flow of a review as a Word file: boxes in a table, which an author can edit and a screen reader can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from wherewithal.analyse.reviews.prisma import DESCRIPTION, TITLE, Flow, steps_of
from wherewithal.analyse.reviews.word_file import add_quiet, bytes_of, new_document
from wherewithal.charts import Count

_LINE = "44625F"


def flow_docx(flow: Flow, *, title: str, written_at: datetime, notes: Sequence[str] = ()) -> bytes:
    """The flow as the bytes of a .docx: what went on to the left, what was left out to the right.

    ``title`` names the review; ``notes`` are sentences below the flow, such as how reading was stopped.
    """
    document = new_document(f"{TITLE}: {title}", written_at=written_at)
    document.add_heading(TITLE, level=1)
    document.add_paragraph(title)
    document.add_paragraph(DESCRIPTION)
    steps = steps_of(flow)
    table = document.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Stage", "What went on", "What was left out"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    # Said to whoever hears the table: its first row names the columns.
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    stage = ""
    for place, step in enumerate(steps):
        row = table.add_row().cells
        row[0].paragraphs[0].add_run(step.stage if step.stage != stage else "").bold = True
        stage = step.stage
        _box(row[1], step.box, arrow="↓" if place < len(steps) - 1 else "")
        if step.out:
            _box(row[2], step.out)
    for cells in (row.cells for row in table.rows):
        for cell, width in zip(cells, (2.6, 7.2, 7.2), strict=True):
            cell.width = Cm(width)
    for words in notes:
        document.add_paragraph(words)
    add_quiet(
        document, "Page and others (2021), The PRISMA 2020 statement, BMJ 372:n71. doi.org/10.1136/bmj.n71"
    )
    return bytes_of(document)


def _box(cell: _Cell, counts: Iterable[Count], *, arrow: str = "") -> None:
    first = cell.paragraphs[0]
    for number, count in enumerate(counts):
        paragraph = first if not number else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.left_indent = Cm(0.5) if count.part else Cm(0)
        paragraph.add_run(f"{count.words}: {count.number:,}")
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", _LINE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)
    if arrow:
        cell.add_paragraph(arrow).paragraph_format.space_after = Pt(0)
