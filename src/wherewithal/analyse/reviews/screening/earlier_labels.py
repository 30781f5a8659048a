"""Decisions made elsewhere as a start: a labelled export of another screening program, matched to a pile's records.

    earlier = read_earlier_labels(Path("rayyan.ris"))
    found = match_labels(earlier.rows, ((row.pk, row.record) for row in pile))
    found.matched    each with the pile's record, the decision, and what they were recognised by
    found.unknown    rows of the file that no record of the pile is

Read: any format of records. The decision is in a column (``COLUMNS``, ASReview's ``asreview_label`` among them),
in a note as ASReview or Rayyan write it, or the same for the whole file, as where EPPI-Reviewer or Covidence
exported the included. It is a suggestion to learn from: who uses it decides what it counts as.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Generic, TypeVar

from wherewithal.analyse.reviews.records import Record, RecordFile
from wherewithal.analyse.reviews.records.deduplication.folding import words
from wherewithal.analyse.reviews.screening.labelled import LABEL_COLUMNS, WORDS
from wherewithal.errors import BadInput, Problem
from wherewithal.sources.words import doi_in

COLUMNS = ("asreview_label", *LABEL_COLUMNS, "decision", "verdict", "i/e/d/s")
"""Headings by which a column of decisions is known, in any capitals, the first that is there being taken."""

UNDECIDED = frozenset(
    [
        "", "-1", "na", "n/a", "nan", "none", "null", "maybe", "unsure", "undecided", "unscreened", "not seen",
        "not_seen", "conflict", "d", "s", "duplicate",
    ]
)  # fmt: skip
"""How a file says that there is no decision: such a row teaches nothing and is no mistake."""

_SAID: Mapping[str, bool] = {**WORDS, "i": True, "e": False, "accept": True, "reject": False, "accepted": True,
                             "rejected": False}  # fmt: skip
_ASREVIEW = {"asreview_relevant": True, "asreview_irrelevant": False}
_RAYYAN = re.compile(r"RAYYAN-INCLUSION:\s*\{(.*?)\}", re.IGNORECASE | re.DOTALL)
_RAYYAN_PERSON = re.compile(r"=>\s*\"?(Included|Excluded|Maybe)", re.IGNORECASE)
_OPENALEX = re.compile(r"\bW\d{5,}\b")
_LEAST_WORDS = 3
"""A title of fewer words ("Editorial") says too little to recognise a record by."""

_MOST_PROBLEMS = 10

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class EarlierRow:
    """One record of the file, the ``number``-th: ``included`` is None where nothing was decided about it."""

    number: int
    record: Record
    included: bool | None


@dataclass(frozen=True)
class EarlierLabels:
    """A file of earlier decisions; ``said_in`` tells where they stood, for the person who brought it."""

    name: str
    rows: tuple[EarlierRow, ...]
    said_in: str

    @property
    def included(self) -> int:
        return sum(row.included is True for row in self.rows)

    @property
    def excluded(self) -> int:
        return sum(row.included is False for row in self.rows)


@dataclass(frozen=True)
class Match(Generic[K]):
    """A record of the pile with the decision of a row. ``by`` is "DOI", "PMID", "OpenAlex" or "title and year"."""

    record: K
    row: EarlierRow
    included: bool
    by: str


@dataclass(frozen=True)
class MatchedLabels(Generic[K]):
    """What a file of earlier decisions means for a pile. Every row of the file is in exactly one place.

    ``matched``      one for each record of the pile that was recognised, in the order of the file
    ``repeated``     rows that say again what an earlier row said of the same record
    ``unknown``      rows with a decision that no record of the pile is
    ``doubtful``     rows that could be several records by their title and year, and are none by a number
    ``disagreeing``  rows that say different things of the same record: none of them counts
    ``undecided``    rows without a decision
    """

    matched: tuple[Match[K], ...]
    repeated: tuple[EarlierRow, ...]
    unknown: tuple[EarlierRow, ...]
    doubtful: tuple[EarlierRow, ...]
    disagreeing: tuple[EarlierRow, ...]
    undecided: tuple[EarlierRow, ...]


def read_earlier_labels(
    source: Path | bytes | IO[bytes], *, name: str = "", label: str = "", whole_file: bool | None = None
) -> EarlierLabels:
    """Read a file of records with decisions, in any format that ``records`` reads.

    ``label`` names the column of decisions; without it ``COLUMNS`` are looked for, then notes of ASReview and
    Rayyan. ``whole_file`` says instead that every record of the file was included (True) or excluded (False).
    Where several people decided in Rayyan, one inclusion counts as included, as when the model learns.

    Raises BadInput where the file cannot be read, holds no decision that can be found, or holds values that are
    no decision (the first ten are named).
    """
    file = RecordFile(source, name=name)
    records = list(file)
    name = file.stream.name
    if whole_file is not None:
        rows = tuple(EarlierRow(number, record, whole_file) for number, record in enumerate(records, 1))
        return EarlierLabels(name, rows, "the whole file")
    columns = {heading for record in records for heading in _headings(record)}
    wanted = [label.strip().casefold()] if label else list(COLUMNS)
    column = next((heading for heading in wanted if heading in columns), "")
    if column:
        found = EarlierLabels(name, tuple(_by_column(records, column, name)), f"the column '{column}'")
    elif not label and any(_of_notes(record) is not None for record in records):
        noted = (EarlierRow(number, record, _of_notes(record)) for number, record in enumerate(records, 1))
        found = EarlierLabels(name, tuple(noted), "the notes")
    else:
        raise _no_column(name, columns, wanted)
    if not any(row.included is not None for row in found.rows):
        raise BadInput(
            f"{name} holds no decision: nothing can be learnt from it.",
            [
                Problem(
                    found.said_in,
                    f"{len(records):,} records, none of them decided",
                    "some included or excluded",
                    "Choose the column of decisions, or export the file after screening.",
                )
            ],
        )
    return found


def _headings(record: Record) -> Iterator[str]:
    return (name.partition(":")[2].casefold() for name, _text in record.extra if name.startswith("csv:"))


def _by_column(records: Sequence[Record], column: str, name: str) -> Iterator[EarlierRow]:
    problems = []
    for number, record in enumerate(records, 1):
        said = next((text for key, text in record.extra if key.casefold() == f"csv:{column}"), "")
        word = said.strip().casefold()
        if word not in UNDECIDED and word not in _SAID:
            problems.append(
                Problem(
                    f"record {number}, column '{column}'",
                    f"'{said[:40]}'",
                    "1 or 0, yes or no, include or exclude, or nothing",
                    "Put it right, or name another column.",
                )
            )
        yield EarlierRow(number, record, _SAID.get(word))
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        tail = f" The first {_MOST_PROBLEMS} of them are listed." if more > 0 else ""
        raise BadInput(
            f"{name} holds {len(problems):,} records whose decision cannot be read.{tail}",
            problems[:_MOST_PROBLEMS],
        )


def _of_notes(record: Record) -> bool | None:
    """What the notes say, as ASReview ("ASReview_relevant") and Rayyan ("RAYYAN-INCLUSION: …") write it."""
    for note in record.notes:
        plain = re.sub(r"</?p>", "", note).strip().casefold()
        if plain in _ASREVIEW:
            return _ASREVIEW[plain]
        told = _RAYYAN.search(note)
        if told:
            verdicts = {found.casefold() for found in _RAYYAN_PERSON.findall(told[1])}
            if "included" in verdicts:
                return True
            return None if "maybe" in verdicts or not verdicts else False
    return None


def _no_column(name: str, columns: set[str], wanted: Sequence[str]) -> BadInput:
    there = ", ".join(f"'{column}'" for column in sorted(columns)[:20])
    return BadInput(
        f"{name} does not say which records were included.",
        [
            Problem(
                "its columns and notes",
                f"besides the usual ones the columns {there}" if there else "no decision",
                f"a column named {' or '.join(repr(column) for column in wanted)}, or notes of ASReview or Rayyan",
                "Name the column of decisions, or say that the whole file was included or excluded.",
            )
        ],
    )


def match_labels(rows: Iterable[EarlierRow], records: Iterable[tuple[K, Record]]) -> MatchedLabels[K]:
    """Find the records of a pile that ``rows`` are. ``records`` are the pile's, each with what it is known by.

    A row is a record with the same DOI; failing that PMID, OpenAlex number, or title and year. Titles are
    compared without case, accents and signs, and need three words; years must be the same or one of them
    missing, and records whose DOIs or PMIDs differ are never the same by title. A number may be that of several
    records in the pile: all of them get the decision.
    """
    places = _Places(records)
    found: dict[K, list[Match[K]]] = defaultdict(list)
    unknown, doubtful, undecided = [], [], []
    for row in rows:
        if row.included is None:
            undecided.append(row)
            continue
        by, keys = places.of(row.record)
        if not keys:
            unknown.append(row)
        elif by == _TITLE and len(keys) > 1:
            doubtful.append(row)
        else:
            for key in keys:
                found[key].append(Match(key, row, row.included, by))
    against = {
        match.row.number: match.row
        for matches in found.values()
        if len({match.included for match in matches}) > 1
        for match in matches
    }
    matched: list[Match[K]] = []
    again: dict[int, EarlierRow] = {}
    for matches in found.values():
        agreed = [match for match in matches if match.row.number not in against]
        matched += agreed[:1]
        again |= {match.row.number: match.row for match in agreed[1:]}
    used = {match.row.number for match in matched}
    return MatchedLabels(
        tuple(sorted(matched, key=lambda match: match.row.number)),
        tuple(again[number] for number in sorted(again.keys() - used)),
        tuple(unknown),
        tuple(doubtful),
        tuple(against[number] for number in sorted(against)),
        tuple(undecided),
    )


_TITLE = "title and year"


class _Places(Generic[K]):
    """A pile's records by each thing that one can be recognised by."""

    def __init__(self, records: Iterable[tuple[K, Record]]) -> None:
        self.numbers: dict[tuple[str, str], list[K]] = defaultdict(list)
        self.titles: dict[str, list[tuple[K, Record]]] = defaultdict(list)
        for key, record in records:
            for number in _numbers(record):
                self.numbers[number].append(key)
            # Abstracts and the rest are not needed to recognise a record, and 50,000 of them are large.
            self.titles[words(record.title)].append((key, replace(record, abstract="", extra=(), notes=())))

    def of(self, record: Record) -> tuple[str, list[K]]:
        """By what a record is recognised, and as which; nothing where it is none of them."""
        for number in _numbers(record):
            if number in self.numbers:
                return number[0], self.numbers[number]
        title = words(record.title)
        if title.count(" ") + 1 < _LEAST_WORDS:
            return "", []
        return _TITLE, [key for key, other in self.titles.get(title, ()) if _could_be(record, other)]


def _numbers(record: Record) -> Iterator[tuple[str, str]]:
    """The numbers that say what a record is, the surest first."""
    if record.doi:
        yield "DOI", (doi_in(record.doi) or record.doi).lower()
    if record.pmid:
        yield "PMID", record.pmid
    for name, text in (*record.extra, ("url", record.url)):
        if "openalex" in name.casefold() or "openalex.org/" in text:
            yield from (("OpenAlex", number) for number in _OPENALEX.findall(text.upper()))


def _could_be(one: Record, other: Record) -> bool:
    if one.year and other.year and one.year != other.year:
        return False
    pairs = ((one.doi.lower(), other.doi.lower()), (one.pmid, other.pmid))
    return not any(mine and theirs and mine != theirs for mine, theirs in pairs)
