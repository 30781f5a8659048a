"""From the tags of one RIS record to a Record: what is understood, and what is kept as it came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wherewithal.analyse.reviews.records import ris_tags
from wherewithal.analyse.reviews.records.carriers import sorted_out
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.markup import without_markup
from wherewithal.sources.words import doi_in, issn_in, one_line, paragraphs, year_in

_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_PMID = re.compile(r"PMID:? ?(\d{1,9})")
_BARE_PMID = re.compile(r"[1-9]\d{4,7}")
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]{0,2}\d{1,9}[A-Za-z]?")
_MARKUP = re.compile(
    r"</?(?:p|b|i|em|strong|sub|sup|br|div|span|h[1-6]|ul|ol|li|sec|title|jats:[a-z-]+)(?:\s[^<>]*)?/?>"
    r"|&(?:amp|lt|gt|quot|nbsp|#\d{2,6}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)
"""HTML or JATS that an export left in an abstract; "p < 0.05" is none."""
_MEDLINE = ("medline", "pubmed")
_PMID_IN_C2 = ("scopus", "embase")


class _Tags:
    """The tags of one record, each taken at most once. What is never taken is left over, in order."""

    def __init__(self, tags: Sequence[tuple[str, str]]) -> None:
        self.tags = [(tag, paragraphs(text)) for tag, text in tags]
        self.places: dict[str, list[int]] = {}
        for place, (tag, text) in enumerate(self.tags):
            if text:
                self.places.setdefault(tag, []).append(place)
        self.taken = {place for place, (_, text) in enumerate(self.tags) if not text}

    def first(self, *tags: str) -> str:
        """The first text of the first of ``tags`` that is there. Equal texts of the others are taken too."""
        text = ""
        for tag in tags:
            for place in self.places.get(tag, ()):
                here = self.tags[place][1].replace("\n", " ")
                if not text:
                    text = here
                if here == text:
                    self.taken.add(place)
        return text

    def every(self, tag: str) -> list[str]:
        places = self.places.get(tag, [])
        self.taken.update(places)
        return [self.tags[place][1] for place in places]

    def left_over(self) -> list[tuple[str, str]]:
        return [
            (f"ris:{tag}", text) for place, (tag, text) in enumerate(self.tags) if place not in self.taken
        ]


def record_of(fields: Sequence[tuple[str, str]]) -> Record:
    """The record that ``fields`` (tag and text, in the order of the file) describe."""
    tags = _Tags(fields)
    notes, carried, own = sorted_out(tags.every("N1"))
    kind = _type(tags, own.get("type", ""))
    part = kind not in (ARTICLE, "article-magazine", "article-newspaper", "article")
    database = tags.first("DB")
    doi = _doi(tags)
    pmid = _pmid(tags, notes, database)
    issn, isbn = _serials(tags)
    return Record(
        type=kind,
        title=tags.first(*ris_tags.TITLE),
        authors=_authors(tags),
        year=_year(tags),
        abstract=_abstract(tags),
        journal=tags.first(*(ris_tags.JOURNAL_OF_PART if part else ris_tags.JOURNAL_OF_ARTICLE)),
        volume=tags.first("VL"),
        issue=tags.first("IS", "CP"),
        pages=_pages(tags),
        doi=doi,
        pmid=pmid,
        issn=issn,
        isbn=isbn,
        url=tags.first("UR"),
        keywords=tuple(dict.fromkeys(_keywords(tags))),
        language=tags.first("LA"),
        database=database,
        notes=tuple(notes),
        extra=(*tags.left_over(), *carried),
    )


def _type(tags: _Tags, own: str) -> str:
    code = tags.first("TY").upper()
    kind = own or ris_tags.TYPES.get(code, "document")
    if not own and ris_tags.TYPE_CODES.get(kind) != code:
        tags.taken -= set(tags.places.get("TY", ()))
    return kind


def _authors(tags: _Tags) -> tuple[str, ...]:
    first, other = (
        [name for text in tags.every(tag) for name in map(one_line, text.split(";")) if name]
        for tag in ris_tags.AUTHORS
    )
    return (*first, *(name for name in other if name not in first))


def _keywords(tags: _Tags) -> Iterator[str]:
    """One a tag, one a line (EndNote) or several between semicolons (Web of Science)."""
    for text in tags.every("KW"):
        yield from filter(None, map(one_line, re.split(r"[;\n]", text)))


def _year(tags: _Tags) -> int | None:
    year = None
    for tag in ris_tags.YEAR:
        for place in tags.places.get(tag, ()):
            text = tags.tags[place][1]
            here = year_in(text)
            year = year or here
            # A date says more than its year, so it is kept as well.
            if here == year and text.strip(" /") == str(here):
                tags.taken.add(place)
    return year


def _abstract(tags: _Tags) -> str:
    text = _abstract_as_written(tags)
    return without_markup(text) if _MARKUP.search(text) else text


def _abstract_as_written(tags: _Tags) -> str:
    main, other = ris_tags.ABSTRACT
    text = "\n".join(tags.every(main))
    if not text:
        return "\n".join(tags.every(other))
    if "\n".join(tags.tags[place][1] for place in tags.places.get(other, ())) == text:
        tags.every(other)
    return text


def _pages(tags: _Tags) -> str:
    start = tags.first("SP").replace("–", "-") or _article_number(tags)
    ends = tags.places.get("EP", [])
    if not start or not ends:
        return start
    end = one_line(tags.tags[ends[0]][1])
    if "-" not in start and end != start:
        tags.first("EP")
        return f"{start}-{end}"
    if start.endswith(end):
        tags.first("EP")
    return start


def _article_number(tags: _Tags) -> str:
    """What Scopus and Web of Science give instead of pages: understood, and kept where it was."""
    for place in tags.places.get("C7", ()):
        text = tags.tags[place][1]
        if _ARTICLE_NUMBER.fullmatch(text):
            return text
    return ""


def _doi(tags: _Tags) -> str:
    doi = ""
    for tag in ris_tags.DOI:
        for place in tags.places.get(tag, ()):
            found = doi_in(tags.tags[place][1])
            doi = doi or found
            if found and found == doi:
                tags.taken.add(place)
    if doi:
        return doi
    # Older exports write it under M3, or only in the address: understood, and kept where it was.
    for tag in ("M3", "UR", "L3"):
        for place in tags.places.get(tag, ()):
            text = tags.tags[place][1]
            if text.startswith("10.") or "doi.org/10." in text:
                return doi_in(text)
    return ""


def _pmid(tags: _Tags, notes: list[str], database: str) -> str:
    for note in notes:
        found = _PMID.fullmatch(note)
        if found:
            notes.remove(note)
            return found.group(1)
    # Embase and EBSCO give another database's number under the tags of their own.
    for tag in ("AN", "C2"):
        for place in tags.places.get(tag, ()):
            found = _PMID.fullmatch(tags.tags[place][1])
            if found:
                return found.group(1)
    if any(name in database.lower() for name in _PMID_IN_C2):
        for place in tags.places.get("C2", ()):
            if _BARE_PMID.fullmatch(tags.tags[place][1]):
                return tags.tags[place][1]
    if any(name in database.lower() for name in _MEDLINE):
        for place in tags.places.get("AN", ()):
            if tags.tags[place][1].isdecimal():
                return tags.tags[place][1]
    return ""


def _serials(tags: _Tags) -> tuple[str, str]:
    issn = isbn = ""
    inexact = ""
    for place in tags.places.get("SN", ()):
        text = one_line(tags.tags[place][1])
        if _ISSN.fullmatch(text) and issn in ("", text):
            issn = text
            tags.taken.add(place)
        elif _ISBN.fullmatch(text) and isbn in ("", text):
            isbn = text
            tags.taken.add(place)
        else:
            inexact = inexact or issn_in(text)
    return issn or inexact, isbn
