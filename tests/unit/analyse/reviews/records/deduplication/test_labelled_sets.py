"""Deduplication against what people labelled, on the sets that lie beside the project.

The targets are the better F1 of BibDedupe 0.11 and ASySD 0.4.6 on each set and the unique records that BibDedupe
loses, as measured in ``benchmarks/deduplication``. No pair is left out, also where the label is wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from wherewithal.analyse.reviews.records import RecordFile
from wherewithal.analyse.reviews.records.deduplication import deduplicate
from wherewithal.analyse.reviews.records.deduplication.figures import figures_of


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "f1", "lost"),
    [
        ("respiratory", 0.961, 0),
        ("baseline", 0.992, 4),
        ("haematology", 0.900, 1),
        ("digital_work", 0.999, 0),
    ],
)
def test_as_good_as_the_peers(shared: Path, name: str, f1: float, lost: int) -> None:
    records = list(RecordFile(shared / "dedupe" / f"{name}.csv"))
    labels = [dict(record.extra)["csv:gold_cluster"] for record in records]
    figures = figures_of(deduplicate(records).of_record, labels)
    assert round(figures.f1, 2) >= round(f1, 2)
    assert figures.lost <= lost
