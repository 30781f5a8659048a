"""Records as CSV: the headings that databases, screening programs and people use.

Read: comma, semicolon or tab; headings in any order and case; unknown columns kept, or read as a person says
(``headings``). Written: one row a record for a spreadsheet, with what has no column of its own in "Other fields",
and with cells that a spreadsheet would run as a formula made harmless.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from wherewithal.analyse.reviews.records.headings import OTHER, Proposal, propose
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.analyse.reviews.records.table_rows import (
    WRITTEN,
    Rows,
    cells_of,
    complain_of_columns,
    harmless,
)

_LARGEST_CELL = 10_000_000
_DO_ROW = "Look for a quotation mark or separator too many in that row, or save the file again as CSV UTF-8."


def recognises(first_line: str, columns: Mapping[str, str] | None = None) -> bool:
    """Whether a line is a header row with a column of titles, known or named in ``columns``."""
    return "title" in proposed_of(first_line, columns).columns


def proposed_of(first_line: str, columns: Mapping[str, str] | None = None) -> Proposal:
    """How a table with this header row would be read."""
    return propose(_cells(first_line), columns=columns)


def _cells(line: str) -> list[str]:
    """The cells of a header row; none where the line could not be one."""
    try:
        return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return []


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The records of a table. Problems (no column of titles, rows longer than the header) go to ``reading``
    with the line of the file.
    """
    csv.field_size_limit(_LARGEST_CELL)
    texts = (f"{text}\n" for _, text in lines)
    first = next((text for text in texts if text.strip()), "")
    header = _cells(first.rstrip("\n"))
    found = propose(header, columns=reading.columns)
    if complain_of_columns(found, header, 1, reading):
        return
    table = Rows(header, found.columns)
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
        yield table.record_of(cells)


def write(records: Iterable[Record], out: TextIO) -> int:
    """Write ``records`` as CSV with one row a record, and give their number."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(WRITTEN)
    count = 0
    for record in records:
        count += 1
        writer.writerow(cells_of(record))
    return count


__all__ = ["OTHER", "WRITTEN", "cells_of", "harmless", "proposed_of", "read", "recognises", "write"]
