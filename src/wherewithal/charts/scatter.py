"""Studies as points of two numbers: an effect against what studies are like, and which studies disturb the answer.

Sources: Thompson and Higgins, Statistics in Medicine 21 (2002) 1559, for the bubble plot; Baujat and others, Statistics
in Medicine 21 (2002) 2641; L'Abbé, Detsky and O'Rourke, Annals of Internal Medicine 107 (1987) 224.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.effect_axis import EffectAxis, within
from wherewithal.charts.plane import Plane, named, radius
from wherewithal.charts.scale import Scale, scale_for

NAMED = 5


@dataclass(frozen=True)
class Bubble:
    """A study at ``x`` with an effect; ``weight`` gives its area."""

    name: str
    x: float
    value: float
    weight: float


@dataclass(frozen=True)
class Fitted:
    """A point of a fitted line with its interval, at ``x``."""

    x: float
    value: float
    low: float
    high: float


def bubble_chart(
    bubbles: Sequence[Bubble],
    line: Sequence[Fitted],
    axis: EffectAxis,
    moderator: str,
    *,
    title: str,
    description: str,
    key: str,
    sentence: str = "",
    x_text: Callable[[float], str] = "{:g}".format,
) -> Chart:
    """Effects against a ``moderator`` with the fitted ``line`` and its band; area is weight.

    ``sentence`` says what the line says. ``key`` must be unlike that of any other chart. ValueError for no studies.
    """
    if not bubbles:
        raise ValueError("a bubble plot needs at least one study")
    largest = max(bubble.weight for bubble in bubbles)
    said = f"{description} {sentence}".strip()
    whole = f"{said} " + "; ".join(
        f"{each.name} at {x_text(each.x)}: {axis.text(each.value)}" for each in bubbles
    )

    def draw(kind: str) -> str:
        wide = kind == "wide"
        plane = Plane(
            wide,
            moderator,
            axis.name,
            [
                (lambda x, y: [_circle(x, y, 6)], "a study (larger: more weight)"),
                (lambda x, y: [drawing.line(x - 12, y, x + 12, y, drawing.BRAND, 2.5)], "fitted line"),
                (_band_mark, axis.interval),
            ],
        )
        x = _even(
            [each.x for each in bubbles] + [each.x for each in line],
            plane.across[0] + 12,
            plane.across[1] - 12,
        )
        values = [each.value for each in bubbles] + [each.value for each in line]
        held = within(values, [(each.low, each.high) for each in line])
        y = axis.scale(held, *plane.down)
        plane.scaled(x, y, x_text, lambda tick: axis.tick(tick, y))
        if line:
            top = [(x(each.x), y(min(each.high, y.high))) for each in line]
            foot = [(x(each.x), y(max(each.low, y.low))) for each in reversed(line)]
            plane.parts.append(
                drawing.polygon(
                    [*top, *foot], fill=drawing.BRAND_WASH, stroke=drawing.BRAND, stroke_width=0.75
                )
            )
        plane.parts.append(drawing.line(plane.across[0], y(0.0), plane.across[1], y(0.0), drawing.MUTED, 1.5))
        if line:
            plane.parts.append(
                drawing.path(
                    [(x(each.x), y(each.value)) for each in line],
                    fill="none",
                    stroke=drawing.BRAND,
                    stroke_width=2.5,
                )
            )
        for each in sorted(bubbles, key=lambda bubble: -bubble.weight):
            size = radius(each.weight / largest, most=13 if wide else 10)
            plane.parts.append(_circle(x(each.x), y(each.value), size))
        return plane.finished(title=title, description=whole, key=key)

    columns = ("Study", axis.name, moderator, "Weight")
    rows: list[tuple[Cell, ...]] = [
        (each.name, axis.natural(each.value), each.x, each.weight) for each in bubbles
    ]
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows), "{:.3g}".format)


def _circle(x: float, y: float, size: float) -> str:
    return drawing.element(
        "circle", cx=x, cy=y, r=size, fill="#ffffff", fill_opacity=0.7, stroke=drawing.INK, stroke_width=1.75
    )


def _band_mark(x: float, y: float) -> list[str]:
    return [
        drawing.element(
            "rect", x=x - 12, y=y - 7, width=24, height=14, fill=drawing.BRAND_WASH, stroke=drawing.BRAND,
            stroke_width=0.75,
        )
    ]  # fmt: skip


def _even(values: Sequence[float], start: float, end: float) -> Scale:
    """A scale that begins near the first value: a year axis does not begin at nought."""
    low, high = min(values), max(values)
    made = scale_for([low, high], start, end, ticks=5)
    if low > 0 and made.low == 0 and low > 0.25 * high:
        shifted = scale_for([0.0, high - low], start, end, ticks=5)
        step = shifted.ticks[1] - shifted.ticks[0]
        if all(float(value).is_integer() for value in values):
            # Whole numbers, such as years, are marked at whole numbers.
            step = float(ceil(step))
        first = int(low // step) * step
        count = int(-(-(high - first) // step))
        marks = tuple(first + step * number for number in range(count + 1))
        return Scale(marks[0], marks[-1], start, end, marks)
    return made


@dataclass(frozen=True)
class Disturbance:
    """A study's share in heterogeneity, and how far it moves the pooled effect."""

    name: str
    heterogeneity: float
    influence: float


def baujat_chart(
    points: Sequence[Disturbance], *, title: str, description: str, key: str, named_at_most: int = NAMED
) -> Chart:
    """Baujat's plot: right are studies that make studies differ, high those that move the answer.

    The studies furthest out are named where their names do not touch. ValueError for no studies.
    """
    if not points:
        raise ValueError("Baujat's plot needs at least one study")
    most_x = max(max(point.heterogeneity for point in points), 1e-6)
    most_y = max(max(point.influence for point in points), 1e-6)
    order = sorted(
        points, key=lambda point: -((point.heterogeneity / most_x) ** 2 + (point.influence / most_y) ** 2)
    )
    first = order[0]
    said = (
        f"{description} {first.name} stands furthest out: it adds {first.heterogeneity:.2f} to the differences between "
        f"studies and moves the pooled effect by {first.influence:.2f} (squared standard errors)."
    ).strip()
    whole = f"{said} " + "; ".join(
        f"{point.name}: {point.heterogeneity:.2f} and {point.influence:.2f}" for point in points
    )

    def draw(kind: str) -> str:
        plane = Plane(
            kind == "wide", "How much it makes studies differ", "How far it moves the pooled effect"
        )
        x = scale_for([0.0, most_x], *plane.across)
        y = scale_for([0.0, most_y], *plane.down)
        plane.scaled(x, y, lambda tick: f"{tick:.{x.places}f}", lambda tick: f"{tick:.{y.places}f}")
        at = [(x(point.heterogeneity), y(point.influence), point.name) for point in order]
        plane.parts += [
            drawing.element("circle", cx=a, cy=b, r=4.5, fill=drawing.INK, stroke="#ffffff", stroke_width=1)
            for a, b, _ in at
        ]
        room = 180 if kind == "wide" else 120
        plane.parts += named(
            [(a, b, drawing.shortened(words, drawing.SMALL, room)) for a, b, words in at[:named_at_most]],
            around=[(a, b) for a, b, _ in at],
            left=plane.across[0],
            right=plane.width,
            top=plane.top - 12,
            bottom=plane.bottom,
        )
        return plane.finished(title=title, description=whole, key=key)

    columns = ("Study", "Share in heterogeneity", "Influence on the pooled effect")
    rows: list[tuple[Cell, ...]] = [(point.name, point.heterogeneity, point.influence) for point in points]
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows), "{:.3f}".format)


@dataclass(frozen=True)
class Risks:
    """A study's risk without and with what is tried, as shares, and how many people it has."""

    name: str
    without: float
    given: float
    people: float


def labbe_chart(
    studies: Sequence[Risks], *, title: str, description: str, key: str, event: str = "the event"
) -> Chart:
    """L'Abbé's plot: on the line risks are the same; below it the event is rarer with what is tried."""
    if not studies:
        raise ValueError("L'Abbé's plot needs at least one study")
    below = sum(study.given < study.without for study in studies)
    above = sum(study.given > study.without for study in studies)
    said = (
        f"{description} In {below} of {len(studies)} studies {event} was rarer with what was tried, in {above} more "
        "common."
    ).strip()
    whole = f"{said} " + "; ".join(
        f"{study.name}: {study.without:.1%} without, {study.given:.1%} with" for study in studies
    )
    most = max(max(study.without, study.given) for study in studies)
    largest = max(study.people for study in studies)

    def draw(kind: str) -> str:
        wide = kind == "wide"
        plane = Plane(
            wide,
            f"Risk of {event} without it",
            f"Risk of {event} with it",
            [
                (lambda x, y: [_circle(x, y, 6)], "a study (larger: more people)"),
                (
                    lambda x, y: [drawing.line(x - 12, y, x + 12, y, drawing.MUTED, 1.5, dashes="5 4")],
                    "no difference",
                ),
            ],
        )
        x, y = scale_for([0.0, most], *plane.across), scale_for([0.0, most], *plane.down)
        digits = max(0, x.places - 2)
        plane.scaled(x, y, lambda tick: f"{tick:.{digits}%}", lambda tick: f"{tick:.{digits}%}")
        plane.parts.append(
            drawing.line(x(0.0), y(0.0), x(x.high), y(x.high), drawing.MUTED, 1.5, dashes="5 4")
        )
        for study in sorted(studies, key=lambda each: -each.people):
            size = radius(study.people / largest, most=13 if wide else 10)
            plane.parts.append(_circle(x(study.without), y(study.given), size))
        return plane.finished(title=title, description=whole, key=key)

    columns = ("Study", "Risk without, %", "Risk with, %", "People")
    rows: list[tuple[Cell, ...]] = [
        (study.name, 100 * study.without, 100 * study.given, study.people) for study in studies
    ]
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows), "{:,.1f}".format)
