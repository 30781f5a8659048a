"""Groups from the most to the least deprived, each with its interval, and the line of the slope index through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.plane import Plane
from wherewithal.charts.scale import Scale, scale_for


@dataclass(frozen=True)
class GroupValue:
    """One group: its name, its share of the people, its value and its interval."""

    name: str
    share: float
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class SlopeLine:
    """The line's value at the most deprived end and at the least, and the index in words with its interval."""

    start: float
    end: float
    words: str


def gradient_chart(
    groups: Sequence[GroupValue],
    slope: SlopeLine | None,
    *,
    title: str,
    description: str,
    key: str,
    value_name: str,
    value_text: Callable[[float], str],
    tick_text: Callable[[float, int], str],
    ends: tuple[str, str] = ("most deprived", "least deprived"),
) -> Chart:
    """Groups in the order given, each as wide as its share of the people. Raises ValueError for no groups."""
    if not groups:
        raise ValueError("a gradient needs at least one group")
    first, last = groups[0], groups[-1]
    said = f"{first.name}: {value_text(first.value)}; {last.name}: {value_text(last.value)}."
    whole = f"{description} {said}{f' {slope.words}' if slope else ''}"

    def draw(kind: str) -> str:
        return _drawn(groups, slope, kind == "wide", value_name, tick_text, ends, title, whole, key)

    table: list[tuple[Cell, ...]] = [
        (group.name, group.value, group.low, group.high, f"{group.share:.1%}") for group in groups
    ]
    columns = ("Group", "Value", "95% interval: lower", "95% interval: upper", "Share of the people")
    return Chart(title, whole, whole, draw("wide"), draw("narrow"), columns, tuple(table), value_text)


def _drawn(
    groups: Sequence[GroupValue],
    slope: SlopeLine | None,
    wide: bool,
    value_name: str,
    tick_text: Callable[[float, int], str],
    ends: tuple[str, str],
    title: str,
    whole: str,
    key: str,
) -> str:
    keys = [(lambda x, y: [drawing.square(x, y, 10)], "Group, with its 95% interval")]
    if slope:
        keys.append(
            (lambda x, y: [drawing.line(x - 13, y, x + 13, y, drawing.THREAD, 2.5, "7 4")], "Slope index")
        )
    plane = Plane(wide, "Share of the people", value_name, keys)
    known = [v for group in groups for v in (group.value, group.low, group.high) if v is not None]
    known += [slope.start, slope.end] if slope else []
    y = scale_for(known, *plane.down)
    x = Scale(0.0, 1.0, *plane.across, (0.0, 0.25, 0.5, 0.75, 1.0))
    plane.scaled(x, y, lambda tick: f"{tick:.0%}", lambda tick: tick_text(tick, y.places))
    at = 0.0
    total = sum(group.share for group in groups) or 1.0
    for number, group in enumerate(groups):
        width = group.share / total
        if number % 2 == 0:
            plane.parts.append(
                drawing.element(
                    "rect",
                    x=x(at),
                    y=plane.top,
                    width=x(at + width) - x(at),
                    height=plane.bottom - plane.top,
                    fill=drawing.BRAND_WASH,
                    fill_opacity=0.5,
                )
            )
        middle = x(at + width / 2)
        if group.low is not None and group.high is not None:
            plane.parts.append(drawing.line(middle, y(group.low), middle, y(group.high), drawing.BRAND, 3))
        plane.parts.append(drawing.square(middle, y(group.value), 10))
        at += width
    if slope:
        plane.parts.append(
            drawing.line(x(0.0), y(slope.start), x(1.0), y(slope.end), drawing.THREAD, 2.5, "7 4")
        )
    plane.foot = [(f"← {ends[0]}", f"{ends[1]} →")]
    if not y.starts_at_nought:
        plane.foot = [*plane.foot, (f"The scale starts at {tick_text(y.low, y.places)}, not at 0", "")]
    return plane.finished(title=title, description=whole, key=key)
