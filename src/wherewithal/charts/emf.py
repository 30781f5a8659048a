"""A drawing as an Enhanced Metafile: lines and letters that Word prints sharp at any size, on any version.

Written from the published format (MS-EMF). It reads what ``drawing`` writes and nothing more: lines, straight paths,
rectangles, circles, polygons and words. Dashes are cut into lines of their own, since readers of the format disagree
about patterns; opacity is left out. Letters are Arial, which every office program has or replaces in the same widths.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from xml.etree import ElementTree

FACE = "Arial"
FINE = 20
"""Units of the metafile in one unit of the drawing."""
_DEVICE, _MILLIMETRES = (1920, 1080), (508, 286)
_SVG = "{http://www.w3.org/2000/svg}"
_HEADER, _EOF = 1, 14
_WINDOW_EXTENT, _WINDOW_ORIGIN, _VIEWPORT_EXTENT, _VIEWPORT_ORIGIN = 9, 10, 11, 12
_MAP_MODE, _BACKGROUND_MODE, _FILL_MODE, _TEXT_ALIGN, _TEXT_COLOUR = 17, 18, 19, 22, 24
_SELECT, _PEN, _BRUSH, _DELETE, _FONT, _TEXT = 37, 38, 39, 40, 82, 84
_POLYGON, _POLYLINE, _ELLIPSE, _RECTANGLE = 3, 4, 42, 43
_NO_BRUSH, _NO_PEN, _SYSTEM_FONT = 0x80000005, 0x80000008, 0x8000000D
_BASELINE = 24
_ALIGN = {"start": 0, "middle": 6, "end": 2}

# Widths of Arial's letters, in thousandths of its size, from the space on.
_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_LETTERS = {chr(32 + place): int(width) for place, width in enumerate(_WIDTHS.split())}
_LETTERS |= {"−": 584, "’": 222, "‘": 222, "…": 1000, "→": 1000, "←": 1000, "²": 333, "–": 556}
Points = Sequence[tuple[float, float]]


def emf(svg: str) -> bytes:
    """A drawing of ours as the bytes of an .emf.

    Raises ValueError for an element that our drawings do not have.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    made = _Metafile()
    for each in root:
        made.draw(each)
    return made.finished(width, height)


class _Metafile:
    """Records in the order of the drawing; every pen, brush and font is made, used and given back."""

    def __init__(self) -> None:
        self.records: list[bytes] = []

    def draw(self, each: ElementTree.Element) -> None:
        name = each.tag.removeprefix(_SVG)
        if name in ("title", "desc"):
            return
        if name == "text":
            self.words(each)
        elif name == "line":
            ends = [tuple(float(each.attrib[a]) for a in pair) for pair in (("x1", "y1"), ("x2", "y2"))]
            self.stroked([(x, y) for x, y in ends], each)
        elif name == "path":
            points = [(float(x), float(y)) for x, y in re.findall(r"[ML](\S+?) ([^ML]+)", each.attrib["d"])]
            if each.get("fill", "none") != "none":
                self.filled(_POLYGON, points, each)
            else:
                self.stroked(points, each)
        elif name == "polygon":
            pairs = [pair.split(",") for pair in each.attrib["points"].split()]
            self.filled(_POLYGON, [(float(x), float(y)) for x, y in pairs], each)
        elif name == "rect":
            x, y, w, h = (float(each.attrib[a]) for a in ("x", "y", "width", "height"))
            self.filled(_RECTANGLE, [(x, y), (x + w, y + h)], each)
        elif name == "circle":
            x, y, r = (float(each.attrib[a]) for a in ("cx", "cy", "r"))
            self.filled(_ELLIPSE, [(x - r, y - r), (x + r, y + r)], each)
        else:
            raise ValueError(f"a drawing has no <{name}>")

    def add(self, kind: int, content: bytes = b"") -> None:
        self.records.append(struct.pack("<II", kind, 8 + len(content)) + content)

    def stroked(self, points: Points, each: ElementTree.Element) -> None:
        """A line through points, in pieces where it is dashed."""
        if each.get("stroke") is None:
            return
        self.pen(each)
        pattern = [float(part) for part in (each.get("stroke-dasharray") or "").split()]
        for piece in _dashed(points, pattern) if pattern else [points]:
            self.add(_POLYLINE, _bounds(piece) + struct.pack("<I", len(piece)) + _packed(piece))
        self.put_back(1)

    def filled(self, kind: int, points: Points, each: ElementTree.Element) -> None:
        stroke, fill = each.get("stroke"), each.get("fill")
        made = 0
        if stroke:
            self.pen(each)
            made += 1
        else:
            self.add(_SELECT, struct.pack("<I", _NO_PEN))
        if fill and fill != "none":
            made += 1
            self.add(_BRUSH, struct.pack("<IIII", made, 0, _colour(fill), 0))
            self.add(_SELECT, struct.pack("<I", made))
        else:
            self.add(_SELECT, struct.pack("<I", _NO_BRUSH))
        if kind == _POLYGON:
            self.add(kind, _bounds(points) + struct.pack("<I", len(points)) + _packed(points))
        else:
            self.add(kind, _packed(points))
        self.put_back(made)

    def pen(self, each: ElementTree.Element) -> None:
        width = max(1, round(float(each.get("stroke-width", "1")) * FINE))
        self.add(_PEN, struct.pack("<IIiiI", 1, 0, width, 0, _colour(each.attrib["stroke"])))
        self.add(_SELECT, struct.pack("<I", 1))

    def put_back(self, made: int) -> None:
        self.add(_SELECT, struct.pack("<I", _NO_PEN))
        self.add(_SELECT, struct.pack("<I", _NO_BRUSH))
        for number in range(1, made + 1):
            self.add(_DELETE, struct.pack("<I", number))

    def words(self, each: ElementTree.Element) -> None:
        text = each.text or ""
        if not text:
            return
        size = float(each.attrib["font-size"])
        bold = each.get("font-weight") == "700"
        face = FACE.encode("utf-16-le").ljust(64, b"\0")
        # A logical font, padded to the length that every reader accepts.
        font = struct.pack("<iiiii8B", -round(size * FINE), 0, 0, 0, 700 if bold else 400, *([0] * 8)) + face
        self.add(_FONT, struct.pack("<I", 1) + font.ljust(320, b"\0"))
        self.add(_SELECT, struct.pack("<I", 1))
        self.add(_TEXT_ALIGN, struct.pack("<I", _BASELINE | _ALIGN[each.get("text-anchor", "start")]))
        self.add(_TEXT_COLOUR, struct.pack("<I", _colour(each.get("fill", "#000000"))))
        letters = text.encode("utf-16-le")
        units = len(letters) // 2
        spaced = [round(_width(letter) * (1.06 if bold else 1.0) * size * FINE / 1000) for letter in text]
        for place, letter in enumerate(text):
            if ord(letter) > 0xFFFF:
                spaced.insert(place + 1, 0)
        padded = letters.ljust(-(-len(letters) // 4) * 4, b"\0")
        at = round(float(each.attrib["x"]) * FINE), round(float(each.attrib["y"]) * FINE)
        start = 8 + 16 + 4 + 8 + 40
        self.add(
            _TEXT,
            struct.pack("<iiiiIff", 0, 0, -1, -1, 1, 1.0, 1.0)
            + struct.pack("<iiIII", *at, units, start, 0)
            + struct.pack("<iiiiI", 0, 0, -1, -1, start + len(padded))
            + padded
            + struct.pack(f"<{units}I", *spaced[:units]),
        )
        self.add(_SELECT, struct.pack("<I", _SYSTEM_FONT))
        self.add(_DELETE, struct.pack("<I", 1))

    def finished(self, width: float, height: float) -> bytes:
        drawn = self.records
        self.records = []
        extent = round(width * FINE), round(height * FINE)
        pixels = round(width), round(height)
        self.add(_MAP_MODE, struct.pack("<I", 8))
        self.add(_WINDOW_ORIGIN, struct.pack("<ii", 0, 0))
        self.add(_WINDOW_EXTENT, struct.pack("<ii", *extent))
        self.add(_VIEWPORT_ORIGIN, struct.pack("<ii", 0, 0))
        self.add(_VIEWPORT_EXTENT, struct.pack("<ii", *pixels))
        self.add(_BACKGROUND_MODE, struct.pack("<I", 1))
        self.add(_FILL_MODE, struct.pack("<I", 1))
        body = [*self.records, *drawn, struct.pack("<IIIII", _EOF, 20, 0, 16, 20)]
        frame = [
            round(length * 100 * mm / dots)
            for length, mm, dots in zip(pixels, _MILLIMETRES, _DEVICE, strict=True)
        ]
        size = 88 + sum(len(record) for record in body)
        header = struct.pack(
            "<IIiiiiiiiiIIIIHHIIIIIII",
            *(_HEADER, 88, 0, 0, pixels[0] - 1, pixels[1] - 1, 0, 0, *frame),
            *(0x464D4520, 0x10000, size, len(body) + 1, 4, 0, 0, 0, 0, *_DEVICE, *_MILLIMETRES),
        )
        return header + b"".join(body)


def _colour(word: str) -> int:
    red, green, blue = (int(word[place : place + 2], 16) for place in (1, 3, 5))
    return red | green << 8 | blue << 16


def _packed(points: Points) -> bytes:
    return b"".join(struct.pack("<ii", round(x * FINE), round(y * FINE)) for x, y in points)


def _bounds(points: Points) -> bytes:
    across, down = ([point[place] for point in points] for place in (0, 1))
    return struct.pack("<iiii", *(round(v) for v in (min(across), min(down), max(across), max(down))))


def _dashed(points: Points, pattern: Sequence[float]) -> Iterable[list[tuple[float, float]]]:
    """The pieces of a line that a pattern of dashes and gaps leaves."""
    place, left, drawing = 0, pattern[0], True
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        done = 0.0
        while done < length:
            step = min(left, length - done)
            if drawing:
                yield [
                    (x1 + (x2 - x1) * at / length, y1 + (y2 - y1) * at / length) for at in (done, done + step)
                ]
            done, left = done + step, left - step
            if left <= 1e-9:
                place += 1
                left, drawing = pattern[place % len(pattern)], not drawing


def _width(letter: str) -> int:
    plain = unicodedata.normalize("NFD", letter)[0]
    return _LETTERS.get(letter, _LETTERS.get(plain, 556))
