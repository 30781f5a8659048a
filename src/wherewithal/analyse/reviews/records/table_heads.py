"""The headings and first rows of a table, for a person to say which column is which."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wherewithal.analyse.reviews.records.headings import Proposal, propose
from wherewithal.errors import BadInput
from wherewithal.sources.text_stream import TextStream

SHOWN = 5
"""Rows shown below the headings."""
MOST_BYTES = 110 * 1024 * 1024
_NOT_TABLES = ("@", "{", "[", "<")


@dataclass(frozen=True)
class TableHead:
    """``header`` are the headings as the table writes them, ``rows`` some of the first rows below."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def proposal(self, columns: Mapping[str, str] | None = None) -> Proposal:
        """How the table would be read, with what a person said."""
        return propose(self.header, self.rows, columns)


def head_of(
    source: Path | bytes | IO[bytes], *, name: str = "", largest: int = MOST_BYTES
) -> TableHead | None:
    """The head of a CSV file or of the first sheet of a workbook; None where the file is no table.

    A stream must be able to go back to its start, and is left there.
    """
    try:
        rows = _rows(source, name, largest)
    except BadInput:
        return None
    finally:
        _back(source)
    if not rows or sum(bool(cell.strip()) for cell in rows[0]) < 2:
        return None
    header, below = rows[0], rows[1 : SHOWN + 1]
    if not any(len(row) == len(header) for row in below):
        return None
    return TableHead(tuple(header), tuple(tuple(row[: len(header)]) for row in below))


def _rows(source: Path | bytes | IO[bytes], name: str, largest: int) -> list[list[str]]:
    if _begins_with(source, b"PK"):
        from wherewithal.sources.workbook import Workbook, text_of

        found: list[list[str]] = []
        for _number, cells in Workbook(source, name=name, largest=largest).rows():
            row = [text_of(cell) for cell in cells]
            # What stands above the headings has one cell.
            if sum(bool(cell.strip()) for cell in row) > (0 if found else 1):
                found.append(row)
            if len(found) > SHOWN:
                break
        return found
    text = TextStream(source, name=name, largest=largest).head.lstrip("\ufeff \t\r\n")
    if text.startswith(_NOT_TABLES):
        return []
    lines = text.split("\n", 200)[:200]
    delimiter = max(",;\t", key=lines[0].count)
    try:
        return _first(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter))
    except csv.Error:
        return []


def _first(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        if any(cell.strip() for cell in row):
            found.append([cell.strip() for cell in row])
        if len(found) > SHOWN:
            break
    return found


def _begins_with(source: Path | bytes | IO[bytes], mark: bytes) -> bool:
    if isinstance(source, bytes):
        return source.startswith(mark)
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(len(mark)) == mark
    _back(source)
    try:
        return source.read(len(mark)) == mark
    finally:
        _back(source)


def _back(source: Path | bytes | IO[bytes]) -> None:
    if not isinstance(source, Path | bytes):
        source.seek(0)
