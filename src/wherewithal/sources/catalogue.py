"""The services that Wherewithal can ask, what each asks in return, and how sure we are of it.

Read in the services' own documentation in 2026 where a limit says "documented"; none could be tried from where
this was written, so the services' own headers are believed before this page.
"""

from __future__ import annotations

from wherewithal.errors import NothingThere
from wherewithal.sources.service import Limit, Service

OPENALEX = Service(
    key="openalex",
    name="OpenAlex",
    covers="Works of all fields: articles, books, reports, theses, with citations and open copies",
    address="https://api.openalex.org",
    licence="CC0: free to keep and pass on",
    documentation="https://developers.openalex.org",
    key_variable="WHEREWITHAL_OPENALEX_KEY",
    key_parameter="api_key",
    key_from="a free account at https://openalex.org/settings/api",
    contact_parameter="mailto",
    per_second=5,
    limits=(
        Limit(
            "A free key gives about ten times the daily use that is allowed without one; looking up one work is free",
            "documented",
            "https://developers.openalex.org/api-reference/authentication",
        ),
        Limit(
            "At most 100 works a page",
            "documented",
            "https://developers.openalex.org/guides/page-through-results",
        ),
        Limit(
            "At most 50 values joined by OR in one filter",
            "documented",
            "https://github.com/ourresearch/openalex-docs",
        ),
        Limit("5 requests a second, where 100 are allowed", "our choice"),
    ),
    probe=("/works", (("per_page", "1"), ("select", "id"))),
)

EUROPE_PMC = Service(
    key="europepmc",
    name="Europe PMC",
    covers="Life sciences, medicine, public health: PubMed, open full texts, preprints",
    address="https://www.ebi.ac.uk/europepmc/webservices/rest",
    licence="Free to use; abstracts belong to their publishers unless the work is open",
    documentation="https://europepmc.org/RestfulWebService",
    per_second=5,
    limits=(
        Limit("10 requests a second from one address", "second hand"),
        Limit("At most 1,000 records a page; 100 are asked for", "second hand"),
    ),
    probe=(
        "/search",
        (("query", "parenting"), ("format", "json"), ("pageSize", "1"), ("resultType", "lite")),
    ),
)

CROSSREF = Service(
    key="crossref",
    name="Crossref",
    covers="What publishers registered with a DOI, with retractions and corrections (Retraction Watch among them)",
    address="https://api.crossref.org",
    licence="Metadata free to keep and reuse; abstracts may belong to their publishers",
    documentation="https://www.crossref.org/documentation/retrieve-metadata/rest-api/",
    contact_parameter="mailto",
    per_second=3,
    limits=(
        Limit(
            "Those who say whom to write to are served better; the answer's headers give the limit, which is heeded",
            "documented",
            "https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/",
        ),
        Limit("A cursor is forgotten after about five minutes", "second hand"),
        Limit("3 requests a second", "our choice"),
    ),
    probe=("/works", (("rows", "0"),)),
)

GOVUK = Service(
    key="govuk",
    name="GOV.UK search",
    covers="Everything published on GOV.UK: statutory guidance, policy, statistics",
    address="https://www.gov.uk",
    licence="Open Government Licence v3.0, except where a page says otherwise",
    documentation="https://github.com/alphagov/search-api/blob/main/docs/using-the-search-api.md",
    per_second=5,
    limits=(
        Limit(
            "At most 1,500 results a page; 100 are asked for",
            "documented",
            "https://github.com/alphagov/search-api/blob/main/docs/using-the-search-api.md",
        ),
        Limit(
            "10 requests a second (said of the content API)", "documented", "alphagov/govuk-content-api-docs"
        ),
    ),
    probe=("/api/search.json", (("q", "children"), ("count", "1"), ("fields", "title"))),
)

GOVUK_CONTENT = Service(
    key="govuk-content",
    name="GOV.UK content",
    covers="One page of GOV.UK: its dates, its publishers, and whether it was withdrawn",
    address="https://www.gov.uk",
    licence=GOVUK.licence,
    documentation="https://content-api.publishing.service.gov.uk",
    per_second=5,
    limits=(Limit("10 requests a second", "documented", "alphagov/govuk-content-api-docs"),),
    probe=("/api/content/government/organisations/department-for-education", ()),
)

NICE = Service(
    key="nice",
    name="NICE syndication",
    covers="NICE guidance: reference, title, link and dates. Its text is not ours to store and is never kept",
    address="https://api.nice.org.uk/services",
    licence="Under the council's own licence from NICE: UK only, no rewording, no AI training",
    documentation="https://www.nice.org.uk/reusing-our-content/nice-syndication-api",
    needs_key=True,
    key_variable="WHEREWITHAL_NICE_KEY",
    key_header="API-Key",
    key_from="NICE, for organisations that signed its licence",
    per_second=1,
    limits=(
        Limit("Feeds are to be refreshed within 24 hours, other content within 7 days", "second hand"),
        Limit("Withdrawn and superseded guidance is not in it", "second hand"),
        Limit("1 request a second", "our choice"),
    ),
    probe=("/guidance/index", ()),
)

OAI_PMH = Service(
    key="oai-pmh",
    name="OAI-PMH repository",
    covers="Any repository that speaks OAI-PMH 2.0: universities, research funders, some What Works Centres",
    address="",
    licence="Each repository's own",
    documentation="https://www.openarchives.org/OAI/openarchivesprotocol.html",
    answers="XML",
    per_second=1,
    limits=(
        Limit(
            "1 request a second, and as long a wait as the repository asks for up to a minute", "our choice"
        ),
    ),
    probe=("", (("verb", "Identify"),)),
)

REGISTER_FILE = Service(
    key="register-file",
    name="Register file",
    covers="A dated file of a register of programmes, at whatever address its publisher gives",
    address="",
    licence="Each register's own: facts and links are kept, not its text",
    documentation="",
    answers="a CSV file",
    per_second=1,
)

FINGERTIPS = Service(
    key="fingertips",
    name="Fingertips",
    covers="Public health indicators of England, by area",
    address="https://fingertips.phe.org.uk/api",
    licence="Open Government Licence v3.0",
    documentation="https://fingertips.phe.org.uk/api",
    answers="CSV",
    per_second=1,
    limits=(
        Limit(
            "Large requests fail at the service: ask for one indicator and area type",
            "second hand",
            "https://github.com/ropensci/fingertipsR/issues/75",
        ),
    ),
    probe=("/area_types", ()),
)

EXPLORE_EDUCATION = Service(
    key="explore-education",
    name="Explore Education Statistics",
    covers="The Department for Education's data sets, by indicator, level of area and year",
    address="https://api.education.gov.uk/statistics",
    licence="Open Government Licence v3.0",
    documentation="https://api.education.gov.uk/statistics/docs/",
    per_second=2,
    limits=(
        Limit(
            "Results come in pages; 1,000 are asked for at once",
            "documented",
            "https://github.com/dfe-analytical-services/explore-education-statistics-api-docs",
        ),
        Limit("2 requests a second", "our choice"),
    ),
    probe=("/v1/publications", (("page", "1"), ("pageSize", "1"))),
)

NOMIS = Service(
    key="nomis",
    name="Nomis",
    covers="Population, projections, work and census figures of the Office for National Statistics, by area",
    address="https://www.nomisweb.co.uk/api/v01",
    licence="Open Government Licence v3.0",
    documentation="https://www.nomisweb.co.uk/api/v01/help",
    answers="CSV",
    per_second=1,
    limits=(
        Limit("25,000 rows of a query at a time for guests; the rest is paged for", "second hand"),
        Limit("1 request a second", "our choice"),
    ),
    probe=("/dataset/def.sdmx.json", (("search", "*population*"),)),
)

RETRACTION_WATCH = Service(
    key="retraction-watch",
    name="Retraction Watch",
    covers="Every retraction, correction and expression of concern in the Retraction Watch database, as one file",
    address="https://gitlab.com/crossref/retraction-watch-data/-/raw/main",
    licence="Open, from Crossref: credit Retraction Watch and Crossref",
    documentation="https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/",
    answers="CSV",
    per_second=1,
    limits=(Limit("About 60 MB; updated every working day", "second hand"),),
    probe=("/README.md", ()),
)

SERVICES: tuple[Service, ...] = (
    OPENALEX,
    EUROPE_PMC,
    CROSSREF,
    RETRACTION_WATCH,
    GOVUK,
    GOVUK_CONTENT,
    NICE,
    OAI_PMH,
    REGISTER_FILE,
    FINGERTIPS,
    EXPLORE_EDUCATION,
    NOMIS,
)


def service_of(key: str) -> Service:
    """The service with this key. Raises NothingThere naming those that there are."""
    for service in SERVICES:
        if service.key == key:
            return service
    raise NothingThere(f"There is no source called '{key}'.", [service.key for service in SERVICES])
