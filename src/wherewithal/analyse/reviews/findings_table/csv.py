"""The summary of findings as a CSV: a row an outcome, footnotes below."""

from __future__ import annotations

import csv
import io

from wherewithal.analyse.reviews.findings_table.table import FindingsTable
from wherewithal.spreadsheets import harmless


def findings_csv(table: FindingsTable) -> str:
    """The table's text, with cells that a spreadsheet cannot take for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*table.columns, "Notes"])
    for row in table.rows:
        cells = (row.outcome, row.evidence, row.effect, row.here, row.certainty, row.plain)
        writer.writerow([*(harmless(cell) for cell in cells), " ".join(str(n) for n in row.notes)])
    writer.writerow([])
    for number, words in enumerate(table.footnotes, 1):
        writer.writerow([f"Note {number}", harmless(words)])
    return out.getvalue()
