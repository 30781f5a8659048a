"""The Retraction Watch database, open from Crossref as one CSV
(https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/).

Its dates are American, month first ("5/31/2024 0:00"); "unavailable" stands where a notice or paper has no DOI.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from wherewithal.sources import brought
from wherewithal.sources.catalogue import RETRACTION_WATCH
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, refuse_empty, refuse_web_page
from wherewithal.sources.files import read_csv, read_text
from wherewithal.sources.words import doi_in
from wherewithal.sources.work import Notice, notice_kind

SERVICE = RETRACTION_WATCH
FILE = "/retraction_watch.csv"
LARGEST = 256 * 1024 * 1024
"""Bytes: the database was 67 MB in 2026."""

COLUMNS = ("RetractionDate", "RetractionDOI", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")


@dataclass(frozen=True)
class RetractionWatch:
    """The notices of one copy of the database, by DOI in small letters. ``rows`` counts all, also those about
    papers without a DOI; ``sha256`` tells copies apart.
    """

    by_doi: Mapping[str, tuple[Notice, ...]]
    rows: int
    sha256: str


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> RetractionWatch:
    """The database as downloaded. Raises BadInput for anything that is not it."""
    data = brought.text_data(
        source, SERVICE, name or (source.name if isinstance(source, Path) else ""), LARGEST
    )
    file = read_text(data, name=name or (source.name if isinstance(source, Path) else ""), largest=LARGEST)
    _, rows = read_csv(file, required=COLUMNS, kind="the Retraction Watch database")
    found: dict[str, list[Notice]] = {}
    count = 0
    for row in rows:
        count += 1
        doi = doi_in(row.cells["OriginalPaperDOI"]).lower()
        if not doi:
            continue
        found.setdefault(doi, []).append(
            Notice(
                notice_kind(row.cells["RetractionNature"]),
                doi_in(row.cells["RetractionDOI"]).lower(),
                _day(row.cells["RetractionDate"]),
                SERVICE.name,
            )
        )
    return RetractionWatch({doi: tuple(notices) for doi, notices in found.items()}, count, file.sha256)


def download(*, client: Client) -> bytes:
    """The database of today, or what is kept of it where it has not changed. Raises SourceFailed."""

    def read(body: bytes) -> bytes:
        refuse_empty(body)
        refuse_web_page(body)
        header = body[:2000].split(b"\n", 1)[0]
        if not all(column.encode() in header for column in COLUMNS):
            raise Unreadable("other form", "a file without the columns of the Retraction Watch database")
        return body

    body, _ = client.get(SERVICE, FILE, read=read, accept="text/csv, text/plain", largest=LARGEST)
    return body


def _day(said: str) -> date | None:
    american = _AMERICAN.match(said.strip())
    try:
        if american:
            month, day, year = (int(part) for part in american.groups())
            return date(year, month, day)
        return date.fromisoformat(said.strip()[:10])
    except ValueError:
        return None
