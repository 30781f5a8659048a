"""One place over time with a band for its interval, beside a benchmark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL, TEXT
from wherewithal.charts.scale import Scale, scale_for

_LABEL_GAP = 44.0
"""How far apart two names of two lines each must stand."""


@dataclass(frozen=True)
class Moment:
    """One period of a line. ``value`` None leaves a gap."""

    period: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """A name and its values. Both lines of a chart have the same periods in the same order."""

    name: str
    moments: tuple[Moment, ...]

    @property
    def last(self) -> int | None:
        """Where the newest value stands."""
        return next(
            (i for i in reversed(range(len(self.moments))) if self.moments[i].value is not None), None
        )


def timeline_chart(
    ours: Line,
    benchmark: Line | None = None,
    *,
    title: str,
    description: str,
    key: str,
    value_text: Callable[[float], str],
    tick_text: Callable[[float, int], str],
    interval_name: str = "95% interval",
) -> Chart:
    """Our values as squares with a band for their interval, the benchmark as diamonds on a broken line.

    A period without a value leaves a gap, never a line across it. ``key`` must be unlike that of any other
    chart on the page. Raises ValueError where there is no value of ours, or where the periods differ.
    """
    if ours.last is None:
        raise ValueError("a chart needs at least one value")
    lines = [ours, *([benchmark] if benchmark and benchmark.last is not None else [])]
    periods = [moment.period for moment in ours.moments]
    if any([moment.period for moment in line.moments] != periods for line in lines):
        raise ValueError("the lines of a chart need the same periods")
    whole = f"{description} {_read_out(lines, value_text)}"

    def draw(kind: str) -> str:
        frame = _Frame(lines, value_text, tick_text, wide=kind == "wide")
        parts = [*frame.axes(periods), *frame.band(ours)]
        for index, line in reversed(list(enumerate(lines))):
            parts += frame.line(line, benchmark=index > 0)
        parts += frame.labels(value_text)
        return drawing.picture(
            parts, width=frame.width, height=frame.height, title=title, description=whole, key=key, kind=kind
        )

    beside_names = [line.name for line in lines[1:]]
    columns = ("Period", ours.name, f"{interval_name}: lower", f"{interval_name}: upper", *beside_names)
    rows: list[tuple[Cell, ...]] = []
    for index, moment in enumerate(ours.moments):
        beside = [line.moments[index].value for line in lines[1:]]
        rows.append((moment.period, moment.value, moment.low, moment.high, *beside))
    return Chart(title, description, whole, draw("wide"), draw("narrow"), columns, tuple(rows), value_text)


def _read_out(lines: Sequence[Line], value_text: Callable[[float], str]) -> str:
    said = []
    for line in lines:
        known = [moment for moment in line.moments if moment.value is not None]
        first, last = known[0], known[-1]
        if first is last:
            said.append(f"{line.name}: {value_text(last.value or 0.0)} in {last.period}.")
        else:
            said.append(
                f"{line.name}: from {value_text(first.value or 0.0)} in {first.period} "
                f"to {value_text(last.value or 0.0)} in {last.period}."
            )
    return " ".join(said)


class _Frame:
    """One drawing: where the periods and values stand."""

    def __init__(
        self,
        lines: Sequence[Line],
        value_text: Callable[[float], str],
        tick_text: Callable[[float, int], str],
        *,
        wide: bool,
    ) -> None:
        self.lines = lines
        self.tick_text = tick_text
        self.wide = wide
        self.width, self.height = (640.0, 330.0) if wide else (320.0, 340.0)
        # A narrow drawing has no room beside the lines, so they are named above them.
        self.top = 18.0 if wide else 24.0 + 24.0 * len(lines)
        self.bottom = self.height - 62
        known = [
            v
            for line in lines
            for moment in line.moments
            if moment.value is not None
            for v in (moment.value, *((moment.low, moment.high) if line is lines[0] else ()))
            if v is not None
        ]
        self.scale: Scale = scale_for(known, self.bottom, self.top, ticks=5)
        self.left = 12 + max(drawing.width_of(self._tick(t), SMALL) for t in self.scale.ticks) + 6
        labels = [words for line in lines for words in self._label(line, value_text)]
        room = max(drawing.width_of(words, TEXT, bold=True) for words in labels) + 18 if wide else 16
        self.right = self.width - min(room, 230)
        self.count = len(lines[0].moments)

    def _tick(self, value: float) -> str:
        return self.tick_text(value, self.scale.places)

    def _label(self, line: Line, value_text: Callable[[float], str]) -> tuple[str, str]:
        last = line.last
        value = line.moments[last].value if last is not None else None
        return line.name, value_text(value) if value is not None else ""

    def x(self, index: int) -> float:
        inset = 14.0
        if self.count == 1:
            return (self.left + self.right) / 2
        return self.left + inset + index * (self.right - self.left - 2 * inset) / (self.count - 1)

    def axes(self, periods: Sequence[str]) -> list[str]:
        parts = []
        for tick in self.scale.ticks:
            y = self.scale(tick)
            parts.append(drawing.line(self.left, y, self.right, y))
            parts.append(
                drawing.text(
                    self._tick(tick), self.left - 8, y + 5, size=SMALL, anchor="end", colour=drawing.MUTED
                )
            )
        for index in self._shown(periods):
            x = self.x(index)
            parts.append(drawing.line(x, self.bottom, x, self.bottom + 5, drawing.MUTED))
            parts.append(
                drawing.text(
                    periods[index], x, self.bottom + 22, size=SMALL, anchor="middle", colour=drawing.MUTED
                )
            )
        if not self.scale.starts_at_nought:
            words = f"The scale starts at {self._tick(self.scale.low)}, not at 0"
            parts.append(drawing.text(words, self.left, self.bottom + 48, size=SMALL, colour=drawing.MUTED))
        return parts

    def _shown(self, periods: Sequence[str]) -> list[int]:
        """The periods that are written out: as many as fit, counted back from the newest."""
        room = max(drawing.width_of(period, SMALL) for period in periods) + 14
        gap = self.x(1) - self.x(0) if self.count > 1 else room
        every = max(1, -int(-room // gap))
        return sorted(range(self.count - 1, -1, -every))

    def _runs(self, line: Line, *, limits: bool = False) -> list[list[int]]:
        """Stretches of periods without a gap."""
        runs: list[list[int]] = [[]]
        for index, moment in enumerate(line.moments):
            there = moment.value is not None and (
                not limits or (moment.low is not None and moment.high is not None)
            )
            if there:
                runs[-1].append(index)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

    def band(self, line: Line) -> list[str]:
        parts = []
        for run in self._runs(line, limits=True):
            lows = [(self.x(i), self.scale(line.moments[i].low or 0.0)) for i in run]
            highs = [(self.x(i), self.scale(line.moments[i].high or 0.0)) for i in run]
            if len(run) == 1:
                parts.append(drawing.line(*lows[0], *highs[0], drawing.BRAND, 4))
            else:
                parts.append(drawing.path([*lows, *reversed(highs)], fill=drawing.BRAND_WASH))
                parts += [_edge(lows), _edge(highs)]
        return parts

    def line(self, line: Line, *, benchmark: bool) -> list[str]:
        colour = drawing.INK if benchmark else drawing.BRAND
        mark = drawing.diamond if benchmark else drawing.square
        parts = []
        for run in self._runs(line):
            points = [(self.x(i), self.scale(line.moments[i].value or 0.0)) for i in run]
            parts.append(
                drawing.path(
                    points,
                    fill="none",
                    stroke=colour,
                    stroke_width=1.75 if benchmark else 2.75,
                    stroke_dasharray="5 4" if benchmark else None,
                )
            )
            parts += [mark(x, y, 7 if benchmark else 9, colour) for x, y in points]
        return parts

    def labels(self, value_text: Callable[[float], str]) -> list[str]:
        """Each line named with its newest value: beside it where there is room, else above the drawing."""
        if not self.wide:
            return [
                part for order, line in enumerate(self.lines) for part in self._above(order, line, value_text)
            ]
        placed = sorted(
            (
                (self.scale(line.moments[line.last].value or 0.0), line)
                for line in self.lines
                if line.last is not None
            ),
            key=lambda pair: pair[0],
        )
        if len(placed) == 2 and placed[1][0] - placed[0][0] < _LABEL_GAP:
            middle = (placed[0][0] + placed[1][0]) / 2
            placed = [(middle - _LABEL_GAP / 2, placed[0][1]), (middle + _LABEL_GAP / 2, placed[1][1])]
        parts = []
        for y, line in placed:
            name, value = self._label(line, value_text)
            bold = line is self.lines[0]
            y = min(max(y, self.top + 6), self.bottom - 24)
            parts.append(drawing.text(name, self.right + 10, y, bold=bold))
            parts.append(drawing.text(value, self.right + 10, y + 19, bold=bold))
        return parts

    def _above(self, order: int, line: Line, value_text: Callable[[float], str]) -> list[str]:
        name, value = self._label(line, value_text)
        y = 12.0 + 24.0 * order
        ours = order == 0
        colour = drawing.BRAND if ours else drawing.INK
        mark = drawing.square(18, y, 9) if ours else drawing.diamond(18, y, 7)
        dashes = None if ours else "5 4"
        shown = drawing.shortened(f"{name} {value}", TEXT, self.width - 48, bold=ours)
        return [
            drawing.line(4, y, 32, y, colour, 2.75 if ours else 1.75, dashes),
            mark,
            drawing.text(shown, 42, y + 5, bold=ours),
        ]


def _edge(points: list[tuple[float, float]]) -> str:
    return drawing.path(points, fill="none", stroke=drawing.BRAND, stroke_width=1, stroke_dasharray="1 3")
