"""A flow of things through stages: what went on, downwards, and what was left out on the way, beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart

LINE_HEIGHT = 20.0
PADDING = 12.0
GAP = 26.0


@dataclass(frozen=True)
class Count:
    """How many, of what; ``part`` where it is a part of the count above it in the same box."""

    words: str
    number: int
    part: bool = False


@dataclass(frozen=True)
class Step:
    """One stage: its name (the same name again joins a stage), its box, and what was left out after it."""

    stage: str
    box: tuple[Count, ...]
    out: tuple[Count, ...] = ()


def flow_chart(title: str, description: str, steps: Sequence[Step], *, key: str) -> Chart:
    """The flow as a chart: boxes joined by arrows, the same as a table, and read out stage by stage.

    ``key`` keeps its ids apart from other charts' on the page. Raises ValueError for no steps.
    """
    if not steps:
        raise ValueError("a flow needs at least one step")
    said = " ".join(_said(step) for step in steps)
    whole = f"{description} {said}".strip()

    def draw(kind: str) -> str:
        frame = _Frame(steps, wide=kind == "wide")
        return drawing.picture(
            frame.parts,
            width=frame.width,
            height=frame.height,
            title=title,
            description=whole,
            key=key,
            kind=kind,
        )

    rows: list[tuple[Cell, ...]] = [
        (step.stage, what, count.words, count.number)
        for step in steps
        for what, counts in (("went on", step.box), ("left out", step.out))
        for count in counts
    ]
    columns = ("Stage", "What happened", "Of what", "Number")
    return Chart(
        title, description, whole, draw("wide"), draw("narrow"), columns, tuple(rows), "{:,.0f}".format
    )


def _said(step: Step) -> str:
    box = "; ".join(f"{count.words}: {count.number:,}" for count in step.box)
    out = "; ".join(f"{count.words}: {count.number:,}" for count in step.out)
    return f"{step.stage}. {box}." + (f" Left out: {out}." if out else "")


class _Frame:
    """One drawing. Wide: what is left out stands to the right. Narrow: below, set in from the left."""

    def __init__(self, steps: Sequence[Step], *, wide: bool) -> None:
        self.wide = wide
        self.width = 640.0 if wide else 320.0
        self.parts: list[str] = []
        self.left, self.box = (4.0, 300.0) if wide else (4.0, 312.0)
        self.out_left, self.out_box = (346.0, 290.0) if wide else (34.0, 282.0)
        y = 4.0
        stage = ""
        for place, step in enumerate(steps):
            if step.stage != stage:
                stage = step.stage
                self.parts.append(drawing.text(stage, self.left, y + 16, bold=True, colour=drawing.BRAND))
                y += 26
            y = self._step(step, y, last=place == len(steps) - 1)
        self.height = y + 4

    def _step(self, step: Step, y: float, *, last: bool) -> float:
        lines = self._lines(step.box, self.box)
        height = self._box(lines, self.left, y, self.box, drawing.BRAND)
        middle = y + height / 2
        bottom = y + height
        if step.out:
            out = self._lines(step.out, self.out_box)
            if self.wide:
                self._arrow(self.left + self.box, middle, self.out_left, middle)
                out_y = max(4.0, middle - self._height(out) / 2) if self._height(out) <= height else y
                bottom = max(
                    bottom, out_y + self._box(out, self.out_left, out_y, self.out_box, drawing.MUTED)
                )
            else:
                out_y = bottom + 10
                turn = self.left + 14
                self.parts.append(
                    drawing.line(turn, bottom, turn, out_y + self._height(out) / 2, drawing.MUTED, 1.5)
                )
                self._arrow(turn, out_y + self._height(out) / 2, self.out_left, out_y + self._height(out) / 2)
                bottom = out_y + self._box(out, self.out_left, out_y, self.out_box, drawing.MUTED)
        if last:
            return bottom
        below = bottom + GAP
        across = self.left + self.box / 2 if self.wide else self.left + 4
        start = y + height
        self._arrow(across, start, across, below - 4, down=True)
        return below

    def _lines(self, counts: Sequence[Count], width: float) -> list[tuple[str, bool]]:
        """The words of a box broken into lines that fit, each with whether it is set in."""
        lines = []
        for count in counts:
            room = width - 2 * PADDING - (14 if count.part else 0)
            current = ""
            for word in f"{count.words}: {count.number:,}".split():
                longer = f"{current} {word}".strip()
                if current and drawing.width_of(longer, drawing.SMALL) > room:
                    lines.append((current, count.part))
                    current = word
                else:
                    current = longer
            lines.append((drawing.shortened(current, drawing.SMALL, room), count.part))
        return lines

    def _height(self, lines: Sequence[tuple[str, bool]]) -> float:
        return len(lines) * LINE_HEIGHT + 2 * PADDING - 4

    def _box(self, lines: Sequence[tuple[str, bool]], x: float, y: float, width: float, colour: str) -> float:
        height = self._height(lines)
        self.parts.append(
            drawing.element(
                "rect", x=x, y=y, width=width, height=height, fill="#ffffff", stroke=colour, stroke_width=1.5
            )
        )
        for number, (words, part) in enumerate(lines):
            inset = x + PADDING + (14 if part else 0)
            base = y + PADDING + 12 + number * LINE_HEIGHT
            self.parts.append(drawing.text(words, inset, base, size=drawing.SMALL))
        return height

    def _arrow(self, x1: float, y1: float, x2: float, y2: float, *, down: bool = False) -> None:
        self.parts.append(drawing.line(x1, y1, x2, y2, drawing.MUTED, 1.5))
        head = (
            [(x2 - 5, y2 - 7), (x2, y2), (x2 + 5, y2 - 7)]
            if down
            else [(x2 - 7, y2 - 5), (x2, y2), (x2 - 7, y2 + 5)]
        )
        self.parts.append(drawing.path(head, fill="none", stroke=drawing.MUTED, stroke_width=1.5))
