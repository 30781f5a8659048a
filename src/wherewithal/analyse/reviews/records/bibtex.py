"""BibTeX and BibLaTeX: blocks found and parsed by bibtexparser, LaTeX turned into ordinary characters.

A file is parsed a few hundred entries at a time. Where turning LaTeX into characters and back would not give
the same text (braces that protect capitals, accents as commands), the text as it was is kept in ``extra``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TextIO

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, Field, ParsingFailedBlock

from wherewithal.analyse.reviews.records.carriers import OWN, packed, sorted_out
from wherewithal.analyse.reviews.records.reading import Lines, Reading, excerpt
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.words import doi_in, one_line, paragraphs, year_in

AT_ONCE = 500
"""Entries parsed together: enough to make the parser's own costs small, few enough to stay in memory."""

_TYPES = {
    "article": ARTICLE,
    "book": "book",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "webpage",
    "electronic": "webpage",
    "dataset": "dataset",
    "unpublished": "article",
    "misc": "document",
}
_ENTRY_TYPES = {meaning: name for name, meaning in reversed(_TYPES.items())}
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "abstract": ("abstract",),
    "journal": ("journal", "journaltitle", "booktitle"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages",),
    "doi": ("doi",),
    "pmid": ("pmid",),
    "issn": ("issn",),
    "isbn": ("isbn",),
    "url": ("url",),
    "language": ("language", "langid"),
    "database": ("database",),
}
_VERBATIM = ("doi", "url")
_START = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_CIRCUMFLEX = "\ue5e5"
_NOT_IN_A_KEY = re.compile(r"""[\s,{}()"#%~\\='@]""")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The records of a BibTeX file. Problems (entries that do not close, fields without a value) go to
    ``reading`` with the line they start on.
    """
    # The parser logs what it also reports; it is told to people once, in our words.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    strings = ""
    for first_line, text in _portions(lines):
        library = parse_string(strings + text)
        before = first_line - strings.count("\n")
        strings = "".join(f"{string.raw}\n" for string in library.strings)
        for block in library.blocks:
            entry: object = block
            if isinstance(block, DuplicateBlockKeyBlock):
                entry = block.ignore_error_block
            elif isinstance(block, ParsingFailedBlock):
                reading.problem(
                    before + (block.start_line or 0),
                    f"{excerpt(block.raw or '')}, which could not be read to its end",
                    "an entry such as '@article{key, title = {…}, …}' with every brace closed",
                    "Close the brace or quotation mark in that entry, or export the file again.",
                )
            if isinstance(entry, Entry):
                yield _record_of(entry)


def _portions(lines: Lines) -> Iterator[tuple[int, str]]:
    """The file in portions of whole entries, each with the number of its first line."""
    portion: list[str] = []
    start, entries = 1, 0
    for number, line in lines:
        if _START.match(line):
            if entries >= AT_ONCE:
                yield start, "\n".join(portion)
                portion, start, entries = [], number, 0
            entries += 1
        portion.append(line)
    if portion:
        yield start, "\n".join(portion)


def _record_of(entry: Entry) -> Record:
    raw = {field.key.lower(): str(field.value) for field in entry.fields}
    text = _decoded(raw)
    used: set[str] = set()

    def take(name: str) -> str:
        for key in _FIELDS[name]:
            if text.get(key):
                used.add(key)
                return text[key]
        return ""

    values: dict[str, Any] = {
        name: paragraphs(take(name)) if name == "abstract" else one_line(take(name)) for name in _FIELDS
    }
    values["doi"] = doi_in(values["doi"])
    values["pages"] = values["pages"].replace("--", "-").replace("–", "-")
    year_field = "year" if text.get("year") else "date"
    year = year_in(text.get(year_field, ""))
    authors = _authors(raw.get("author", ""))
    keywords = tuple(dict.fromkeys(_keywords(text.get("keywords", ""))))
    notes, carried, own = sorted_out([paragraphs(text["note"])] if text.get("note") else [])
    more = [paragraphs(text[key]) for key in text if key.startswith("annotation")]
    more_notes, more_carried, more_own = sorted_out(more)
    own = {**own, **more_own}
    kind = own.get("type") or _TYPES.get(entry.entry_type.lower(), "document")
    understood = Record(type=kind, authors=authors, year=year, keywords=keywords, notes=(*notes, *more_notes))
    record = replace(understood, **values)
    used |= {"author", "keywords", "note", year_field, *(key for key in text if key.startswith("annotation"))}
    written = dict(_fields_of(record))
    extra = [("bibtex:key", entry.key)] if entry.key != _made_key(record) else []
    if _ENTRY_TYPES.get(kind, "misc") != entry.entry_type.lower():
        extra.append(("bibtex:type", entry.entry_type))
    for key, value in raw.items():
        same = written.get(key) == value or (key not in written and written.get(_home(key, record)) == value)
        ours = key.startswith("annotation") or (key == "note" and not notes)
        if not (key in used and same) and not ours and value.strip():
            extra.append((f"bibtex:{key}", value))
    # In the order in which they are written back: the fields we know, then the others as they came.
    order = {f"bibtex:{key}": place for place, key in enumerate(["key", "type", *written])}
    extra.sort(
        key=lambda pair: order.get(pair[0], order.get(f"bibtex:{_home(pair[0][7:], record)}", len(order)))
    )
    return replace(record, extra=(*extra, *carried, *more_carried))


def _keywords(text: str) -> Iterator[str]:
    """Separated by semicolons, or by commas where there are none: "parenting, positive;" is one."""
    yield from filter(None, map(one_line, text.split(";" if ";" in text else ",")))


def _home(key: str, record: Record) -> str:
    """The field that the writer uses for what ``key`` holds."""
    for name, keys in _FIELDS.items():
        if key in keys:
            return _journal_field(record) if name == "journal" else keys[0]
    return "year" if key == "date" else key


def _decoded(raw: Mapping[str, str]) -> dict[str, str]:
    """``raw`` with LaTeX as ordinary characters; a text that the decoder cannot take keeps its letters."""
    text = dict(raw)
    special = [key for key, value in raw.items() if _SPECIAL.search(value)]
    for key in special:
        value = raw[key]
        if key in _VERBATIM:
            text[key] = re.sub(r"\\([_%&#])", r"\1", value)
            continue
        # A bare % would hide the rest of the line as a comment, and a lone $ is a sum of money.
        prepared = re.sub(r"(?<!\\)%", r"\\%", value)
        if len(re.findall(r"(?<!\\)\$", prepared)) % 2:
            prepared = re.sub(r"(?<!\\)\$", r"\\$", prepared)
        # The decoder takes this command for the accent; a private character carries it past.
        prepared = prepared.replace(_ESCAPES["^"], _CIRCUMFLEX)
        entry = Entry("misc", "x", [Field("v", prepared)])
        decoded = _DECODER.transform(Library([entry])).blocks[0]
        if isinstance(decoded, Entry):
            text[key] = str(decoded.fields[0].value).replace(_CIRCUMFLEX, "^")
        else:
            text[key] = re.sub(r"[{}\\]", "", value)
    return text


_DECODER = LatexDecodingMiddleware()


def _authors(raw: str) -> tuple[str, ...]:
    names = []
    for name in split_multiple_persons_names(one_line(raw)) if raw.strip() else []:
        if name.startswith("{") and name.endswith("}"):
            merged = name[1:-1]
        else:
            try:
                merged = parse_single_name_into_parts(name, strict=False).merge_last_name_first
            except ValueError:
                merged = name
        names.append(one_line(_decoded({"name": merged})["name"]))
    return tuple(filter(None, names))


def write(records: Iterable[Record], out: TextIO) -> int:
    """Write ``records`` as BibTeX in UTF-8 and give their number. Keys are kept, or made from author, year
    and title, and unique in the file.
    """
    count = 0
    seen: set[str] = set()
    for record in records:
        count += 1
        kept = dict(reversed([(name, text) for name, text in record.extra if name.startswith("bibtex:")]))
        fields = dict(_fields_of(record))
        for name, text in kept.items():
            key = name.removeprefix("bibtex:")
            if key in ("key", "type"):
                continue
            home = _home(key, record)
            if home != key and home in fields and key not in fields and _same_text(text, fields[home], home):
                del fields[home]
            fields[key] = text
        kind = kept.get("bibtex:type") or _ENTRY_TYPES.get(record.type, "misc")
        out.write(f"@{kind}{{{_unique(kept.get('bibtex:key') or _made_key(record), seen)}")
        for key, text in fields.items():
            out.write(f",\n  {key} = {{{text}}}")
        out.write("\n}\n\n")
    return count


def _same_text(one: str, other: str, field: str) -> bool:
    if field == "year":
        return year_in(one) == year_in(other)
    return one_line(_decoded({field: one})[field]) == one_line(_decoded({field: other})[field])


def _journal_field(record: Record) -> str:
    return "booktitle" if record.type in ("chapter", "paper-conference") else "journal"


def _fields_of(record: Record) -> Iterator[tuple[str, str]]:
    """Fields and their LaTeX text, in the order in which people expect them."""
    if record.authors:
        yield "author", " and ".join(_name(author) for author in record.authors)
    if record.year:
        yield "year", str(record.year)
    for name, keys in _FIELDS.items():
        text = getattr(record, name)
        if not text:
            continue
        key = _journal_field(record) if name == "journal" else keys[0]
        if name == "pages":
            text = text.replace("-", "--", 1)
        yield key, text if key in _VERBATIM else _encoded(text)
    if record.keywords:
        text = "; ".join(_encoded(word) for word in record.keywords)
        yield "keywords", f"{text};" if len(record.keywords) == 1 and "," in text else text
    carried = [packed(name, text) for name, text in record.extra if not name.startswith("bibtex:")]
    if record.type not in _ENTRY_TYPES:
        carried.append(packed(f"{OWN}:type", record.type))
    for number, note in enumerate([*record.notes, *carried]):
        yield "note" if number == 0 else f"annotation{number}", _encoded(note)


def _name(author: str) -> str:
    text = _encoded(author)
    return f"{{{text}}}" if "," not in author or " and " in author else text


def _encoded(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _ESCAPES[sign.group()], text)


def _made_key(record: Record) -> str:
    family = re.sub(r"\W", "", record.authors[0].split(",")[0]) if record.authors else "anon"
    word = next((word for word in re.findall(r"\w+", record.title.lower()) if len(word) > 3), "")
    return f"{family.lower()}{record.year or ''}{word}"


def _unique(key: str, seen: set[str]) -> str:
    key = _NOT_IN_A_KEY.sub("", key) or "anon"
    unique, number = key, 1
    while unique in seen:
        number += 1
        unique = f"{key}-{number}"
    seen.add(unique)
    return unique
