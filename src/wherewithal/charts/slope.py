"""Two groups side by side, such as girls and boys: a line for each place from the one to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL
from wherewithal.charts.gradient import GroupValue
from wherewithal.charts.plane import KeyMark, Plane
from wherewithal.charts.scale import Scale, scale_for


@dataclass(frozen=True)
class Pair:
    """One place with a value for each of two groups, such as girls and boys, with their intervals."""

    name: str
    left: GroupValue
    right: GroupValue
    ours: bool = False


def slope_chart(
    pairs: Sequence[Pair],
    *,
    title: str,
    description: str,
    key: str,
    value_name: str,
    value_text: Callable[[float], str],
    tick_text: Callable[[float, int], str],
) -> Chart:
    """Two groups side by side, a line for each place: ours whole with squares, others broken with diamonds.

    Raises ValueError for no place.
    """
    if not pairs:
        raise ValueError("a slope needs at least one place")
    said = " ".join(
        f"{pair.name}: {pair.left.name.lower()} {value_text(pair.left.value)}, "
        f"{pair.right.name.lower()} {value_text(pair.right.value)}."
        for pair in pairs
    )
    whole = f"{description} {said}"

    def draw(kind: str) -> str:
        return _slopes(pairs, kind == "wide", value_name, value_text, tick_text, title, whole, key)

    table: list[tuple[Cell, ...]] = [
        (f"{pair.name}, {side.name.lower()}", side.value, side.low, side.high)
        for pair in pairs
        for side in (pair.left, pair.right)
    ]
    columns = ("Group", "Value", "95% interval: lower", "95% interval: upper")
    return Chart(title, whole, whole, draw("wide"), draw("narrow"), columns, tuple(table), value_text)


def _slopes(
    pairs: Sequence[Pair],
    wide: bool,
    value_name: str,
    value_text: Callable[[float], str],
    tick_text: Callable[[float, int], str],
    title: str,
    whole: str,
    key: str,
) -> str:
    keys = [(_key_mark(pair.ours), pair.name) for pair in pairs]
    plane = Plane(wide, "", value_name, keys)
    known = [
        v for pair in pairs for side in (pair.left, pair.right) for v in (side.value, side.low, side.high)
        if v is not None
    ]  # fmt: skip
    y = scale_for(known, *plane.down)
    start, end = plane.across
    left, right = start + (end - start) * 0.28, start + (end - start) * 0.72
    x = Scale(0.0, 1.0, left, right, ())
    plane.scaled(x, y, lambda tick: "", lambda tick: tick_text(tick, y.places))
    for pair in sorted(pairs, key=lambda each: each.ours):
        colour = drawing.BRAND if pair.ours else drawing.INK
        one, other = y(pair.left.value), y(pair.right.value)
        plane.parts.append(
            drawing.line(
                left, one, right, other, colour, 2.5 if pair.ours else 1.75, None if pair.ours else "5 4"
            )
        )
        for side, at in ((pair.left, left), (pair.right, right)):
            if pair.ours and side.low is not None and side.high is not None:
                plane.parts.append(drawing.line(at, y(side.low), at, y(side.high), colour, 3))
            plane.parts.append(_mark(at, y(side.value), pair.ours))
        if pair.ours:
            plane.parts.append(
                drawing.text(
                    value_text(pair.left.value), left - 12, one + 5, size=SMALL, anchor="end", bold=True
                )
            )
            plane.parts.append(
                drawing.text(value_text(pair.right.value), right + 12, other + 5, size=SMALL, bold=True)
            )
    for words, at in ((pairs[0].left.name, left), (pairs[0].right.name, right)):
        below = plane.bottom + 21
        plane.parts.append(drawing.text(words, at, below, size=SMALL, anchor="middle", bold=True))
    return plane.finished(title=title, description=whole, key=key)


def _look(ours: bool) -> tuple[str, float, str | None]:
    return (drawing.BRAND, 2.5, None) if ours else (drawing.INK, 1.75, "5 4")


def _mark(x: float, y: float, ours: bool) -> str:
    return drawing.square(x, y, 11) if ours else drawing.diamond(x, y, 9)


def _key_mark(ours: bool) -> KeyMark:
    colour, width, dashes = _look(ours)
    return lambda x, y: [drawing.line(x - 13, y, x + 13, y, colour, width, dashes), _mark(x, y, ours)]
