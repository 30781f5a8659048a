"""Records as an Excel workbook: read from a sheet as from CSV, and written as one sheet.

Read: the first sheet or a named one; rows above the headings and blank rows are passed over; headings in two rows
are put together; numbers, days and formulas are read as what the cell shows. Written: text in cells of text, so that
nothing in them is a formula, and what a spreadsheet would take for one made harmless as in CSV, since people save
workbooks as CSV. Excel shows at most 32,767 characters in a cell: what is longer goes on in a sheet "Long texts".

The parts of a workbook are those of ECMA-376 (Office Open XML), with text inside the cells and no shared strings:
written as the records come, whatever their number.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from wherewithal.analyse.reviews.records.headings import OTHER, Proposal, propose
from wherewithal.analyse.reviews.records.reading import Reading
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.analyse.reviews.records.table_rows import WRITTEN, Rows, cells_of, complain_of_columns
from wherewithal.sources.workbook import Cell, Workbook, text_of

ROWS_BEFORE = 30
"""How many rows with something in them may stand before the one with the headings."""
LONG_TEXTS = "Long texts"
LONGEST_CELL = 32_767
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SAMPLE = 20

Places = Iterator[tuple[int, Sequence[Cell]]]


def read(book: Workbook, sheet: str, reading: Reading) -> Iterator[Record]:
    """The records of one sheet (the first one if empty). Problems go to ``reading`` with the row of the sheet.

    Raises NothingThere where there is no such sheet.
    """
    rows = _Looked(book.rows(sheet))
    long = _long_texts(book) if LONG_TEXTS in book.sheets else {}
    others = [name for name in book.sheets if name not in (sheet or book.sheets[0], LONG_TEXTS)]
    if others:
        reading.notice(
            f"Read sheet '{sheet or book.sheets[0]}'. There is also {', '.join(map(repr, others[:10]))}."
        )
    found, header, where = _header(rows, reading)
    if found is None:
        reading.problem(
            1,
            "a sheet without a row of headings",
            "headings such as Title, Authors, Year",
            "Name another sheet.",
        )
        return
    if complain_of_columns(found, header, where, reading):
        return
    table = Rows(header, found.columns)
    pages = {place for place, heading in enumerate(header) if heading == found.columns.get("pages")}
    issue = {place for place, heading in enumerate(header) if heading == found.columns.get("issue")}
    turned = 0
    for number, cells in rows:
        texts = []
        for place, cell in enumerate(cells):
            if isinstance(cell, date) and place in pages | issue:
                turned += 1
                texts.append(f"{min(cell.month, cell.day)}-{max(cell.month, cell.day)}")
            else:
                texts.append(text_of(cell))
        for place, more in long.get(number, {}).items():
            texts[place] += more
        if any(text.strip() for text in texts):
            yield table.record_of(texts)
    if turned:
        reading.notice(
            f"{turned:,} of its pages or issues had become dates, as 4-21 does, and were read as numbers."
        )


class _Looked:
    """Rows that can be looked at before they are taken."""

    def __init__(self, rows: Places) -> None:
        self._rows = rows
        self._seen: list[tuple[int, Sequence[Cell]]] = []

    def ahead(self, count: int) -> Sequence[tuple[int, Sequence[Cell]]]:
        """The next ``count`` rows with something in them, or fewer at the end."""
        while len(self._seen) < count and (row := next(self._rows, None)):
            if any(cell != "" for cell in row[1]):
                self._seen.append(row)
        return self._seen[:count]

    def drop(self, count: int) -> None:
        del self._seen[:count]

    def __iter__(self) -> Places:
        yield from self._seen
        self._seen = []
        yield from self._rows


def _header(rows: _Looked, reading: Reading) -> tuple[Proposal | None, list[str], int]:
    """The headings with how they would be read, and their row: the first row with a column of titles, or else the
    first with more than one heading, so that a person can say which column it is.
    """
    ahead = rows.ahead(ROWS_BEFORE + _SAMPLE)
    candidates = ahead[:ROWS_BEFORE]
    for place, (number, cells) in enumerate(candidates):
        header = [_heading(cell) for cell in cells]
        if "title" not in propose(header, columns=reading.columns).columns:
            continue
        taken = 1
        if place + 1 < len(ahead) and _goes_on(header, ahead[place + 1][1], reading.columns):
            header, taken = _put_together(header, ahead[place + 1][1]), 2
        if place:
            reading.notice(f"What stands above the headings in row {number:,} was left out.")
        found = _proposed(header, ahead[place + taken :], reading)
        rows.drop(place + taken)
        return found, header, number
    for place, (number, cells) in enumerate(candidates):
        header = [_heading(cell) for cell in cells]
        if sum(bool(heading) for heading in header) > 1:
            return _proposed(header, ahead[place + 1 :], reading), header, number
    return None, [], 1


def _proposed(
    header: Sequence[str], ahead: Sequence[tuple[int, Sequence[Cell]]], reading: Reading
) -> Proposal:
    return propose(header, [list(map(text_of, cells)) for _, cells in ahead[:_SAMPLE]], reading.columns)


def _heading(cell: Cell) -> str:
    return " ".join(text_of(cell).split())


def _goes_on(header: Sequence[str], below: Sequence[Cell], columns: Mapping[str, str]) -> bool:
    """Whether the row below goes on with the headings: cells joined across leave a gap in the upper row, with
    something below it, and the title has nothing below it.
    """
    title = header.index(propose(header, columns=columns).columns["title"])
    filled = [place for place, cell in enumerate(below) if cell != ""]
    gaps = [place for place in filled if place < len(header) and not header[place]]
    return bool(gaps) and title not in filled and all(isinstance(below[place], str) for place in filled)


def _put_together(header: Sequence[str], below: Sequence[Cell]) -> list[str]:
    made, upper = [], ""
    for heading, cell in zip(header, below, strict=False):
        lower = _heading(cell)
        upper = heading or (upper if lower else "")
        made.append(f"{upper} {lower}".strip())
    return made


def _long_texts(book: Workbook) -> Mapping[int, Mapping[int, str]]:
    """What goes on from cells of the first sheet: row to column to text."""
    found: dict[int, dict[int, str]] = {}
    for _, cells in book.rows(LONG_TEXTS):
        row, heading, text = (text_of(cell) for cell in (*cells, "", "", "")[:3])
        if row.isdecimal() and heading in WRITTEN:
            place = WRITTEN.index(heading)
            beside = found.setdefault(int(row), {})
            beside[place] = beside.get(place, "") + text
    return found


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(records: Iterable[Record], out: IO[bytes]) -> int:
    """Write ``records`` as a workbook with one row a record, and give their number."""
    count = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book, tempfile.TemporaryFile() as long:
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_sheet_head(frozen=True))
            sheet.write(_row(1, WRITTEN, long))
            for count, record in enumerate(records, start=1):
                sheet.write(_row(count + 1, cells_of(record), long))
            sheet.write(b"</sheetData></worksheet>")
        sheets = ["Records"]
        if long.tell():
            sheets.append(LONG_TEXTS)
            _write_long(book, long)
        for name, text in _frame(sheets):
            book.writestr(name, text)
    return count


def _row(number: int, cells: Sequence[str], long: IO[bytes]) -> bytes:
    parts = [f'<row r="{number}">']
    for place, text in enumerate(cells):
        if not text:
            continue
        if WRITTEN[place] == "Year" and text.isdecimal():
            parts.append(f'<c r="{_letter(place)}{number}"><v>{text}</v></c>')
            continue
        shown, *more = _pieces(text)
        parts.append(_cell(place, number, shown))
        for piece in more:
            beside = (str(number), WRITTEN[place], piece)
            long.write(f"<row>{''.join(_cell(at, 0, each) for at, each in enumerate(beside))}</row>".encode())
    parts.append("</row>")
    return "".join(parts).encode()


def _pieces(text: str) -> list[str]:
    """``text`` as long as cells may be, which Excel counts in units of UTF-16."""
    if len(text) <= LONGEST_CELL // 2:
        return [text]
    length = LONGEST_CELL if max(text) < "\U00010000" else LONGEST_CELL // 2
    return [text[start : start + length] for start in range(0, len(text), length)]


def _cell(place: int, row: int, text: str) -> str:
    where = f' r="{_letter(place)}{row}"' if row else ""
    # "_x0041_" is a letter in a workbook, so one that is meant as it stands is written in the same way.
    text = escape(_LIKE_AN_ESCAPE.sub("_x005F_", _NOT_XML.sub(" ", text)), {"\r": "&#13;"})
    return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _sheet_head(*, frozen: bool) -> bytes:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if frozen else ""
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'{_HEAD}<worksheet xmlns="{_MAIN}">{view}<sheetData>'.encode()


def _write_long(book: zipfile.ZipFile, long: IO[bytes]) -> None:
    long.seek(0)
    with book.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as sheet:
        sheet.write(_sheet_head(frozen=False))
        while part := long.read(1024 * 1024):
            sheet.write(part)
        sheet.write(b"</sheetData></worksheet>")


def _frame(sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts of a workbook around its sheets."""
    parts = [("/xl/workbook.xml", "sheet.main")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, len(sheets) + 1)]
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in parts
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    yield (
        "xl/workbook.xml",
        (f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'),
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]),
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


__all__ = ["LONG_TEXTS", "OTHER", "read", "write"]
