"""One row of a table as a record, and back: the same for CSV and for spreadsheets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wherewithal.analyse.reviews.records.carriers import field_name
from wherewithal.analyse.reviews.records.headings import OTHER, WRITTEN_AS, Proposal, places_of
from wherewithal.analyse.reviews.records.reading import Reading, excerpt
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.words import doi_in, one_line, paragraphs, year_in

WRITTEN = (*WRITTEN_AS.values(), OTHER)
"""The headings of a table that is written."""
_LISTS = ("authors", "keywords")
_PLAIN = (
    "title",
    "journal",
    "volume",
    "issue",
    "pages",
    "pmid",
    "issn",
    "isbn",
    "url",
    "language",
    "database",
)
_PUBMED_NAME = re.compile(r"[^\d,;]+ [A-Z]{1,4}( (?:Jr|Sr|\d\w\w))?")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_FIRST_OF_A_FORMULA = frozenset("'=+-@\t\r")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BETWEEN = re.compile(r"[;\n|]")
_ITEM_TYPES = {
    "bookSection": "chapter", "conferencePaper": "paper-conference", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "preprint": "article",
}  # fmt: skip
"""What Zotero calls types that have another name here."""
_CALLED_ARTICLE = frozenset(["", "article", "journal article", "journalarticle"])


def complain_of_columns(found: Proposal, headings: Sequence[str], where: int, reading: Reading) -> bool:
    """Note what keeps a table with ``headings`` from being read; False where nothing does."""
    named = ", ".join(excerpt(heading) for heading in headings[:20] if heading.strip())
    for field, heading in found.not_there.items():
        reading.problem(
            where, f"no column {excerpt(heading)} for {field}; columns {named}", "the name of a column of the table",
            "Write the heading as the table has it.",
        )  # fmt: skip
    if "title" not in found.columns and "title" not in found.not_there:
        guess = found.guesses.get("title", "")
        offer = f" (perhaps {excerpt(guess)})" if guess else ""
        reading.problem(
            where,
            f"columns {named}",
            "a column named 'Title'",
            f"Say which column holds the titles{offer}, or name it 'Title'.",
        )
    return not found.can_be_read


class Rows:
    """Rows of one table as records. ``headings`` are its header row, and ``columns`` the heading of each field."""

    def __init__(self, headings: Sequence[str], columns: Mapping[str, str]) -> None:
        self.own = OTHER in headings
        fields = places_of(headings, columns)
        self._plan = [
            (fields.get(place, ""), heading, field_name("csv", heading or f"column {place + 1}"))
            for place, heading in enumerate(headings)
        ]
        self._as_written = {
            field: field_name("csv", f"{heading} as written") for field, heading in columns.items()
        }

    def record_of(self, cells: Sequence[str]) -> Record:
        """The record of one row; ``cells`` may end before the headings do."""
        values: dict[str, str] = {}
        extra: list[tuple[str, str]] = []
        carried: list[tuple[str, str]] = []
        for cell, (name, heading, kept_as) in zip(cells, self._plan, strict=False):
            if not cell:
                continue
            if self.own:
                cell = restored(cell)
            # Notes are set apart by blank lines, which are no part of them.
            text = _notes(cell) if name == "notes" else paragraphs(cell)
            if not text:
                continue
            if name:
                values[name] = text
            elif heading == OTHER:
                carried = _other(text)
            else:
                extra.append((kept_as, text))
        said_year, said_doi = values.get("year", ""), values.get("doi", "")
        year, doi = year_in(said_year), doi_in(said_doi)
        if said_year and str(year or "") != said_year:
            extra.append((self._as_written["year"], said_year))
        if said_doi and not doi:
            extra.append((self._as_written["doi"], said_doi))
        plain: dict[str, Any] = {name: one_line(values[name]) for name in _PLAIN if name in values}
        if "pages" in plain:
            plain["pages"] = plain["pages"].replace("–", "-")
        authors, keywords = (tuple(_split(name, values.get(name, ""))) for name in _LISTS)
        return Record(
            type=_type(values.get("type", ""), self.own),
            year=year,
            doi=doi,
            abstract=values.get("abstract", ""),
            notes=tuple(filter(None, values.get("notes", "").split("\n\n"))),
            extra=(*extra, *carried),
            authors=authors,
            keywords=keywords,
            **plain,
        )


def _notes(cell: str) -> str:
    return "\n\n".join(filter(None, map(paragraphs, _BLANK_LINE.split(cell))))


def _type(text: str, own: bool) -> str:
    text = one_line(text)
    if own and text:
        return text
    return _ITEM_TYPES.get(text, ARTICLE if text.lower() in _CALLED_ARTICLE else text)


def _split(name: str, text: str) -> Iterator[str]:
    """Names or keywords of one cell: separated by semicolons or lines, or as PubMed does by commas."""
    parts = _BETWEEN.split(text)
    if name == "authors" and len(parts) == 1:
        named = [part.strip().rstrip(".") for part in text.split(",")]
        if len(named) > 1 and all(_PUBMED_NAME.fullmatch(part) for part in named):
            parts = named
    return filter(None, map(one_line, parts))


def _other(text: str) -> list[tuple[str, str]]:
    try:
        pairs = json.loads(text)
        return [(str(name), str(value)) for name, value in pairs]
    except (ValueError, TypeError):
        return [(field_name("csv", OTHER), text)]


def cells_of(record: Record, extra: Sequence[tuple[str, str]] | None = None) -> list[str]:
    """The row of ``record`` under the headings ``WRITTEN``, with ``extra`` for its own where that is given."""
    row = []
    for name in WRITTEN_AS:
        value = getattr(record, name)
        if name in _LISTS:
            value = "; ".join(value)
        elif name == "notes":
            value = "\n\n".join(value)
        row.append(harmless(str(value)) if value else "")
    others = record.extra if extra is None else extra
    row.append(json.dumps(others, ensure_ascii=False) if others else "")
    return row


def harmless(text: str) -> str:
    """A cell that a spreadsheet would take for a formula, as text; ``restored`` brings it back."""
    return f"'{text}" if text[:1] in _FIRST_OF_A_FORMULA and _FORMULA.match(text) else text


def restored(text: str) -> str:
    """What ``harmless`` made of a text, as it was."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
