from __future__ import annotations

import io
from datetime import UTC, datetime

import docx

from tests.unit.analyse.reviews.test_prisma import FLOW
from wherewithal.analyse.reviews.prisma import Flow, flow_of, steps_of
from wherewithal.analyse.reviews.prisma_word import flow_docx


def test_the_word_file_says_every_number() -> None:
    data = flow_docx(
        FLOW,
        title="A made review",
        written_at=datetime(2026, 11, 25, tzinfo=UTC),
        notes=["Reading was stopped by the planned rule."],
    )
    document = docx.Document(io.BytesIO(data))
    said = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    for step in steps_of(FLOW):
        for count in (*step.box, *step.out):
            assert f"{count.words}: {count.number:,}" in said
    assert "Reading was stopped by the planned rule." in [each.text for each in document.paragraphs]
    assert document.core_properties.title == "Flow of records through the review: A made review"


def test_a_review_in_doubt_and_stopped_says_so() -> None:
    flow = Flow({"PubMed": 30}, unread=10, unsettled=4, excluded=12, waiting=4, stopped=True)
    assert (flow.screened, flow.sought) == (20, 4)
    said = flow_of(flow).read_out
    assert "Read, and in doubt: 4" in said
    assert "not read: reading was stopped: 10" in said
