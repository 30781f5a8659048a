"""Repositories that speak OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html): who they are,
and their records in Dublin Core, page by page, those that were deleted included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, tostring

from wherewithal.sources import brought
from wherewithal.sources.catalogue import OAI_PMH
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, xml_in
from wherewithal.sources.dates import day_in
from wherewithal.sources.failures import Kind, SourceFailed
from wherewithal.sources.paging import Batch, Fetch, Place, Progress
from wherewithal.sources.words import doi_in, one_line, paragraphs, year_in
from wherewithal.sources.work import Work, may_be_passed_on

SERVICE = OAI_PMH
ACCEPT = "text/xml, application/xml"
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"

_ERRORS: Mapping[str, tuple[Kind, str, str]] = {
    "badArgument": ("not accepted", "it does not take what was asked", ""),
    "badVerb": (
        "not accepted",
        "it does not know the question",
        "Check that the address is that of its OAI-PMH.",
    ),
    "badResumptionToken": (
        "not accepted",
        "it has forgotten where this was",
        "Start again without resuming.",
    ),
    "cannotDisseminateFormat": ("not accepted", "it has no Dublin Core", "It cannot be read from here."),
    "idDoesNotExist": ("not there", "it has no record of that name", ""),
    "noMetadataFormats": ("not there", "the record has no form that can be read", ""),
    "noSetHierarchy": ("not accepted", "it has no sets", "Ask without a set."),
}
_TYPES = (
    ("thesis", ("thesis", "dissertation")),
    ("report", ("report", "working paper", "workingpaper")),
    ("chapter", ("chapter", "bookpart", "book part", "book section")),
    ("book", ("book", "monograph")),
    ("paper-conference", ("conference",)),
    ("dataset", ("dataset", "data set")),
    ("article", ("preprint",)),
    ("article-journal", ("article", "review", "journal")),
)


@dataclass(frozen=True)
class Identity:
    """Who a repository says it is. ``deleted`` is what it does about deleted records (no, transient,
    persistent): only where it is persistent does an update name every one.
    """

    name: str
    address: str
    version: str
    earliest: str
    deleted: str
    granularity: str
    contact: tuple[str, ...] = ()


@dataclass(frozen=True)
class OaiRecord:
    """One record. ``work`` is ``None`` where it was deleted, and where it came without Dublin Core."""

    identifier: str
    stamped: date | None
    sets: tuple[str, ...]
    deleted: bool
    work: Work | None


def identify(address: str, *, client: Client) -> Identity:
    """Who the repository is. Raises SourceFailed."""
    root, _ = client.get(SERVICE, _where(address), [("verb", "Identify")], read=answer_in, accept=ACCEPT)
    _raise_errors(root, SERVICE.name)
    about = root.find(f"{OAI}Identify")
    if about is None:
        raise SourceFailed(SERVICE.name, "wrong content", f"{address} did not say who it is.")

    def said(name: str) -> str:
        return one_line(about.findtext(f"{OAI}{name}") or "")

    return Identity(
        said("repositoryName"),
        said("baseURL"),
        said("protocolVersion"),
        said("earliestDatestamp"),
        said("deletedRecord"),
        said("granularity"),
        tuple(one_line(item.text or "") for item in about.findall(f"{OAI}adminEmail")),
    )


def records(
    address: str,
    *,
    client: Client,
    from_date: date | None = None,
    set_name: str = "",
    place: Place | None = None,
    maximum: int | None = None,
    before: int = 0,
    progress: Progress | None = None,
) -> Fetch[OaiRecord]:
    """The records of a repository in the order that it gives them, changed since ``from_date`` where that is
    given. The cursor is the repository's resumption token, which it may forget.
    """
    where = _where(address)
    asked = [("verb", "ListRecords"), ("metadataPrefix", "oai_dc")]
    asked += [("from", from_date.isoformat())] if from_date else []
    asked += [("set", set_name)] if set_name else []

    def page(cursor: str) -> Batch[OaiRecord]:
        # A token stands alone: the protocol forbids any other argument beside it.
        parameters = [("verb", "ListRecords"), ("resumptionToken", cursor)] if cursor else asked
        root, answer = client.get(SERVICE, where, parameters, read=answer_in, accept=ACCEPT, keep=None)
        return batch_of(root, dict(answer.headers))

    return Fetch(SERVICE, page, first="", place=place, maximum=maximum, before=before, progress=progress)


def _where(address: str) -> str:
    """The address as it is asked, without a question mark that was copied along; empty for the one that the
    environment names.
    """
    return address.strip().rstrip("?")


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> tuple[OaiRecord, ...]:
    """The records of an answer saved by hand. Raises BadInput."""
    data, name = brought.data_of(source, name)
    try:
        root = answer_in(data)
        return batch_of(root, {}).items
    except Unreadable as error:
        raise brought.refusal(name, SERVICE, error) from error
    except SourceFailed as failure:
        raise brought.refusal(
            name, SERVICE, Unreadable("other service", f"an error: {failure.said}")
        ) from failure


def answer_in(body: bytes) -> Element:
    """The root of an answer. Raises Unreadable for anything that is not OAI-PMH."""
    root = xml_in(body)
    if root.tag != f"{OAI}OAI-PMH":
        name = root.tag.rpartition("}")[2]
        raise Unreadable("other service", f"XML of another kind (<{name[:40]}>)")
    return root


def batch_of(root: Element, headers: Mapping[str, str]) -> Batch[OaiRecord]:
    """One page. Raises SourceFailed for the errors of the protocol, except that nothing matched, which is none."""
    if _raise_errors(root, SERVICE.name):
        return Batch((), (), None, 0, headers)
    listed = root.find(f"{OAI}ListRecords")
    if listed is None:
        listed = root.find(f"{OAI}GetRecord")
    raw = [] if listed is None else listed.findall(f"{OAI}record")
    token = None if listed is None else listed.find(f"{OAI}resumptionToken")
    following = (token.text or "").strip() if token is not None else ""
    size = token.get("completeListSize", "") if token is not None else ""
    # Without any token the list is whole; with one, only its completeListSize says how many there are.
    total = int(size) if re.fullmatch(r"\d{1,12}", size) else (len(raw) if token is None else None)
    return Batch(
        tuple(record_of(item) for item in raw),
        tuple(tostring(item, encoding="unicode").strip().replace("\n", "&#10;") for item in raw),
        following or None,
        total,
        headers,
    )


def _raise_errors(root: Element, service: str) -> bool:
    """Raises SourceFailed for an error of the protocol; true where the error is that no record matches."""
    for error in root.findall(f"{OAI}error"):
        code = error.get("code", "")
        if code == "noRecordsMatch":
            return True
        kind, words, do = _ERRORS.get(code, ("broken", "an error of its own", ""))
        said = one_line(error.text or "")[:200].rstrip(".")
        detail = f"{code}: {said}" if said else code
        raise SourceFailed(service, kind, f"The repository answered that {words} ({detail}).", do=do)
    return False


def record_of(item: Element) -> OaiRecord:
    header = item.find(f"{OAI}header")
    if header is None:
        return OaiRecord("", None, (), False, None)
    deleted = header.get("status") == "deleted"
    metadata = item.find(f"{OAI}metadata")
    core = None if metadata is None or deleted else next(iter(metadata), None)
    return OaiRecord(
        one_line(header.findtext(f"{OAI}identifier") or ""),
        day_in(header.findtext(f"{OAI}datestamp")),
        tuple(one_line(name.text or "") for name in header.findall(f"{OAI}setSpec")),
        deleted,
        None if core is None else work_of(core),
    )


def work_of(core: Element) -> Work:
    """A work from Dublin Core, whose elements repeat and mean what each repository likes: the first title, the
    first whole date, the first DOI among the identifiers, the first address otherwise.
    """

    def all_of(name: str) -> list[str]:
        return [
            paragraphs(part.text) for part in core.findall(f"{DC}{name}") if part.text and part.text.strip()
        ]

    identifiers = [one_line(text) for text in (*all_of("identifier"), *all_of("relation"))]
    dates = all_of("date")
    licence = _licence(all_of("rights"))
    dois = [doi_in(text) for text in all_of("identifier") if doi_in(text)]
    links = [text for text in identifiers if text.startswith(("http://", "https://"))]
    days = [day for day in map(day_in, dates) if day]
    years = [year for year in map(year_in, dates) if year]
    return Work(
        title=one_line(next(iter(all_of("title")), "")),
        authors=tuple(one_line(name) for name in all_of("creator")),
        year=min(years) if years else None,
        published=min(days) if days else None,
        venue=one_line(next(iter([*all_of("source"), *all_of("publisher")]), "")),
        type=_type(all_of("type")),
        doi=next(iter(dois), ""),
        abstract=max(all_of("description"), key=len, default="") if may_be_passed_on(licence) else "",
        keywords=tuple(dict.fromkeys(map(one_line, all_of("subject")))),
        link=next(iter(links), ""),
        licence=licence,
        language=one_line(next(iter(all_of("language")), "")),
        source=SERVICE.name,
    )


def _licence(rights: Iterable[str]) -> str:
    said = [one_line(text) for text in rights]
    return next((text for text in said if may_be_passed_on(text)), next(iter(said), ""))


def _type(said: Iterable[str]) -> str:
    words = " ".join(said).lower()
    return next((kind for kind, marks in _TYPES if any(mark in words for mark in marks)), "document")
