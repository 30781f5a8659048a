"""Where areas stand on a map of tiles of one size.

The layout of England's upper-tier authorities is worked out here from the middles of their areas, by two steps of our
own: distances are stretched where authorities are crowded (each coordinate becomes a mix of itself and its rank), and
tiles are given to authorities so that the sum of squared moves is as small as it can be (the assignment problem; Kuhn,
"The Hungarian method", Naval Research Logistics Quarterly 2 (1955), pages 83 to 97). Areas of another register need a
layout that somebody brings: a HexJSON file (Open Data Institute Leeds), read by ``read_hexjson``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from math import sqrt
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[attr-defined]  # its stubs leave it out

from wherewithal.analyse.needs.authorities import authorities
from wherewithal.errors import BadInput, Problem
from wherewithal.sources.files import read_text

Layout = Mapping[str, tuple[int, int]]
"""Column and row of each area by its code; rows counted from the north, odd rows half a tile to the right."""

_COLUMNS, _ROWS = 16, 22
_BY_RANK = 0.72
"""How far a coordinate gives way to its rank: London has a fifth of all authorities and hardly any land."""


@cache
def england_layout() -> Layout:
    """The tile of every upper-tier authority of England."""
    held = authorities()
    codes = sorted(held)
    east = _spread(np.array([held[code].east for code in codes]))
    south = _spread(np.array([-held[code].north for code in codes]))
    wanted = np.column_stack([east * (_COLUMNS - 1), south * (_ROWS - 1) * sqrt(3) / 2])
    tiles = [(column, row) for row in range(_ROWS) for column in range(_COLUMNS)]
    middles = np.array([(column + 0.5 * (row % 2), row * sqrt(3) / 2) for column, row in tiles])
    moves = ((wanted[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(moves)
    return {code: tiles[tile] for code, tile in zip(codes, chosen, strict=True)}


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coordinates from 0 to 1, crowded ones pulled apart."""
    ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
    plain = (values - values.min()) / (values.max() - values.min())
    mixed: NDArray[np.float64] = _BY_RANK * ranks + (1 - _BY_RANK) * plain
    return mixed


def layout_for(codes: Collection[str], brought: Layout | None = None) -> Layout:
    """The tiles of some areas: from a layout that was brought where it knows any of them, else England's."""
    for layout in (brought or {}, england_layout()):
        found = {code: layout[code] for code in codes if code in layout}
        if found:
            return found
    return {}


def read_hexjson(source: Path | bytes | IO[bytes], *, name: str = "") -> Layout:
    """The layout in a HexJSON file of rows that are shifted in turn ("odd-r" or "even-r").

    Raises BadInput for a file of another kind, a layout of columns, and a tile without whole numbers.
    """
    file = read_text(source, name=name)
    try:
        found = json.loads(file.text)
        kind, hexes = found["layout"], dict(found["hexes"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{file.name} is not a HexJSON file.",
            [Problem(file.name, str(error), "JSON with 'layout' and 'hexes'", "Take the file as published.")],
        ) from error
    if kind not in ("odd-r", "even-r"):
        raise BadInput(
            f"{file.name} lays its tiles out in columns.",
            [Problem("'layout'", f"'{kind}'", "'odd-r' or 'even-r'", "Take a layout of rows.")],
        )
    tiles = {}
    problems = []
    for code, each in hexes.items():
        try:
            # HexJSON counts rows from the south.
            tiles[code] = (int(each["q"]), -int(each["r"]))
        except (KeyError, TypeError, ValueError):
            problems.append(
                Problem(f"hex '{code}'", f"{each}", "whole numbers q and r", "Correct it, or leave it out.")
            )
    if problems or not tiles:
        raise BadInput(f"{file.name} could not be read as HexJSON.", problems[:10])
    if kind == "even-r":
        # One more row puts the shifted rows where odd ones are.
        tiles = {code: (column, row + 1) for code, (column, row) in tiles.items()}
    return tiles
