"""Two numbers a study as a point: the frame, the scales and the key that such charts share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from wherewithal.charts import drawing
from wherewithal.charts.drawing import SMALL
from wherewithal.charts.scale import Scale

KeyMark = Callable[[float, float], list[str]]


@dataclass
class Plane:
    """One drawing of points. ``x`` and ``y`` are made with the span that ``across`` and ``down`` give.

    Names of the axes stand level: the upright one above its scale. ``keys`` are marks with their words, below.
    """

    wide: bool
    x_name: str
    y_name: str
    keys: Sequence[tuple[KeyMark, str]] = ()
    left: float = 62.0
    parts: list[str] = field(default_factory=list)
    foot: Sequence[tuple[str, str]] = ()

    def __post_init__(self) -> None:
        self.width = 640.0 if self.wide else 320.0
        if not self.wide:
            self.left = min(self.left, 50.0)
        self.y_words = drawing.wrapped(self.y_name, SMALL, self.width - 8, lines=2, bold=True)
        self.top = 18.0 * len(self.y_words) + 18.0
        self.bottom = self.top + (330.0 if self.wide else 250.0)
        self.x_words = drawing.wrapped(self.x_name, SMALL, self.width - 8, lines=2, bold=True)

    @property
    def across(self) -> tuple[float, float]:
        return self.left, self.width - 14

    @property
    def down(self) -> tuple[float, float]:
        return self.bottom, self.top

    def scaled(
        self, x: Scale, y: Scale, x_tick: Callable[[float], str], y_tick: Callable[[float], str]
    ) -> None:
        """The axes, with lines across at the marks of y."""
        start, end = self.across
        for tick in y.ticks:
            self.parts.append(drawing.line(start, y(tick), end, y(tick)))
            self.parts.append(
                drawing.text(
                    y_tick(tick), start - 7, y(tick) + 5, size=SMALL, anchor="end", colour=drawing.MUTED
                )
            )
        self.parts += [
            drawing.line(start, self.bottom, end, self.bottom, drawing.MUTED, 1.25),
            *(
                drawing.text(each, 4, 16 + 18 * place, size=SMALL, bold=True)
                for place, each in enumerate(self.y_words)
            ),
        ]
        edge = -100.0
        for tick in x.ticks:
            words = x_tick(tick)
            half = drawing.width_of(words, SMALL) / 2
            here = min(max(x(tick), half + 2), self.width - half - 2)
            self.parts.append(
                drawing.line(x(tick), self.bottom, x(tick), self.bottom + 5, drawing.MUTED, 1.25)
            )
            if here - half > edge + 6:
                edge = here + half
                self.parts.append(
                    drawing.text(
                        words, here, self.bottom + 21, size=SMALL, anchor="middle", colour=drawing.MUTED
                    )
                )

    def finished(self, *, title: str, description: str, key: str) -> str:
        """The whole picture, with the name of x, what lies on both sides, and the key below."""
        y = self.bottom + 43
        middle = sum(self.across) / 2
        for each in self.x_words:
            half = drawing.width_of(each, SMALL, bold=True) / 2
            here = min(max(middle, half + 4), self.width - half - 4)
            self.parts.append(drawing.text(each, here, y, size=SMALL, bold=True, anchor="middle"))
            y += 18
        for left, right in self.foot:
            for words, x, anchor in ((left, 4.0, "start"), (right, self.width - 4, "end")):
                if words:
                    self.parts.append(drawing.text(words, x, y + 2, size=SMALL, anchor=anchor))
            y += 20
        y = self._keys(y + 6)
        return drawing.picture(
            self.parts,
            width=self.width,
            height=y + 2,
            title=title,
            description=description,
            key=key,
            kind="wide" if self.wide else "narrow",
        )

    def _keys(self, y: float) -> float:
        """Marks with their words, side by side where there is room."""
        x = 4.0
        for mark, words in self.keys:
            lines = drawing.wrapped(words, SMALL, self.width - 44, lines=3)
            width = 34 + max(drawing.width_of(each, SMALL) for each in lines) + 18
            if x > 4 and x + width > self.width + 14:
                x, y = 4.0, y + 22
            self.parts += mark(x + 13, y)
            for place, each in enumerate(lines):
                self.parts.append(drawing.text(each, x + 34, y + 5 + 18 * place, size=SMALL))
            if len(lines) > 1:
                x, y = 4.0, y + 18 * (len(lines) - 1) + 22
            else:
                x += width
        return y + 18 if x > 4 else y


def sides(left: str, right: str, *, wide: bool) -> list[tuple[str, str]]:
    """Words for both ends of an axis: beside each other, or below where both do not fit."""
    width = 632.0 if wide else 312.0
    first, second = f"← {left}", f"{right} →"
    if drawing.width_of(first, SMALL) + drawing.width_of(second, SMALL) + 20 <= width:
        return [(first, second)]
    return [
        (drawing.shortened(first, SMALL, width), ""),
        ("", drawing.shortened(second, SMALL, width)),
    ]


def radius(share: float, *, least: float = 2.5, most: float = 13.0) -> float:
    """The radius of a circle whose area is in proportion to ``share`` of the largest."""
    return max(least, most * sqrt(max(share, 0.0)))


def named(
    points: Sequence[tuple[float, float, str]],
    *,
    around: Sequence[tuple[float, float]],
    left: float,
    right: float,
    top: float,
    bottom: float,
) -> list[str]:
    """Names beside points, the most important first; one that would touch a name or a mark is left to the table."""
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in around]
    parts = []
    for x, y, words in points:
        width = drawing.width_of(words, SMALL)
        for at, anchor in ((x + 9, "start"), (x - 9, "end")):
            start = at if anchor == "start" else at - width
            box = (start, y - 9, start + width, y + 8)
            inside = start >= left and start + width <= right and y - 9 >= top and y + 8 <= bottom
            if inside and not any(_touch(box, other) for other in taken):
                taken.append(box)
                parts.append(drawing.text(words, at, y + 5, size=SMALL, anchor=anchor))
                break
    return parts


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
