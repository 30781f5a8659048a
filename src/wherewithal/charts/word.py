"""A chart as a picture in a Word file that prints sharp: SVG for Word of today, a metafile for every other program.

docs/decisions has the reason for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wherewithal.charts.chart import Chart
from wherewithal.charts.emf import emf

if TYPE_CHECKING:
    from docx.document import Document

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def add_chart(
    document: Document, chart: Chart, *, width_cm: float = 16.0, kind: Literal["wide", "narrow"] = "wide"
) -> None:
    """Add ``chart`` to the end of a python-docx ``document``, ``width_cm`` wide.

    The chart's sentence is its alternative text; ``add_table`` gives its figures. The same chart gives the same bytes.
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.shape import CT_Inline
    from docx.shared import Cm, Emu

    svg = chart.file(kind)
    inside = document.part.package
    number = 1 + sum("/media/chart" in str(part.partname) for part in inside.iter_parts()) // 2
    ids = []
    for suffix, mime, content in (
        ("emf", "image/x-emf", emf(chart.wide if kind == "wide" else chart.narrow)),
        ("svg", "image/svg+xml", svg.encode()),
    ):
        part = Part(PackURI(f"/word/media/chart{number}.{suffix}"), mime, content, inside)
        ids.append(document.part.relate_to(part, _IMAGE))
    across, down = chart.size(kind)
    width = Cm(width_cm)
    inline = CT_Inline.new_pic_inline(
        document.part.next_id, ids[0], f"chart{number}.emf", width, Emu(int(width * down / across))
    )
    inline.docPr.set("descr", chart.description or chart.title)
    inline.docPr.set("title", chart.title)
    blip = inline.graphic.graphicData.pic.blipFill.blip
    blip.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f'<a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{_SVG_NAMESPACE}" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:embed="{ids[1]}"/></a:ext></a:extLst>'
        )
    )
    document.add_paragraph().add_run()._r.add_drawing(inline)


_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def add_table(document: Document, chart: Chart) -> None:
    """The chart's table as a Word table whose first row names the columns and is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(chart.columns))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, chart.columns, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in chart.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for row_ in table.rows:
        for cell in row_.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
