from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.unit.sources.made import crossref_page, europepmc_page, openalex_page, openalex_work
from tests.unit.sources.serving import Asked, LocalService, Reply, json_reply
from wherewithal.errors import BadInput
from wherewithal.sources import openalex
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.paging import Place


def test_a_work_is_read() -> None:
    work = openalex.work_of(openalex_work(7))
    assert work.title == "Parenting programme trial 7"
    assert work.authors == ("van der Berg, Ada", "Lin, Bo")
    assert (work.year, work.published, work.type) == (2020, date(2020, 3, 1), "article-journal")
    assert (work.venue, work.volume, work.issue, work.pages, work.issn) == (
        "Journal of Families",
        "3",
        "2",
        "10-19",
        "1234-5678",
    )
    assert (work.doi, work.pmid, work.openalex_id) == ("10.1000/work.7", "7", "W7")
    assert work.abstract == "Parents learn and children gain."
    assert (work.link, work.open_access_link) == ("https://example.org/7", "https://example.org/7.pdf")
    assert (work.licence, work.language, work.retracted, work.source) == ("cc-by", "en", False, "OpenAlex")


def test_an_abstract_that_may_not_be_passed_on_is_left_out() -> None:
    closed = openalex_work(7, primary_location={"license": None, "source": None}, best_oa_location=None)
    assert openalex.work_of(closed).abstract == ""
    assert openalex.abstract_of(closed) == "Parents learn and children gain."


def test_an_empty_work_is_read_too() -> None:
    assert openalex.work_of({}).retracted is None
    assert (
        openalex.work_of({"authorships": None, "ids": [], "biblio": "x", "publication_date": 3}).title == ""
    )


def pages(asked: Asked) -> Reply:
    said = asked.parameters
    start = {"*": 0, "second": 100, "third": 200}[said["cursor"]]
    following = {0: "second", 100: "third", 200: "end"}[start]
    works = [openalex_work(number) for number in range(start, min(start + 100, 250))]
    return json_reply(
        openalex_page(works, 250, following if start < 200 else None), X_RateLimit_Remaining="990"
    )


def test_every_page_is_walked(client: Client, everywhere: LocalService) -> None:
    everywhere.answers = pages
    done = openalex.search(
        "parenting", client=client, from_date=date(2019, 1, 1), filters=["type:article"]
    ).all()
    assert (len(done.items), done.total, done.state) == (250, 250, "whole")
    assert done.said == {"x-ratelimit-remaining": "990"}
    assert everywhere.asked[0].path == "/works"
    assert everywhere.asked[0].parameters == {
        "search": "parenting",
        "filter": "type:article,from_publication_date:2019-01-01",
        "per_page": "100",
        "cursor": "*",
    }


def test_a_failure_in_the_middle_can_be_gone_on_with(client: Client, everywhere: LocalService) -> None:
    everywhere.answers = lambda asked: (
        Reply(status=429, headers={"Retry-After": "300"})
        if asked.parameters["cursor"] == "third"
        else pages(asked)
    )
    done = openalex.search("parenting", client=client).all()
    assert done.account == (
        "200 of 250 fetched. OpenAlex answered 429 (too many requests). Try again after 300 s."
    )
    assert done.place == Place("third")
    everywhere.answers = pages
    rest = openalex.search("parenting", client=client, place=done.place, before=200).all()
    assert [work.openalex_id for work in rest.items] == [f"W{number}" for number in range(200, 250)]


def test_a_query_that_is_not_taken_is_said_in_the_services_words(
    client: Client, everywhere: LocalService
) -> None:
    everywhere.replies = [
        json_reply({"error": "Invalid query parameters error.", "message": "no such filter"}, 400)
    ]
    done = openalex.search("x", client=client, filters=["nonsense:1"]).all()
    assert done.account.startswith(
        "0 fetched. OpenAlex answered 400 (the request is not one it understands: no such"
    )


def test_another_services_answer_is_refused(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [json_reply({"message": "hello"})]
    failure = openalex.search("x", client=client).all().failure
    assert failure is not None
    assert failure.kind == "wrong content"


def test_one_work_by_its_doi(client: Client, everywhere: LocalService) -> None:
    everywhere.answers = lambda asked: (
        json_reply(openalex_work(7)) if "10.1000" in asked.path else Reply(status=404)
    )
    work = openalex.work_by_doi("https://doi.org/10.1000/work.7", client=client)
    assert work is not None
    assert work.openalex_id == "W7"
    assert everywhere.asked[0].path == "/works/doi:10.1000/work.7"
    assert openalex.work_by_doi("10.9999/none", client=client) is None


def test_a_doi_with_signs_of_addresses_is_asked_for_as_it_is(
    client: Client, everywhere: LocalService
) -> None:
    everywhere.replies = [json_reply(openalex_work(7))]
    openalex.work_by_doi("10.1002/(sici)1<1::aid-x>3.0.co;2-#?", client=client)
    assert everywhere.asked[0].target == "/works/doi:10.1002/%28sici%291%3C1::aid-x%3E3.0.co%3B2-%23%3F"


def test_a_client_of_its_own_is_closed(everywhere: LocalService) -> None:
    everywhere.replies = [Reply(status=403)]
    with pytest.raises(SourceFailed):
        openalex.work_by_doi("10.1000/work.7")


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(openalex_page([openalex_work(1), openalex_work(2)], 2, None)),
        json.dumps([openalex_work(1), openalex_work(2)]),
        "\n".join(json.dumps(openalex_work(number)) for number in (1, 2)),
        "\n".join(json.dumps(openalex_page([openalex_work(number)], 2, "x")) for number in (1, 2)) + "\n",
    ],
)
def test_a_file_downloaded_by_hand_is_read(content: str) -> None:
    works = openalex.read_file(b"\xef\xbb\xbf" + content.encode(), name="works.json")
    assert [work.openalex_id for work in works] == ["W1", "W2"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<!doctype html><title>Sign in &amp; wait</title>", "a web page titled 'Sign in & wait'"),
        (
            json.dumps(openalex_page([openalex_work(1)], 1, None)).encode()[:-200],
            "JSON that breaks off after",
        ),
        (b"   \n", "nothing at all"),
        (b"[]", "an empty list"),
        (b"[1, 2]", "JSON that holds no records"),
        (b"<?xml version='1.0'?><x/>", "XML"),
        (b"title,year\nA,2020\n", "text that is not JSON"),
        (json.dumps(crossref_page([], 0)).encode(), "an answer of Crossref"),
        (json.dumps(europepmc_page([], 0, None)).encode(), "an answer of Europe PMC"),
    ],
)
def test_a_file_that_is_something_else_is_refused(content: bytes, found: str) -> None:
    with pytest.raises(BadInput) as caught:
        openalex.read_file(content, name="works.json")
    (problem,) = caught.value.problems
    assert found in problem.found
    assert problem.where == "works.json"
    assert problem.expected == "JSON as OpenAlex answers it"
    assert problem.do


def test_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "works.json").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(BadInput, match="not a text file"):
        openalex.read_file(tmp_path / "works.json")
    with pytest.raises(BadInput, match="could not be opened"):
        openalex.read_file(tmp_path / "none.json")
