"""Places by how many people their value rests on, between limits that chance alone would keep them in.

Limits as in ``wherewithal.statistics.funnel`` (Spiegelhalter, Statistics in Medicine 24 (2005), 1185 to 1202).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.plane import Plane, named
from wherewithal.charts.scale import scale_for


@dataclass(frozen=True)
class FunnelPlace:
    """One place: how many people, its value, how it stands to the limits in words; ``beyond`` 0 to 2 limits."""

    name: str
    size: float
    value: float
    words: str
    beyond: int
    ours: bool = False


@dataclass(frozen=True)
class LimitsAt:
    """The limits at one size: 95% inside, 99.8% outside."""

    size: float
    inner_low: float
    inner_high: float
    outer_low: float
    outer_high: float


def area_funnel_chart(
    places: Sequence[FunnelPlace],
    limits: Sequence[LimitsAt],
    baseline: float,
    *,
    title: str,
    description: str,
    key: str,
    size_name: str,
    value_name: str,
    value_text: Callable[[float], str],
    tick_text: Callable[[float, int], str],
) -> Chart:
    """The funnel, with ``limits`` in the order of their sizes. Raises ValueError for no places or limits."""
    if not places or not limits:
        raise ValueError("a funnel of places needs places and limits")
    beyond = sum(place.beyond == 2 for place in places)
    ours = next((place for place in places if place.ours), None)
    said = (
        f"{beyond} of {len(places)} areas lie outside the outer limits, where chance alone would put 2 in 1,000. "
        f"All together are {value_text(baseline)}."
    )
    if ours:
        said += f" {ours.name}, {value_text(ours.value)}: {ours.words[0].lower()}{ours.words[1:]}."
    whole = f"{description} {said}"

    def draw(kind: str) -> str:
        return _drawn(
            places, limits, baseline, kind == "wide", size_name, value_name, tick_text, title, whole, key
        )

    table: list[tuple[Cell, ...]] = [
        (place.name, place.value, f"{place.size:,.0f}", place.words)
        for place in sorted(places, key=lambda each: -each.value)
    ]
    columns = ("Area", "Value", size_name, "Beside the limits")
    return Chart(title, whole, whole, draw("wide"), draw("narrow"), columns, tuple(table), value_text)


def _drawn(
    places: Sequence[FunnelPlace],
    limits: Sequence[LimitsAt],
    baseline: float,
    wide: bool,
    size_name: str,
    value_name: str,
    tick_text: Callable[[float, int], str],
    title: str,
    whole: str,
    key: str,
) -> str:
    keys = [
        (lambda x, y: _dot(x, y, 0, ours=True), "This area"),
        (lambda x, y: _dot(x, y, 2, ours=False), "Beyond the outer limits"),
        (lambda x, y: _dot(x, y, 1, ours=False), "Between the limits"),
        (lambda x, y: _dot(x, y, 0, ours=False), "Inside"),
        (lambda x, y: [drawing.line(x - 13, y, x + 13, y, drawing.BRAND, 1.5, "6 4")], "95% limits"),
        (lambda x, y: [drawing.line(x - 13, y, x + 13, y, drawing.BRAND, 1.5)], "99.8% limits"),
    ]
    plane = Plane(wide, size_name, value_name, keys)
    x = scale_for([0.0, *(place.size for place in places)], *plane.across, ticks=5 if wide else 3)
    y = scale_for([place.value for place in places] + [baseline], *plane.down)
    plane.scaled(x, y, lambda tick: f"{tick:,.0f}", lambda tick: tick_text(tick, y.places))
    plane.parts.append(
        drawing.line(plane.across[0], y(baseline), plane.across[1], y(baseline), drawing.INK, 1.5)
    )

    def inside(value: float) -> float:
        return y(min(max(value, y.low), y.high))

    for low, high, dashes in (("inner_low", "inner_high", "6 4"), ("outer_low", "outer_high", None)):
        for side in (low, high):
            points = [(x(at.size), inside(getattr(at, side))) for at in limits]
            plane.parts.append(
                drawing.path(
                    points, fill="none", stroke=drawing.BRAND, stroke_width=1.5, stroke_dasharray=dashes
                )
            )
    for place in sorted(places, key=lambda each: each.ours):
        plane.parts += _dot(x(place.size), y(place.value), place.beyond, ours=place.ours)
    labels = [
        (x(place.size), y(place.value), place.name)
        for place in sorted(places, key=lambda each: (not each.ours, -abs(each.value - baseline)))
        if place.ours or place.beyond == 2
    ]
    plane.parts += named(
        labels[: 6 if wide else 2],
        around=[(x(place.size), y(place.value)) for place in places],
        left=plane.across[0],
        right=plane.across[1],
        top=plane.top,
        bottom=plane.bottom,
    )
    return plane.finished(title=title, description=whole, key=key)


def _dot(x: float, y: float, beyond: int, *, ours: bool) -> list[str]:
    if ours:
        return [drawing.square(x, y, 12)]
    if beyond == 2:
        return [drawing.diamond(x, y, 9, drawing.THREAD)]
    if beyond == 1:
        return [drawing.ring(x, y, 9, drawing.INK)]
    return [drawing.element("circle", cx=x, cy=y, r=2.5, fill=drawing.MUTED)]
