"""The formats, told apart by what is in a file and never by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TextIO

from wherewithal.analyse.reviews.records import csl_json, csv_table, medline, ris, ris_tags
from wherewithal.analyse.reviews.records.reading import Lines, Reading, excerpt
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.sources.text_stream import TextStream

LARGEST_BYTES = 2 * 1024**3
"""The largest file of records read: about a million records with abstracts. They are read one at a time."""


@dataclass(frozen=True)
class Format:
    """One format: ``key`` is what commands call it, ``endings`` what files of it are called."""

    key: str
    name: str
    endings: tuple[str, ...]
    read: Callable[[Lines, Reading], Iterator[Record]]
    write: Callable[[Iterable[Record], TextIO], int] | None = None


def _read_by(module: str) -> Callable[[Lines, Reading], Iterator[Record]]:
    """The reader of a module that is imported when it is used: it brings libraries that the others do without."""

    def read(lines: Lines, reading: Reading) -> Iterator[Record]:
        found: Iterator[Record] = import_module(f"{__package__}.{module}").read(lines, reading)
        return found

    return read


def _write_bibtex(records: Iterable[Record], out: TextIO) -> int:
    from wherewithal.analyse.reviews.records import bibtex

    return bibtex.write(records, out)


RIS = Format("ris", "RIS", (".ris",), ris.read, ris.write)
NBIB = Format("nbib", "PubMed (NBIB)", (".nbib",), medline.read, medline.write)
BIBTEX = Format("bibtex", "BibTeX", (".bib", ".bibtex"), _read_by("bibtex"), _write_bibtex)
CSL_JSON = Format("csl-json", "CSL JSON", (".json",), csl_json.read, csl_json.write)
CSV = Format("csv", "CSV", (".csv",), csv_table.read, csv_table.write)
OPENALEX = Format("openalex", "OpenAlex JSON", (".json", ".jsonl"), _read_by("openalex"))
EUROPE_PMC = Format("europe-pmc", "Europe PMC JSON", (".json", ".jsonl"), _read_by("europe_pmc"))

FORMATS = (RIS, NBIB, BIBTEX, CSL_JSON, CSV, OPENALEX, EUROPE_PMC)
WRITABLE = tuple(candidate for candidate in FORMATS if candidate.write)

_RIS = re.compile(r"^[ \t]?TY[ \t]{0,4}-(?:\s|$)", re.MULTILINE | re.IGNORECASE)
_RIS_LIKE = re.compile(r"^([A-Z][A-Z0-9]) {1,2}-(?:\s|$)", re.MULTILINE)
_NBIB = re.compile(r"^(?:PMID|STAT|OWN |FAU |LID |JT  |PT  |GN  ) ?- ", re.MULTILINE)
_BIBTEX = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_OPENALEX = re.compile(r'"https://openalex\.org/W|"abstract_inverted_index"|"authorships"\s*:')
_EUROPE_PMC = re.compile(r'"resultList"\s*:|"authorString"\s*:|"journalInfo"\s*:|"pubYear"\s*:')
_CSL = re.compile(r'"type"\s*:|"container-title"\s*:|"issued"\s*:')
_OTHERS = (
    (re.compile(r"\s*(?:<!doctype html|<html)", re.IGNORECASE), "a web page",
     "Use the database's own Export or Save button: a page saved from the browser holds no records."),
    (re.compile(r"\s*<\?xml|\s*<[A-Za-z]"), "XML", "Export it again, choosing RIS instead of XML."),
    (re.compile(r"%0 \S"), "EndNote's tagged format (%0, %T)",
     "In EndNote choose 'RefMan (RIS) Export' as output style."),
    (re.compile(r"FN (?:Clarivate|Thomson|ISI)|PT [A-Z]\nAU "), "Web of Science plain text",
     "Export it again from Web of Science, choosing RIS."),
)  # fmt: skip


def by_key(key: str) -> Format:
    """The format with that key. Raises NothingThere naming the formats there are."""
    for candidate in FORMATS:
        if candidate.key == key:
            return candidate
    raise NothingThere(f"There is no format '{key}'.", [candidate.key for candidate in FORMATS])


def format_of(head: str, name: str) -> Format:
    """The format of a file from its first part. Raises BadInput saying what it seems to be."""
    text = head.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        for pattern, candidate in ((_OPENALEX, OPENALEX), (_EUROPE_PMC, EUROPE_PMC), (_CSL, CSL_JSON)):
            if pattern.search(text):
                return candidate
        raise _unknown(name, "JSON without the fields of OpenAlex, Europe PMC or CSL", "Export it as RIS.")
    for other, words, do in _OTHERS:
        if other.match(text):
            raise _unknown(name, words, do)
    if csv_table.recognises(text.split("\n", 1)[0].rstrip("\r")):
        return CSV
    if _RIS.search(text):
        return RIS
    if _NBIB.search(text):
        return NBIB
    if _BIBTEX.search(text):
        return BIBTEX
    tags = [tag for tag in _RIS_LIKE.findall(text) if tag in ris_tags.KNOWN]
    if len(tags) > 1:
        return RIS
    first = excerpt(text.split("\n", 1)[0])
    raise _unknown(
        name,
        f"a first line that reads {first}",
        "Export the search again as RIS, or give a CSV a column 'Title'.",
    )


def _unknown(name: str, found: str, do: str) -> BadInput:
    accepted = ", ".join(candidate.name for candidate in FORMATS)
    return BadInput(
        f"{name} is not in a format that is read here.", [Problem("line 1", found, f"one of {accepted}", do)]
    )


class RecordFile:
    """One file of records, opened: its format is known, and iterating reads it once, a record at a time.

    After the last record, ``reading`` has the count and the notices, and ``sha256``, ``size`` and
    ``encoding`` are known. Raises BadInput at the end of the iteration where the file has problems, with all
    of them: do nothing lasting with its records before it has ended. From the first problem on no record is
    given.
    """

    def __init__(
        self, source: Path | bytes | IO[bytes], *, name: str = "", largest: int = LARGEST_BYTES
    ) -> None:
        """Open the file and tell its format. Raises BadInput where it is empty, not text or of no known
        format.
        """
        self.stream = TextStream(source, name=name, largest=largest)
        self.format = format_of(self.stream.head, self.stream.name)
        self.reading = Reading(self.stream.name, self.format.name)

    def __iter__(self) -> Iterator[Record]:
        reading = self.reading
        for record in self.format.read(self.stream.lines(), reading):
            if reading.problem_count:
                continue
            reading.records += 1
            yield record
        if reading.problem_count:
            raise reading.refusal()
        if not reading.records:
            raise BadInput(
                f"{self.stream.name} holds no records.",
                [
                    Problem(
                        self.stream.name,
                        f"{self.format.name} without records",
                        "at least one",
                        "Export the search again.",
                    )
                ],
            )
        if self.stream.windows_lines and self.stream.utf8_lines:
            reading.notice(
                f"{self.stream.windows_lines} of its lines were in Windows-1252 and the rest in UTF-8: "
                "each was read as what it is."
            )

    @property
    def sha256(self) -> str:
        return self.stream.sha256

    @property
    def size(self) -> int:
        return self.stream.size

    @property
    def encoding(self) -> str:
        return self.stream.encoding
