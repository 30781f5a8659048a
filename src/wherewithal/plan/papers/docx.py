"""A paper as a Word file: real headings, repeated table headers, numbered sources that links lead to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from wherewithal.plain_english import long_date
from wherewithal.plan.papers import word, words
from wherewithal.plan.papers.model import Note, Paper, Section, Sentence, Table

FONT = "Arial"
INK, MUTED, BRAND, THREAD, LINK, CAREFUL = "14201F", "51605E", "0B4F4A", "B8430F", "0B5A8A", "7A4F00"
LINE, WASH, WARM = "D6DEDB", "E3EFEC", "FFF4E5"
_TEXT_WIDTH = Cm(16.6)
_FIRST_COLUMN = Cm(3.6)


def to_docx(paper: Paper, *, written_at: datetime, author: str = "") -> bytes:
    """The paper as the bytes of a .docx.

    ``written_at`` and ``author`` go into the file's properties; nothing else depends on the day or the
    machine, so the same paper written at the same time is the same bytes.
    """
    document = docx.Document()
    _properties(document, paper, written_at, author)
    _page(document, paper)
    _styles(document)
    _head(document, paper)
    for part in paper.parts:
        _line(document, part.title, "Heading 1")
        _line(document, part.asks, "Quiet")
        for section in part.sections:
            _section(document, section)
    _line(document, "What is not known", "Heading 1")
    for line in paper.unknown or ("Nothing that this paper knows of.",):
        _line(document, line, "List Bullet" if paper.unknown else "Normal")
    _sources(document, paper.notes)
    return word.saved(document)


def _line(document: WordDocument, text: str, style: str) -> Paragraph:
    return document.add_paragraph(words.printable(text), style=style)


def _properties(document: WordDocument, paper: Paper, written_at: datetime, author: str) -> None:
    core = document.core_properties
    core.title = words.printable(words.file_title(paper))[:255]
    core.subject = words.printable(paper.question)[:255]
    core.author = words.printable(author)[:255] or "Wherewithal"
    core.last_modified_by = core.author
    core.comments = words.printable(paper.made_up)[:255]
    core.category = paper.kind
    core.keywords = ""
    core.language = "en-GB"
    core.revision = 1
    core.created = written_at
    core.modified = written_at
    word.language(document, "en-GB")
    word.current_word(document)


def _page(document: WordDocument, paper: Paper) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2.2)
    page.header_distance = page.footer_distance = Cm(1.1)
    # The first page says in its body that figures are made up; every later page says it in its header.
    page.different_first_page_header_footer = True
    if paper.made_up:
        page.header.paragraphs[0].text = words.printable(paper.made_up)
    for footer in (page.first_page_footer.paragraphs[0], page.footer.paragraphs[0]):
        footer.style = "Footer"
        footer.add_run(f"{words.printable(paper.title)}, {long_date(paper.written_on)}\tPage ")
        word.field(footer, "PAGE", "1")
        footer.add_run(" of ")
        word.field(footer, "NUMPAGES", "1")


def _styles(document: WordDocument) -> None:
    def paragraph(
        name: str,
        size: float,
        colour: str = INK,
        *,
        bold: bool = False,
        before: float = 0,
        after: float = 4,
        keep: bool = False,
    ) -> ParagraphStyle:
        known = {style.name for style in document.styles}
        style = (
            document.styles[name]
            if name in known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - what python-docx gives for a paragraph's name
        word.plain_font(style, FONT)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep
        return style

    normal = paragraph("Normal", 11, after=6)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True
    word.plain_spacing(paragraph("Title", 24, bold=True, after=6))
    heading = paragraph("Heading 1", 16, BRAND, bold=True, before=20, after=2, keep=True)
    word.edge(heading, "top", BRAND, 18, 6)
    paragraph("Heading 2", 12.5, bold=True, before=12, after=4, keep=True)
    word.plain_spacing(paragraph("Subtitle", 13, MUTED, after=8))
    paragraph("Quiet", 10, MUTED, after=4, keep=True)
    paragraph("Small", 9, MUTED, after=3)
    paragraph("Caption", 10.5, bold=True, before=8, after=4, keep=True)
    paragraph("List Bullet", 11, after=3)
    paragraph("Header", 9, BRAND, bold=True)
    footer = paragraph("Footer", 9, MUTED)
    footer.paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph("Source", 11, before=8, after=2, keep=True)
    paragraph("Source detail", 10, after=2).paragraph_format.left_indent = Cm(1.1)
    paragraph("Source trail", 9, MUTED, after=2).paragraph_format.left_indent = Cm(1.1)
    paragraph("Source careful", 10, CAREFUL, after=2).paragraph_format.left_indent = Cm(1.1)
    paragraph("Cell", 9.5, after=0).paragraph_format.line_spacing = 1.05
    paragraph("Cell note", 8.5, MUTED, after=0).paragraph_format.line_spacing = 1.05
    meta = paragraph("Details", 11, after=2)
    meta.paragraph_format.left_indent, meta.paragraph_format.first_line_indent = Cm(4.5), Cm(-4.5)
    meta.paragraph_format.tab_stops.add_tab_stop(Cm(4.5))
    changed = paragraph("Changed", 10, after=8)
    changed.paragraph_format.left_indent = Cm(0.5)
    word.edge(changed, "left", THREAD, 24, 8, WARM)
    notice = paragraph("Notice", 10.5, BRAND, bold=True, after=12)
    word.edge(notice, "left", BRAND, 24, 8, WASH)
    for name, size, colour, bold in (
        ("Cite", 9, LINK, False),
        ("Standing", 9, MUTED, False),
        ("Web link", 10, LINK, False),
        ("Lane", 11, THREAD, True),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        word.plain_font(style, FONT)
        style.font.size, style.font.bold = Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.underline = colour == LINK


def _head(document: WordDocument, paper: Paper) -> None:
    _line(document, paper.kind, "Quiet")
    _line(document, paper.title, "Title")
    if paper.question:
        _line(document, paper.question, "Subtitle")
    if paper.made_up:
        _line(document, paper.made_up, "Notice")
    for name, value in (*paper.meta, ("As it stood on", long_date(paper.written_on))):
        line = document.add_paragraph(style="Details")
        line.add_run(f"{words.printable(name)}\t").font.color.rgb = RGBColor.from_string(MUTED)
        line.add_run(words.printable(value))
    key = _line(document, words.HOW_TO_READ, "Small")
    key.paragraph_format.space_before = Pt(8)


def _section(document: WordDocument, section: Section) -> None:
    _line(document, section.title, "Heading 2")
    for sentence in section.sentences:
        _sentence(document, sentence)
    for table in section.tables:
        _table(document, table)
    if section.is_empty:
        line = document.add_paragraph()
        line.add_run(f"Nothing written yet. {words.printable(section.prompt)}", style="Standing")


def _sentence(document: WordDocument, sentence: Sentence) -> None:
    line = _line(document, sentence.text, "Normal")
    for note in sentence.notes:
        line.add_run(" ")
        lane = words.LANES[note.lane].lower()
        word.link_within(line, f"[{note.number}\u00a0{lane}]", _bookmark(note), _style_id(document, "Cite"))
    if standing := words.standing(sentence):
        line.add_run(" ")
        line.add_run(f"[{words.printable(standing)}]", style="Standing")
    for change in words.change_words(sentence):
        line.paragraph_format.keep_with_next = True
        _line(document, change, "Changed")


def _style_id(document: WordDocument, name: str) -> str:
    return str(document.styles[name].style_id)


def _bookmark(note: Note) -> str:
    return f"source_{note.number}"


def _table(document: WordDocument, table: Table) -> None:
    _line(document, table.title, "Caption")
    columns = len(table.header)
    made = document.add_table(rows=1 + len(table.rows), cols=columns)
    made.autofit = False
    others = (_TEXT_WIDTH - _FIRST_COLUMN) // max(columns - 1, 1)
    widths = [_FIRST_COLUMN if columns > 1 else _TEXT_WIDTH, *[others] * (columns - 1)]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row_number, cells in enumerate((table.header, *table.rows)):
        for column_number, text in enumerate(cells):
            cell = made.cell(row_number, column_number)
            cell.width = widths[column_number]
            last = row_number == len(table.rows)
            _fill(cell, text, bold=row_number == 0 or column_number == 0, keep=not last or bool(table.below))
    word.ruled(made, table.title, " ".join(table.below) or table.title, INK, LINE)
    spacer = table.below or ("",)
    for position, line in enumerate(spacer):
        below = _line(document, line, "Small")
        below.paragraph_format.space_before = Pt(6 if position == 0 else 0)


def _fill(cell: _Cell, text: str, *, bold: bool, keep: bool) -> None:
    """The first line in full ink, any further lines quieter; ``keep`` holds the row to the one below it."""
    for position, line in enumerate(words.printable(text).split("\n")):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        paragraph.style = "Cell" if position == 0 else "Cell note"
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.add_run(line).bold = bold and position == 0


def _sources(document: WordDocument, notes: Iterable[Note]) -> None:
    _line(document, "Sources", "Heading 1")
    notes = tuple(notes)
    if not notes:
        _line(document, "No sentence cites a source yet.", "Normal")
        return
    list_id = word.numbered_list(document, "[%1]", Cm(1.1).twips)
    for note in notes:
        _source(document, note, list_id)


def _source(document: WordDocument, note: Note, list_id: int) -> None:
    finding = note.finding
    line = document.add_paragraph(style="Source")
    word.number_paragraph(line, list_id)
    word.bookmark(line, _bookmark(note), note.number)
    line.add_run(f"{words.LANES[note.lane]}. ", style="Lane")
    line.add_run(words.printable(finding.title)).bold = True
    if finding.band:
        line.add_run(f" ({words.printable(words.band_words(note))})")
    lines = [_line(document, text, "Source detail") for text in words.detail_words(note)]
    lines += [_line(document, text, "Source careful") for text in words.careful_words(note)]
    for source in finding.sources:
        place = _line(document, "From: ", "Source detail")
        title = words.printable(words.source_words(source))
        if address := words.web_address(source):
            word.link_out(place, title, words.printable(address), _style_id(document, "Web link"))
        else:
            place.add_run(title)
        lines.append(place)
    for held in lines:
        held.paragraph_format.keep_with_next = True
    _line(document, words.trail_words(note), "Source trail")
