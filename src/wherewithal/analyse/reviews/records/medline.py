"""NBIB, the MEDLINE format that PubMed exports: four-letter tags, indented continuation lines, a blank line
between records.

Tags as described by the National Library of Medicine
(https://www.nlm.nih.gov/bsd/mms/medlineelements.html). A tag that belongs to one author (affiliation,
identifier) is kept with that author's number, so that it is written back beside the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from wherewithal.analyse.reviews.records.carriers import OWN, packed, sorted_out
from wherewithal.analyse.reviews.records.reading import Lines, Reading, excerpt
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.words import doi_in, issn_in, one_line, year_in

_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|)$", re.DOTALL)
_OF_AN_AUTHOR = ("AD", "AUID")
_TYPES = {"Journal Article": ARTICLE, "Preprint": "article", "Book": "book", "Technical Report": "report"}
_TYPE_NAMES = {meaning: name for name, meaning in _TYPES.items()}
_CARRIED = ("url", "database", "isbn")
_PLAIN = {"VI": "volume", "IP": "issue", "PG": "pages", "LA": "language"}


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The records of an NBIB file, one at a time. Problems (text with neither tag nor indentation) go to
    ``reading``.
    """
    tags: list[tuple[str, str]] = []
    for number, line in lines:
        found = _TAG.match(line)
        if found:
            tag = found.group(1)
            if tag == "PMID" and any(name == "PMID" for name, _ in tags):
                yield _record_of(tags)
                tags = []
            tags.append((tag, found.group(2) or ""))
        elif not line.strip():
            if tags:
                yield _record_of(tags)
                tags = []
        elif line[0] in " \t" and tags:
            tags[-1] = (tags[-1][0], f"{tags[-1][1]} {line.strip()}")
        else:
            reading.problem(
                number,
                f"{excerpt(line)} without a tag",
                "a tag such as 'TI  - ', or six spaces before text that goes on from the line above",
                "Export the file again from PubMed: Save, then Format 'PubMed'.",
            )
    if tags:
        yield _record_of(tags)


def _record_of(tags: Sequence[tuple[str, str]]) -> Record:
    tags = [(tag, one_line(text)) for tag, text in tags]
    values: dict[str, list[str]] = {}
    for tag, text in tags:
        if text:
            values.setdefault(tag, []).append(text)

    def first(tag: str) -> str:
        return values.get(tag, [""])[0]

    notes, carried, own = sorted_out(values.get("GN", []))
    authors, kept = _authors_and_the_rest(tags)
    doi = next(
        (doi_in(text) for tag in ("LID", "AID") for text in values.get(tag, []) if "[doi]" in text), ""
    )
    serial = first("IS")
    issn = issn_in(serial)
    kind = own.get("type", "")
    known_types = [name for name in values.get("PT", []) if name in _TYPES]
    kind = kind or (_TYPES[known_types[0]] if known_types else ARTICLE)
    year = year_in(first("DP"))
    understood = {
        ("PMID", first("PMID")),
        ("TI", first("TI")),
        ("AB", first("AB")),
        ("JT", first("JT")),
        ("DP", str(year)),
        ("LID", f"{doi} [doi]"),
        ("AID", f"{doi} [doi]"),
        ("IS", issn),
        ("PT", _TYPE_NAMES.get(kind, "")),
        *((tag, first(tag)) for tag in _PLAIN),
    }
    headings = [_heading(text) for text in values.get("MH", [])]
    return Record(
        type=kind,
        title=first("TI"),
        authors=tuple(authors),
        year=year,
        abstract=first("AB"),
        journal=first("JT") or first("TA"),
        volume=first("VI"),
        issue=first("IP"),
        pages=first("PG").replace("–", "-"),
        doi=doi,
        pmid=first("PMID"),
        issn=issn,
        isbn=own.get("isbn", ""),
        url=own.get("url", ""),
        keywords=tuple(dict.fromkeys([*headings, *values.get("OT", [])])),
        language=first("LA"),
        database=own.get("database", ""),
        notes=tuple(notes),
        extra=(
            *((name, text) for name, text in kept if (name.removeprefix("nbib:"), text) not in understood),
            *carried,
        ),
    )


def _authors_and_the_rest(tags: Sequence[tuple[str, str]]) -> tuple[list[str], list[tuple[str, str]]]:
    """Authors in full where given so, and every other tag by name (with the author's number, if any)."""
    authors: list[str] = []
    kept: list[tuple[str, str]] = []
    full = any(tag == "FAU" for tag, _ in tags)
    for tag, text in tags:
        if not text or tag in ("OT", "GN"):
            continue
        if tag in ("FAU", "CN") or (tag == "AU" and not full):
            authors.append(text)
        elif tag == "AU" and authors and text == _short(authors[-1]):
            continue
        elif tag in _OF_AN_AUTHOR and authors:
            kept.append((f"nbib:{tag}@{len(authors)}", text))
        else:
            kept.append((f"nbib:{tag}", text))
    # Sorted, stably: what belongs to an author is written back beside the author, so comes first.
    return authors, sorted(kept, key=lambda pair: "@" not in pair[0])


def _short(full: str) -> str:
    """PubMed's short form of a full name: "Gardner, Frances E" as "Gardner FE"."""
    family, _, given = full.partition(", ")
    return f"{family} {''.join(word[0] for word in re.split(r'[ -]', given) if word)}".strip()


def _heading(text: str) -> str:
    """A MeSH heading without the stars of major topics."""
    return text.replace("*", "")


def write(records: Iterable[Record], out: TextIO) -> int:
    """Write ``records`` as NBIB and give their number. Line breaks inside a text become spaces: the format
    has none. Fields that it lacks are carried in general notes (GN).
    """
    count = 0
    for record in records:
        count += 1
        for tag, text in _tags_of(record):
            if text := one_line(text):
                out.write(f"{tag:<4}- {text}\n")
        out.write("\n")
    return count


def _tags_of(record: Record) -> Iterator[tuple[str, str]]:
    own = [(name.removeprefix("nbib:"), text) for name, text in record.extra if name.startswith("nbib:")]
    yield "PMID", record.pmid
    yield "TI", record.title
    yield "AB", record.abstract
    for place, author in enumerate(record.authors, start=1):
        if "," in author:
            yield "FAU", author
            yield "AU", _short(author)
        else:
            yield ("CN" if any("," in name for name in record.authors) else "AU"), author
        yield from ((tag.partition("@")[0], text) for tag, text in own if tag.endswith(f"@{place}"))
    if record.year and not any(tag == "DP" and year_in(text) == record.year for tag, text in own):
        yield "DP", str(record.year)
    if not any(tag == "TA" and text == record.journal for tag, text in own):
        yield "JT", record.journal
    yield from ((tag, getattr(record, field)) for tag, field in _PLAIN.items())
    if record.doi:
        yield "LID", f"{record.doi} [doi]"
    if record.issn and not any(tag == "IS" and issn_in(text) == record.issn for tag, text in own):
        yield "IS", record.issn
    if record.type in _TYPE_NAMES:
        yield "PT", _TYPE_NAMES[record.type]
    else:
        yield "GN", packed(f"{OWN}:type", record.type)
    headings = {_heading(text) for tag, text in own if tag == "MH"}
    yield from (("OT", word) for word in record.keywords if word not in headings)
    for name in _CARRIED:
        if text := getattr(record, name):
            yield "GN", packed(f"{OWN}:{name}", text)
    yield from (("GN", note) for note in record.notes)
    yield from ((tag, text) for tag, text in own if "@" not in tag)
    for name, text in record.extra:
        if not name.startswith("nbib:"):
            yield "GN", packed(name, text)
