"""Europe PMC: life sciences and public health, in its "core" and "lite" JSON
(https://europepmc.org/RestfulWebService).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

from wherewithal.sources import brought
from wherewithal.sources.catalogue import EUROPE_PMC
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, json_in
from wherewithal.sources.dates import day_in
from wherewithal.sources.json_values import dict_in, dicts_in, words_in
from wherewithal.sources.markup import without_markup
from wherewithal.sources.paging import Batch, Fetch, Place, Progress
from wherewithal.sources.words import doi_in, one_line, year_in
from wherewithal.sources.work import Notice, Work, may_be_passed_on, notice_kind

SERVICE = EUROPE_PMC
PAGE_SIZE = 100


def search(
    query: str,
    *,
    client: Client,
    from_date: date | None = None,
    place: Place | None = None,
    maximum: int | None = None,
    before: int = 0,
    progress: Progress | None = None,
) -> Fetch[Work]:
    """Works that match a query in Europe PMC's own syntax, with synonyms, as its website searches."""
    dated = f"({query}) AND FIRST_PDATE:[{from_date.isoformat()} TO 3000-12-31]" if from_date else query

    def page(cursor: str) -> Batch[Work]:
        value, answer = client.get(SERVICE, "/search", _parameters(dated, cursor), read=page_in, keep=None)
        return batch_of(value, cursor, dict(answer.headers))

    return Fetch(SERVICE, page, first="*", place=place, maximum=maximum, before=before, progress=progress)


def work_by_doi(doi: str, *, client: Client | None = None) -> Work | None:
    """The work with this DOI; ``None`` where Europe PMC does not know it. Raises SourceFailed."""
    if client is None:
        with Client() as own:
            return work_by_doi(doi, client=own)
    wanted = doi_in(doi) or doi
    quoted = wanted.replace("\\", "").replace('"', "")
    value, _ = client.get(SERVICE, "/search", _parameters(f'DOI:"{quoted}"', "*", size=5), read=page_in)
    works = (work_of(item) for item in results_in(value))
    return next((work for work in works if work.doi.lower() == wanted.lower()), None)


def _parameters(query: str, cursor: str, size: int = PAGE_SIZE) -> list[tuple[str, str]]:
    return [
        ("query", query),
        ("format", "json"),
        ("resultType", "core"),
        ("synonym", "TRUE"),
        ("pageSize", str(size)),
        ("cursorMark", cursor),
    ]


def read_file(source: Path | bytes | IO[bytes], *, name: str = "") -> tuple[Work, ...]:
    """The works of a file downloaded by hand: pages of results, or records alone or one a line. Raises BadInput."""
    works: list[Work] = []
    for value in brought.objects(source, SERVICE, name):
        items = results_in(value) if "resultList" in value else [dict_in(value.get("result")) or value]
        works += [work_of(item) for item in items]
    return tuple(works)


def page_in(body: bytes) -> dict[str, Any]:
    """A page of results. Raises Unreadable for anything else, also for the error that comes with status 200."""
    value = json_in(body)
    if not isinstance(value, dict) or not isinstance(dict_in(value.get("resultList")).get("result"), list):
        said = words_in(value.get("errMsg")) if isinstance(value, dict) else ""
        raise Unreadable(
            "other service", f"an error ('{said[:200]}')" if said else "JSON without a list of results"
        )
    return value


def results_in(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    return dicts_in(dict_in(value.get("resultList")).get("result"))


def batch_of(value: Mapping[str, Any], cursor: str, headers: Mapping[str, str]) -> Batch[Work]:
    raw = results_in(value)
    following = words_in(value.get("nextCursorMark"))
    total = value.get("hitCount")
    # At the end the cursor is left out, or is the one just used (the service's announcement of version 6.6).
    last = not raw or not following or following == cursor
    return Batch(
        tuple(work_of(item) for item in raw),
        tuple(raw),
        None if last else following,
        total if isinstance(total, int) else None,
        headers,
    )


def work_of(item: Mapping[str, Any]) -> Work:
    """One work: markup taken out, names family name first if given so, its abstract where its own licence lets
    it be passed on.
    """
    info = dict_in(item.get("journalInfo"))
    journal = dict_in(info.get("journal"))
    licence = words_in(item.get("license"))
    source, identifier = words_in(item.get("source")), words_in(item.get("id"))
    notices = notices_of(item)
    said = {name.lower() for name in publication_types(item)}
    known = "retracted publication" in said or any(notice.takes_it_back for notice in notices)
    return Work(
        title=without_markup(words_in(item.get("title"))).replace("\n", " ").removesuffix("."),
        authors=_authors(item),
        year=year_in(words_in(item.get("pubYear")) or words_in(info.get("yearOfPublication"))),
        published=day_in(item.get("firstPublicationDate")),
        venue=words_in(journal.get("title")) or words_in(item.get("journalTitle")),
        volume=words_in(info.get("volume")) or words_in(item.get("journalVolume")),
        issue=words_in(info.get("issue")) or words_in(item.get("issue")),
        pages=words_in(item.get("pageInfo")),
        issn=words_in(journal.get("issn")) or words_in(item.get("journalIssn")).partition(";")[0].strip(),
        type="article" if source == "PPR" else "article-journal",
        doi=doi_in(words_in(item.get("doi"))),
        pmid=words_in(item.get("pmid")),
        abstract=abstract_of(item) if may_be_passed_on(licence) else "",
        keywords=_keywords(item),
        link=f"https://europepmc.org/article/{source}/{identifier}" if source and identifier else "",
        open_access_link=_open_link(item),
        licence=licence,
        language=words_in(item.get("language")),
        # Only the full record says what kind of publication it is: a short one that is silent is no "no".
        retracted=True if known else (False if said else None),
        notices=notices,
        source=SERVICE.name,
    )


def abstract_of(item: Mapping[str, Any]) -> str:
    """The abstract, whatever its licence, without markup."""
    return without_markup(str(item.get("abstractText") or ""))


def publication_types(item: Mapping[str, Any]) -> list[str]:
    """The kinds of publication that a full record names ("Journal Article", "Retracted Publication")."""
    types = dict_in(item.get("pubTypeList")).get("pubType")
    return [words_in(name) for name in (types if isinstance(types, list) else [types]) if words_in(name)]


def notices_of(item: Mapping[str, Any]) -> tuple[Notice, ...]:
    """The notices that a full record lists about its work ("Retraction in", "Erratum in", "Expression of concern
    in"). Those it lists the other way round ("Retraction of") are about another work.
    """
    found = []
    for note in dicts_in(dict_in(item.get("commentCorrectionList")).get("commentCorrection")):
        said = words_in(note.get("type")).lower()
        kind = notice_kind(said.removesuffix(" in"))
        if said.endswith(" in") and kind not in ("comment", "update", "republished", "summary for patients"):
            found.append(Notice(kind, doi_in(words_in(note.get("doi"))), None, SERVICE.name))
    return tuple(found)


def _keywords(item: Mapping[str, Any]) -> tuple[str, ...]:
    words = dict_in(item.get("keywordList")).get("keyword")
    headings = dicts_in(dict_in(item.get("meshHeadingList")).get("meshHeading"))
    found = [
        *(words if isinstance(words, list) else []),
        *(heading.get("descriptorName") for heading in headings),
    ]
    return tuple(dict.fromkeys(filter(None, map(words_in, found))))


def _open_link(item: Mapping[str, Any]) -> str:
    links = dicts_in(dict_in(item.get("fullTextUrlList")).get("fullTextUrl"))
    free = [link for link in links if words_in(link.get("availabilityCode")) in ("OA", "F")]
    return next((words_in(link.get("url")) for link in free if words_in(link.get("url"))), "")


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    names = []
    for author in dicts_in(dict_in(item.get("authorList")).get("author")):
        family, given = words_in(author.get("lastName")), words_in(author.get("firstName"))
        names.append(
            f"{family}, {given}"
            if family and given
            else words_in(author.get("fullName")) or words_in(author.get("collectiveName"))
        )
    if not names:
        names = [one_line(name) for name in words_in(item.get("authorString")).rstrip(".").split(",")]
    return tuple(filter(None, names))
