"""Effects against their standard errors: are the small studies on both sides, or only where the answer is pleasing?

Sources: Sterne and Egger, Journal of Clinical Epidemiology 54 (2001) 1046, for the axes; Peters and others, Journal of
Clinical Epidemiology 61 (2008) 991, for contours of significance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.effect_axis import EffectAxis
from wherewithal.charts.plane import KeyMark, Plane, sides
from wherewithal.charts.scale import Scale, scale_for

CONTOURS = ((1.6448536269514722, "#eef2f0"), (1.959963984540054, "#dde5e2"), (2.5758293035489004, "#c9d5d1"))
"""Where p is 0.10, 0.05 and 0.01, in standard errors from no effect, each with the shade inside it."""
_REACH = 1.959963984540054


@dataclass(frozen=True)
class Point:
    """A study, or one that trim and fill adds (``filled``)."""

    name: str
    value: float
    se: float
    filled: bool = False


@dataclass(frozen=True)
class Slant:
    """Egger's line: the effect at a standard error of nought, and what a unit of standard error adds."""

    limit: float
    slope: float


def funnel_chart(
    points: Sequence[Point],
    pooled: float,
    axis: EffectAxis,
    *,
    title: str,
    description: str,
    key: str,
    slant: Slant | None = None,
    contours: bool = True,
    test: str = "",
) -> Chart:
    """A funnel plot around ``pooled``. ``test`` is a sentence about asymmetry, such as Egger's p.

    Bands around no effect show where p is above 0.10, 0.05 and 0.01; the funnel is where 95% of studies would lie if
    they differed by chance alone. ``key`` must be unlike that of any other chart. Raises ValueError for no studies.
    """
    if not points:
        raise ValueError("a funnel needs at least one study")
    filled = [point for point in points if point.filled]
    sentence = _sentence(points, pooled, axis, test)
    whole = f"{description} {sentence} " + "; ".join(
        f"{point.name} {axis.text(point.value)} (standard error {point.se:.3g})" for point in points
    )

    def draw(kind: str) -> str:
        return _draw(points, pooled, axis, slant, contours, kind == "wide", title, whole, key)

    columns = ("Study", axis.name, "Standard error", "p against no effect", "Added by trim and fill")
    rows: list[tuple[Cell, ...]] = [
        (
            point.name,
            axis.natural(point.value),
            point.se,
            erfc(abs(point.value) / point.se / sqrt(2)),
            "yes" if point.filled else ("no" if filled else "not used"),
        )
        for point in points
    ]
    return Chart(
        title,
        f"{description} {sentence}".strip(),
        whole,
        draw("wide"),
        draw("narrow"),
        columns,
        tuple(rows),
        "{:.3f}".format,
    )


def _sentence(points: Sequence[Point], pooled: float, axis: EffectAxis, test: str) -> str:
    real = [point for point in points if not point.filled]
    left = sum(point.value < pooled for point in real)
    right = len(real) - left
    said = (
        f"{left} of {len(real)} studies lie left of the pooled {axis.text(pooled)} and {right} right of it."
    )
    added = len(points) - len(real)
    if added:
        said += f" Trim and fill adds {added}, drawn open: what might be missing, not what was found."
    return f"{said} {test}".strip()


def _draw(
    points: Sequence[Point],
    pooled: float,
    axis: EffectAxis,
    slant: Slant | None,
    contours: bool,
    wide: bool,
    title: str,
    whole: str,
    key: str,
) -> str:
    plane = Plane(wide, axis.name, "Standard error (large studies on top)", _keys(points, slant, contours))
    plane.foot = sides(*axis.sides, wide=wide)
    most = max(point.se for point in points)
    y = scale_for([0.0, most * 1.04], plane.top, plane.bottom, ticks=5)
    ends = [pooled - _REACH * most, pooled + _REACH * most]
    x = axis.scale([*(p.value for p in points), *ends], *plane.across, ticks=6 if wide else 4)
    low, high = x.low, x.high

    def inside(value: float) -> float:
        return x(min(max(value, low), high))

    if contours:
        plane.parts.append(_band(x(low), x(high), plane.top, plane.bottom, CONTOURS[2][1]))
        for (reach, _), shade in zip(
            reversed(CONTOURS), (CONTOURS[1][1], CONTOURS[0][1], "#ffffff"), strict=True
        ):
            plane.parts.append(drawing.polygon(_wedge(0.0, reach, y.high, low, high, x, y), fill=shade))
    plane.scaled(x, y, lambda tick: axis.tick(tick, x), lambda tick: f"{tick:.{y.places}f}")
    plane.parts.append(drawing.line(x(0.0), plane.top, x(0.0), plane.bottom, drawing.MUTED, 1.5))
    plane.parts.append(drawing.line(x(pooled), plane.top, x(pooled), plane.bottom, drawing.BRAND, 1.75))
    for side in (-1, 1):
        # Where the edge of the funnel leaves the picture, it stops there.
        foot = y.high
        edge = pooled + side * _REACH * foot
        if not low <= edge <= high:
            edge = low if side < 0 else high
            foot = abs(edge - pooled) / _REACH
        plane.parts.append(
            drawing.line(x(pooled), y(0.0), x(edge), y(foot), drawing.BRAND, 1.5, dashes="6 4")
        )
    if slant:
        at = [(slant.limit + slant.slope * se, se) for se in (0.0, y.high)]
        cut = _clipped(at, low, high)
        if cut:
            plane.parts.append(
                drawing.line(
                    x(cut[0][0]), y(cut[0][1]), x(cut[1][0]), y(cut[1][1]), drawing.THREAD, 2, dashes="2 4"
                )
            )
    for point in points:
        plane.parts += _point(inside(point.value), y(point.se), point.filled)
    return plane.finished(title=title, description=whole, key=key)


def _point(x: float, y: float, filled: bool) -> list[str]:
    if filled:
        corners = [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]
        return [drawing.polygon(corners, fill="#ffffff", stroke=drawing.THREAD, stroke_width=1.75)]
    return [drawing.element("circle", cx=x, cy=y, r=4.5, fill=drawing.INK, stroke="#ffffff", stroke_width=1)]


def _band(left: float, right: float, top: float, bottom: float, shade: str) -> str:
    return drawing.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], fill=shade)


def _wedge(
    middle: float, reach: float, most: float, low: float, high: float, x: Scale, y: Scale
) -> list[tuple[float, float]]:
    """A triangle from nought down, cut at the sides of the picture."""
    points = [(x(middle), y(0.0))]
    for side in (1, -1):
        edge = middle + side * reach * most
        limit = high if side > 0 else low
        if low <= edge <= high:
            points.append((x(edge), y(most)))
        else:
            at = abs(limit - middle) / reach
            corner = [(x(limit), y(at)), (x(limit), y(most))]
            points += corner if side > 0 else corner[::-1]
    return points


def _clipped(
    line: Sequence[tuple[float, float]], low: float, high: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """A line from top to foot, cut where it leaves the picture sideways."""
    (x0, y0), (x1, y1) = line
    start, end = 0.0, 1.0
    run = x1 - x0
    for limit, sign in ((low, -1.0), (high, 1.0)):
        over0, over1 = sign * (x0 - limit), sign * (x1 - limit)
        if over0 > 0 and over1 > 0:
            return None
        if over0 > 0:
            start = max(start, (limit - x0) / run)
        elif over1 > 0:
            end = min(end, (limit - x0) / run)
    if start >= end:
        return None
    return (x0 + start * run, y0 + start * (y1 - y0)), (x0 + end * run, y0 + end * (y1 - y0))


def _keys(points: Sequence[Point], slant: Slant | None, contours: bool) -> list[tuple[KeyMark, str]]:
    keys: list[tuple[KeyMark, str]] = [(lambda x, y: _point(x, y, False), "a study")]
    if any(point.filled for point in points):
        keys.append((lambda x, y: _point(x, y, True), "added by trim and fill"))
    keys.append(
        (
            lambda x, y: [drawing.line(x - 12, y, x + 12, y, drawing.BRAND, 1.5, dashes="6 4")],
            "95% of studies, by chance alone",
        )
    )
    if slant:
        keys.append(
            (
                lambda x, y: [drawing.line(x - 12, y, x + 12, y, drawing.THREAD, 2, dashes="2 4")],
                "Egger’s line",
            )
        )
    if contours:
        shades = ["#ffffff", *(shade for _, shade in CONTOURS)]
        for shade, words in zip(
            shades, ("p above 0.10", "p 0.05 to 0.10", "p 0.01 to 0.05", "p below 0.01"), strict=True
        ):
            keys.append((_swatch(shade), words))
    return keys


def _swatch(shade: str) -> KeyMark:
    return lambda x, y: [
        drawing.element(
            "rect", x=x - 11, y=y - 8, width=22, height=15, fill=shade, stroke=drawing.MUTED, stroke_width=1
        )
    ]
