"""One outcome as a Word file: the sentence, the forest, how sure it is and why, what is not counted, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wherewithal.analyse.reviews.certainty.word import add_certainty
from wherewithal.analyse.reviews.outcomes.account import OutcomeAccount
from wherewithal.analyse.reviews.outcomes.pictures import forest, funnel
from wherewithal.analyse.reviews.word_file import add_quiet, bytes_of, new_document, plain
from wherewithal.charts.word import add_chart
from wherewithal.charts.word import add_table as add_figures


def outcome_docx(
    account: OutcomeAccount, *, title: str, written_at: datetime, notes: Sequence[str] = ()
) -> bytes:
    """The outcome as the bytes of a .docx. ``title`` names the case; ``notes`` are sentences for its end."""
    whole = account.whole
    document = new_document(f"{whole.outcome.name}: {title}", written_at=written_at)
    document.add_heading(plain(whole.outcome.name), level=1)
    add_quiet(document, title)
    document.add_paragraph().add_run(plain(account.sentence)).bold = True
    document.add_paragraph(plain(account.figures))
    for words in (*account.words, account.expected.sentence):
        document.add_paragraph(plain(words), style="List Bullet")
    drawn = forest(whole)
    document.add_heading(plain(drawn.title), level=2)
    add_chart(document, drawn)
    add_figures(document, drawn)
    add_certainty(document, account.grade)
    slanted = funnel(whole, account.checks)
    if slanted is not None:
        document.add_heading(plain(slanted.title), level=2)
        add_chart(document, slanted)
    elif account.checks.why_not:
        document.add_paragraph(plain(account.checks.why_not))
    if whole.left_out:
        document.add_heading("Not counted", level=2)
        for left in whole.left_out:
            document.add_paragraph(plain(f"{left.effect.label}: {left.why}"), style="List Bullet")
    document.add_heading("Where the numbers are from", level=2)
    reports = {report.key: report for effect in whole.effects for report in effect.reports}
    for number, report in enumerate(reports.values(), start=1):
        add_quiet(document, f"{number}. {report.citation}{f'. {report.link}' if report.link else ''}")
    for words in (f"Put together by: {whole.method}.", f"What would matter: {account.line_source}.", *notes):
        add_quiet(document, words)
    return bytes_of(document)
