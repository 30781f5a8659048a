"""Areas as tiles of one size, roughly where they lie: a map on which a small city counts as much as a large county.

A letter in each tile says how it stands; where tiles are too small for letters, a dot is better, a bar is worse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL
from wherewithal.charts.standing import Standing


@dataclass(frozen=True)
class Tile:
    """One area: its place in the grid (rows from the north; odd rows half a tile to the right), and how it stands."""

    name: str
    column: int
    row: int
    standing: Standing
    value: float | None
    region: str = ""
    ours: bool = False


def tile_map(
    tiles: Sequence[Tile],
    *,
    title: str,
    description: str,
    key: str,
    value_text: Callable[[float], str],
) -> Chart:
    """The map; its table is a list by region, highest first. Raises ValueError for no tiles."""
    if not tiles:
        raise ValueError("a map needs at least one tile")
    many = {each: sum(tile.standing is each for tile in tiles) for each in Standing}
    said = ", ".join(f"{count} {each.lower()}" for each, count in many.items() if count)
    whole = f"{description} Of {len(tiles)} areas beside England: {said}."

    def draw(kind: str) -> str:
        return _drawn(tiles, kind == "wide", title, whole, key)

    listed = sorted(tiles, key=lambda tile: (tile.region, -(tile.value if tile.value is not None else -1e99)))
    table: list[tuple[Cell, ...]] = [
        (tile.name, tile.value, tile.standing.value, tile.region or "not known") for tile in listed
    ]
    return Chart(
        title,
        whole,
        whole,
        draw("wide"),
        draw("narrow"),
        ("Area", "Value", "Beside England", "Region"),
        tuple(table),
        value_text,
    )


def _drawn(tiles: Sequence[Tile], wide: bool, title: str, whole: str, key: str) -> str:
    width = 640.0 if wide else 320.0
    left, top = min(tile.column for tile in tiles), min(tile.row for tile in tiles)
    columns = max(tile.column for tile in tiles) - left + 1.5
    # A hexagon on its point: as wide as the root of three times its side, rows one and a half sides apart.
    across = min((width - 12) / columns, 36.0 if wide else 26.0)
    side = across / sqrt(3)
    start = (width - across * columns) / 2
    parts = []
    bottom = 0.0
    for tile in sorted(tiles, key=lambda each: each.ours):
        x = start + across * (tile.column - left + 0.5 + 0.5 * (tile.row % 2))
        y = 6 + side + 1.5 * side * (tile.row - top)
        bottom = max(bottom, y + side)
        parts += _tile(tile, x, y, side, letters=across >= 20)
    y = bottom + 24
    x = 4.0
    shown = {tile.standing for tile in tiles}
    for each in Standing:
        if each not in shown:
            continue
        long = 34 + drawing.width_of(each.value, SMALL) + 14
        if x + long > width:
            x, y = 4.0, y + 28
        parts += _tile(Tile("", 0, 0, each, None), x + 13, y, 12, letters=across >= 20)
        parts.append(drawing.text(each.value, x + 30, y + 5, size=SMALL))
        x += long
    return drawing.picture(
        parts,
        width=width,
        height=y + 18,
        title=title,
        description=whole,
        key=key,
        kind="wide" if wide else "narrow",
    )


def _tile(tile: Tile, x: float, y: float, side: float, *, letters: bool) -> list[str]:
    half = side * sqrt(3) / 2 - 0.75
    reach = side - 0.75
    corners = [
        (x, y - reach), (x + half, y - reach / 2), (x + half, y + reach / 2),
        (x, y + reach), (x - half, y + reach / 2), (x - half, y - reach / 2),
    ]  # fmt: skip
    parts = [
        drawing.polygon(
            corners,
            fill=tile.standing.wash,
            stroke=drawing.THREAD if tile.ours else tile.standing.edge,
            stroke_width=3.5 if tile.ours else 1,
        )
    ]
    if letters:
        size = min(SMALL, side * 1.05)
        parts.append(
            drawing.text(tile.standing.letter, x, y + size * 0.35, size=size, anchor="middle", bold=tile.ours)
        )
    elif tile.standing in (Standing.BETTER, Standing.HIGHER):
        parts.append(drawing.element("circle", cx=x, cy=y, r=side * 0.3, fill=drawing.INK))
    elif tile.standing in (Standing.WORSE, Standing.LOWER):
        parts.append(drawing.line(x - half * 0.55, y, x + half * 0.55, y, drawing.INK, 2))
    return parts
