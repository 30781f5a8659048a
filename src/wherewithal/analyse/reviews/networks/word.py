"""A network as a Word file: the answer, its charts and tables, whether it adds up, what is not counted, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as WordDocument

from wherewithal.analyse.reviews.networks.account import NetworkAccount
from wherewithal.analyse.reviews.networks.pictures import charts_of
from wherewithal.analyse.reviews.networks.settings import METHOD_WORDS
from wherewithal.analyse.reviews.networks.tables import beside, league
from wherewithal.analyse.reviews.word_file import add_quiet, add_table, bytes_of, new_document, plain
from wherewithal.charts.word import add_chart
from wherewithal.charts.word import add_table as add_figures
from wherewithal.plain_english import counted, listed

MOST_ACROSS = 6
"""Interventions in a league table across a page."""


def network_docx(
    account: NetworkAccount, *, title: str, written_at: datetime, notes: Sequence[str] = ()
) -> bytes:
    """The network as the bytes of a .docx. ``title`` names the case; ``notes`` are sentences for its end."""
    name = f"{account.outcome.name}: interventions compared"
    document = new_document(f"{name}: {title}", written_at=written_at)
    document.add_heading(plain(name), level=1)
    add_quiet(document, title)
    document.add_paragraph().add_run(plain(account.sentence)).bold = True
    for words in (*account.rests, account.assumes):
        document.add_paragraph(plain(words), style="List Bullet")
    charts = charts_of(account)
    for chart in (charts["drawing"], charts["against"]):
        document.add_heading(plain(chart.title), level=2)
        add_chart(document, chart)
        add_figures(document, chart)
    document.add_heading("Every intervention against every other", level=2)
    _league(document, account)
    document.add_heading("Direct beside indirect evidence", level=2)
    document.add_paragraph(plain(account.agrees))
    add_table(
        document,
        ("Comparison", "Studies", "Direct", "Indirect", "Do they differ?"),
        [
            (
                f"{each.first} against {each.second}",
                str(each.studies),
                each.direct,
                each.indirect,
                "cannot be told" if each.p is None else f"p = {each.p:.2f}",
            )
            for each in beside(account)
        ],
    )
    document.add_heading(plain(charts["ranks"].title), level=2)
    for words in account.order_words:
        document.add_paragraph(plain(words))
    add_chart(document, charts["ranks"])
    if account.gathered.aside or account.gathered.apart:
        document.add_heading("Not counted", level=2)
        for part in account.gathered.apart:
            document.add_paragraph(
                plain(f"{listed(part.nodes)}: linked to the others by no study. {part.do}"),
                style="List Bullet",
            )
        for aside in account.gathered.aside:
            document.add_paragraph(plain(f"{aside.pair.label}: {aside.why}"), style="List Bullet")
    document.add_heading("Where the numbers are from", level=2)
    reports = {report.key: report for pair in account.gathered.pairs for report in pair.effect.reports}
    for number, report in enumerate(reports.values(), start=1):
        add_quiet(document, f"{number}. {report.citation}{f'. {report.link}' if report.link else ''}")
    for words in (f"Put together by {METHOD_WORDS[account.settings.method]}.", *account.fit.notes, *notes):
        add_quiet(document, words)
    return bytes_of(document)


def _league(document: WordDocument, account: NetworkAccount) -> None:
    """The league table; with more interventions than a page is wide, a row a pair."""
    names, rows = league(account)
    measure = account.outcome.measure_name
    measure = measure[:1].upper() + measure[1:]
    if len(names) <= MOST_ACROSS:
        document.add_paragraph(plain(f"{measure} of the intervention on the left against the one above."))
        table = [(row, *(cell.words for cell in cells)) for row, cells in rows]
        add_table(document, ("", *names), table, size=8 if len(names) > 4 else 10)
        return
    add_table(
        document,
        ("Comparison", measure, "Compared head to head"),
        [
            (
                f"{cell.first} against {cell.second}",
                account.shown(cell),
                counted(cell.studies, "study", "studies") if cell.studies else "never",
            )
            for cell in account.fit.league()
        ],
    )
