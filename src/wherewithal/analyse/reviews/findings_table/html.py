"""The summary of findings as a piece of a page: a table with its caption, and the footnotes as a list.

Every text is escaped. Classes are the workbench's; the page brings the styles.
"""

from __future__ import annotations

from html import escape

from wherewithal.analyse.reviews.findings_table.table import FindingsTable


def findings_html(table: FindingsTable, *, key: str = "findings") -> str:
    """The piece. ``key`` must be unlike that of any other such table on the page: footnotes are linked by it."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = []
    for row in table.rows:
        notes = "".join(
            f'<sup><a class="govuk-link" href="#{escape(key)}-note-{n}" aria-label="Note {n}">{n}</a></sup> '
            for n in row.notes
        )
        marks = f'<span aria-hidden="true">{row.marks}</span> ' if row.marks else ""
        cells = (
            escape(row.evidence),
            escape(row.effect),
            escape(row.here),
            f"{marks}{escape(row.certainty)} {notes}".strip(),
            escape(row.plain),
        )
        rows.append(
            f'<tr><th scope="row">{escape(row.outcome)}</th>'
            + "".join(f"<td>{cell}</td>" for cell in cells)
            + "</tr>"
        )
    listed = "".join(
        f'<li id="{escape(key)}-note-{n}">{escape(words)}</li>' for n, words in enumerate(table.footnotes, 1)
    )
    notes_list = f'<ol class="govuk-list govuk-list--number">{listed}</ol>' if listed else ""
    return (
        f'<div class="ww-scroll" role="region" aria-label="{escape(table.title)}" tabindex="0">'
        f'<table class="ww-table"><caption class="govuk-visually-hidden">'
        f"{escape(table.title)}</caption>"
        f"<thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>{notes_list}"
    )
