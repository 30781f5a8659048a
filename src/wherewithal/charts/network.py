"""Treatments and who compared them: a network whose lines are as thick as there are studies; and unsure ranks.

Sources: Salanti and others, BMJ 336 (2008) 1093, for the graph; Salanti, Ades and Ioannidis, Journal of Clinical
Epidemiology 64 (2011) 163, for rankograms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL, TEXT
from wherewithal.charts.plane import radius


@dataclass(frozen=True)
class Node:
    """A treatment and how many people had it, or None where that is not known."""

    name: str
    people: int | None = None


@dataclass(frozen=True)
class Edge:
    """Two treatments that ``studies`` studies compared."""

    first: str
    second: str
    studies: int


def network_chart(
    nodes: Sequence[Node], edges: Sequence[Edge], *, title: str, description: str, key: str
) -> Chart:
    """The network, its treatments in a circle. Lines carry the number of studies where there is room.

    ``key`` must be unlike that of any other chart. Raises ValueError for fewer than two treatments or a comparison
    with a treatment that is not there.
    """
    names = [node.name for node in nodes]
    if len(names) < 2:
        raise ValueError("a network needs at least two treatments")
    strange = [name for edge in edges for name in (edge.first, edge.second) if name not in names]
    if strange:
        raise ValueError(f"no treatment is called {strange[0]!r}")
    most = max(edges, key=lambda edge: edge.studies, default=None)
    said = f"{description} {len(nodes)} interventions, of which {len(edges)} pairs were compared directly"
    if most:
        said += (
            f"; most often {most.first} and {most.second}, in {most.studies} "
            f"stud{'y' if most.studies == 1 else 'ies'}"
        )
    said = f"{said}.".strip()
    whole = f"{said} " + "; ".join(f"{edge.first} and {edge.second}: {edge.studies}" for edge in edges)

    def draw(kind: str) -> str:
        return _graph(nodes, edges, kind == "wide", title, whole, key)

    columns = ("First", "Second", "Studies")
    rows: list[tuple[Cell, ...]] = [(edge.first, edge.second, float(edge.studies)) for edge in edges]
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows), "{:,.0f}".format)


def _graph(nodes: Sequence[Node], edges: Sequence[Edge], wide: bool, title: str, whole: str, key: str) -> str:
    width = 640.0 if wide else 320.0
    # A narrow drawing has no room for names around it: its circles carry numbers, named below.
    reach = 160.0 if wide else 122.0
    middle = (width / 2, reach + (52.0 if wide else 26.0))
    at = {}
    for place, node in enumerate(nodes):
        angle = -pi / 2 + 2 * pi * place / len(nodes)
        at[node.name] = (middle[0] + reach * cos(angle), middle[1] + reach * sin(angle), angle)
    thickest = max((edge.studies for edge in edges), default=1)
    parts: list[str] = []
    counts: list[str] = []
    taken: list[tuple[float, float]] = []
    for edge in edges:
        (x1, y1, _), (x2, y2, _) = at[edge.first], at[edge.second]
        parts.append(
            drawing.line(x1, y1, x2, y2, drawing.MUTED, 1.0 + 6.5 * edge.studies / thickest, cap="round")
        )
        for share in (0.5, 0.38, 0.62, 0.3, 0.7):
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            if all(abs(x - a) > 18 or abs(y - b) > 18 for a, b in taken):
                taken.append((x, y))
                counts.append(drawing.element("circle", cx=x, cy=y, r=9, fill="#ffffff"))
                counts.append(drawing.text(str(edge.studies), x, y + 5, size=SMALL, anchor="middle"))
                break
    parts += counts
    known = [node.people for node in nodes if node.people is not None]
    largest = max(known, default=1)
    least = 6.0 if wide else 11.0
    for place, node in enumerate(nodes, start=1):
        x, y, angle = at[node.name]
        size = radius((node.people or 0) / largest, least=least, most=18) if known else 11.0
        parts.append(
            drawing.element(
                "circle", cx=x, cy=y, r=size, fill=drawing.BRAND, stroke="#ffffff", stroke_width=2
            )
        )
        if wide:
            parts += _name(node.name, x, y, size, angle, width)
        else:
            parts.append(
                drawing.text(str(place), x, y + 5, size=SMALL, anchor="middle", bold=True, colour="#ffffff")
            )
    y = middle[1] + reach + (84 if wide else 44)
    if not wide:
        for place, node in enumerate(nodes, start=1):
            parts.append(drawing.text(str(place), 4, y, size=SMALL, bold=True))
            parts.append(drawing.text(drawing.shortened(node.name, SMALL, width - 40), 32, y, size=SMALL))
            y += 20
        y += 4
    for words in (
        "Number on a line: studies that compared the two directly",
        *(["Size of a circle: people"] if known else []),
    ):
        for each in drawing.wrapped(words, SMALL, width - 8, lines=2):
            parts.append(drawing.text(each, 4, y, size=SMALL, colour=drawing.MUTED))
            y += 19
    return drawing.picture(
        parts,
        width=width,
        height=y - 8,
        title=title,
        description=whole,
        key=key,
        kind="wide" if wide else "narrow",
    )


def _name(words: str, x: float, y: float, size: float, angle: float, width: float) -> list[str]:
    """A name outside the circle, where it points."""
    across, up = cos(angle), sin(angle)
    if abs(across) < 0.35:
        lines = drawing.wrapped(words, TEXT, 150, lines=2)
        half = max(drawing.width_of(each, TEXT) for each in lines) / 2
        here = min(max(x, half + 4), width - half - 4)
        first = y - size - 8 - 18 * (len(lines) - 1) if up < 0 else y + size + 19
        return [drawing.text(each, here, first + 18 * n, anchor="middle") for n, each in enumerate(lines)]
    start = x + (size + 7) * (1 if across > 0 else -1)
    room = width - start - 4 if across > 0 else start - 4
    lines = drawing.wrapped(words, TEXT, room, lines=2)
    return [
        drawing.text(
            each, start, y + 5 + 18 * n - 9 * (len(lines) - 1), anchor="start" if across > 0 else "end"
        )
        for n, each in enumerate(lines)
    ]


@dataclass(frozen=True)
class Ranked:
    """A treatment: its P-score (or SUCRA), the chance of each rank from the best on, and its interval of ranks."""

    name: str
    score: float
    chances: tuple[float, ...]
    low: int
    high: int


def ranking_chart(
    ranked: Sequence[Ranked],
    *,
    title: str,
    description: str,
    key: str,
    verdict: str,
    score: str = "P-score",
    interval: str = "95%",
) -> Chart:
    """A row a treatment: bars for its chance of each rank, below them its interval of ranks.

    ``verdict`` says whether any may be called the best, and stands in the description. ValueError for fewer than two.
    """
    if len(ranked) < 2:
        raise ValueError("an order needs at least two treatments")
    said = f"{description} {verdict}".strip()
    whole = f"{said} " + "; ".join(
        f"{each.name}: {score} {each.score:.2f}, {interval} of ranks {_between(each)}" for each in ranked
    )

    def draw(kind: str) -> str:
        return _ranks(ranked, kind == "wide", title, whole, key, score, interval)

    count = len(ranked)
    columns = (
        "Intervention",
        score,
        f"Rank, {interval}: from",
        f"Rank, {interval}: to",
        *(f"Chance of rank {rank}" for rank in range(1, count + 1)),
    )
    rows: list[tuple[Cell, ...]] = [
        (each.name, each.score, float(each.low), float(each.high), *each.chances) for each in ranked
    ]
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows), "{:.3g}".format)


def _between(each: Ranked) -> str:
    return str(each.low) if each.low == each.high else f"{each.low} to {each.high}"


def _ranks(
    ranked: Sequence[Ranked], wide: bool, title: str, whole: str, key: str, score: str, interval: str
) -> str:
    width = 640.0 if wide else 320.0
    count = len(ranked)
    left, right = (190.0, 520.0) if wide else (8.0, 312.0)
    step = (right - left) / count
    tall, top = 30.0, 44.0

    def x(rank: float) -> float:
        return left + step * (rank - 0.5)

    parts = []
    if wide:
        parts += [
            drawing.text("Intervention", 4, 16, size=SMALL, bold=True),
            drawing.text(
                "Chance of each rank", (left + right) / 2, 16, size=SMALL, bold=True, anchor="middle"
            ),
            drawing.text(score, width - 4, 16, size=SMALL, bold=True, anchor="end"),
            drawing.text(
                f"({interval} of ranks)", width - 4, 34, size=SMALL, anchor="end", colour=drawing.MUTED
            ),
        ]
    else:
        parts += [
            drawing.text("Chance of each rank", 4, 16, size=SMALL, bold=True),
            drawing.text(f"{score} ({interval} of ranks)", 4, 34, size=SMALL, colour=drawing.MUTED),
        ]
    y = top
    for each in ranked:
        words = f"({_between(each)})"
        parts.append(drawing.line(0, y, width, y))
        if wide:
            lines = drawing.wrapped(each.name, TEXT, left - 16, lines=2)
            parts += [drawing.text(w, 4, y + 28 - 9 * (len(lines) - 1) + 18 * n) for n, w in enumerate(lines)]
            parts.append(
                drawing.text(
                    f"{each.score:.2f}",
                    width - 12 - drawing.width_of("(10 to 10)", SMALL),
                    y + 28,
                    anchor="end",
                    bold=True,
                )
            )
            parts.append(
                drawing.text(words, width - 4, y + 28, size=SMALL, anchor="end", colour=drawing.MUTED)
            )
            foot = y + 4 + tall
            height = 50.0
        else:
            room = width - 20 - drawing.width_of(f"{each.score:.2f} {words}", TEXT)
            parts.append(drawing.text(drawing.shortened(each.name, TEXT, room), 4, y + 19))
            parts.append(
                drawing.text(words, width - 4, y + 19, size=SMALL, anchor="end", colour=drawing.MUTED)
            )
            parts.append(
                drawing.text(
                    f"{each.score:.2f}",
                    width - 10 - drawing.width_of(words, SMALL),
                    y + 19,
                    anchor="end",
                    bold=True,
                )
            )
            foot = y + 26 + tall
            height = 72.0
        parts.append(drawing.line(left, foot, right, foot, drawing.LINE))
        for rank, chance in enumerate(each.chances, start=1):
            if chance > 0.002:
                parts.append(
                    drawing.element(
                        "rect",
                        x=x(rank) - step * 0.36,
                        y=foot - tall * chance,
                        width=step * 0.72,
                        height=max(1.0, tall * chance),
                        fill=drawing.BRAND,
                    )
                )
        parts.append(
            drawing.line(
                x(each.low) - 4, foot + 7, x(each.high) + 4, foot + 7, drawing.THREAD, 3.5, cap="round"
            )
        )
        y += height
    parts.append(drawing.line(0, y, width, y))
    edge = -100.0
    for rank in range(1, count + 1):
        half = drawing.width_of(str(rank), SMALL) / 2
        if x(rank) - half > edge + 5:
            edge = x(rank) + half
            parts.append(
                drawing.text(str(rank), x(rank), y + 18, size=SMALL, anchor="middle", colour=drawing.MUTED)
            )
    y += 38
    parts.append(drawing.text("← best rank", left if wide else 4, y, size=SMALL))
    parts.append(drawing.text("last rank →", right, y, size=SMALL, anchor="end"))
    y += 22
    parts.append(drawing.element("rect", x=8, y=y - 12, width=12, height=14, fill=drawing.BRAND))
    parts.append(drawing.text("chance of that rank (full height: certain)", 34, y, size=SMALL))
    y += 22
    parts.append(drawing.line(6, y - 5, 24, y - 5, drawing.THREAD, 3.5, cap="round"))
    parts.append(drawing.text(f"{interval} interval of ranks", 34, y, size=SMALL))
    return drawing.picture(
        parts,
        width=width,
        height=y + 10,
        title=title,
        description=whole,
        key=key,
        kind="wide" if wide else "narrow",
    )
