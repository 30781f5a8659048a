from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit.sources.made import (
    crossref_one,
    crossref_page,
    crossref_work,
    openalex_page,
    openalex_work,
    update,
)
from tests.unit.sources.serving import WEB_PAGE, Asked, LocalService, Reply, json_reply
from wherewithal.errors import BadInput
from wherewithal.sources import retraction_watch
from wherewithal.sources.client import Client
from wherewithal.sources.notices import check_notices
from wherewithal.sources.work import Notice

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,"
    "Reason,Paywalled,Notes,\n"
)


def row(doi: str, nature: str, day: str = "5/31/2024 0:00", notice: str = "10.1000/RW") -> str:
    return f'1,"A, B",x,x,x,x,x,x,,x,{day},{notice},0,1/1/2020 0:00,{doi},0,{nature},+Error;,No,,\n'


class Services:
    """Crossref and OpenAlex at one address, told what they know."""

    def __init__(self) -> None:
        self.crossref: dict[str, dict[str, Any]] = {}
        self.about: list[dict[str, Any]] = []
        self.openalex: dict[str, bool] = {}

    def __call__(self, asked: Asked) -> Reply:
        filters = asked.parameters.get("filter", "")
        if asked.path.startswith("/works/doi:"):
            doi = asked.path.removeprefix("/works/doi:").replace("%2C", ",").replace("%7C", "|")
            return json_reply(self.work(doi)) if doi in self.openalex else Reply(status=404)
        if asked.path.startswith("/works/"):
            doi = asked.path.removeprefix("/works/").replace("%2F", "/").replace("%2C", ",")
            found = self.crossref.get(doi)
            return json_reply(crossref_one(found)) if found else Reply(b"Resource not found.", 404)
        if "per_page" in asked.parameters:
            dois = filters.removeprefix("doi:").split("|")
            works = [self.work(doi) for doi in dois if doi in self.openalex]
            return json_reply(openalex_page(works, len(works), None))
        names = [part.partition(":") for part in filters.split(",")]
        if names[0][0] == "updates":
            return json_reply(crossref_page(self.about, len(self.about)))
        found_ones = [self.crossref[doi] for _, _, doi in names if doi in self.crossref]
        return json_reply(crossref_page(found_ones, len(found_ones)))

    def work(self, doi: str) -> dict[str, Any]:
        return openalex_work(1, doi=f"https://doi.org/{doi}", is_retracted=self.openalex[doi])


@pytest.fixture
def services(everywhere: LocalService) -> Services:
    made = Services()
    everywhere.answers = made
    return made


def test_what_both_services_say_is_put_together(
    client: Client, services: Services, everywhere: LocalService
) -> None:
    services.crossref = {
        "10.1000/fine": crossref_work("10.1000/fine"),
        "10.1000/gone": crossref_work(
            "10.1000/GONE",
            **{
                "updated-by": [
                    update("10.1000/note", "retraction", [2022, 5, 1]),
                    update("10.1000/note", "retraction", [2022, 5, 1], "retraction-watch"),
                ]
            },
        ),
    }
    services.about = [
        crossref_work("10.1000/fix", **{"update-to": [update("10.1000/FINE", "correction", [2021, 1, 2])]}),
        crossref_work("10.1000/note", **{"update-to": [update("10.1000/gone", "retraction", [2022, 5, 1])]}),
    ]
    services.openalex = {"10.1000/fine": False, "10.1000/gone": True}
    fine, gone, none, wrong = check_notices(
        ["10.1000/fine", "https://doi.org/10.1000/GONE", "10.1000/gone", "10.1000/none", "no doi"],
        client=client,
    )
    assert (fine.state, fine.known, fine.retracted) == ("has notices", True, False)
    assert fine.notices == (Notice("correction", "10.1000/fix", date(2021, 1, 2), "Crossref"),)
    assert fine.checked_by == ("Crossref", "OpenAlex")
    assert (gone.doi, gone.state, gone.retracted) == ("10.1000/gone", "retracted", True)
    assert gone.notices == (
        Notice("retraction", "10.1000/note", date(2022, 5, 1), "Crossref, Retraction Watch, OpenAlex"),
    )
    assert (none.state, none.known, none.retracted) == ("not known", False, False)
    assert (none.checked_by, none.not_known_to) == ((), ("Crossref", "OpenAlex"))
    assert (wrong.doi, wrong.state) == ("no doi", "not checked")
    assert "not a DOI" in wrong.problems[0]
    assert len(everywhere.asked) == 3


def test_a_work_that_only_openalex_takes_to_be_retracted_is(client: Client, services: Services) -> None:
    services.openalex = {"10.1000/one": True}
    (one,) = check_notices(["10.1000/one"], client=client)
    assert (one.state, one.known, one.not_known_to) == ("retracted", True, ("Crossref",))


def test_no_notice_found_is_said_as_that(client: Client, services: Services) -> None:
    services.openalex = {"10.1000/one": False}
    assert check_notices(["10.1000/one"], client=client)[0].state == "no notice found"


def test_many_are_asked_for_in_batches(client: Client, services: Services, everywhere: LocalService) -> None:
    dois = [f"10.1000/{number}" for number in range(120)]
    services.openalex = dict.fromkeys(dois, False)
    seen: list[tuple[int, int]] = []
    found = check_notices(dois, client=client, progress=lambda done, of: seen.append((done, of)))
    assert [status.doi for status in found] == dois
    assert all(status.checked_by == ("OpenAlex",) for status in found)
    openalex = [asked for asked in everywhere.asked if "per_page" in asked.parameters]
    assert [asked.parameters["filter"].count("|") + 1 for asked in openalex] == [50, 50, 20]
    assert len(everywhere.asked) == 6 * 2 + 3
    assert seen[-1] == (9, 9)
    assert max(len(asked.target) for asked in everywhere.asked) < 6000


def test_a_doi_that_a_filter_would_break_in_two_is_asked_for_alone(
    client: Client, services: Services, everywhere: LocalService
) -> None:
    services.openalex = {"10.1000/a,b": True, "10.1000/c": False}
    services.crossref = {"10.1000/a,b": crossref_work("10.1000/a,b")}
    first, second = check_notices(["10.1000/a,b", "10.1000/c"], client=client)
    assert (first.retracted, first.checked_by) == (True, ("Crossref", "OpenAlex"))
    assert (second.retracted, second.checked_by) == (False, ("OpenAlex",))


def test_a_service_that_fails_is_named_and_the_other_still_asked(
    client: Client, services: Services, everywhere: LocalService
) -> None:
    services.openalex = dict.fromkeys([f"10.1000/{number}" for number in range(60)], True)
    everywhere.answers = lambda asked: (
        services(asked) if "per_page" in asked.parameters else Reply(status=403)
    )
    found = check_notices(services.openalex, client=client)
    assert all(status.retracted and status.checked_by == ("OpenAlex",) for status in found)
    assert all("Crossref answered 403" in status.problems[0] for status in found)
    assert sum("per_page" not in asked.parameters for asked in everywhere.asked) == 1


def test_where_nobody_answers_nothing_is_called_fine(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [WEB_PAGE]
    (one,) = check_notices(["10.1000/one"], client=client)
    assert (one.state, one.known, one.retracted, one.checked_by) == ("not checked", False, False, ())
    assert len(one.problems) == 2


def test_one_batch_that_is_not_taken_does_not_end_the_asking(
    client: Client, services: Services, everywhere: LocalService
) -> None:
    dois = [f"10.1000/{number}" for number in range(40)]
    services.crossref = {doi: crossref_work(doi) for doi in dois}
    everywhere.answers = lambda asked: (
        Reply(status=400) if "10.1000/0," in asked.parameters.get("filter", "") else services(asked)
    )
    found = check_notices(dois, client=client)
    assert found[0].state == "not known"
    assert "Crossref answered 400" in found[0].problems[0]
    assert found[39].checked_by == ("Crossref",)


def test_a_client_of_its_own_is_made_and_closed(services: Services) -> None:
    services.openalex = {"10.1000/one": True}
    assert check_notices(["10.1000/one"])[0].retracted


# --- Retraction Watch -----------------------------------------------------------------------------------


def test_the_database_is_read_and_looked_into() -> None:
    content = HEADER + row("10.1000/GONE", "Retraction") + row("unavailable", "Retraction")
    content += row("10.1000/doubt", "Expression of concern", "2023-02-01", "unavailable")
    content += row("10.1000/back", "Retraction", "1/2/2020 0:00")
    content += row("10.1000/back", "Reinstatement", "1/2/2021 0:00")
    content += row("10.1000/odd", "Retraction", "not a day")
    watch = retraction_watch.read_file(content.encode(), name="retraction_watch.csv")
    assert (watch.rows, len(watch.by_doi), len(watch.sha256)) == (6, 4, 64)
    gone, doubt, back, odd, fine = check_notices(
        ["10.1000/gone", "10.1000/doubt", "10.1000/back", "10.1000/odd", "10.1000/fine"],
        watch=watch,
        online=False,
    )
    assert gone.retracted
    assert gone.notices == (Notice("retraction", "10.1000/rw", date(2024, 5, 31), "Retraction Watch"),)
    assert doubt.notices == (Notice("expression of concern", "", date(2023, 2, 1), "Retraction Watch"),)
    assert (doubt.state, back.state, back.retracted) == ("has notices", "has notices", False)
    assert (odd.retracted, odd.notices[0].date) == (True, None)
    assert (fine.state, fine.known, fine.checked_by) == ("no notice found", False, ("Retraction Watch",))


@pytest.mark.parametrize(
    "content",
    ["", "<html><title>Sign in</title></html>", "a,b\n1,2\n", HEADER + '1,"never closed\n', "PK\x03\x04"],
)
def test_what_is_not_the_database_is_refused(content: str) -> None:
    with pytest.raises(BadInput):
        retraction_watch.read_file(content.encode())


def test_the_database_is_downloaded(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [Reply((HEADER + row("10.1000/one", "Retraction")).encode()), Reply(b"a,b\n1,2\n")]
    assert retraction_watch.read_file(retraction_watch.download(client=client)).rows == 1
    with pytest.raises(Exception, match="without the columns"):
        retraction_watch.download(client=client)
