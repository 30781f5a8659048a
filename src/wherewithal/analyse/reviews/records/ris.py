"""RIS, in the dialects of Ovid, EBSCO, ProQuest, Web of Science, EndNote, Zotero and others.

Read: tags in either case, with one or two spaces before the dash; values that go on over several lines; a
last record without ER; text of the exporting program before the first record. Refused, with the line: tags
that cannot be told from text, and text that belongs to no tag. Written: the plain form that all of them read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from wherewithal.analyse.reviews.records import ris_tags
from wherewithal.analyse.reviews.records.carriers import OWN, packed
from wherewithal.analyse.reviews.records.reading import Lines, Reading, excerpt
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.analyse.reviews.records.ris_record import record_of
from wherewithal.sources.words import one_line, paragraphs

_STRICT = re.compile(r"([A-Z][A-Z0-9])  -(?:\s(.*)|)$", re.DOTALL)
_LOOSE = re.compile(r"([A-Za-z][A-Za-z0-9])[ \t]{0,4}-(?:[ \t](.*)|)$", re.DOTALL)
_END = re.compile(r"ER[ \t]*-?[ \t]*$", re.IGNORECASE)
_PREAMBLE = re.compile(
    r"(?:Provider|Database|Content|Export(?:ed)?|Source|Date|Search|Set|Citation)\b.*[:=]|<?\d+[.>]?$"
)
_ODD_TAG = re.compile(r"\S{1,6}\s{2,}-(?:\s|$)|.{1,8}?\s{2,}-\s*$")
_NO_DASH = re.compile(r"([A-Z][A-Z0-9])(?:\s*[=–—]\s|\s{2,}\S|\s*$)")
_NO_DASH_ONE_SPACE = re.compile(r"([A-Z][A-Z0-9])\s\S")
_DO_TAG = "Write the tag as two capital letters, two spaces, a dash and a space, or export the file again."


@dataclass
class _Open:
    """The record being read: its tags and texts in order, and the line it started on."""

    line: int
    tags: list[tuple[str, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    tag: str = ""

    def add(self, tag: str, text: str) -> None:
        self.close()
        self.tag, self.parts = tag, [text]

    def close(self) -> None:
        if self.tag:
            self.tags.append((self.tag, "".join(self.parts)))
            self.tag = ""


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The records of a RIS file, one at a time. Problems, as the module lists them, go to ``reading``."""
    current: _Open | None = None
    loose = False
    complained = False
    for number, line in lines:
        tag, text = _tag_of(line, loose)
        if tag == "TY":
            if current is not None:
                reading.notice(
                    f"The record that starts on line {current.line} had no ER line: ended at line {number}."
                )
                current.close()
                yield record_of(current.tags)
            elif reading.records == 0:
                loose = _STRICT.match(line) is None
            current = _Open(number)
            current.add("TY", text)
            complained = False
        elif tag == "ER":
            if current is not None:
                current.close()
                yield record_of(current.tags)
            current, complained = None, False
        elif current is not None and tag:
            current.add(tag, text)
        elif not line.strip():
            continue
        elif current is not None:
            _go_on(current, number, line, reading)
        elif not complained and not _PREAMBLE.match(line.strip()):
            # One complaint a record: every line of it would be the same.
            complained = True
            reading.problem(
                number,
                f"{excerpt(line)} outside any record",
                "a record that starts with a line 'TY  - JOUR' or another type",
                "Add the TY line that is missing, or export the file again.",
            )
    if current is not None:
        reading.notice(
            f"The last record, from line {current.line}, had no ER line. It was read to the end of the file."
        )
        current.close()
        yield record_of(current.tags)


def _tag_of(line: str, loose: bool) -> tuple[str, str]:
    """The tag and text of a line, or empty strings where it is not a tag line."""
    found = _STRICT.match(line)
    if found:
        return found.group(1), found.group(2) or ""
    if _END.match(line):
        return "ER", ""
    found = _LOOSE.match(line)
    if found:
        tag = found.group(1).upper()
        if loose or tag in ris_tags.KNOWN:
            return tag, found.group(2) or ""
    return "", ""


def _go_on(current: _Open, number: int, line: str, reading: Reading) -> None:
    """A line without a tag inside a record: more of the value before it, or a broken tag."""
    text = line.strip()
    if _looks_broken(line):
        reading.problem(
            number, f"{excerpt(line)}, which is not quite a tag", "a tag such as 'TI  - '", _DO_TAG
        )
    elif (more := ris_tags.SEVERAL.get(current.tag)) and more.fullmatch(text):
        current.add(current.tag, text)
    elif current.tag in ("TY", "") or (not line[0].isspace() and current.tag not in ris_tags.LONG):
        reading.problem(
            number,
            f"{excerpt(line)} without a tag, after {current.tag}",
            f"a tag such as 'TI  - ', as the text of {current.tag} is one line",
            _DO_TAG,
        )
    elif line[0].isspace() or current.tag in ris_tags.WRAPPED_ONLY:
        current.parts.append(f" {text}")
    else:
        current.parts.append(f"\n{text}")


def _looks_broken(line: str) -> bool:
    if _ODD_TAG.match(line):
        return True
    found = _NO_DASH.match(line)
    if found and found.group(1) in ris_tags.KNOWN:
        return True
    found = _NO_DASH_ONE_SPACE.match(line)
    return bool(found and found.group(1) in ris_tags.UNMISTAKABLE)


def write(records: Iterable[Record], out: TextIO) -> int:
    """Write ``records`` as RIS and give their number. Fields that RIS lacks are carried in N1."""
    count = 0
    for record in records:
        count += 1
        out.write("\n".join(_lines_of(record)))
        out.write("\nER  - \n\n")
    return count


def _lines_of(record: Record) -> Iterator[str]:
    kept_type = next((text for name, text in record.extra if name == "ris:TY"), "")
    yield f"TY  - {kept_type or ris_tags.TYPE_CODES.get(record.type, 'GEN')}"
    for author in record.authors:
        yield from _tagged("AU", author)
    article = record.type in ("article-journal", "article-magazine", "article-newspaper", "article")
    first, _, last = record.pages.partition("-")
    if not first or not last or first == last:
        first, last = record.pages, ""
    for tag, text in (
        ("TI", record.title),
        ("JF" if article else "T2", record.journal),
        ("PY", str(record.year or "")),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", first),
        ("EP", last),
        ("DO", record.doi),
        ("SN", record.issn),
        ("SN", record.isbn),
        ("UR", record.url),
        ("LA", record.language),
        ("DB", record.database),
    ):
        yield from _tagged(tag, text)
    yield from _abstract(record.abstract)
    for keyword in record.keywords:
        yield from _tagged("KW", keyword)
    if record.pmid:
        yield f"N1  - PMID: {one_line(record.pmid)}"
    if record.type not in ris_tags.TYPE_CODES:
        yield from _tagged("N1", packed(f"{OWN}:type", record.type))
    for note in record.notes:
        yield from _tagged("N1", note)
    for name, text in record.extra:
        namespace, _, tag = name.partition(":")
        if namespace != "ris":
            yield from _tagged("N1", packed(name, text))
        elif tag != "TY":
            yield from _tagged(tag, text)


def _tagged(tag: str, text: str) -> Iterator[str]:
    if tag not in ris_tags.LONG or tag in ris_tags.WRAPPED_ONLY or tag == "KW":
        text = one_line(text)
    else:
        text = "".join(_joined(paragraphs(text).split("\n")))
    if text:
        yield f"{tag}  - {text}"


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines of one value; one that could be taken for a tag joins the line before it instead."""
    for position, line in enumerate(lines):
        if position:
            yield " " if _could_be_a_tag(line) else "\n"
        yield line


def _abstract(text: str) -> Iterator[str]:
    """The abstract, in a new AB where a line could be taken for a tag: all AB are read as one text."""
    started: list[str] = []
    for line in paragraphs(text).split("\n"):
        if started and _could_be_a_tag(line):
            yield f"AB  - {chr(10).join(started)}"
            started = []
        started.append(line)
    if started != [""]:
        yield f"AB  - {chr(10).join(started)}"


def _could_be_a_tag(line: str) -> bool:
    return bool(_LOOSE.match(line) or _END.match(line) or _looks_broken(line))
