"""Small numbers that could point at a child: hidden before a table leaves the council.

A count below the smallest that may be shown is hidden; where the total of its row or column is shown, a second
count is hidden too, so that the first cannot be worked out again by taking away. Rounding to five is the other
way, and the two are not mixed in one table.

Source: Government Statistical Service, "Guidance for tables produced from administrative sources" (2014);
Office for National Statistics, "Policy on protecting confidentiality in tables of birth and death statistics".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

SMALLEST_SHOWN = 5
ROUNDED_TO = 5


@dataclass(frozen=True)
class Hidden:
    """A table with None where a count is hidden, and how many were hidden for themselves or for others."""

    cells: tuple[tuple[float | None, ...], ...]
    small: int
    beside: int


def rounded(count: float, *, base: int = ROUNDED_TO) -> int:
    """``count`` to the nearest multiple of ``base``, halves upwards. Raises ValueError for a base below 1."""
    if base < 1:
        raise ValueError(f"counts are rounded to 1 or more; got {base}")
    return floor(count / base + 0.5) * base


def hide_small(
    table: Sequence[Sequence[float]],
    *,
    smallest: int = SMALLEST_SHOWN,
    row_totals: bool = True,
    column_totals: bool = True,
    show_nought: bool = True,
) -> Hidden:
    """A table of counts with those below ``smallest`` hidden, and others wherever a total would give them away.

    ``row_totals`` and ``column_totals`` say which totals will be shown beside the table; one row alone is a
    plain list with its total. Noughts are shown unless ``show_nought`` is off.

    Raises ValueError for rows of different lengths or a count below nought.
    """
    if len({len(row) for row in table}) > 1:
        raise ValueError("the rows of the table differ in length")
    if any(count < 0 for row in table for count in row):
        raise ValueError("a count cannot be below nought")
    hidden = [[(0 if not show_nought else 0.5) <= count < smallest for count in row] for row in table]
    small = sum(map(sum, hidden))
    lines = []
    if row_totals:
        lines += [[(row, column) for column in range(len(table[row]))] for row in range(len(table))]
    if column_totals and len(table) > 1:
        lines += [[(row, column) for row in range(len(table))] for column in range(len(table[0]))]
    again = True
    while again:
        again = False
        for line in lines:
            under = [(row, column) for row, column in line if hidden[row][column]]
            # Hidden counts that add up to very little give each other away as well.
            if not under or (len(under) > 1 and sum(table[row][column] for row, column in under) >= smallest):
                continue
            open_cells = [
                (row, column) for row, column in line if not hidden[row][column] and table[row][column] > 0
            ]
            if not open_cells:
                continue
            row, column = min(open_cells, key=lambda cell: (table[cell[0]][cell[1]], cell))
            hidden[row][column] = True
            again = True
    cells = tuple(
        tuple(None if under else count for count, under in zip(row, marks, strict=True))
        for row, marks in zip(table, hidden, strict=True)
    )
    return Hidden(cells, small, sum(map(sum, hidden)) - small)
