"""An outcome in words as a Word file: the sentence, directions, charts, how sure, the report by SWiM, the sources."""

from __future__ import annotations

from datetime import datetime

from docx.document import Document

from wherewithal.analyse.reviews.certainty.word import add_certainty
from wherewithal.analyse.reviews.narrative.account import NarrativeAccount
from wherewithal.analyse.reviews.narrative.pictures import directions_picture, harvest_picture
from wherewithal.analyse.reviews.narrative.pointing import Pointing
from wherewithal.analyse.reviews.narrative.swim import still_open
from wherewithal.analyse.reviews.word_file import add_quiet, add_table, bytes_of, new_document, plain
from wherewithal.charts.word import add_chart

_COLUMNS = ("Study", "Direction", "What that rests on", "People", "Risk of bias")
_WIDE = (4.3, 2.2, 5.4, 1.8, 2.3)
_TALLEST = 19.0
"""Centimetres: with its heading and its words a chart stays on one page."""


def narrative_docx(
    account: NarrativeAccount, *, title: str, written_at: datetime, notes: tuple[str, ...] = ()
) -> bytes:
    """The outcome as the bytes of a .docx. ``title`` names the case; ``notes`` are sentences for its end."""
    outcome = account.outcome
    document = new_document(f"{outcome.name}, in words: {title}", written_at=written_at)
    document.add_heading(plain(f"{outcome.name}, in words"), level=1)
    add_quiet(document, title)
    document.add_paragraph().add_run(plain(account.sentence)).bold = True
    document.add_paragraph(plain(account.figures))
    _why(document, account)
    document.add_heading("Which way each study points", level=2)
    add_table(
        document, _COLUMNS, [_row(account, each) for each in account.gathered.pointings], size=9, widths=_WIDE
    )
    for each in account.gathered.aside:
        document.add_paragraph(plain(f"Left out: {each.label}: {each.why}"), style="List Bullet")
    if account.gathered.silent:
        document.add_paragraph(
            plain(f"Say nothing about it: {'; '.join(account.gathered.silent)}."), style="List Bullet"
        )
    for chart in (
        directions_picture(account.directions, key="directions"),
        harvest_picture([account.harvest], key="harvest"),
    ):
        across, down = chart.size("wide")
        document.add_heading(plain(chart.title), level=2)
        add_chart(document, chart, width_cm=min(16.0, _TALLEST * across / down))
        add_quiet(document, chart.description)
    _beside(document, account)
    add_certainty(document, account.grade, widths=(3.2, 8.3, 4.5))
    document.add_heading("The report, item by item (SWiM)", level=2)
    document.add_paragraph(plain(still_open(account.swim)))
    add_table(
        document,
        ("Item", "What it asks", "What is said"),
        [
            (
                f"{filled.item.number} {filled.item.name}",
                filled.item.asks,
                (f"{filled.words} (drafted from the data)" if filled.drafted else filled.words)
                if filled.words
                else "Still to write",
            )
            for filled in account.swim
        ],
        widths=(3.2, 4.8, 8.0),
    )
    document.add_heading("Where the directions are from", level=2)
    reports = {report.key: report for each in account.gathered.pointings for report in each.reports}
    for number, report in enumerate(reports.values(), start=1):
        add_quiet(document, f"{number}. {report.citation}{f'. {report.link}' if report.link else ''}")
    for words in notes:
        add_quiet(document, words)
    return bytes_of(document)


def _row(account: NarrativeAccount, each: Pointing) -> tuple[str, ...]:
    where = ", ".join(
        part for part in (each.basis.words, each.instrument, each.time, each.place.page) if part
    )
    people = "" if each.people is None else f"{each.people:,}"
    risk = account.risk_of(each.study) or "not appraised"
    return each.name, each.direction.value, f"{each.says} ({where})", people, risk


def _why(document: Document, account: NarrativeAccount) -> None:
    stops = [each for each in account.against.reasons if each.stops]
    if not stops:
        document.add_paragraph("An average could be worked out as well; this is the answer in words.")
        return
    document.add_heading("Why there is no average", level=2)
    for each in stops:
        document.add_paragraph(plain(each.words), style="List Bullet")


def _beside(document: Document, account: NarrativeAccount) -> None:
    words = [*(account.signs.words[1:] if account.signs else ())]
    words += [*(account.middle.words if account.middle else ())]
    if account.combined:
        good, harm = account.combined
        words += [*good.words, f"Turned round, for harm, it is {harm.p:.2g}."]
    words += account.cannot
    if words:
        document.add_heading("What else can be said", level=2)
        for each in words:
            document.add_paragraph(plain(each), style="List Bullet")
