"""Every place in the order of its value, each with its interval: where one stands, and how little an order may mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL
from wherewithal.charts.plane import KeyMark, Plane
from wherewithal.charts.scale import Scale, scale_for


class Near(StrEnum):
    """What a place is to ours."""

    OURS = "this area"
    ALIKE = "an area like it"
    OTHER = "another area"


@dataclass(frozen=True)
class RankedPlace:
    """One place: its value and its interval, None where there is none."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    near: Near = Near.OTHER


def ranked_chart(
    places: Sequence[RankedPlace],
    *,
    benchmark: RankedPlace | None,
    title: str,
    description: str,
    key: str,
    value_name: str,
    value_text: Callable[[float], str],
    tick_text: Callable[[float, int], str],
) -> Chart:
    """Places with a value as upright bars of their intervals, the lowest left; those without are in the table.

    Raises ValueError where no place has a value.
    """
    known = sorted(
        ((place.value, place) for place in places if place.value is not None), key=lambda pair: pair[0]
    )
    if not known:
        raise ValueError("a ranking needs at least one place with a value")
    whole = f"{description} {_sentence(known, benchmark, value_text)}"

    def draw(kind: str) -> str:
        return _drawn(known, benchmark, kind == "wide", value_name, tick_text, title, whole, key)

    values = [value for value, _ in known]
    table: list[tuple[Cell, ...]] = [
        (place.name, value, place.low, place.high, f"{values.index(value) + 1}") for value, place in known
    ]
    table += [(place.name, None, None, None, "none") for place in places if place.value is None]
    columns = ("Area", "Value", "95% interval: lower", "95% interval: upper", "Place, lowest first")
    return Chart(title, whole, whole, draw("wide"), draw("narrow"), columns, tuple(table), value_text)


def _sentence(
    known: Sequence[tuple[float, RankedPlace]], benchmark: RankedPlace | None, text: Callable[[float], str]
) -> str:
    low, high = known[0], known[-1]
    said = [f"{len(known)} areas, from {text(low[0])} in {low[1].name} to {text(high[0])} in {high[1].name}."]
    ours = next(((value, place) for value, place in known if place.near is Near.OURS), None)
    if ours:
        number = 1 + sum(value < ours[0] for value, _ in known)
        said.append(f"{ours[1].name} is {text(ours[0])}, number {number} from the lowest.")
    if benchmark and benchmark.value is not None:
        said.append(f"{benchmark.name} is {text(benchmark.value)}.")
    return " ".join(said)


def _drawn(
    known: Sequence[tuple[float, RankedPlace]],
    benchmark: RankedPlace | None,
    wide: bool,
    value_name: str,
    tick_text: Callable[[float, int], str],
    title: str,
    whole: str,
    key: str,
) -> str:
    nears = {place.near for _, place in known}
    keys = [(_key_mark(near), words) for near, words in _WORDS if near in nears]
    if benchmark and benchmark.value is not None:
        keys.append((_key_line, benchmark.name))
    plane = Plane(wide, "Areas, lowest first", value_name, keys)
    ends = [v for value, place in known for v in (value, place.low, place.high) if v is not None]
    if benchmark and benchmark.value is not None:
        ends.append(benchmark.value)
    y = scale_for(ends, *plane.down)
    x = Scale(0.5, max(len(known), 1) + 0.5, *plane.across, ())
    plane.scaled(x, y, lambda tick: "", lambda tick: tick_text(tick, y.places))
    if benchmark and benchmark.value is not None:
        level = y(benchmark.value)
        plane.parts.append(
            drawing.line(*(plane.across[0], level), plane.across[1], level, drawing.INK, 1.5, "5 4")
        )
    # Ours last, so that nothing lies over it.
    order = sorted(enumerate(known, 1), key=lambda each: _DEPTH[each[1][1].near])
    room = (plane.across[1] - plane.across[0]) / len(known)
    for number, (value, place) in order:
        plane.parts += _bar(x(number), value, place, y, room)
    for number, (value, place) in order:
        if place.near is Near.OURS:
            side = "end" if x(number) > sum(plane.across) / 2 else "start"
            away = -9 if side == "end" else 9
            above = max(y(place.high if place.high is not None else value) - 8, plane.top + 8)
            plane.parts.append(
                drawing.text(place.name, x(number) + away, above, size=SMALL, anchor=side, bold=True)
            )
    if not y.starts_at_nought:
        plane.foot = [(f"The scale starts at {tick_text(y.low, y.places)}, not at 0", "")]
    return plane.finished(title=title, description=whole, key=key)


_DEPTH = {Near.OTHER: 0, Near.ALIKE: 1, Near.OURS: 2}
_WORDS = (
    (Near.OURS, "This area"),
    (Near.ALIKE, "Areas like it"),
    (Near.OTHER, "Other areas"),
)


def _bar(x: float, value: float, place: RankedPlace, y: Scale, room: float) -> list[str]:
    colour = {Near.OURS: drawing.BRAND, Near.ALIKE: drawing.INK}.get(place.near, "#9fb0ab")
    width = 4.0 if place.near is Near.OURS else min(2.5, room * 0.7)
    parts = []
    if place.low is not None and place.high is not None:
        parts.append(drawing.line(x, y(place.low), x, y(place.high), colour, width))
    return [*parts, *_dot(x, y(value), place.near, min(5.0, max(2.6, room)))]


def _dot(x: float, y: float, near: Near, size: float) -> list[str]:
    if near is Near.OURS:
        return [drawing.square(x, y, 11)]
    if near is Near.ALIKE:
        return [drawing.ring(x, y, 9, drawing.INK)]
    return [drawing.element("circle", cx=x, cy=y, r=size / 2, fill=drawing.MUTED)]


def _key_mark(near: Near) -> KeyMark:
    return lambda x, y: _dot(x, y, near, 5.0)


def _key_line(x: float, y: float) -> list[str]:
    return [drawing.line(x - 13, y, x + 13, y, drawing.INK, 1.5, "5 4")]
