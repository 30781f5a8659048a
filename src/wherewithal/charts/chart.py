"""What every chart comes with: a title, a description, the drawing in two widths, a table and a CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from wherewithal.spreadsheets import harmless

Cell = str | float | None

NOTHING = "not published"
"""How a missing value reads in a table. A value without limits, such as an average, has "none"."""

FONTS = "Public Sans, Arial, Helvetica, sans-serif"
"""What a drawing outside a page is lettered in: the first of these that a machine has."""


@dataclass(frozen=True)
class Chart:
    """One chart.

    ``wide`` and ``narrow`` are complete ``<svg>`` elements for about 640 and 320 pixels; a page shows one of
    them. ``description`` stands under the drawing; ``read_out`` says every figure to whoever cannot see it.
    ``columns`` and ``figures`` are the same as a table, unrounded; ``text`` turns a number into words.
    """

    title: str
    description: str
    read_out: str
    wide: str
    narrow: str
    columns: tuple[str, ...]
    figures: tuple[tuple[Cell, ...], ...]
    text: Callable[[float], str] = "{:,.1f}".format

    @property
    def svg(self) -> str:
        """Both drawings, for a page whose style sheet shows the one that fits."""
        return self.wide + self.narrow

    def size(self, kind: Literal["wide", "narrow"] = "wide") -> tuple[float, float]:
        """How wide and high a drawing is, in its own units."""
        markup = self.wide if kind == "wide" else self.narrow
        found = re.search(r'viewBox="0 0 (\S+) (\S+)"', markup)
        if found is None:
            raise ValueError("the drawing does not say how large it is")
        return float(found[1]), float(found[2])

    def file(self, kind: Literal["wide", "narrow"] = "wide") -> str:
        """A drawing as an SVG file of its own: with its size, a font, and white behind it, which a page gives it."""
        markup = self.wide if kind == "wide" else self.narrow
        width, height = self.size(kind)
        head, _, rest = markup.partition("</desc>")
        own = f' width="{width:g}" height="{height:g}" font-family="{FONTS}">'
        behind = f'<rect x="0" y="0" width="{width:g}" height="{height:g}" fill="#ffffff"/>'
        return f"{head.replace('>', own, 1)}</desc>{behind}{rest}\n"

    @property
    def rows(self) -> list[list[str]]:
        """The table as a reader sees it: numbers in words, and what is missing said so."""
        return [[self._shown(cell, row) for cell in row] for row in self.figures]

    def csv(self, *, source: str = "") -> str:
        """The table as CSV, numbers unrounded, with a last column that names the ``source`` where one is given.

        Text that a spreadsheet would run as a formula is quoted.
        """
        beside = [harmless(source)] if source else []
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([*(harmless(column) for column in self.columns), *(["Source"] if source else [])])
        for row in self.figures:
            writer.writerow([*(_written(cell) for cell in row), *beside])
        return out.getvalue()

    def _shown(self, cell: Cell, row: tuple[Cell, ...]) -> str:
        if cell is None:
            return NOTHING if row[1] is None else "none"
        return cell if isinstance(cell, str) else self.text(cell)


def _written(cell: Cell) -> str | float:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else cell
