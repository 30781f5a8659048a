"""What kind of work a record describes, as far as it bears on whether two records are one work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from wherewithal.analyse.reviews.records.deduplication.folding import folded
from wherewithal.analyse.reviews.records.record import Record

_TYPES: Mapping[str, str] = {
    "article-journal": "", "article": "preprint", "paper-conference": "conference", "thesis": "thesis",
    "book": "book", "chapter": "chapter", "report": "report", "webpage": "web", "dataset": "data",
}  # fmt: skip
_SAID = (
    ("conference", re.compile(
        r"inproceedings|^conference$|conference (?:paper|abstract|proceeding|review)|proceedings? paper|"
        r"meeting abstract|congress|^proceedings$")),
    ("preprint", re.compile(r"preprint|working paper|posted content")),
    ("thesis", re.compile(r"thesis|dissertation")),
    ("chapter", re.compile(r"incollection|inbook|chapter|book section")),
    ("book", re.compile(r"^book$|monograph|edited book")),
    ("report", re.compile(r"techreport|^report$|technical report")),
)  # fmt: skip
_MEETING = re.compile(
    r"\b(?:proceedings? of the .*(?:conference|symposium|workshop|meeting|congress)|conference|symposium|congress|"
    r"workshop|annual meeting|(?:i|a|h|e|p|w)cis \d{4}|lecture notes in)\b"
)
_SERVER = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|psyarxiv|socarxiv|edarxiv|osf preprints?|ssrn|research square|preprints?(?: org)?|"
    r"chemrxiv|authorea|f1000research preprint|working papers?|discussion papers?|iza|nber|repec|sportrxiv)\b"
)
_SERVER_DOI = re.compile(
    r"10\.(?:1101/|48550/|31234/|31235/|35542/|31219/|2139/ssrn|21203/rs|20944/preprints|22541/|3386/w|"
    r"26434/chemrxiv|12688/osf|51224/|2196/preprints)"
)
_TYPE_FIELDS = frozenset(
    ["csv:entrytype", "csv:reference type", "csv:ref type", "ris:m3", "nbib:pt", "csv:item type"]
)
_CONTAINERS = (
    "csv:booktitle", "csv:book title", "csv:secondary title", "csv:conference", "csv:conference title", "csv:series",
    "bibtex:booktitle", "ris:t2", "ris:bt", "ris:c3", "ris:jo", "ris:ja", "ris:jf", "ris:j2", "csv:publisher",
)  # fmt: skip


def container_of(record: Record) -> str:
    """The journal, book or meeting that a record says it is in, wherever its export put it."""
    if record.journal:
        return record.journal
    if record.extra:
        said = {name.lower(): text for name, text in reversed(record.extra)}
        for name in _CONTAINERS:
            if said.get(name):
                return said[name]
    return ""


def kind_of(record: Record, container: str, doi: str) -> str:
    """ "conference", "preprint", "thesis", "chapter", "book", "report", … or nothing for an ordinary article."""
    # A database may give the preprint's DOI to the published work: where it was published is said by the place.
    if not container and doi and _SERVER_DOI.match(doi):
        return "preprint"
    place = _kind_of_place(container)
    if place == "preprint":
        return place
    kind = _TYPES.get(record.type)
    if kind is None:
        kind = _said(record.type)
    if not kind:
        for name, text in record.extra:
            if name.lower() in _TYPE_FIELDS and (kind := _said(text)):
                break
    return kind or place


@lru_cache(maxsize=100_000)
def _kind_of_place(container: str) -> str:
    place = folded(container)
    return "preprint" if _SERVER.search(place) else "conference" if _MEETING.search(place) else ""


@lru_cache(maxsize=10_000)
def _said(text: str) -> str:
    text = folded(text)
    return next((kind for kind, pattern in _SAID if pattern.search(text)), "")
