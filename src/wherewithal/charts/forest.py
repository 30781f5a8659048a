"""Studies one below the other, each with its effect, its interval and its weight, and what they say together.

Sources: Lewis and Clarke, BMJ 322 (2001) 1479, for the form; IntHout and others, BMJ Open 6 (2016) e010247, for the
prediction interval beside it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL, TEXT
from wherewithal.charts.effect_axis import EffectAxis, within
from wherewithal.charts.scale import Scale

NEXT = "A next study (prediction interval)"
_LEAST, _MOST = 5.0, 15.0


@dataclass(frozen=True)
class Study:
    """One effect. ``weight`` per cent; ``study`` names what it is one of several effects of; ``group`` a subgroup."""

    name: str
    value: float
    low: float
    high: float
    weight: float | None = None
    study: str = ""
    group: str = ""


@dataclass(frozen=True)
class Together:
    """A pooled effect with its interval and the next study's; ``note`` says how much studies differ."""

    name: str
    value: float
    low: float
    high: float
    pi_low: float | None = None
    pi_high: float | None = None
    note: str = ""


def forest_chart(
    studies: Sequence[Study],
    together: Together | None,
    axis: EffectAxis,
    *,
    title: str,
    description: str,
    key: str,
    groups: Mapping[str, Together] | None = None,
    between: str = "",
    first: str = "Study",
) -> Chart:
    """A forest plot. ``groups`` are pooled effects of subgroups by name, ``between`` the test of their difference.

    Studies of a group stand together, and several effects of a study below its name, in the order given. Intervals
    that leave the scale end in an arrow. ``first`` heads the column of names. ``key`` must be unlike that of any other
    chart on the page. Raises ValueError for no studies.
    """
    if not studies:
        raise ValueError("a forest plot needs at least one study")
    lines = _lines(studies, together, groups or {}, between)
    shown = [line for line in lines if line.low is not None]
    sentence = _sentence(studies, together, groups or {}, axis, between)
    read = "; ".join(_read(line, axis) for line in shown)
    whole = f"{description} {sentence} {read}.".strip()

    def draw(kind: str) -> str:
        frame = (_Wide if kind == "wide" else _Narrow)(lines, axis, first)
        return drawing.picture(
            frame.parts(),
            width=frame.width,
            height=frame.height,
            title=title,
            description=whole,
            key=key,
            kind=kind,
        )

    columns = (first, axis.name, f"{axis.interval}: lower", f"{axis.interval}: upper", "Weight, %")
    rows: list[tuple[Cell, ...]] = [
        (
            line.whole,
            None if line.value is None else axis.natural(line.value),
            axis.natural(line.low or 0.0),
            axis.natural(line.high or 0.0),
            line.weight,
        )
        for line in shown
    ]
    said = f"{description} {sentence}".strip()
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows), axis.shown)


@dataclass(frozen=True)
class _Line:
    """One line of the drawing: a heading, an effect, a pooled effect, a prediction interval, a note or a rule."""

    kind: str
    words: str
    whole: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    weight: float | None = None
    indent: float = 0.0


def _lines(
    studies: Sequence[Study], together: Together | None, groups: Mapping[str, Together], between: str
) -> list[_Line]:
    lines: list[_Line] = []
    order = list(dict.fromkeys(study.group for study in studies))
    for name in order:
        if name:
            lines.append(_Line("group", name))
        inside = [study for study in studies if study.group == name]
        for own, several in groupby(inside, key=lambda study: study.study):
            members = list(several)
            if own:
                lines.append(_Line("study", own))
            for each in members:
                whole = ": ".join(part for part in (name, own, each.name) if part)
                lines.append(
                    _Line(
                        "effect",
                        each.name,
                        whole,
                        each.value,
                        each.low,
                        each.high,
                        each.weight,
                        12.0 if own else 0.0,
                    )
                )
        if name in groups:
            lines += _pooled(groups[name], f"{name}: ")
    if between:
        lines.append(_Line("note", between))
    if together:
        lines += [_Line("rule", ""), *_pooled(together, "")]
    return lines


def _pooled(it: Together, before: str) -> list[_Line]:
    lines = [_Line("pooled", it.name, f"{before}{it.name}", it.value, it.low, it.high)]
    if it.pi_low is not None and it.pi_high is not None:
        lines.append(_Line("next", NEXT, f"{before}{NEXT}", None, it.pi_low, it.pi_high))
    return [*lines, _Line("note", it.note)] if it.note else lines


def _read(line: _Line, axis: EffectAxis) -> str:
    limits = axis.limits(line.low or 0.0, line.high or 0.0)
    if line.value is None:
        return f"{line.whole} {limits}"
    weight = f", weight {line.weight:.1f}%" if line.weight is not None else ""
    return f"{line.whole} {axis.text(line.value)} ({limits}){weight}"


def _sentence(
    studies: Sequence[Study],
    together: Together | None,
    groups: Mapping[str, Together],
    axis: EffectAxis,
    between: str,
) -> str:
    said = []
    if together:
        said.append(
            f"{together.name}: {axis.name.lower()} {axis.text(together.value)} "
            f"({axis.interval} {axis.limits(together.low, together.high)}), "
            f"{axis.says(together.value, together.low, together.high)}."
        )
        if together.pi_low is not None and together.pi_high is not None:
            said.append(
                f"The effect of a next study like these would lie between "
                f"{axis.text(together.pi_low)} and {axis.text(together.pi_high)}."
            )
    said += [
        f"{name}: {axis.text(it.value)} ({axis.limits(it.low, it.high)})." for name, it in groups.items()
    ]
    return " ".join([*said, between] if between else said)


class _Frame(ABC):
    """What both drawings share: the scale, the marks and the foot."""

    width: float
    head: float
    span: tuple[float, float]
    row_height: float

    def __init__(self, lines: Sequence[_Line], axis: EffectAxis, first: str) -> None:
        self.lines, self.axis, self.first = lines, axis, first
        effects = [line for line in lines if line.low is not None]
        values = [line.value for line in effects if line.value is not None]
        pooled = [
            end
            for line in effects
            if line.kind in ("pooled", "next")
            for end in (line.low, line.high)
            if end is not None
        ]
        ends = [(line.low or 0.0, line.high or 0.0) for line in effects]
        self.weights = any(line.weight is not None for line in lines)
        self.largest = max([line.weight or 0.0 for line in lines], default=0.0)
        self.place_columns()
        self.scale: Scale = axis.scale(
            within(values, ends, whole=pooled), *self.span, ticks=5 if self.width > 400 else 4
        )
        self.heights = [self.height_of(line) for line in lines]
        self.bottom = self.head + sum(self.heights) + 4
        self.sides = self._sides()
        self.height = self.bottom + 44 + 18 * max(len(side) for side in self.sides) + 6

    @abstractmethod
    def place_columns(self) -> None:
        """Say where the names, the drawing and the figures stand."""

    @abstractmethod
    def height_of(self, line: _Line) -> float:
        """How tall a line is."""

    @abstractmethod
    def row(self, line: _Line, top: float, height: float) -> list[str]:
        """The elements of one line."""

    def stretches(self) -> list[tuple[float, float]]:
        """From where to where the upright lines run."""
        return [(self.head - 4, self.bottom)]

    def heading(self) -> list[str]:
        return []

    def parts(self) -> list[str]:
        parts = self.heading()
        overall = [line.value for line in self.lines if line.kind == "pooled" and line.value is not None][-1:]
        for top, foot in self.stretches():
            parts += [drawing.line(self.scale(t), top, self.scale(t), foot) for t in self.scale.ticks]
            parts.append(drawing.line(self.scale(0.0), top, self.scale(0.0), foot, drawing.MUTED, 1.5))
            parts += [
                drawing.line(self.scale(v), top, self.scale(v), foot, drawing.BRAND, 1.25, dashes="4 4")
                for v in overall
            ]
        top = self.head
        for line, height in zip(self.lines, self.heights, strict=True):
            if line.kind == "rule":
                parts.append(drawing.line(0, top + height / 2, self.width, top + height / 2, drawing.MUTED))
            else:
                parts += self.row(line, top, height)
            top += height
        return [*parts, *self._foot()]

    def _foot(self) -> list[str]:
        y = self.bottom
        parts = [drawing.line(self.span[0], y, self.span[1], y, drawing.MUTED, 1.25)]
        edge = -100.0
        for tick in self.scale.ticks:
            words = self.axis.tick(tick, self.scale)
            half = drawing.width_of(words, SMALL) / 2
            parts.append(drawing.line(self.scale(tick), y, self.scale(tick), y + 5, drawing.MUTED, 1.25))
            if self.scale(tick) - half < edge + 6:
                continue
            edge = self.scale(tick) + half
            x = min(max(self.scale(tick), half + 1), self.width - half - 1)
            parts.append(drawing.text(words, x, y + 20, size=SMALL, anchor="middle", colour=drawing.MUTED))
        zero = self.scale(0.0)
        for number, (side, anchor) in enumerate(zip(self.sides, ("end", "start"), strict=True)):
            x = zero - 8 if number == 0 else zero + 8
            widest = max((drawing.width_of(each, SMALL) for each in side), default=0.0)
            x = max(x, 4 + widest) if number == 0 else min(x, self.width - 4 - widest)
            parts += [
                drawing.text(each, x, y + 42 + 18 * place, size=SMALL, anchor=anchor)
                for place, each in enumerate(side)
            ]
        return parts

    def _sides(self) -> tuple[list[str], list[str]]:
        """The words on both sides of no effect, in lines that fit."""
        left, right = self.axis.sides
        zero = self.scale(0.0)
        rooms = max(zero - 14, 60.0), max(self.width - zero - 14, 60.0)
        return (
            drawing.wrapped(f"← {left}", SMALL, rooms[0], lines=3) if left else [],
            drawing.wrapped(f"{right} →", SMALL, rooms[1], lines=3) if right else [],
        )

    def mark(self, line: _Line, y: float) -> list[str]:
        if line.low is None or line.high is None:
            return []
        low, high = self.scale(line.low), self.scale(line.high)
        start, end = self.span
        if line.kind == "pooled" and line.value is not None:
            middle = self.scale(line.value)
            points = [(low, y), (middle, y - 7), (high, y), (middle, y + 7)]
            return [drawing.polygon(points, fill=drawing.BRAND)]
        colour = drawing.INK
        left, right = max(low, start), min(high, end)
        if right <= start or left >= end:
            left = right = start if right <= start else end
        parts = [drawing.line(left, y, right, y, colour, 4 if line.kind == "next" else 1.5)]
        if low < start - 0.5:
            parts.append(
                drawing.polygon([(start - 2, y), (start + 6, y - 4.5), (start + 6, y + 4.5)], fill=colour)
            )
        if high > end + 0.5:
            parts.append(drawing.polygon([(end + 2, y), (end - 6, y - 4.5), (end - 6, y + 4.5)], fill=colour))
        if line.kind == "next":
            parts += [drawing.line(x, y - 5, x, y + 5, colour, 1.5) for x in (left, right)]
        elif line.value is not None:
            share = (line.weight / self.largest) ** 0.5 if line.weight is not None and self.largest else 0.55
            parts.append(drawing.square(self.scale(line.value), y, max(_LEAST, _MOST * share), drawing.BRAND))
        return parts

    def figures(self, line: _Line) -> tuple[str, str]:
        """The effect and its limits in words."""
        if line.low is None or line.high is None:
            return "", ""
        limits = self.axis.limits(line.low, line.high)
        return (self.axis.text(line.value), f"({limits})") if line.value is not None else ("", limits)


class _Wide(_Frame):
    """One line an effect: name, mark, figures, weight."""

    width = 640.0
    head = 44.0
    row_height = 27.0

    def place_columns(self) -> None:
        names = max(
            drawing.width_of(line.words, TEXT, bold=line.kind == "pooled") + line.indent
            for line in self.lines
            if line.kind != "note"
        )
        self.names = min(max(names, 70.0) + 14, 200.0 if self.weights else 230.0)
        values = [self.figures(line) for line in self.lines]
        self.value_width = max(drawing.width_of(value, TEXT, bold=True) for value, _ in values)
        self.limit_width = max(drawing.width_of(limits, SMALL) for _, limits in values)
        weight = 60.0 if self.weights else 0.0
        self.right = self.width - weight - 4
        self.span = (self.names + 12, self.right - self.value_width - self.limit_width - 26)

    def heading(self) -> list[str]:
        words = drawing.wrapped(
            f"{self.axis.name} ({self.axis.interval})", SMALL, self.width - self.names - 60, lines=1
        )
        parts = [
            drawing.text(self.first, 4, 24, size=SMALL, bold=True),
            drawing.text(words[0], self.right, 24, size=SMALL, anchor="end", bold=True),
            drawing.line(0, 34, self.width, 34, drawing.MUTED),
        ]
        if self.weights:
            parts.append(drawing.text("Weight", self.width - 4, 24, size=SMALL, anchor="end", bold=True))
        return parts

    def _words(self, line: _Line) -> list[str]:
        bold = line.kind in ("pooled", "group")
        if line.kind == "note":
            return drawing.wrapped(line.words, SMALL, self.width - 12, lines=3)
        room = self.names - line.indent - 6 if line.kind not in ("group", "study") else self.width - 12
        return drawing.wrapped(line.words, TEXT, room, lines=2, bold=bold)

    def height_of(self, line: _Line) -> float:
        more = 18.0 * (len(self._words(line)) - 1)
        return {"note": 24.0, "group": 32.0, "rule": 9.0}.get(line.kind, self.row_height) + more

    def stretches(self) -> list[tuple[float, float]]:
        """Clear of headings and notes, which run across the whole width."""
        found: list[tuple[float, float]] = []
        top = self.head
        for line, height in zip(self.lines, self.heights, strict=True):
            if line.kind not in ("note", "group", "study", "rule"):
                if found and abs(found[-1][1] - top) < 0.01:
                    found[-1] = (found[-1][0], top + height)
                else:
                    found.append((top, top + height))
            top += height
        return [*found, (self.bottom - 4, self.bottom)]

    def row(self, line: _Line, top: float, height: float) -> list[str]:
        words = self._words(line)
        bold = line.kind in ("pooled", "group")
        size = SMALL if line.kind == "note" else TEXT
        first = top + (26.0 if line.kind == "group" else 18.0)
        colour = drawing.MUTED if line.kind == "note" else drawing.INK
        parts = [
            drawing.text(each, 4 + line.indent, first + 18 * place, size=size, bold=bold, colour=colour)
            for place, each in enumerate(words)
        ]
        if line.low is None:
            return parts
        y = top + height / 2
        value, limits = self.figures(line)
        end = self.right - self.limit_width - 6
        if value:
            parts.append(drawing.text(value, end, y + 5, anchor="end", bold=bold))
        parts.append(
            drawing.text(
                limits,
                self.right,
                y + 5,
                size=SMALL,
                anchor="end",
                colour=drawing.INK if bold else drawing.MUTED,
            )
        )
        if line.weight is not None:
            words_ = f"{line.weight:.1f}%"
            parts.append(
                drawing.text(words_, self.width - 4, y + 5, size=SMALL, anchor="end", colour=drawing.MUTED)
            )
        return [*parts, *self.mark(line, y)]


class _Narrow(_Frame):
    """Two lines an effect: its name and figures above, its mark below."""

    width = 320.0
    head = 56.0
    row_height = 50.0

    def place_columns(self) -> None:
        self.span = (14.0, 306.0)

    def heading(self) -> list[str]:
        words = drawing.wrapped(f"{self.axis.name} ({self.axis.interval})", SMALL, 312, lines=2, bold=True)
        return [
            *(drawing.text(each, 4, 18 + 18 * n, size=SMALL, bold=True) for n, each in enumerate(words)),
            drawing.line(0, 44, self.width, 44, drawing.MUTED),
        ]

    def _above(self, line: _Line) -> list[str]:
        """The name beside its figures where both fit, else above them."""
        if line.kind in ("note", "group", "study", "rule"):
            size = SMALL if line.kind == "note" else TEXT
            return drawing.wrapped(line.words, size, 310, lines=4, bold=line.kind == "group")
        bold = line.kind == "pooled"
        room = self.width - 8 - line.indent
        beside = room - self._figures_width(line) - 10
        if drawing.width_of(line.words, TEXT, bold=bold) <= beside:
            return [line.words]
        return [*drawing.wrapped(line.words, TEXT, room, lines=2, bold=bold), ""]

    def _figures_width(self, line: _Line) -> float:
        value, limits = self.figures(line)
        return drawing.width_of(value, TEXT, bold=True) + 6 + drawing.width_of(limits, SMALL)

    def height_of(self, line: _Line) -> float:
        extra = 18.0 * (len(self._above(line)) - 1)
        return {"note": 24.0, "group": 32.0, "study": 24.0, "rule": 9.0}.get(
            line.kind, self.row_height
        ) + extra

    def stretches(self) -> list[tuple[float, float]]:
        found = []
        top = self.head
        for line, height in zip(self.lines, self.heights, strict=True):
            if line.low is not None:
                found.append((top + height - 24, top + height - 2))
            top += height
        return [*found, (self.bottom - 4, self.bottom)]

    def row(self, line: _Line, top: float, height: float) -> list[str]:
        words = self._above(line)
        bold = line.kind in ("pooled", "group")
        size = SMALL if line.kind == "note" else TEXT
        first = top + (26.0 if line.kind == "group" else 18.0)
        colour = drawing.MUTED if line.kind == "note" else drawing.INK
        parts = [
            drawing.text(each, 4 + line.indent, first + 18 * n, size=size, bold=bold, colour=colour)
            for n, each in enumerate(words)
            if each
        ]
        if line.low is None:
            return parts
        base = first + 18 * (len(words) - 1)
        value, limits = self.figures(line)
        parts.append(
            drawing.text(limits, self.width - 4, base, size=SMALL, anchor="end", colour=drawing.MUTED)
        )
        if value:
            end = self.width - 10 - drawing.width_of(limits, SMALL)
            parts.append(drawing.text(value, end, base, anchor="end", bold=bold))
        return [*parts, *self.mark(line, top + height - 13)]
