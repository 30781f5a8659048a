"""One outcome as a packed folder that anybody can run again, in Python or in R."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping

from wherewithal.analyse.reviews.extraction.study import Better
from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.analyse.reviews.records.csv_table import harmless
from wherewithal.analyse.reviews.synthesis.export import Settings, Studies, contents
from wherewithal.errors import BadInput

THEN = (1980, 1, 1, 0, 0, 0)
"""The time in a packed file: always the same, so that the same inputs give the same bytes."""


def folder_of(whole: Together, *, title: str, more: Mapping[str, str] | None = None) -> bytes:
    """The folder as a zip: data, settings, results, charts, scripts, and ``where-from.csv`` beside them.

    ``more`` are further text files by name. Raises BadInput where several effects of one study count: the scripts
    fit one effect a study.
    """
    if whole.several:
        raise BadInput(
            "Several effects of one study count, and the scripts of the folder fit one effect a study. Choose one "
            "measurement a study, or take the extracted results as a table."
        )
    files = contents(
        Studies(
            [each.name for each in whole.effects],
            [each.value for each in whole.effects],
            [each.variance for each in whole.effects],
            left_out=[f"{left.effect.label}: {left.why}" for left in whole.left_out],
        ),
        Settings(
            method=whole.choices.method,
            test="z" if whole.choices.method == "EE" else whole.choices.test,
            measure=whole.outcome.measure,
            better="higher" if whole.outcome.better == Better.HIGHER else "lower",
            title=f"{whole.outcome.name}, {title}",
        ),
    )
    texts = {"where-from.csv": _where_from(whole), **(more or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**files, **{name: text.encode() for name, text in texts.items()}}.items():
            packed.writestr(zipfile.ZipInfo(name, THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


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
