"""A comparison of programmes as a Word file: one landscape table with its sources, to be finished in Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from wherewithal.analyse.library.comparison import NOT_IN_OUR_COPIES, NOTE, Cell, Comparison
from wherewithal.analyse.library.comparison_sources import Copy
from wherewithal.plain_english import listed, long_date

FONT = "Arial"
INK, MUTED, BRAND, LINK, LINE = "14201F", "51605E", "0B4F4A", "0B5A8A", "D6DEDB"
TITLE = "Programmes compared"
_TEXT_WIDTH, _FIRST_COLUMN = Cm(25.7), Cm(4.2)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an entry of the file can carry: each gets it, so that the same table is the same bytes."""


def comparison_docx(
    comparison: Comparison, copies: Sequence[Copy], *, day: date, written_at: datetime
) -> bytes:
    """The comparison as the bytes of a .docx, with every register beside what it says, and the copies it is from.

    ``day`` is the day that the comparison is of; ``written_at`` goes into the file's properties.
    """
    document = docx.Document()
    names = [programme.name for programme in comparison.columns]
    _properties(document, names, written_at)
    _page(document, day)
    _styles(document)
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(_plain(listed(names)), style="Subtitle")
    document.add_paragraph(f"As it stood on {long_date(day)}. {NOTE}", style="Small")
    _table(document, comparison, names)
    document.add_paragraph("Where it comes from", style="Heading 1")
    for copy in copies:
        line = document.add_paragraph(style="List Bullet")
        _linked(line, copy.register, copy.home)
        line.add_run(_plain(f", {copy.when}. {copy.licence}"))
    return _saved(document)


def _properties(document: WordDocument, names: Sequence[str], written_at: datetime) -> None:
    core = document.core_properties
    core.title = _plain(f"{TITLE}: {listed(names)}")[:255]
    core.author = core.last_modified_by = "Wherewithal"
    core.comments = core.keywords = ""
    core.language = "en-GB"
    core.revision = 1
    core.created = core.modified = written_at


def _page(document: WordDocument, day: date) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    page.footer.paragraphs[0].text = f"{TITLE}, {long_date(day)}"


def _styles(document: WordDocument) -> None:
    for name, size, colour, bold, after in (
        ("Normal", 10, INK, False, 4),
        ("Title", 22, INK, True, 4),
        ("Subtitle", 12, MUTED, False, 6),
        ("Heading 1", 14, BRAND, True, 4),
        ("List Bullet", 9.5, INK, False, 3),
        ("Footer", 8.5, MUTED, False, 0),
        ("Small", 9.5, MUTED, False, 8),
        ("Cell", 9, INK, False, 2),
        ("Cell note", 8, MUTED, False, 2),
    ):
        known = {style.name for style in document.styles}
        style = document.styles[name] if name in known else document.styles.add_style(name, 1)
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - what python-docx gives for a paragraph's name
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_after = Pt(after)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(which), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    for name in ("Title", "Subtitle"):  # Word's own draw a line under the one and space out the other
        for found in [*document.styles[name].element.iter(qn("w:pBdr"), qn("w:spacing"))]:
            if found.tag == qn("w:pBdr") or qn("w:val") in found.attrib:
                found.getparent().remove(found)


def _table(document: WordDocument, comparison: Comparison, names: Sequence[str]) -> None:
    made = document.add_table(rows=len(comparison.rows) + 2, cols=1 + len(names))
    made.autofit = False
    others = (_TEXT_WIDTH - _FIRST_COLUMN) // len(names)
    for column, width in zip(made.columns, [_FIRST_COLUMN, *[others] * len(names)], strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for place, name in enumerate(names, 1):
        _heading(made.cell(0, place), name)
    _heading(made.cell(0, 0), "Question")
    for number, row in enumerate(comparison.rows, 1):
        _heading(made.cell(number, 0), row.name)
        for place, said in enumerate(row.cells, 1):
            _fill(made.cell(number, place), said)
    last = len(comparison.rows) + 1
    _heading(made.cell(last, 0), "What is not known")
    for place, lines in enumerate(comparison.not_known, 1):
        _lines(made.cell(last, place), lines or ("Nothing of the above",))
    _ruled(made, f"{TITLE}: {listed(names)}")


def _heading(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cell"
    paragraph.add_run(_plain(text)).bold = True


def _fill(cell: _Cell, said: Cell) -> None:
    """What each register says, and under it who says so."""
    if not said:
        _lines(cell, (NOT_IN_OUR_COPIES,), "Cell note")
        return
    for place, each in enumerate(said):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.style = "Cell"
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(_plain(each.text[:1].upper() + each.text[1:]))
        source = cell.add_paragraph(style="Cell note")
        _linked(source, each.register, each.link)


def _lines(cell: _Cell, lines: Iterable[str], style: str = "Cell") -> None:
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(_plain(line))


def _linked(paragraph: Paragraph, text: str, address: str) -> None:
    """The text, as a link where the address is one on the web: the workbench's own pages cannot be sent with a file."""
    if not address.startswith(("https://", "http://")):
        paragraph.add_run(_plain(text))
        return
    relation = paragraph.part.relate_to(_plain(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(_plain(text))
    run.font.color.rgb, run.font.underline = RGBColor.from_string(LINK), True
    link.append(run._r)
    paragraph._p.append(link)


def _ruled(table: Table, title: str) -> None:
    """Lines between rows and none between columns; the first row repeats on every page."""
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{edge}", val="single", sz="4", space="0", color=LINE))
    properties.append(borders)
    properties.append(_element("w:tblCaption", val=_plain(title)[:255]))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _plain(text: str) -> str:
    """Text without what XML cannot carry."""
    return "".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text)


def _saved(document: WordDocument) -> bytes:
    """The file's bytes, the same for the same document."""
    first, out = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as now:
        for entry in was.infolist():
            plain = zipfile.ZipInfo(entry.filename, _EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            now.writestr(plain, was.read(entry))
    return out.getvalue()
