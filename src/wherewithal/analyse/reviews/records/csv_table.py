"""Records as a table: the headings that databases, screening programs and people use.

Read: comma, semicolon or tab; headings in any order and case; unknown columns kept. Written: one row a record
for a spreadsheet, with what has no column of its own in "Other fields", and with cells that a spreadsheet
would run as a formula made harmless.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TextIO

from wherewithal.analyse.reviews.records.carriers import field_name
from wherewithal.analyse.reviews.records.reading import Lines, Reading, excerpt
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.words import doi_in, one_line, paragraphs, year_in

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "article title", "document title", "primary title", "ti"),
    "authors": ("authors", "author(s)", "author", "author full names", "author names", "au"),
    "year": ("year", "publication year", "year of publication", "pub year", "py", "date", "publication date"),
    "abstract": ("abstract", "abstract note", "abstracttext", "ab"),
    "journal": ("journal", "source title", "journal/book", "journal title", "publication title", "source",
                "secondary title", "publication", "container title"),
    "volume": ("volume", "vol"),
    "issue": ("issue", "number"),
    "pages": ("pages", "page range", "page"),
    "doi": ("doi", "digital object identifier"),
    "pmid": ("pmid", "pubmed id", "pubmed_id"),
    "issn": ("issn",),
    "isbn": ("isbn",),
    "url": ("url", "link", "urls"),
    "keywords": ("keywords", "author keywords", "manual tags", "key words"),
    "language": ("language", "language of original document"),
    "database": ("database", "database name", "library catalog"),
    "notes": ("notes", "note"),
    "type": ("type", "document type", "item type", "publication type"),
}  # fmt: skip
OTHER = "Other fields"
_WRITTEN = {
    "title": "Title", "authors": "Authors", "year": "Year", "abstract": "Abstract", "journal": "Journal",
    "volume": "Volume", "issue": "Issue", "pages": "Pages", "doi": "DOI", "pmid": "PMID", "issn": "ISSN",
    "isbn": "ISBN", "url": "URL", "keywords": "Keywords", "language": "Language", "database": "Database",
    "notes": "Notes", "type": "Type",
}  # fmt: skip
WRITTEN = (*_WRITTEN.values(), OTHER)
"""The headings of a table that is written."""
_LISTS = ("authors", "keywords")
_PUBMED_NAME = re.compile(r"[^\d,;]+ [A-Z]{1,4}( (?:Jr|Sr|\d\w\w))?")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LARGEST_CELL = 10_000_000
_DO_ROW = "Look for a quotation mark or separator too many in that row, or save the file again as CSV UTF-8."


def recognises(first_line: str) -> bool:
    """Whether a line is a header row with a column of titles."""
    return "title" in _fields_by_column(_cells(first_line)).values()


def _cells(line: str) -> list[str]:
    """The cells of a header row; none where the line could not be one."""
    try:
        return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return []


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _fields_by_column(header: list[str]) -> dict[int, str]:
    """Column number to field: each field from the best of its headings, the rest stay unknown."""
    names = [one_line(cell).lower().lstrip("\ufeff") for cell in header]
    found: dict[int, str] = {}
    for name, headings in HEADINGS.items():
        place = next((names.index(heading) for heading in headings if heading in names), None)
        if place is not None and place not in found:
            found[place] = name
    return found


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The records of a table. Problems (no column of titles, rows longer than the header) go to ``reading``
    with the line of the file.
    """
    csv.field_size_limit(_LARGEST_CELL)
    texts = (f"{text}\n" for _, text in lines)
    first = next((text for text in texts if text.strip()), "")
    header = _cells(first.rstrip("\n"))
    columns = _fields_by_column(header)
    if "title" not in columns.values():
        reading.problem(
            1,
            f"columns {', '.join(map(excerpt, header[:20]))}",
            "a column named 'Title'",
            "Name the column with the titles 'Title'.",
        )
        return
    own = OTHER in header
    rows = csv.reader(texts, delimiter=_delimiter(first), strict=True)
    while True:
        start = rows.line_num + 2
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            reading.problem(
                start, str(error), "a row as in the header, with its quotation marks closed", _DO_ROW
            )
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            expected = f"at most {len(header)}, as in the header"
            reading.problem(start, f"{len(cells)} cells", expected, _DO_ROW)
            continue
        yield _record_of([_restored(cell) for cell in cells] if own else cells, header, columns)


def _record_of(cells: list[str], header: list[str], columns: Mapping[int, str]) -> Record:
    values: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    carried: list[tuple[str, str]] = []
    for place, cell in enumerate(cells):
        name = columns.get(place, "")
        # Notes are set apart by blank lines, which are no part of them.
        text = (
            "\n\n".join(filter(None, map(paragraphs, _BLANK_LINE.split(cell))))
            if name == "notes"
            else paragraphs(cell)
        )
        if not text:
            continue
        if name:
            values[name] = text
        elif header[place] == OTHER:
            carried = _other(text)
        else:
            extra.append((field_name("csv", header[place] or f"column {place + 1}"), text))
    year = year_in(values.get("year", ""))
    doi = doi_in(values.get("doi", ""))
    for name, understood, text in (("year", str(year or ""), values.get("year", "")),
                                   ("doi", doi, doi or values.get("doi", ""))):  # fmt: skip
        if text and understood != text:
            place = next(place for place, field in columns.items() if field == name)
            extra.append((field_name("csv", f"{header[place]} as written"), text))
    lists: dict[str, Any] = {name: tuple(_split(name, values.get(name, ""))) for name in _LISTS}
    plain: dict[str, Any] = {name: one_line(values.get(name, "")) for name in _WRITTEN
             if name not in (*_LISTS, "year", "doi", "abstract", "notes", "type")}  # fmt: skip
    plain["pages"] = plain["pages"].replace("–", "-")
    return replace(
        Record(),
        type=_type(values.get("type", ""), OTHER in header),
        year=year,
        doi=doi,
        abstract=values.get("abstract", ""),
        notes=tuple(filter(None, values.get("notes", "").split("\n\n"))),
        extra=(*extra, *carried),
        **lists,
        **plain,
    )


def _type(text: str, own: bool) -> str:
    text = one_line(text)
    return (
        text
        if own and text
        else ARTICLE
        if text.lower() in ("", "article", "journal article", "journalarticle")
        else text
    )


def _split(name: str, text: str) -> Iterator[str]:
    """Names or keywords of one cell: separated by semicolons or lines, or as PubMed does by commas."""
    parts = re.split(r"[;\n|]", text)
    if name == "authors" and len(parts) == 1:
        named = [part.strip().rstrip(".") for part in text.split(",")]
        if len(named) > 1 and all(_PUBMED_NAME.fullmatch(part) for part in named):
            parts = named
    return filter(None, map(one_line, parts))


def _other(text: str) -> list[tuple[str, str]]:
    try:
        pairs = json.loads(text)
        return [(str(name), str(value)) for name, value in pairs]
    except (ValueError, TypeError):
        return [(field_name("csv", OTHER), text)]


def write(records: Iterable[Record], out: TextIO) -> int:
    """Write ``records`` as CSV with one row a record, and give their number."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(WRITTEN)
    count = 0
    for record in records:
        count += 1
        writer.writerow(cells_of(record))
    return count


def cells_of(record: Record) -> list[str]:
    """The row of ``record`` under the headings ``WRITTEN``."""
    row = []
    for name in _WRITTEN:
        value = getattr(record, name)
        if name in _LISTS:
            value = "; ".join(value)
        elif name == "notes":
            value = "\n\n".join(value)
        row.append(harmless(str(value or "")))
    row.append(json.dumps(record.extra, ensure_ascii=False) if record.extra else "")
    return row


def harmless(text: str) -> str:
    """A cell that a spreadsheet would take for a formula, as text; ``_restored`` brings it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def _restored(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
