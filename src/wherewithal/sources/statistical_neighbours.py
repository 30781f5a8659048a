"""The children's services statistical neighbours of the Department for Education: which authorities are alike.

A CSV with one row for each authority and its ten neighbours by the department's numbers, each with a word for
how close it is (model of 2025; the table as LAIT publishes it).

    neighbours = read_statistical_neighbours(Path("sn_model_2025_wide.csv"))
    neighbours[358].near[0]      # Neighbour(number=919, closeness="Very close")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed
from wherewithal.sources.files import Row, read_csv, read_text

KIND = "a table of statistical neighbours"
SOURCE = "Department for Education, children's services statistical neighbour model"
CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
"""The department's words, closest first."""
PLACES = 10


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
    """The neighbours of every authority, by the department's number.

    Raises BadInput for a missing column, a number that is none, an unknown word for closeness, an authority
    that is there twice, and one that is named its own neighbour.
    """
    file = read_text(source, name=name)
    columns = [column for place in range(1, PLACES + 1) for column in (f"SN_{place}", f"SN_{place}P")]
    _, rows = read_csv(file, required=["old_la_code", "la_name", *columns], kind=KIND)
    problems: list[Problem] = []
    found: dict[int, Neighbours] = {}
    for row in rows:
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
        raise BadInput(f"{file.name} could not be read as {KIND}: {many} wrong.", problems[:10])
    return found


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
