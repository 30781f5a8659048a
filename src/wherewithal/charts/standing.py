"""How a place stands to a benchmark, as a letter and a shape before it is a colour."""

from __future__ import annotations

from enum import StrEnum

from wherewithal.charts import drawing

GOOD = "#0b6b3a"
GOOD_WASH = "#cfe6d8"
MIXED = "#7a4f00"
MIXED_WASH = "#f6dfb4"
PLAIN_WASH = "#e9eeec"


class Standing(StrEnum):
    """The words of a comparison. Higher and lower are for what nobody has judged."""

    BETTER = "Better"
    SIMILAR = "Similar"
    WORSE = "Worse"
    HIGHER = "Higher"
    LOWER = "Lower"
    NOT_COMPARED = "Not compared"

    @property
    def letter(self) -> str:
        return "–" if self is Standing.NOT_COMPARED else self.value[0]

    @property
    def wash(self) -> str:
        """The fill behind a letter in ink."""
        if self is Standing.BETTER:
            return GOOD_WASH
        if self is Standing.WORSE:
            return MIXED_WASH
        return "#ffffff" if self is Standing.NOT_COMPARED else PLAIN_WASH

    @property
    def edge(self) -> str:
        if self is Standing.BETTER:
            return GOOD
        return MIXED if self is Standing.WORSE else drawing.MUTED


def standing_mark(standing: Standing, x: float, y: float, size: float) -> list[str]:
    """The shape: a circle is better, a square similar, a triangle worse, an arrow's head higher or lower."""
    half = size / 2
    if standing is Standing.BETTER:
        return [drawing.element("circle", cx=x, cy=y, r=half, fill=GOOD)]
    if standing is Standing.WORSE:
        return [drawing.polygon([(x - half, y - half), (x + half, y - half), (x, y + half)], fill=MIXED)]
    if standing in (Standing.HIGHER, Standing.LOWER):
        turn = -1 if standing is Standing.HIGHER else 1
        points = [(x - half, y - turn * half), (x, y + turn * half), (x + half, y - turn * half)]
        return [drawing.path(points, fill="none", stroke=drawing.INK, stroke_width=2.5)]
    if standing is Standing.SIMILAR:
        return [
            drawing.element(
                "rect",
                x=x - half,
                y=y - half,
                width=size,
                height=size,
                fill="#ffffff",
                stroke=drawing.MUTED,
                stroke_width=2,
            )
        ]
    return [drawing.line(x - half, y, x + half, y, drawing.MUTED, 2)]
