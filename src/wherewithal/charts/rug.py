"""A tartan rug: indicators down, places across, and in each crossing how that place stands.

The idea is that of the overview in public health profiles; letters carry it, so that it reads without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL
from wherewithal.charts.standing import Standing


@dataclass(frozen=True)
class RugCell:
    """One place on one indicator: how it stands, and its value in words."""

    standing: Standing
    words: str


@dataclass(frozen=True)
class RugRow:
    """One indicator, and its cells in the order of the places."""

    name: str
    cells: tuple[RugCell, ...]


def rug_chart(
    places: Sequence[str], rows: Sequence[RugRow], *, title: str, description: str, key: str
) -> Chart:
    """The rug, ours the first of ``places``. The table has every value.

    Raises ValueError for no rows, no places, or a row of another length than the places.
    """
    if not rows or not places:
        raise ValueError("a rug needs at least one indicator and one place")
    if any(len(row.cells) != len(places) for row in rows):
        raise ValueError("every row of a rug has a cell for each place")
    sentence = _sentence(places[0], rows)
    whole = f"{description} {sentence}"

    def draw(kind: str) -> str:
        return (_wide if kind == "wide" else _narrow)(places, rows, title, whole, key)

    table: list[tuple[Cell, ...]] = [
        (row.name, *(f"{cell.words}, {cell.standing.lower()}" for cell in row.cells)) for row in rows
    ]
    return Chart(title, whole, whole, draw("wide"), draw("narrow"), ("Indicator", *places), tuple(table))


def _sentence(ours: str, rows: Sequence[RugRow]) -> str:
    many = {each: sum(row.cells[0].standing is each for row in rows) for each in Standing}
    said = [f"{count} {each.lower()}" for each, count in many.items() if count]
    return f"{ours}, of {len(rows)} figures beside England: {', '.join(said)}."


_CELL = 26.0


def _cell(x: float, y: float, width: float, cell: RugCell, ours: bool) -> list[str]:
    return [
        drawing.element(
            "rect",
            x=x + 1,
            y=y + 1,
            width=width - 2,
            height=_CELL - 2,
            fill=cell.standing.wash,
            stroke=cell.standing.edge,
            stroke_width=2 if ours else 1,
        ),
        drawing.text(
            cell.standing.letter, x + width / 2, y + _CELL / 2 + 5, size=SMALL, anchor="middle", bold=ours
        ),
    ]


def _heads(places: Sequence[str], x: float, step: float, y: float) -> list[str]:
    return [
        drawing.text(str(number), x + step * (number - 0.5), y, size=SMALL, anchor="middle", bold=number == 1)
        for number in range(1, len(places) + 1)
    ]


def _legend(places: Sequence[str], y: float, width: float) -> tuple[list[str], float]:
    """Who the numbers are, and what the letters mean."""
    parts = []
    x = 4.0
    for words in [
        *(f"{number} {name}" for number, name in enumerate(places, 1)),
        *(f"{each.letter} {each.value.lower()}" for each in Standing),
    ]:
        long = drawing.width_of(words, SMALL) + 16
        if x > 4 and x + long > width:
            x, y = 4.0, y + 20
        parts.append(drawing.text(words, x, y, size=SMALL, colour=drawing.MUTED))
        x += long
    return parts, y + 8


def _wide(places: Sequence[str], rows: Sequence[RugRow], title: str, whole: str, key: str) -> str:
    width = 640.0
    step = min(40.0, 330.0 / len(places))
    left = width - 6 - step * len(places)
    parts = _heads(places, left, step, 16)
    y = 24.0
    for row in rows:
        parts.append(drawing.text(drawing.shortened(row.name, SMALL, left - 14), 4, y + 18, size=SMALL))
        for place, cell in enumerate(row.cells):
            parts += _cell(left + step * place, y, step, cell, place == 0)
        y += _CELL
    legend, y = _legend(places, y + 24, width)
    return drawing.picture(
        [*parts, *legend], width=width, height=y, title=title, description=whole, key=key, kind="wide"
    )


def _narrow(places: Sequence[str], rows: Sequence[RugRow], title: str, whole: str, key: str) -> str:
    width = 320.0
    step = min(40.0, 312.0 / len(places))
    parts: list[str] = []
    y = 4.0
    for row in rows:
        for line in drawing.wrapped(row.name, SMALL, width - 8):
            parts.append(drawing.text(line, 4, y + 14, size=SMALL))
            y += 18
        parts += _heads(places, 4, step, y + 14)
        y += 18
        for place, cell in enumerate(row.cells):
            parts += _cell(4 + step * place, y, step, cell, place == 0)
        y += _CELL + 10
    legend, y = _legend(places, y + 16, width)
    return drawing.picture(
        [*parts, *legend], width=width, height=y, title=title, description=whole, key=key, kind="narrow"
    )
