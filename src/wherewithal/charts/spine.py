"""A spine: each indicator on a scale of its own, England in the middle, worse to the left and better to the right.

The bar reaches from the worst to the best of all places, its darker part holds the middle half of them. Where nobody
has said which way is good, low is on the left and high on the right, and the row says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL
from wherewithal.charts.standing import PLAIN_WASH, Standing, standing_mark


@dataclass(frozen=True)
class Vertebra:
    """One indicator: our value, England's, and of all places the lowest, the quartiles and the highest.

    ``high_is_good`` is None where nobody has said. ``text`` writes a value with its unit.
    """

    name: str
    value: float
    england: float
    low: float
    quarter: float
    three_quarters: float
    high: float
    places: int
    standing: Standing
    high_is_good: bool | None
    text: Callable[[float], str]


def spine_chart(rows: Sequence[Vertebra], *, title: str, description: str, key: str) -> Chart:
    """The spine. Raises ValueError for no rows."""
    if not rows:
        raise ValueError("a spine needs at least one indicator")
    beyond = [row.name for row in rows if not row.quarter <= row.value <= row.three_quarters]
    said = f"Outside the middle half of all places: {len(beyond)} of {len(rows)}."
    whole = f"{description} {said}"

    def draw(kind: str) -> str:
        return _drawn(rows, kind == "wide", title, whole, key)

    columns = (
        "Indicator", "Value", "England", "Lowest place", "A quarter are below", "A quarter are above",
        "Highest place", "Places", "Beside England",
    )  # fmt: skip
    table: list[tuple[Cell, ...]] = [
        (
            row.name,
            *(
                row.text(v)
                for v in (row.value, row.england, row.low, row.quarter, row.three_quarters, row.high)
            ),
            f"{row.places}",
            row.standing.value,
        )
        for row in rows
    ]
    return Chart(title, whole, whole, draw("wide"), draw("narrow"), columns, tuple(table))


_BELOW = "The upright line is England; the darker bar holds half of all places."


def _drawn(rows: Sequence[Vertebra], wide: bool, title: str, whole: str, key: str) -> str:
    width = 640.0 if wide else 320.0
    start, end = (300.0, 560.0) if wide else (8.0, 312.0)
    step = 34.0 if wide else 62.0
    parts = [
        drawing.text("worse (or low)", start, 16, size=SMALL, colour=drawing.MUTED),
        drawing.text("better (or high)", end, 16, size=SMALL, anchor="end", colour=drawing.MUTED),
    ]
    top = 24.0
    middle = (start + end) / 2
    for number, row in enumerate(rows):
        y = top + step * number
        centre = y + (17 if wide else 44)
        turned = row.high_is_good is False
        reach = max(row.high - row.england, row.england - row.low, abs(row.value - row.england)) or 1.0

        def at(value: float, row: Vertebra = row, turned: bool = turned, reach: float = reach) -> float:
            away = (value - row.england) / reach * (end - start) / 2
            return middle - away if turned else middle + away

        for one, other, fill in (
            (row.low, row.high, PLAIN_WASH),
            (row.quarter, row.three_quarters, "#c3cfcb"),
        ):
            left, right = sorted((at(one), at(other)))
            parts.append(
                drawing.element(
                    "rect", x=left, y=centre - 8, width=max(right - left, 1), height=16, fill=fill
                )
            )
        parts.append(drawing.line(middle, centre - 12, middle, centre + 12, drawing.INK, 1.5))
        parts += standing_mark(row.standing, at(row.value), centre, 13)
        unjudged = " (not judged)" if row.high_is_good is None else ""
        if wide:
            name = drawing.shortened(f"{row.name}{unjudged}", SMALL, start - 16)
            parts.append(drawing.text(name, 4, centre + 5, size=SMALL))
            parts.append(
                drawing.text(
                    drawing.shortened(row.text(row.value), SMALL, width - end - 10),
                    end + 10,
                    centre + 5,
                    size=SMALL,
                    bold=True,
                )
            )
        else:
            value = row.text(row.value)
            room = width - 16 - drawing.width_of(value, SMALL, bold=True)
            name = drawing.shortened(f"{row.name}{unjudged}", SMALL, room)
            parts.append(drawing.text(name, 4, y + 20, size=SMALL))
            parts.append(drawing.text(value, width - 4, y + 20, size=SMALL, anchor="end", bold=True))
    y = top + step * len(rows) + 20
    x = 4.0
    shown = {row.standing for row in rows}
    for each in Standing:
        if each not in shown:
            continue
        long = 30 + drawing.width_of(each.value, SMALL) + 14
        if x + long > width:
            x, y = 4.0, y + 22
        parts += standing_mark(each, x + 10, y, 11)
        parts.append(drawing.text(each.value, x + 24, y + 5, size=SMALL))
        x += long
    y += 22
    for line in drawing.wrapped(
        "The upright line is England; the darker bar holds half of all places.", SMALL, width - 8, lines=3
    ):
        parts.append(drawing.text(line, 4, y + 5, size=SMALL, colour=drawing.MUTED))
        y += 18
    return drawing.picture(
        parts,
        width=width,
        height=y + 2,
        title=title,
        description=whole,
        key=key,
        kind="wide" if wide else "narrow",
    )
