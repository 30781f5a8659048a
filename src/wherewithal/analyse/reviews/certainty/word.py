"""How sure an answer is, in a Word file: what was decided about each factor beside what the data suggest."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document

from wherewithal.analyse.reviews.certainty.factors import STEPS
from wherewithal.analyse.reviews.certainty.grading import Grade
from wherewithal.analyse.reviews.word_file import add_table, plain


def add_certainty(document: Document, grade: Grade, *, widths: Sequence[float] = ()) -> None:
    """A heading, the certainty in words, and a row a factor; ``widths`` of the three columns are in centimetres."""
    document.add_heading("How sure it is", level=2)
    document.add_paragraph(plain(grade.words + "."))
    add_table(
        document,
        ("Factor", "The data suggest", "Decided"),
        [
            (
                line.factor.name,
                " ".join(line.suggestion.because) if line.suggestion else "",
                f"{STEPS[line.decision.steps]}. {line.decision.reason} ({line.decision.by})"
                if line.decision
                else "not yet",
            )
            for line in grade.lines
            if line.factor.lowers or line.decision
        ],
        widths=widths,
    )
