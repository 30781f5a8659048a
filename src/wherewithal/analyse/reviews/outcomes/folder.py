"""One outcome as a packed folder that anybody can run again, in Python or in R."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from wherewithal.analyse.reviews.outcomes.exported import Trait, settings_of, studies_of
from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.analyse.reviews.packed import packed
from wherewithal.analyse.reviews.records.csv_table import harmless
from wherewithal.analyse.reviews.synthesis.export import contents


def folder_of(
    whole: Together, *, title: str, traits: Sequence[Trait] = (), more: Mapping[str, str] | None = None
) -> bytes:
    """The folder as a zip: data, settings, results, charts, scripts, and ``where-from.csv`` beside them.

    Several effects of a study are fitted by three levels with the correlation that was chosen. ``traits`` are what
    studies are grouped by or effects go with; ``more`` are further text files by name.
    """
    title = f"{whole.outcome.name}, {title}"
    files = contents(studies_of(whole, traits), settings_of(whole, title=title))
    texts = {"where-from.csv": _where_from(whole), **(more or {})}
    return packed({**files, **{name: text.encode() for name, text in texts.items()}})


def _where_from(whole: Together) -> str:
    """Each effect with its reports and what had to be assumed; text that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["study", "measured by", "when", "people", "reports", "assumptions", "fingerprint"])
    for each in whole.effects:
        reports = "; ".join(f"{report.citation} ({report.key})" for report in each.reports)
        cells = (each.name, each.instrument, each.time, each.people, reports, " ".join(each.assumptions))
        writer.writerow(
            [*(harmless(cell) if isinstance(cell, str) else cell for cell in cells), each.fingerprint]
        )
    return out.getvalue()
