"""Judgements of studies by domain, such as risk of bias: a sign in each cell, and how many of each a domain has.

Source: McGuinness and Higgins, Research Synthesis Methods 12 (2021) 55, for the two forms. Sign and word carry a
judgement; colour only helps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.charts import drawing
from wherewithal.charts.chart import Cell, Chart
from wherewithal.charts.drawing import SMALL, TEXT


@dataclass(frozen=True)
class Judgement:
    """What a judgement is called and how it is drawn: a ``sign`` of one or two letters on a ``colour``."""

    words: str
    sign: str
    colour: str


GOOD, SOME, POOR, WORST, NONE = "#0b6b3a", "#f2c14e", "#c2410c", "#7a1f1f", "#e8edeb"
RISK_OF_BIAS: Mapping[str, Judgement] = {
    "low": Judgement("Low", "+", GOOD),
    "some": Judgement("Some concerns", "?", SOME),
    "moderate": Judgement("Moderate", "?", SOME),
    "unclear": Judgement("Unclear", "?", SOME),
    "high": Judgement("High", "−", POOR),
    "serious": Judgement("Serious", "−", POOR),
    "critical": Judgement("Critical", "!", WORST),
    "no information": Judgement("No information", "0", NONE),
    "": Judgement("Not judged", "", "#ffffff"),
}
"""Words of RoB 2, ROBINS-I and the like. Other instruments bring their own mapping."""
_PALE = (NONE, SOME, "#ffffff")


@dataclass(frozen=True)
class Judged:
    """A study's judgements, one key a domain, in the order of the domains; ``weight`` where sums are by weight."""

    name: str
    keys: tuple[str, ...]
    weight: float | None = None


def _checked(studies: Sequence[Judged], domains: Sequence[str], scale: Mapping[str, Judgement]) -> None:
    if not studies or not domains:
        raise ValueError("a chart of judgements needs at least one study and one domain")
    for study in studies:
        if len(study.keys) != len(domains):
            raise ValueError(f"{study.name} has {len(study.keys)} judgements for {len(domains)} domains")
        strange = [key for key in study.keys if key not in scale]
        if strange:
            raise ValueError(
                f"{study.name}: no judgement is called {strange[0]!r}; there are {', '.join(scale)}"
            )


def traffic_light_chart(
    studies: Sequence[Judged],
    domains: Sequence[str],
    *,
    title: str,
    description: str,
    key: str,
    scale: Mapping[str, Judgement] = RISK_OF_BIAS,
    overall: bool = True,
) -> Chart:
    """A row a study, a column a domain, a sign in each cell. With ``overall`` the last domain stands apart.

    ``key`` must be unlike that of any other chart. Raises ValueError for no studies and for unknown judgements.
    """
    _checked(studies, domains, scale)
    last = len(domains) - 1
    counted = _counts([study.keys[last] for study in studies], scale)
    said = f"{description} {domains[last]}: {counted}.".strip()
    whole = f"{said} " + " ".join(
        f"{study.name}: "
        + "; ".join(
            f"{domain} {scale[each].words.lower()}" for domain, each in zip(domains, study.keys, strict=True)
        )
        + "."
        for study in studies
    )

    def draw(kind: str) -> str:
        wide = kind == "wide"
        width = 640.0 if wide else 320.0
        step = 46.0 if wide else 33.0
        step = min(step, (width - (150 if wide else 110)) / len(domains))
        room = width - step * len(domains) - 8 - (10 if overall and last else 0)
        names = [drawing.wrapped(study.name, TEXT, room - 8, lines=2 if wide else 3) for study in studies]
        parts: list[str] = []
        signs = [_short(place, overall and place == last and last > 0) for place in range(len(domains))]
        centre = [
            room + step * (place + 0.5) + (10 if overall and place == last and last else 0)
            for place in range(len(domains))
        ]
        parts += [
            drawing.text(sign, x, 18, size=SMALL, anchor="middle", bold=True)
            for sign, x in zip(signs, centre, strict=True)
        ]
        y = 28.0
        for study, lines in zip(studies, names, strict=True):
            height = max(step * 0.86, 18.0 * len(lines) + 8, 34.0)
            parts.append(drawing.line(0, y, width, y))
            first = y + height / 2 + 5 - 9 * (len(lines) - 1)
            parts += [drawing.text(each, 4, first + 18 * n) for n, each in enumerate(lines)]
            for x, each in zip(centre, study.keys, strict=True):
                parts += _sign(x, y + height / 2, min(step * 0.36, 14.0), scale[each])
            y += height
        parts.append(drawing.line(0, y, width, y))
        y = _domains(parts, domains, signs, y + 22, width)
        y = _key(parts, [each for study in studies for each in study.keys], scale, y + 10, width)
        return drawing.picture(
            parts, width=width, height=y, title=title, description=whole, key=key, kind=kind
        )

    columns = ("Study", *domains)
    rows: list[tuple[Cell, ...]] = [
        (study.name, *(scale[each].words for each in study.keys)) for study in studies
    ]
    return Chart(title, said, whole, draw("wide"), draw("narrow"), columns, tuple(rows))


def judgement_summary_chart(
    studies: Sequence[Judged],
    domains: Sequence[str],
    *,
    title: str,
    description: str,
    key: str,
    scale: Mapping[str, Judgement] = RISK_OF_BIAS,
) -> Chart:
    """A bar a domain: the share of studies with each judgement, or of weight where every study has one."""
    _checked(studies, domains, scale)
    weighed = all(study.weight is not None for study in studies)
    total = sum(study.weight or 0.0 for study in studies) if weighed else float(len(studies))
    order = [each for each in scale if any(each in study.keys for study in studies)]
    shares = [
        [
            sum((study.weight or 0.0) if weighed else 1.0 for study in studies if study.keys[place] == each)
            / total
            for each in order
        ]
        for place in range(len(domains))
    ]
    what = "of weight" if weighed else "of studies"
    said = f"{description} " + " ".join(
        f"{domain}: "
        + ", ".join(
            f"{scale[each].words.lower()} {share:.0%}"
            for each, share in zip(order, own, strict=True)
            if share
        )
        + f" {what}."
        for domain, own in zip(domains, shares, strict=True)
    )

    def draw(kind: str) -> str:
        wide = kind == "wide"
        width = 640.0 if wide else 320.0
        room = 200.0 if wide else 0.0
        parts: list[str] = []
        y = 8.0
        for domain, own in zip(domains, shares, strict=True):
            lines = drawing.wrapped(domain, TEXT, (room - 10) if wide else width - 8, lines=2)
            height = 30.0
            if wide:
                height = max(height, 18.0 * len(lines) + 4)
                first = y + height / 2 + 5 - 9 * (len(lines) - 1)
            else:
                first = y + 16
            parts += [drawing.text(each, 4, first + 18 * n) for n, each in enumerate(lines)]
            if not wide:
                y += 18.0 * len(lines) + 6
            x = room + 4
            for each, share in zip(order, own, strict=True):
                length = share * (width - room - 8)
                if not share:
                    continue
                judgement = scale[each]
                parts.append(
                    drawing.element(
                        "rect", x=x, y=y + height / 2 - 13, width=length, height=26, fill=judgement.colour,
                        stroke=drawing.MUTED if judgement.colour in _PALE else "#ffffff", stroke_width=1.25,
                    )
                )  # fmt: skip
                words = f"{judgement.sign} {share:.0%}".strip()
                if drawing.width_of(words, SMALL, bold=True) + 8 > length:
                    words = judgement.sign
                if words and drawing.width_of(words, SMALL, bold=True) + 4 <= length:
                    parts.append(
                        drawing.text(
                            words, x + length / 2, y + height / 2 + 5, size=SMALL, anchor="middle", bold=True,
                            colour=_on(judgement.colour),
                        )
                    )  # fmt: skip
                x += length
            y += height + 8
        y = _key(parts, order, scale, y + 14, width)
        return drawing.picture(
            parts, width=width, height=y, title=title, description=said, key=key, kind=kind
        )

    columns = ("Domain", *(f"{scale[each].words}, % {what}" for each in order))
    rows: list[tuple[Cell, ...]] = [
        (domain, *(100 * share for share in own)) for domain, own in zip(domains, shares, strict=True)
    ]
    return Chart(
        title, said.strip(), said.strip(), draw("wide"), draw("narrow"), columns, tuple(rows), "{:.0f}".format
    )


def _counts(keys: Sequence[str], scale: Mapping[str, Judgement]) -> str:
    found = [(scale[each].words.lower(), keys.count(each)) for each in scale if each in keys]
    return ", ".join(f"{words} in {count} of {len(keys)}" for words, count in found)


def _short(place: int, overall: bool) -> str:
    return "All" if overall else f"D{place + 1}"


def _on(colour: str) -> str:
    """Black or white, whichever reads on ``colour``."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else drawing.INK


def _sign(x: float, y: float, size: float, judgement: Judgement) -> list[str]:
    """A disc with its sign. What nobody judged is an empty ring."""
    edge = drawing.MUTED if judgement.colour in _PALE else judgement.colour
    parts = [
        drawing.element("circle", cx=x, cy=y, r=size, fill=judgement.colour, stroke=edge, stroke_width=1.25)
    ]
    if judgement.sign:
        parts.append(
            drawing.text(
                judgement.sign, x, y + 5.5, size=16, anchor="middle", bold=True, colour=_on(judgement.colour)
            )
        )
    return parts


def _domains(parts: list[str], domains: Sequence[str], signs: Sequence[str], y: float, width: float) -> float:
    for sign, domain in zip(signs, domains, strict=True):
        lines = drawing.wrapped(domain, SMALL, width - 48, lines=2)
        parts.append(drawing.text(sign, 4, y, size=SMALL, bold=True))
        parts += [drawing.text(each, 40, y + 18 * n, size=SMALL) for n, each in enumerate(lines)]
        y += 18.0 * len(lines) + 3
    return y


def _key(
    parts: list[str], keys: Sequence[str], scale: Mapping[str, Judgement], y: float, width: float
) -> float:
    x = 4.0
    for each in (each for each in scale if each in keys):
        words = scale[each].words
        room = 32 + drawing.width_of(words, SMALL) + 16
        if x > 4 and x + room > width + 10:
            x, y = 4.0, y + 28
        parts += _sign(x + 11, y, 10.5, scale[each])
        parts.append(drawing.text(words, x + 28, y + 5, size=SMALL))
        x += room
    return y + 18
