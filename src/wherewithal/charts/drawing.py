"""The elements that charts are drawn with. Presentation attributes only: a strict page allows no styles."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

INK = "#14201f"
MUTED = "#51605e"
LINE = "#d6dedb"
BRAND = "#0b4f4a"
BRAND_WASH = "#e3efec"
THREAD = "#b8430f"

TEXT = 15
SMALL = 14


def element(name: str, content: str = "", **attributes: str | float | None) -> str:
    """One SVG element. ``content`` is markup already; attributes are escaped, and None leaves one out.

    An underscore in a name stands for a hyphen, so ``font_weight`` writes ``font-weight``; ``class_`` writes
    ``class``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float = TEXT,
    anchor: str = "start",
    bold: bool = False,
    colour: str = INK,
) -> str:
    """Words in the page's font."""
    return element(
        "text",
        escape(words),
        x=x,
        y=y,
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
        font_weight=700 if bold else None,
        fill=colour,
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    colour: str = LINE,
    width: float = 1,
    dashes: str | None = None,
    cap: str | None = None,
) -> str:
    return element(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=colour,
        stroke_width=width,
        stroke_dasharray=dashes,
        stroke_linecap=cap,
    )


def path(points: Iterable[tuple[float, float]], **attributes: str | float | None) -> str:
    """A line through ``points``."""
    d = "".join(f"{'L' if i else 'M'}{_plain(x)} {_plain(y)}" for i, (x, y) in enumerate(points))
    return element("path", "", d=d, **attributes)


def polygon(points: Iterable[tuple[float, float]], **attributes: str | float | None) -> str:
    """A closed shape through ``points``."""
    corners = " ".join(f"{_plain(x)},{_plain(y)}" for x, y in points)
    return element("polygon", "", points=corners, **attributes)


def square(x: float, y: float, size: float, colour: str = BRAND) -> str:
    """A filled square: the place that the chart is about."""
    return element("rect", x=x - size / 2, y=y - size / 2, width=size, height=size, fill=colour)


def diamond(x: float, y: float, size: float, colour: str = INK) -> str:
    """A filled diamond: the benchmark."""
    half = size / 2 * 1.25
    points = " ".join(
        f"{_plain(a)},{_plain(b)}" for a, b in ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    )
    return element("polygon", points=points, fill=colour)


def ring(x: float, y: float, size: float, colour: str = MUTED) -> str:
    """An open circle: the others."""
    return element("circle", cx=x, cy=y, r=size / 2 - 1, fill="#ffffff", stroke=colour, stroke_width=2)


def bar(x: float, y: float, size: float, colour: str = MUTED) -> str:
    """An upright bar: an average."""
    return element("rect", x=x - 2, y=y - size / 2 - 1, width=4, height=size + 2, fill=colour)


def picture(
    parts: Iterable[str], *, width: float, height: float, title: str, description: str, key: str, kind: str
) -> str:
    """A whole ``<svg>``, announced as one image by its title and description.

    ``kind`` is "wide" or "narrow"; ``key`` keeps the ids of two charts on one page apart.
    """
    ids = f"{key}-{kind}-title", f"{key}-{kind}-desc"
    return element(
        "svg",
        element("title", escape(title), id=ids[0])
        + element("desc", escape(description), id=ids[1])
        + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart--{kind}",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        role="img",
        aria_labelledby=" ".join(ids),
    )


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are, in the same units as ``size``: enough to keep labels from touching."""
    narrow, wide = "iljtfr.,:;'|!()[] -", "mwMW%@—"
    em = sum(0.31 if letter in narrow else 0.88 if letter in wide else 0.6 for letter in words)
    return em * size * (1.06 if bold else 1.0)


def shortened(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """``words`` cut to fit ``room``, with an ellipsis where something was cut: the table has them whole."""
    if width_of(words, size, bold=bold) <= room:
        return words
    while words and width_of(f"{words}…", size, bold=bold) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def wrapped(words: str, size: float, room: float, *, lines: int = 2, bold: bool = False) -> list[str]:
    """``words`` broken into at most ``lines`` lines that fit ``room``; the last is cut where they do not."""
    found: list[str] = []
    # At plain spaces only: what hard spaces join stays together.
    rest = [word for word in words.split(" ") if word]
    while rest and len(found) < lines - 1:
        count = 1
        while count < len(rest) and width_of(" ".join(rest[: count + 1]), size, bold=bold) <= room:
            count += 1
        found.append(shortened(" ".join(rest[:count]), size, room, bold=bold))
        rest = rest[count:]
    if rest:
        found.append(shortened(" ".join(rest), size, room, bold=bold))
    return found or [""]


def _plain(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".")
