"""What studies found where effects cannot be pooled: directions by outcome, and a harvest of bars.

Sources: Thomson and Thomas, Research Synthesis Methods 4 (2013) 95, and Boon and Thomson, Research Synthesis Methods 12
(2021) 29, for the effect direction plot; Ogilvie and others, BMC Medical Research Methodology 8 (2008) 8, for the
harvest plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL, TEXT

Direction = Literal["better", "worse", "mixed", "none"]
DIRECTIONS: dict[Direction, str] = {
    "better": "better",
    "worse": "worse",
    "mixed": "no difference, or some each way",
    "none": "not measured",
}
_COLOURS = {"better": drawing.BRAND, "worse": drawing.THREAD, "mixed": drawing.MUTED}


@dataclass(frozen=True)
class Found:
    """A study's direction for each outcome, in the order of the outcomes. ``size`` 1 small, 2 middling, 3 large.

    ``quality`` is a short word beside the name, such as the judgement of its risk of bias.
    """

    name: str
    directions: tuple[Direction, ...]
    size: Literal[1, 2, 3] = 2
    quality: str = ""


def direction_chart(
    studies: Sequence[Found],
    outcomes: Sequence[str],
    *,
    title: str,
    description: str,
    key: str,
    sizes: tuple[str, str, str] = ("small study", "middling", "large study"),
) -> Chart:
    """A row a study, a column an outcome, an arrow in each cell: up is better, down worse, sideways neither.

    It counts no votes by significance: the words give how many studies went each way. ``key`` must be unlike that of
    any other chart. Raises ValueError for no studies or another number of directions than outcomes.
    """
    if not studies or not outcomes:
        raise ValueError("an effect direction plot needs at least one study and one outcome")
    for study in studies:
        if len(study.directions) != len(outcomes):
            raise ValueError(
                f"{study.name} has {len(study.directions)} directions for {len(outcomes)} outcomes"
            )
    tallies = []
    for place, outcome in enumerate(outcomes):
        went = [study.directions[place] for study in studies]
        measured = len(went) - went.count("none")
        tallies.append(
            f"{outcome}: better in {went.count('better')}, worse in {went.count('worse')}, neither in "
            f"{went.count('mixed')} of the {measured} studies that measured it."
        )
    said = f"{description} {' '.join(tallies)}".strip()
    whole = f"{said} " + " ".join(
        f"{study.name}: "
        + "; ".join(
            f"{outcome} {DIRECTIONS[each]}" for outcome, each in zip(outcomes, study.directions, strict=True)
        )
        + "."
        for study in studies
    )

    def draw(kind: str) -> str:
        wide = kind == "wide"
        width = 640.0 if wide else 320.0
        quality = any(study.quality for study in studies)
        step = min(92.0 if wide else 46.0, (width - (170 if wide else 120)) / len(outcomes))
        heads = [
            drawing.wrapped(outcome, SMALL, step - 6, lines=3, bold=True) if wide else [f"O{place + 1}"]
            for place, outcome in enumerate(outcomes)
        ]
        room = width - step * len(outcomes) - 4
        tallest = max(len(each) for each in heads)
        parts = [
            drawing.text(
                each,
                room + step * (place + 0.5),
                16 + 18 * (n + tallest - len(lines)),
                size=SMALL,
                anchor="middle",
                bold=True,
            )
            for place, lines in enumerate(heads)
            for n, each in enumerate(lines)
        ]
        y = 18.0 * tallest + 8
        for study in studies:
            lines = drawing.wrapped(study.name, TEXT, room - 8, lines=2 if wide else 3)
            more = 18.0 if quality else 0.0
            height = max(38.0, 18.0 * len(lines) + more + 12)
            parts.append(drawing.line(0, y, width, y))
            first = y + 5 + (height - 18.0 * len(lines) - (18.0 if study.quality else 0.0)) / 2 + 9
            parts += [drawing.text(each, 4, first + 18 * n) for n, each in enumerate(lines)]
            if study.quality:
                words = drawing.shortened(study.quality, SMALL, room - 8)
                parts.append(
                    drawing.text(words, 4, first + 18 * len(lines), size=SMALL, colour=drawing.MUTED)
                )
            for place, each in enumerate(study.directions):
                parts += arrow(room + step * (place + 0.5), y + height / 2, _size(study.size), each)
            y += height
        parts.append(drawing.line(0, y, width, y))
        y += 22
        if not wide:
            for place, outcome in enumerate(outcomes):
                named = drawing.wrapped(outcome, SMALL, width - 40, lines=2)
                parts.append(drawing.text(f"O{place + 1}", 4, y, size=SMALL, bold=True))
                parts += [drawing.text(line, 34, y + 18 * n, size=SMALL) for n, line in enumerate(named)]
                y += 18.0 * len(named) + 3
            y += 8
        keys: list[tuple[Direction, float, str]] = [(way, 9.0, words) for way, words in DIRECTIONS.items()]
        keys += [("better", _size(number), words) for number, words in enumerate(sizes, start=1)]
        y = _key(parts, keys, y, width)
        return drawing.picture(
            parts, width=width, height=y, title=title, description=whole, key=key, kind=kind
        )

    columns = ("Study", *outcomes, "Size", "Quality")
    rows: list[tuple[Cell, ...]] = [
        (study.name, *(DIRECTIONS[each] for each in study.directions), sizes[study.size - 1], study.quality)
        for study in studies
    ]
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows))


def _size(number: int) -> float:
    return 5.0 + 2.6 * number


def arrow(x: float, y: float, size: float, way: Direction) -> list[str]:
    """Up for better, down for worse, both sideways for neither, a short line for not measured."""
    if way == "none":
        return [drawing.line(x - 5, y, x + 5, y, drawing.MUTED, 1.5)]
    colour = _COLOURS[way]
    if way == "mixed":
        return [
            drawing.polygon(
                [(x - 2, y - size * 0.75), (x - 2, y + size * 0.75), (x - 2 - size, y)], fill=colour
            ),
            drawing.polygon(
                [(x + 2, y - size * 0.75), (x + 2, y + size * 0.75), (x + 2 + size, y)], fill=colour
            ),
        ]
    up = -1.0 if way == "better" else 1.0
    return [
        drawing.polygon(
            [(x, y + up * size), (x + size, y - up * size * 0.75), (x - size, y - up * size * 0.75)],
            fill=colour,
            stroke=colour,
            stroke_width=1,
        )
    ]


@dataclass(frozen=True)
class Bar:
    """A study in a harvest plot. ``height`` 1 to 3 is how well its design suits; ``over`` a word or number above."""

    name: str
    outcome: str
    direction: Literal["worse", "mixed", "better"]
    height: Literal[1, 2, 3] = 2
    over: str = ""


_FIELDS: tuple[tuple[Literal["worse", "mixed", "better"], str], ...] = (
    ("worse", "Worse"),
    ("mixed", "No difference"),
    ("better", "Better"),
)


def harvest_chart(
    bars: Sequence[Bar],
    *,
    title: str,
    description: str,
    key: str,
    heights: tuple[str, str, str] = ("weakest design", "middling", "strongest design"),
    over: str = "",
) -> Chart:
    """A row an outcome with three fields: each study is a bar in the field it supports, tall for a strong design.

    Bars carry the number of their study, listed below; ``over`` says what stands above them. ValueError for no bars.
    """
    if not bars:
        raise ValueError("a harvest plot needs at least one study")
    outcomes = list(dict.fromkeys(bar.outcome for bar in bars))
    studies = list(dict.fromkeys(bar.name for bar in bars))
    number = {name: str(place) for place, name in enumerate(studies, start=1)}
    said = f"{description} " + " ".join(
        f"{outcome}: "
        + ", ".join(
            f"{words.lower()} {sum(bar.outcome == outcome and bar.direction == way for bar in bars)}"
            for way, words in _FIELDS
        )
        + "."
        for outcome in outcomes
    )
    whole = f"{said} " + " ".join(
        f"{bar.name}, {bar.outcome}: {dict(_FIELDS)[bar.direction].lower()}, {heights[bar.height - 1]}."
        for bar in bars
    )

    def draw(kind: str) -> str:
        wide = kind == "wide"
        width = 640.0 if wide else 320.0
        room = 150.0 if wide else 0.0
        field = (width - room - 8) / 3
        parts = [
            drawing.text(words, room + field * (place + 0.5) + 4, 16, size=SMALL, anchor="middle", bold=True)
            for place, (_, words) in enumerate(_FIELDS)
        ]
        y = 26.0
        for outcome in outcomes:
            parts.append(drawing.line(0, y, width, y, drawing.MUTED))
            lines = drawing.wrapped(outcome, TEXT, (room - 10) if wide else width - 8, lines=3, bold=True)
            if wide:
                parts += [drawing.text(each, 4, y + 28 + 18 * n, bold=True) for n, each in enumerate(lines)]
            else:
                parts += [drawing.text(each, 4, y + 18 + 18 * n, bold=True) for n, each in enumerate(lines)]
                y += 18.0 * len(lines) + 4
            bottoms = []
            for place, (way, _) in enumerate(_FIELDS):
                own = [bar for bar in bars if bar.outcome == outcome and bar.direction == way]
                bottoms.append(_field(parts, own, number, room + field * place + 8, y + 6, field - 8))
            y = max(bottoms) + 10
        parts.append(drawing.line(0, y, width, y, drawing.MUTED))
        y += 20
        words = [
            f"Height of a bar: short, {heights[0]}; middle, {heights[1]}; tall, {heights[2]}",
            *([f"Above each bar: {over}"] if over and any(bar.over for bar in bars) else []),
            "Below each bar: its study",
        ]
        for each in words:
            for words_ in drawing.wrapped(each, SMALL, width - 8, lines=3):
                parts.append(drawing.text(words_, 4, y, size=SMALL))
                y += 19
        y += 4
        columns_ = 2 if wide else 1
        each_width = (width - 8) / columns_
        for place, name in enumerate(studies):
            x = 4 + each_width * (place % columns_)
            parts.append(drawing.text(number[name], x, y, size=SMALL, bold=True))
            parts.append(drawing.text(drawing.shortened(name, SMALL, each_width - 36), x + 28, y, size=SMALL))
            if place % columns_ == columns_ - 1 or place == len(studies) - 1:
                y += 20
        return drawing.picture(
            parts, width=width, height=y, title=title, description=whole, key=key, kind=kind
        )

    columns = ("Study", "Outcome", "Direction", "Design", over or "Above the bar")
    rows: list[tuple[Cell, ...]] = [
        (bar.name, bar.outcome, dict(_FIELDS)[bar.direction], heights[bar.height - 1], bar.over)
        for bar in bars
    ]
    return Chart(title, said.strip(), whole.strip(), draw("wide"), draw("narrow"), columns, tuple(rows))


def _field(
    parts: list[str], bars: Sequence[Bar], number: dict[str, str], x: float, y: float, width: float
) -> float:
    """Bars side by side, in as many rows as they need; gives where they end."""
    step, tall = max([22.0, *(drawing.width_of(bar.over, SMALL) + 6 for bar in bars)]), 48.0
    each_row = max(1, int(width // step))
    rows = max(1, -(-len(bars) // each_row))
    for place, bar in enumerate(bars):
        left = x + step * (place % each_row)
        foot = y + (place // each_row) * (tall + 40) + tall + 18
        height = tall * bar.height / 3
        parts.append(
            drawing.element(
                "rect", x=left, y=foot - height, width=14, height=height, fill=_COLOURS[bar.direction]
            )
        )
        if bar.over:
            parts.append(
                drawing.text(
                    drawing.shortened(bar.over, SMALL, step),
                    left + 7,
                    foot - height - 4,
                    size=SMALL,
                    anchor="middle",
                )
            )
        parts.append(
            drawing.text(number[bar.name], left + 7, foot + 15, size=SMALL, anchor="middle", bold=True)
        )
    return y + rows * (tall + 40)


def _key(parts: list[str], keys: Sequence[tuple[Direction, float, str]], y: float, width: float) -> float:
    x = 4.0
    for way, size, words in keys:
        room = 38 + drawing.width_of(words, SMALL) + 14
        if x > 4 and x + room > width + 8:
            x, y = 4.0, y + 28
        parts += arrow(x + 15, y, size, way)
        parts.append(drawing.text(words, x + 38, y + 5, size=SMALL))
        x += room
    return y + 20
