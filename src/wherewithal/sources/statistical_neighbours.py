"""The children's services statistical neighbours of the Department for Education: which authorities are alike.

One row for each authority and its ten neighbours by the department's numbers, each with a word for how close it is:
a CSV as LAIT publishes it (model of 2025), or the department's own workbook, whose authorities that have ended stand
below a line "Old SNs:" and are left out.

    neighbours = read_statistical_neighbours(Path("sn_model_2025_wide.csv"))
    neighbours[358].near[0]      # Neighbour(number=919, closeness="Very close")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed
from wherewithal.sources.files import Row, read_csv, read_text
from wherewithal.sources.workbook import Workbook, is_workbook, text_of

KIND = "a table of statistical neighbours"
SOURCE = "Department for Education, children's services statistical neighbour model"
CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
"""The department's words, closest first."""
PLACES = 10
LARGEST_WORKBOOK = 20 * 1024**2
"""Bytes; the department's have some fifty thousand."""


@dataclass(frozen=True)
class Neighbour:
    """One neighbour: the department's number of it, and its word for how close it is."""

    number: int
    closeness: str


@dataclass(frozen=True)
class Neighbours:
    """An authority and the authorities most like it, the closest first."""

    number: int
    name: str
    region: str
    near: tuple[Neighbour, ...]

    @property
    def not_close(self) -> tuple[Neighbour, ...]:
        """Those that the department itself calls not close: the nearest there is, and still unlike."""
        return tuple(each for each in self.near if each.closeness == CLOSENESS[-1])


def read_statistical_neighbours(
    source: Path | bytes | IO[bytes], *, name: str = ""
) -> Mapping[int, Neighbours]:
    """The neighbours of every authority, by the department's number. An authority that is given none is left out.

    Raises BadInput for a missing column, a number that is none, an unknown word for closeness, an authority
    that is there twice, and one that is named its own neighbour.
    """
    name, rows = _rows_of(source, name)
    problems: list[Problem] = []
    found: dict[int, Neighbours] = {}
    for row in rows:
        if {row.cells[column].strip() for column in _NEIGHBOURS} <= {"-", ""}:
            continue
        number = _number(row, "old_la_code", problems)
        near = []
        for place in range(1, PLACES + 1):
            other = _number(row, f"SN_{place}", problems)
            word = " ".join(row.cells[f"SN_{place}P"].split()).capitalize()
            if word not in CLOSENESS:
                problems.append(_problem(row, f"SN_{place}P", f"'{word}'", listed(CLOSENESS, "or")))
            if other is not None:
                near.append(Neighbour(other, word))
        if number is None:
            continue
        if number in found:
            problems.append(_problem(row, "old_la_code", f"{number} a second time", "each authority once"))
        if any(each.number == number for each in near):
            problems.append(_problem(row, "old_la_code", f"{number} among its own neighbours", "others"))
        found[number] = Neighbours(
            number, row.cells["la_name"].strip(), row.cells.get("region_name", "").strip(), tuple(near)
        )
    if problems or not found:
        many = counted(len(problems), "cell is", "cells are")
        raise BadInput(f"{name} could not be read as {KIND}: {many} wrong.", problems[:10])
    return found


_NEIGHBOURS = [column for place in range(1, PLACES + 1) for column in (f"SN_{place}", f"SN_{place}P")]
_IN_WORKBOOK = ("LA num", "LA Name", "LA number", "GOInd", "GOReg")
"""The workbook's first columns; then SN1, SNP, SN2, SNP and so on. What the CSV calls them: ``_COLUMNS``."""
_COLUMNS = ("old_la_code", "la_name", "", "", "region_name", *_NEIGHBOURS)
_ENDED = "old sns:"
_HEADER_WITHIN = 10


def _rows_of(source: Path | bytes | IO[bytes], name: str) -> tuple[str, Iterator[Row]]:
    """What the file is called, and its rows under the CSV's headings."""
    content = source.read_bytes() if isinstance(source, Path) else source
    name = name or (source.name if isinstance(source, Path) else "")
    if isinstance(content, bytes) and is_workbook(content):
        book = Workbook(content, name=name, largest=LARGEST_WORKBOOK)
        return book.name, _rows_of_workbook(book)
    file = read_text(content, name=name)
    return file.name, read_csv(file, required=["old_la_code", "la_name", *_NEIGHBOURS], kind=KIND)[1]


def _rows_of_workbook(book: Workbook) -> Iterator[Row]:
    rows = ((number, [text_of(cell).strip() for cell in cells]) for number, cells in book.rows())
    above: list[list[str]] = []
    for _, cells in rows:
        if tuple(cells[: len(_IN_WORKBOOK)]) == _IN_WORKBOOK and len(cells) >= len(_COLUMNS):
            break
        above.append(cells)
        if len(above) == _HEADER_WITHIN:
            raise _no_table(book.name, above)
    else:
        raise _no_table(book.name, above)
    for number, cells in rows:
        if _ENDED in (cell.casefold() for cell in cells):
            return
        if any(cells):
            yield Row(number, dict(zip(_COLUMNS, cells, strict=False)))


def _no_table(name: str, rows: Sequence[Sequence[str]]) -> BadInput:
    first = [f"'{cell}'" for cells in rows for cell in cells if cell][:8]
    wanted = [f"'{column}'" for column in (*_IN_WORKBOOK, "SN1", "SNP")]
    return BadInput(
        f"{name} is a workbook, and not the department's of statistical neighbours.",
        [
            Problem(
                f"the first sheet, rows 1 to {_HEADER_WITHIN}",
                listed(first) if first else "nothing",
                f"a row with {listed(wanted)}",
                "Take the workbook as it is published. Figures in a workbook: save its sheet as CSV.",
            )
        ],
    )


def _number(row: Row, column: str, problems: list[Problem]) -> int | None:
    text = row.cells[column].strip()
    if text.isascii() and text.isdigit():
        return int(text)
    problems.append(_problem(row, column, f"'{text[:20]}'", "the department's number of an authority"))
    return None


def _problem(row: Row, column: str, found: str, expected: str) -> Problem:
    return Problem(
        f"row {row.number}, column '{column}'", found, expected, "Take the table as it is published."
    )
