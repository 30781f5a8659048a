"""How early inclusions are found: the share found against the share of records read, one line a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL, TEXT
from wherewithal.charts.scale import Scale

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_TABLE = (0.01, 0.02, 0.05, *(tenth / 10 for tenth in range(1, 11)))
"""The shares read that have a row in the table: close together at first, where models differ."""

_CHANCE = "In no order"
_WAYS: tuple[tuple[str, str | None, Callable[..., str]], ...] = (
    (drawing.BRAND, None, drawing.square),
    (drawing.THREAD, "7 4", drawing.diamond),
    (drawing.INK, "2 4", drawing.ring),
    (drawing.MUTED, "10 3 2 3", drawing.bar),
)
"""Colour, dashes and mark of each line: told apart without colour."""

MOST = len(_WAYS)
"""The most lines one chart can tell apart."""


@dataclass(frozen=True)
class RecallCurve:
    """A model's name and the share of inclusions ``found`` after each equal part of the records, 0 to all of them.

    The first is before anything is read, so a curve by hundredths has 101 shares.
    """

    name: str
    found: tuple[float, ...]

    def at(self, read: float) -> float:
        """The share found when a share of ``read`` is read."""
        return self.found[round(read * (len(self.found) - 1))]


def recall_chart(curves: Sequence[RecallCurve], *, title: str, description: str, key: str) -> Chart:
    """Each model's line with its mark at every tenth, over a thin line for reading in no order.

    ``key`` must be unlike that of any other chart on the page. Raises ValueError for no curve, for more than
    ``MOST``, and for one that has fewer than two shares.
    """
    if not 0 < len(curves) <= MOST:
        raise ValueError(f"a chart needs one to {MOST} curves, and there are {len(curves)}")
    if any(len(curve.found) < 2 for curve in curves):
        raise ValueError("a curve needs a share before anything and one after everything is read")
    whole = f"{description} {_read_out(curves)}"

    def draw(kind: str) -> str:
        frame = _Frame(curves, wide=kind == "wide")
        parts = [*frame.axes(), *frame.chance()]
        for order in reversed(range(len(curves))):
            parts += frame.curve(order)
        parts += frame.names()
        return drawing.picture(
            parts, width=frame.width, height=frame.height, title=title, description=whole, key=key, kind=kind
        )

    columns = ("Records read", *(curve.name for curve in curves))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{read:.0%}", *(curve.at(read) for curve in curves)) for read in _TABLE
    )
    return Chart(title, description, whole, draw("wide"), draw("narrow"), columns, rows, "{:.1%}".format)


def _read_out(curves: Sequence[RecallCurve]) -> str:
    return " ".join(
        f"{curve.name}: {curve.at(0.1):.0%} of the inclusions found in the first tenth of the records, "
        f"{curve.at(0.5):.0%} in the first half."
        for curve in curves
    )


class _Frame:
    """One drawing: where the shares stand. The lines are named above it, in the order they were given."""

    def __init__(self, curves: Sequence[RecallCurve], *, wide: bool) -> None:
        self.curves = curves
        self.width = 640.0 if wide else 320.0
        self.top = 34.0 + 24.0 * (len(curves) + 1)
        self.bottom = self.top + (260.0 if wide else 220.0)
        self.height = self.bottom + 62
        left = 16 + drawing.width_of("100%", SMALL)
        self.across = Scale(0, 1, left, self.width - 24, _TICKS)
        self.up = Scale(0, 1, self.bottom, self.top, _TICKS)

    def axes(self) -> list[str]:
        parts = [
            drawing.text("Inclusions found", 4, self.top - 16, size=SMALL, colour=drawing.MUTED),
            drawing.text(
                "Records read", self.across.end, self.bottom + 48, size=SMALL, anchor="end",
                colour=drawing.MUTED,
            ),
        ]  # fmt: skip
        for tick in _TICKS:
            x, y = self.across(tick), self.up(tick)
            parts.append(drawing.line(self.across.start, y, self.across.end, y))
            parts.append(drawing.line(x, self.bottom, x, self.bottom + 5, drawing.MUTED))
            said = f"{tick:.0%}"
            parts.append(
                drawing.text(
                    said, self.across.start - 8, y + 5, size=SMALL, anchor="end", colour=drawing.MUTED
                )
            )
            parts.append(
                drawing.text(said, x, self.bottom + 22, size=SMALL, anchor="middle", colour=drawing.MUTED)
            )
        return parts

    def chance(self) -> list[str]:
        return [drawing.line(self.across(0), self.up(0), self.across(1), self.up(1), drawing.MUTED, 1)]

    def curve(self, order: int) -> list[str]:
        found = self.curves[order].found
        colour, dashes, mark = _WAYS[order]
        last = len(found) - 1
        points = [(self.across(i / last), self.up(share)) for i, share in enumerate(found)]
        parts = [drawing.path(points, fill="none", stroke=colour, stroke_width=2.5, stroke_dasharray=dashes)]
        tenths = [round(last * tenth / 10) for tenth in range(1, 11)]
        return [*parts, *(mark(*points[i], 8, colour) for i in tenths)]

    def names(self) -> list[str]:
        parts = []
        for order, curve in enumerate(self.curves):
            colour, dashes, mark = _WAYS[order]
            y = 12.0 + 24.0 * order
            parts += [drawing.line(4, y, 32, y, colour, 2.5, dashes), mark(18, y, 8, colour)]
            shown = drawing.shortened(curve.name, TEXT, self.width - 48)
            parts.append(drawing.text(shown, 42, y + 5))
        y = 12.0 + 24.0 * len(self.curves)
        return [
            *parts,
            drawing.line(4, y, 32, y, drawing.MUTED, 1),
            drawing.text(_CHANCE, 42, y + 5, colour=drawing.MUTED),
        ]
