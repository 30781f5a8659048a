"""The formats, told apart by what is in a file and never by its name."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from wherewithal.analyse.reviews.records import csv_table, ris_tags
from wherewithal.analyse.reviews.records.reading import Lines, Reading, excerpt
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.sources.text_stream import TextStream

if TYPE_CHECKING:
    from wherewithal.sources.workbook import Workbook

LARGEST_BYTES = 2 * 1024**3
"""The largest file of records read: about a million records with abstracts. They are read one at a time."""
LARGEST_WORKBOOK_BYTES = 256 * 1024**2
"""A workbook is held whole while it is read: about 200,000 records with abstracts."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, those of old programs and those with a password among them."""


@dataclass(frozen=True)
class Format:
    """One format: ``key`` is what commands call it, ``endings`` what files of it are called. ``write`` takes a file
    of text, or of bytes where ``binary`` is set.
    """

    key: str
    name: str
    endings: tuple[str, ...]
    read: Callable[[Lines, Reading], Iterator[Record]]
    write: Callable[[Iterable[Record], IO[Any]], int] | None = None
    binary: bool = False


# Readers and writers are imported when they are used: some bring libraries, and each costs a command its time.


def _read_by(module: str) -> Callable[[Lines, Reading], Iterator[Record]]:
    def read(lines: Lines, reading: Reading) -> Iterator[Record]:
        found: Iterator[Record] = import_module(f"{__package__}.{module}").read(lines, reading)
        return found

    return read


def _written_by(module: str) -> Callable[[Iterable[Record], IO[Any]], int]:
    def write(records: Iterable[Record], out: IO[Any]) -> int:
        count: int = import_module(f"{__package__}.{module}").write(records, out)
        return count

    return write


def _format(key: str, name: str, endings: tuple[str, ...], module: str, *, written: bool = True) -> Format:
    return Format(key, name, endings, _read_by(module), _written_by(module) if written else None)


def _not_lines(lines: Lines, reading: Reading) -> Iterator[Record]:
    raise TypeError("A workbook has no lines: RecordFile reads it.")


RIS = _format("ris", "RIS", (".ris",), "ris")
NBIB = _format("nbib", "PubMed (NBIB)", (".nbib",), "medline")
BIBTEX = _format("bibtex", "BibTeX", (".bib", ".bibtex"), "bibtex")
CSL_JSON = _format("csl-json", "CSL JSON", (".json",), "csl_json")
CSV = _format("csv", "CSV", (".csv",), "csv_table")
XLSX = Format("xlsx", "Excel workbook", (".xlsx",), _not_lines, _written_by("xlsx_table"), binary=True)
OPENALEX = _format("openalex", "OpenAlex JSON", (".json", ".jsonl"), "openalex", written=False)
EUROPE_PMC = _format("europe-pmc", "Europe PMC JSON", (".json", ".jsonl"), "europe_pmc", written=False)

FORMATS = (RIS, NBIB, BIBTEX, CSL_JSON, CSV, XLSX, OPENALEX, EUROPE_PMC)
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


def format_of(head: str, name: str, columns: Mapping[str, str] | None = None) -> Format:
    """The format of a file from its first part; ``columns`` is what a person said of a table's columns.

    Raises BadInput saying what it seems to be.
    """
    text = head.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        for pattern, candidate in ((_OPENALEX, OPENALEX), (_EUROPE_PMC, EUROPE_PMC), (_CSL, CSL_JSON)):
            if pattern.search(text):
                return candidate
        raise _unknown(name, "JSON without the fields of OpenAlex, Europe PMC or CSL", "Export it as RIS.")
    for other, words, do in _OTHERS:
        if other.match(text):
            raise _unknown(name, words, do)
    first_line = text.split("\n", 1)[0].rstrip("\r")
    if csv_table.recognises(first_line, columns):
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
    guess = csv_table.proposed_of(first_line).guesses.get("title", "")
    raise _unknown(
        name,
        f"a first line that reads {excerpt(first_line)}",
        "Export the search again as RIS; or, if it is a table, say which column holds the titles"
        + (f" (perhaps {excerpt(guess)})" if guess else "")
        + " or name it 'Title'.",
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
        self,
        source: Path | bytes | IO[bytes],
        *,
        name: str = "",
        largest: int = LARGEST_BYTES,
        columns: Mapping[str, str] | None = None,
        sheet: str = "",
    ) -> None:
        """Open the file and tell its format. ``columns`` says for fields of a record which column of a table holds
        them (``headings.propose``), and ``sheet`` which sheet of a workbook is read, the first one if empty.

        Raises BadInput where the file is empty, neither text nor a workbook, or of no known format.
        """
        self.stream: TextStream | Workbook
        source, head = _begun(source)
        if head.startswith(_WORKBOOKS):
            from wherewithal.sources.workbook import Workbook

            self.stream = Workbook(source, name=name, largest=min(largest, LARGEST_WORKBOOK_BYTES))
            self.format = XLSX
        else:
            self.stream = TextStream(source, name=name, largest=largest)
            self.format = format_of(self.stream.head, self.stream.name, columns)
        self.sheet = sheet
        places = "row" if self.format is XLSX else "line"
        self.reading = Reading(self.stream.name, self.format.name, columns=columns or {}, places=places)

    def _records(self) -> Iterator[Record]:
        if isinstance(self.stream, TextStream):
            return self.format.read(self.stream.lines(), self.reading)
        from wherewithal.analyse.reviews.records import xlsx_table

        return xlsx_table.read(self.stream, self.sheet, self.reading)

    def __iter__(self) -> Iterator[Record]:
        reading = self.reading
        for record in self._records():
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
        if isinstance(self.stream, TextStream) and self.stream.windows_lines and self.stream.utf8_lines:
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
        return self.stream.encoding if isinstance(self.stream, TextStream) else "utf-8"


def _begun(source: Path | bytes | IO[bytes]) -> tuple[Path | bytes | IO[bytes], bytes]:
    """The source and its first bytes; one that can only be read once begins with them again."""
    if isinstance(source, bytes):
        return source, source[:8]
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                return source, file.read(8)
        except OSError:
            # Whoever reads it says what is wrong.
            return source, b""
    head = source.read(8)
    return cast(IO[bytes], _Again(head, source)), head


class _Again(io.RawIOBase):
    """A stream of which the first bytes have been read, from its start."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int = -1) -> bytes:
        head, self._head = self._head, b""
        if size < 0:
            return head + self._rest.read()
        return head + self._rest.read(size - len(head)) if size > len(head) else head
