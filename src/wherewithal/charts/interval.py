"""Places side by side: a mark for each value, a line for its interval, the benchmark drawn through all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL, TEXT
from wherewithal.charts.scale import Scale, scale_for


class Role(StrEnum):
    """What a place is to the chart: it decides the mark."""

    OURS = "ours"
    BENCHMARK = "benchmark"
    NEIGHBOUR = "neighbour"
    AVERAGE = "average"


@dataclass(frozen=True)
class Place:
    """One row. ``low`` and ``high`` are its interval, None where there is none; a missing value is said."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    role: Role = Role.NEIGHBOUR


_MARKS: dict[Role, Callable[[float, float, float], str]] = {
    Role.OURS: drawing.square,
    Role.BENCHMARK: drawing.diamond,
    Role.NEIGHBOUR: drawing.ring,
    Role.AVERAGE: drawing.bar,
}
_COLOURS = {
    Role.OURS: drawing.BRAND,
    Role.BENCHMARK: drawing.INK,
    Role.NEIGHBOUR: drawing.MUTED,
    Role.AVERAGE: drawing.MUTED,
}
_MARK = 11


def interval_chart(
    places: Sequence[Place],
    *,
    title: str,
    description: str,
    key: str,
    value_text: Callable[[float], str],
    range_text: Callable[[float, float], str],
    tick_text: Callable[[float, int], str],
    interval_name: str = "95% interval",
) -> Chart:
    """Places in the order given, each with its name, its mark, its interval and its figures in words.

    ``value_text`` writes a value with its unit, ``range_text`` the two limits, ``tick_text`` a tick mark with
    a number of decimal places. ``key`` must be unlike that of any other chart on the page. Raises ValueError
    where no place has a value.
    """
    valued = [place for place in places if place.value is not None]
    known = [v for place in valued for v in (place.value, place.low, place.high) if v is not None]
    if not valued:
        raise ValueError("a chart needs at least one place with a value")
    words = [_words(place, value_text, range_text) for place in places]
    whole = f"{description} {_read_out(places, words)}"

    def draw(kind: str) -> str:
        layout = _Wide(places, words) if kind == "wide" else _Narrow(places, words)
        scale = scale_for(known, *layout.span, ticks=5 if kind == "wide" else 4)
        parts = [*layout.ground(places), *layout.axis(scale, tick_text), *layout.benchmark(scale, places)]
        for index, place in enumerate(places):
            parts += layout.row(index, place, scale)
        return drawing.picture(
            parts,
            width=layout.width,
            height=layout.height,
            title=title,
            description=whole,
            key=key,
            kind=kind,
        )

    columns = ("Area", "Value", f"{interval_name}: lower", f"{interval_name}: upper")
    rows: list[tuple[Cell, ...]] = [(place.name, place.value, place.low, place.high) for place in places]
    return Chart(title, description, whole, draw("wide"), draw("narrow"), columns, tuple(rows), value_text)


def _words(
    place: Place, value_text: Callable[[float], str], range_text: Callable[[float, float], str]
) -> tuple[str, str]:
    if place.value is None:
        return "not published", ""
    if place.low is None or place.high is None:
        return value_text(place.value), ""
    return value_text(place.value), f"({range_text(place.low, place.high)})"


def _read_out(places: Sequence[Place], words: Sequence[tuple[str, str]]) -> str:
    said = (
        f"{place.name} {' '.join(part for part in pair if part)}"
        for place, pair in zip(places, words, strict=True)
    )
    return f"{'; '.join(said)}."


class _Layout(ABC):
    """Where things stand. ``span`` is where the scale runs from and to; ``top`` is above the first row."""

    width: float
    step: float
    top = 12.0
    foot = 46.0
    span: tuple[float, float]

    def __init__(self, places: Sequence[Place], words: Sequence[tuple[str, str]]) -> None:
        self.words = words
        self.bottom = self.top + self.step * len(places)
        self.height = self.bottom + self.foot

    @property
    def stretches(self) -> list[tuple[float, float]]:
        """From where to where upright lines run: they keep clear of words."""
        return [(self.top, self.bottom)]

    def ground(self, places: Sequence[Place]) -> list[str]:
        """A wash behind the place that the chart is about."""
        return [
            drawing.element(
                "rect",
                x=0,
                y=self.top + self.step * index + 1,
                width=self.width,
                height=self.step - 2,
                fill=drawing.BRAND_WASH,
            )
            for index, place in enumerate(places)
            if place.role is Role.OURS
        ]

    def axis(self, scale: Scale, tick_text: Callable[[float, int], str]) -> list[str]:
        parts = []
        for tick in scale.ticks:
            parts += [drawing.line(scale(tick), top, scale(tick), foot) for top, foot in self.stretches]
            parts.append(
                drawing.text(
                    tick_text(tick, scale.places),
                    scale(tick),
                    self.bottom + 20,
                    size=SMALL,
                    anchor="middle",
                    colour=drawing.MUTED,
                )
            )
        if not scale.starts_at_nought:
            words = f"The scale starts at {tick_text(scale.low, scale.places)}, not at 0"
            parts.append(
                drawing.text(words, self.span[0] - 8, self.bottom + 40, size=SMALL, colour=drawing.MUTED)
            )
        return parts

    def benchmark(self, scale: Scale, places: Sequence[Place]) -> list[str]:
        values = [place.value for place in places if place.role is Role.BENCHMARK and place.value is not None]
        return [
            drawing.line(scale(v), top, scale(v), foot, drawing.INK, 1.5, dashes="5 4")
            for v in values
            for top, foot in self.stretches
        ]

    @abstractmethod
    def row(self, index: int, place: Place, scale: Scale) -> list[str]:
        """One place: its name, its mark and its figures."""

    def mark(self, place: Place, scale: Scale, y: float) -> list[str]:
        if place.value is None:
            return []
        parts = []
        if place.low is not None and place.high is not None:
            width = 4 if place.role is Role.OURS else 2.5
            parts.append(drawing.line(scale(place.low), y, scale(place.high), y, _COLOURS[place.role], width))
        parts.append(
            _MARKS[place.role](scale(place.value), y, _MARK + 2 if place.role is Role.OURS else _MARK)
        )
        return parts


class _Wide(_Layout):
    """One line a place: name, mark, figures."""

    width = 640.0
    step = 34.0

    def __init__(self, places: Sequence[Place], words: Sequence[tuple[str, str]]) -> None:
        super().__init__(places, words)
        longest = max(drawing.width_of(place.name, TEXT, bold=place.role is Role.OURS) for place in places)
        self.names = min(longest + 12, 210.0)
        figures = max(drawing.width_of(" ".join(pair), TEXT, bold=False) for pair in words)
        self.span = (self.names + 16, self.width - min(figures + 26, 235.0))

    def row(self, index: int, place: Place, scale: Scale) -> list[str]:
        y = self.top + self.step * (index + 0.5)
        bold = place.role is Role.OURS
        value, limits = self.words[index]
        name = drawing.shortened(place.name, TEXT, self.names - 10, bold=bold)
        parts = [drawing.text(name, 8, y + 5, bold=bold), *self.mark(place, scale, y)]
        x = self.span[1] + 22
        colour = drawing.MUTED if place.value is None else drawing.INK
        parts.append(drawing.text(value, x, y + 5, bold=bold, colour=colour))
        if limits:
            after = x + drawing.width_of(value, TEXT, bold=bold) + 7
            parts.append(drawing.text(limits, after, y + 5, size=SMALL, colour=drawing.MUTED))
        return parts


class _Narrow(_Layout):
    """Two lines a place: name and figures above, mark below."""

    width = 320.0
    step = 50.0
    span = (14.0, 300.0)
    marks_from = 24.0

    @property
    def stretches(self) -> list[tuple[float, float]]:
        tops = [self.top + self.step * index for index in range(len(self.words))]
        return [(top + self.marks_from, top + self.step - 4) for top in tops]

    def row(self, index: int, place: Place, scale: Scale) -> list[str]:
        top = self.top + self.step * index
        bold = place.role is Role.OURS
        value, limits = self.words[index]
        figures = drawing.width_of(value, TEXT, bold=bold)
        room = self.width - 18 - figures - (drawing.width_of(limits, SMALL) + 6 if limits else 0)
        name = drawing.shortened(place.name, TEXT, room, bold=bold)
        end = self.width - 4 - (drawing.width_of(limits, SMALL) + 6 if limits else 0)
        parts = [
            drawing.text(name, 4, top + 18, bold=bold),
            drawing.text(value, end, top + 18, anchor="end", bold=bold),
        ]
        if limits:
            parts.append(
                drawing.text(
                    limits,
                    self.width - 4,
                    top + 18,
                    size=SMALL,
                    anchor="end",
                    colour=drawing.MUTED,
                )
            )
        return parts + self.mark(place, scale, top + 34)
