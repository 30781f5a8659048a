"""Looking a study up by its DOI, at the services that describe research, within a time that a person will wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from wherewithal.sources import crossref, europepmc, openalex
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.work import Work

SERVICES: tuple[tuple[str, Callable[..., Work | None]], ...] = (
    (openalex.SERVICE.name, openalex.work_by_doi),
    (crossref.SERVICE.name, crossref.work_by_doi),
    (europepmc.SERVICE.name, europepmc.work_by_doi),
)
PATIENCE = 12.0
"""Seconds for each service with its second attempt: somebody waits for the page."""


@dataclass(frozen=True)
class LookedUp:
    """What came of it. ``unknown_to`` are services that answered and do not know the DOI; ``failed`` could not be
    asked, each with the reason.
    """

    work: Work | None
    unknown_to: tuple[str, ...] = ()
    failed: tuple[SourceFailed, ...] = ()


def look_up(doi: str) -> LookedUp:
    """Ask OpenAlex, which knows licences and open copies; else Crossref, else Europe PMC.

    Where OpenAlex knows it, Crossref is asked too, for notices that publishers registered. Never raises for a
    service that does not answer.
    """
    unknown: list[str] = []
    failed: list[SourceFailed] = []
    with Client(attempts=2, connect=4.0, read=8.0, budget=PATIENCE, longest_wait=3.0) as client:
        for place, (name, ask) in enumerate(SERVICES):
            try:
                found = ask(doi, client=client)
            except SourceFailed as failure:
                failed.append(failure)
                continue
            if found is None:
                unknown.append(name)
                continue
            if place == 0:
                found = _with_notices(found, doi, client, failed)
            return LookedUp(replace(found, doi=found.doi or doi), tuple(unknown), tuple(failed))
    return LookedUp(None, tuple(unknown), tuple(failed))


def _with_notices(work: Work, doi: str, client: Client, failed: list[SourceFailed]) -> Work:
    try:
        registered = crossref.work_by_doi(doi, client=client)
    except SourceFailed as failure:
        failed.append(failure)
        return work
    if registered is None:
        return work
    return replace(work, notices=registered.notices, retracted=work.retracted or registered.retracted)


def works_in_file(data: bytes, name: str) -> tuple[Work, ...]:
    """The works of a file that a person downloaded from one of the services, whichever it is.

    Raises BadInput, in the words of the service that the file looks most like.
    """
    return _reader_for(data)(data, name=name)


def _reader_for(data: bytes) -> Callable[..., tuple[Work, ...]]:
    if b"openalex.org/" in data:
        return openalex.read_file
    if b"pubYear" in data or b"resultList" in data:
        return europepmc.read_file
    if b'"DOI"' in data:
        return crossref.read_file
    return openalex.read_file
