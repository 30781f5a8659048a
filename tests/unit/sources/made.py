"""Answers in the services' documented form, about works that do not exist."""

from __future__ import annotations

from typing import Any


def openalex_work(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/10.1000/work.{number}",
        "title": f"Parenting programme trial {number}",
        "publication_year": 2020,
        "publication_date": "2020-03-01",
        "language": "en",
        "type": "article",
        "is_retracted": False,
        "ids": {"pmid": f"https://pubmed.ncbi.nlm.nih.gov/{number}"},
        "authorships": [
            {"author": {"display_name": "Ada van der Berg"}},
            {"author": {"display_name": "Bo Lin"}},
        ],
        "primary_location": {
            "landing_page_url": f"https://example.org/{number}",
            "license": "cc-by",
            "source": {"display_name": "Journal of Families", "issn_l": "1234-5678"},
        },
        "open_access": {"is_oa": True, "oa_url": f"https://example.org/{number}.pdf"},
        "biblio": {"volume": "3", "issue": "2", "first_page": "10", "last_page": "19"},
        "keywords": [{"display_name": "Parenting"}],
        "abstract_inverted_index": {"Parents": [0], "learn": [1], "and": [2], "children": [3], "gain.": [4]},
        **more,
    }


def openalex_page(works: list[dict[str, Any]], count: int, following: str | None) -> dict[str, Any]:
    return {"meta": {"count": count, "per_page": 100, "next_cursor": following}, "results": works}


def europepmc_work(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "source": "MED",
        "pmid": str(number),
        "doi": f"10.1000/work.{number}",
        "title": f"A <i>parenting</i> trial {number}.",
        "authorString": "Berg A, Lin B.",
        "authorList": {
            "author": [
                {"fullName": "Berg A", "firstName": "Ada", "lastName": "Berg"},
                {"collectiveName": "The Trial Group"},
            ]
        },
        "journalInfo": {
            "volume": "3",
            "issue": "2",
            "yearOfPublication": 2020,
            "journal": {"title": "Journal of Families", "issn": "1234-5678"},
        },
        "pubYear": "2020",
        "pageInfo": "10-19",
        "abstractText": "<h4>Background</h4>Parents learn.",
        "language": "eng",
        "pubTypeList": {"pubType": ["Randomized Controlled Trial", "Journal Article"]},
        "keywordList": {"keyword": ["Parenting"]},
        "firstPublicationDate": "2020-03-01",
        "license": "cc by",
        "isOpenAccess": "Y",
        "fullTextUrlList": {"fullTextUrl": [{"availabilityCode": "OA", "url": "https://example.org/full"}]},
        **more,
    }


def europepmc_page(works: list[dict[str, Any]], count: int, following: str | None) -> dict[str, Any]:
    page: dict[str, Any] = {"version": "6.9", "hitCount": count, "request": {"cursorMark": "*"}}
    if following:
        page["nextCursorMark"] = following
    return {**page, "resultList": {"result": works}}


def crossref_work(doi: str, **more: Any) -> dict[str, Any]:
    return {
        "DOI": doi,
        "URL": f"https://doi.org/{doi}",
        "type": "journal-article",
        "title": ["A trial of <i>parenting</i>"],
        "author": [{"family": "Berg", "given": "Ada"}, {"name": "The Trial Group"}],
        "container-title": ["Journal of Families"],
        "issued": {"date-parts": [[2020, 3, 1]]},
        "volume": "3",
        "issue": "2",
        "page": "10-19",
        "ISSN": ["1234-5678"],
        "publisher": "A Press",
        "deposited": {"date-parts": [[2020, 4, 1]]},
        "license": [
            {"URL": "https://publisher.example/terms", "content-version": "tdm"},
            {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"},
        ],
        "abstract": "<jats:p>Parents learn.</jats:p>",
        "language": "en",
        **more,
    }


def crossref_page(works: list[dict[str, Any]], total: int, following: str | None = None) -> dict[str, Any]:
    message: dict[str, Any] = {"total-results": total, "items": works, "items-per-page": 100}
    if following:
        message["next-cursor"] = following
    return {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}


def crossref_one(work: dict[str, Any]) -> dict[str, Any]:
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": work}


def update(doi: str, kind: str, day: list[int], source: str = "publisher") -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.title(),
        "source": source,
        "updated": {"date-parts": [day]},
    }


def govuk_result(number: int, **more: Any) -> dict[str, Any]:
    return {
        "title": f"Working together {number}",
        "link": f"/government/publications/working-together-{number}",
        "format": "publication",
        "content_store_document_type": "statutory_guidance",
        "public_timestamp": "2023-12-15T09:30:00Z",
        "organisations": [{"title": "Department for Education", "slug": "department-for-education"}],
        "_id": f"/government/publications/working-together-{number}",
        **more,
    }


def govuk_page(results: list[dict[str, Any]], total: int, start: int) -> dict[str, Any]:
    return {"results": results, "total": total, "start": start, "aggregates": {}, "suggested_queries": []}


OAI_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<responseDate>2026-01-01T00:00:00Z</responseDate><request>https://repository.example/oai</request>"
)


def oai_record(number: int, rights: str = "https://creativecommons.org/licenses/by/4.0/") -> str:
    return (
        f"<record><header><identifier>oai:example:{number}</identifier><datestamp>2024-05-0{number % 9 + 1}"
        "</datestamp><setSpec>reports</setSpec></header><metadata>"
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Report {number}</dc:title><dc:creator>Berg, Ada</dc:creator>"
        "<dc:date>2024</dc:date><dc:date>2024-04-30</dc:date><dc:type>Technical Report</dc:type>"
        f"<dc:identifier>https://repository.example/{number}</dc:identifier>"
        f"<dc:identifier>https://doi.org/10.1000/report.{number}</dc:identifier>"
        f"<dc:rights>{rights}</dc:rights><dc:description>What families said.\nIn two lines.</dc:description>"
        "<dc:language>en</dc:language><dc:subject>Families</dc:subject><dc:publisher>A University</dc:publisher>"
        "</oai_dc:dc></metadata></record>"
    )


def oai_deleted(number: int) -> str:
    return (
        f'<record><header status="deleted"><identifier>oai:example:{number}</identifier>'
        "<datestamp>2024-05-01</datestamp></header></record>"
    )


def oai_page(records: list[str], token: str | None = None, size: int | None = None) -> bytes:
    size_said = f' completeListSize="{size}" cursor="0"' if size is not None else ""
    ending = f"<resumptionToken{size_said}>{token}</resumptionToken>" if token is not None else ""
    return f"{OAI_HEAD}<ListRecords>{''.join(records)}{ending}</ListRecords></OAI-PMH>".encode()


def oai_error(code: str, said: str = "") -> bytes:
    return f'{OAI_HEAD}<error code="{code}">{said}</error></OAI-PMH>'.encode()


OAI_IDENTIFY = (
    f"{OAI_HEAD}<Identify><repositoryName>A University</repositoryName>"
    "<baseURL>https://repository.example/oai</baseURL><protocolVersion>2.0</protocolVersion>"
    "<adminEmail>repository@example.org</adminEmail><earliestDatestamp>2001-01-01</earliestDatestamp>"
    "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify></OAI-PMH>"
).encode()

NICE_INDEX = {
    "Title": "Guidance index",
    "IndexItems": [
        {
            "GuidanceNumber": "NG225",
            "Title": "Self-harm: assessment, management and preventing recurrence",
            "GuidanceProgramme": "NICE guideline",
            "PublishedDate": "2022-09-07T00:00:00",
            "LastModified": "2022-09-07T08:00:00Z",
            "Summary": "Text of NICE that must never be kept",
            "Link": {"Uri": "/services/guidance/NG225", "Rel": "related"},
        },
        {
            "GuidanceNumber": "NG26",
            "Title": "Children's attachment",
            "GuidanceProgramme": "NICE guideline",
            "PublishedDate": "2015-11-25T00:00:00",
            "Recommendations": ["Text of NICE that must never be kept"],
        },
    ],
}
