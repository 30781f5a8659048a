"""Pieces of a Word file that python-docx has no call for, each as the format's own XML."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry: every entry gets it, so that the same paper is the same bytes."""


def element(name: str, /, **attributes: str) -> Any:
    """An element of the format; ``val="1"`` becomes its ``w:val``."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def text_run(text: str, style: str = "") -> Any:
    run = OxmlElement("w:r")
    if style:
        properties = OxmlElement("w:rPr")
        properties.append(element("w:rStyle", val=style))
        run.append(properties)
    content = OxmlElement("w:t")
    content.text = text
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(content)
    return run


def link_within(paragraph: Paragraph, text: str, bookmark: str, style: str) -> None:
    """A link to a bookmark of the same file."""
    link = element("w:hyperlink", anchor=bookmark, history="1")
    link.append(text_run(text, style))
    paragraph._p.append(link)


def link_out(paragraph: Paragraph, text: str, address: str, style: str) -> None:
    """A link to an address on the web."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", history="1")
    link.set(qn("r:id"), relation)
    link.append(text_run(text, style))
    paragraph._p.append(link)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Name the start of a paragraph, so that links can lead there. ``number`` is unique in the file."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    end = element("w:bookmarkEnd", id=str(number))
    properties = paragraph._p.pPr
    position = 0 if properties is None else paragraph._p.index(properties) + 1
    paragraph._p.insert(position, start)
    paragraph._p.insert(position + 1, end)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word keeps up to date, such as PAGE; ``shown`` stands there until it does."""
    simple = element("w:fldSimple", instr=f" {instruction} ")
    simple.append(text_run(shown))
    paragraph._p.append(simple)


def numbered_list(document: WordDocument, text: str, indent: int) -> int:
    """A new list numbered from 1, such as "[%1]"; gives its id. ``indent`` is in twentieths of a point."""
    numbering = document.part.numbering_part.element
    taken = [int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))]
    abstract_id = str(max(taken, default=0) + 1)
    abstract = element("w:abstractNum", abstractNumId=abstract_id)
    abstract.append(element("w:multiLevelType", val="singleLevel"))
    level = element("w:lvl", ilvl="0")
    level.append(element("w:start", val="1"))
    level.append(element("w:numFmt", val="decimal"))
    level.append(element("w:lvlText", val=text))
    level.append(element("w:lvlJc", val="left"))
    properties = OxmlElement("w:pPr")
    properties.append(element("w:ind", left=str(indent), hanging=str(indent)))
    level.append(properties)
    abstract.append(level)
    # The format wants every abstract list before the first list.
    numbering.insert(len(taken), abstract)
    made = numbering.add_num(int(abstract_id))
    return int(made.numId)


def number_paragraph(paragraph: Paragraph, list_id: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = list_id


def edge(style: ParagraphStyle, side: str, colour: str, size: int, space: int, fill: str = "") -> None:
    """A line along one side of every paragraph of a style. ``size`` is in eighths of a point."""
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz=str(size), space=str(space), color=colour))
    following = (
        "w:shd",
        "w:tabs",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
        "w:rPr",
    )
    properties.insert_element_before(borders, *following)
    if fill:
        shade = element("w:shd", val="clear", color="auto", fill=fill)
        properties.insert_element_before(shade, *following[1:])


def plain_font(style: Any, name: str) -> None:
    """Use one font for every script. The default template names theme fonts, which would win."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), name)


def plain_spacing(style: ParagraphStyle) -> None:
    """Take out the letter spacing and the lines that the default template gives its titles."""
    for found in (
        style.element.get_or_add_rPr().find(qn("w:spacing")),
        style.element.get_or_add_pPr().find(qn("w:pBdr")),
    ):
        if found is not None:
            found.getparent().remove(found)


def language(document: WordDocument, tag: str) -> None:
    """The language of the text, for spelling and for screen readers."""
    styles = document.styles.element
    for found in styles.iter(qn("w:lang")):
        found.set(qn("w:val"), tag)
    settings = document.settings.element
    for found in settings.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), tag)


def current_word(document: WordDocument) -> None:
    """Open as a file of today's Word, not in compatibility mode."""
    settings = document.settings.element
    compatibility = settings.find(qn("w:compat"))
    if compatibility is None:
        compatibility = OxmlElement("w:compat")
        settings.append(compatibility)
    for found in compatibility.findall(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            compatibility.remove(found)
    compatibility.append(
        element(
            "w:compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )


def ruled(table: WordTable, title: str, description: str, ink: str, line: str) -> None:
    """A table with lines between rows only, its header repeated on each page and no row broken across two.

    ``title`` and ``description`` are what a screen reader says of it.
    """
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=line))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", "60"), ("left", "0"), ("bottom", "60"), ("right", "140")):
        margins.append(element(f"w:{side}", w=twips, type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    properties.append(
        element(
            "w:tblLook",
            val="06A0",
            firstRow="1",
            lastRow="0",
            firstColumn="1",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        )
    )
    properties.append(element("w:tblCaption", val=title))
    properties.append(element("w:tblDescription", val=description))
    for position, row in enumerate(table.rows):
        row_properties = row._tr.get_or_add_trPr()
        row_properties.append(element("w:cantSplit"))
        if position == 0:
            row_properties.append(element("w:tblHeader"))
            for cell in row.cells:
                cell_borders = OxmlElement("w:tcBorders")
                cell_borders.append(element("w:bottom", val="single", sz="12", space="0", color=ink))
                cell._tc.get_or_add_tcPr().append(cell_borders)


def saved(document: WordDocument) -> bytes:
    """The file's bytes, the same for the same content: entry times are fixed."""
    buffer = io.BytesIO()
    document.save(buffer)
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for item in written.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            fixed.writestr(entry, written.read(item))
    return out.getvalue()
