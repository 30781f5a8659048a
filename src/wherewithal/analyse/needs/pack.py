"""A pack for a joint needs assessment: an area's profile as a Word file that people go on writing in.

Words first, then charts as pictures with their sentence as alternative text, then the figures as a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from wherewithal.analyse.needs.inside import Parts
from wherewithal.analyse.needs.reading import Reading
from wherewithal.analyse.needs.summary import Summary
from wherewithal.charts import Chart
from wherewithal.charts.word import add_chart
from wherewithal.plain_english import counted, listed, long_date

_FONT = "Arial"
_MOST = 40
"""Figures in the table of all of them: more is no reading matter, and the page and its downloads have them."""


def write_pack(
    summary: Summary,
    inside: Sequence[tuple[Reading, Parts]],
    charts: Mapping[str, Chart],
    *,
    written_at: datetime,
    made_up: bool = False,
    author: str = "",
) -> bytes:
    """The pack as the bytes of a .docx. ``charts`` are drawn in their order; ``inside`` are differences in the area."""
    document = docx.Document()
    area = summary.profile.area
    title = f"{area.name}: what the figures say"
    _prepared(document, title, written_at, author)
    document.add_heading(title, 0)
    if made_up:
        document.add_paragraph(
            "These figures are made up. Nobody published them, and the places do not exist."
        )
    document.add_paragraph(summary.words)
    document.add_paragraph(f"Written on {long_date(written_at.date())}. From {summary.profile.edition}.")
    for heading, readings, nothing in (
        ("What is worse than England", summary.worse, "No figure is worse than England by more than chance."),
        ("What is getting worse", summary.worsening, "No figure is known to be getting worse."),
    ):
        _readings(document, heading, readings, nothing)
    _listed(
        document,
        f"What differs inside {area.name}",
        [f"{reading.series.indicator}. {parts.words}" for reading, parts in inside],
        "No figure held is divided inside the area in a way that chance does not explain.",
    )
    _readings(
        document, "What is better than England", summary.better, "No figure is better by more than chance."
    )
    if summary.differing:
        _readings(document, "What differs, and nobody has judged", summary.differing, "")
    _listed(
        document,
        "What we do not know",
        [
            f"{words}: {counted(len(found), 'figure')}, among them "
            f"{listed([reading.series.indicator for reading in found[:5]])}."
            for words, found in summary.unknown
        ],
        "Every figure held has a newest value with an interval, and somebody has said which way is good.",
    )
    if summary.contradicted:
        _listed(
            document,
            "Published labels that their own figures contradict",
            [each.words for reading in summary.contradicted for each in reading.contradictions[:2]],
            "",
        )
    for chart in charts.values():
        document.add_heading(chart.title, 1)
        add_chart(document, chart)
        document.add_paragraph(chart.description)
    _figures(document, summary.readings)
    _how(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _prepared(document: Document, title: str, written_at: datetime, author: str) -> None:
    core = document.core_properties
    core.title = title
    core.author = core.last_modified_by = author or "Wherewithal"
    core.language = "en-GB"
    core.comments = ""
    core.created = core.modified = written_at
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
    style = document.styles["Normal"]
    style.font.name = _FONT
    style.font.size = Pt(11)


def _readings(document: Document, heading: str, readings: Sequence[Reading], nothing: str) -> None:
    _listed(
        document,
        heading,
        [f"{reading.series.indicator} ({reading.who}). {reading.statement}" for reading in readings],
        nothing,
    )


def _listed(document: Document, heading: str, lines: Sequence[str], nothing: str) -> None:
    document.add_heading(heading, 1)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")
    if not lines and nothing:
        document.add_paragraph(nothing)


def _figures(document: Document, readings: Sequence[Reading]) -> None:
    document.add_heading("The figures", 1)
    if len(readings) > _MOST:
        document.add_paragraph(
            f"The first {_MOST} of {len(readings)}, what is worse and getting worse first."
        )
    heads = (
        "Indicator",
        "Period",
        "Value (95% interval)",
        "England",
        "Neighbours",
        "Beside England",
        "Five years",
    )
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    # Word repeats a row that is marked as a header on every page, and reads it out as one.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for reading in readings[:_MOST]:
        cells = table.add_row().cells
        for cell, words in zip(cells, _cells(reading), strict=True):
            cell.text = words


def _cells(reading: Reading) -> tuple[str, ...]:
    text, point = reading.measure.text, reading.point
    value = "not published" if point.value is None else text(point.value)
    if point.low95 is not None and point.high95 is not None:
        value += f" ({reading.measure.range_text(point.low95, point.high95)})"
    england, near = reading.england, reading.neighbours
    return (
        f"{reading.series.indicator}, {reading.who}",
        point.period,
        value,
        "not held" if england is None or england.value is None else text(england.value),
        "none" if near is None else f"{text(near.average)} ({near.average_used})",
        reading.comparison.value,
        reading.trend_short,
    )


def _how(document: Document) -> None:
    document.add_heading("How this is worked out", 1)
    for words in (
        "A figure is called better or worse than England where England's value lies outside its 95% interval, and only "
        "where somebody has recorded which way is good. England's own interval plays no part.",
        "It is called getting better or worse where a straight line through the last five years with a value has a "
        "slope that chance would give less than 1 time in 500, whichever year is left out.",
        "Labels that publishers print beside their figures are worked out again from the figures, and only the figures "
        "are used.",
    ):
        document.add_paragraph(words, style="List Bullet")
