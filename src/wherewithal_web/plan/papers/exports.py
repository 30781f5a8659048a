"""The paper as a file: which formats there are, and the bytes of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from wherewithal.plan import papers as library
from wherewithal_web.clock import today
from wherewithal_web.plan.papers.models import Paper
from wherewithal_web.plan.papers.queries import composed


@dataclass(frozen=True)
class Format:
    """One kind of file: its ending, how it reads in a sentence, and its media type."""

    ending: str
    words: str
    media_type: str


FORMATS = {
    "docx": Format(
        "docx", "for Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "html": Format("html", "as a web page", "text/html; charset=utf-8"),
}
LATER = ("pdf", "odt")
"""Formats of the command line's contract that do not exist yet."""


def file_of(paper: Paper, ending: str) -> bytes:
    """The paper in one of ``FORMATS``. The same paper on the same day is the same bytes."""
    reading = composed(paper)
    if ending == "html":
        return library.to_html(reading).encode()
    day = datetime.combine(today(), time.min, tzinfo=UTC)
    return library.to_docx(reading, written_at=day, author=paper.case.organisation.name)


def file_name(paper: Paper, ending: str) -> str:
    return f"{paper.case.slug}-{paper.template}.{ending}"
