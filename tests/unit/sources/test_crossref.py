from __future__ import annotations

import json
from datetime import date

import pytest

from tests.unit.sources.made import crossref_one, crossref_page, crossref_work, europepmc_page, update
from tests.unit.sources.serving import Asked, LocalService, Reply, json_reply
from wherewithal.errors import BadInput
from wherewithal.sources import crossref
from wherewithal.sources.client import Client
from wherewithal.sources.work import Notice


def test_a_work_is_read() -> None:
    work = crossref.work_of(crossref_work("10.1000/one"))
    assert work.title == "A trial of parenting"
    assert work.authors == ("Berg, Ada", "The Trial Group")
    assert (work.year, work.published, work.venue) == (2020, date(2020, 3, 1), "Journal of Families")
    assert (work.doi, work.link, work.type) == (
        "10.1000/one",
        "https://doi.org/10.1000/one",
        "article-journal",
    )
    assert work.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert work.abstract == "Parents learn."
    assert (work.retracted, work.notices, work.source) == (None, (), "Crossref")


def test_dates_without_a_day_are_years() -> None:
    work = crossref.work_of(crossref_work("10.1000/one", issued={"date-parts": [[2020, 3]]}))
    assert (work.year, work.published) == (2020, None)
    broken = crossref_work(
        "10.1000/one", issued={"date-parts": [[None]]}, published={"date-parts": [[2021, 13, 1]]}
    )
    assert crossref.work_of(broken).year == 2021
    assert crossref.work_of({}).title == ""


def test_notices_about_a_work_are_read() -> None:
    notes = [
        update("10.1000/NOTE", "retraction", [2022, 5, 1]),
        update("10.1000/note", "retraction", [2022, 5, 1], "retraction-watch"),
        update("10.1000/fix", "erratum", [2021]),
    ]
    work = crossref.work_of(crossref_work("10.1000/one", **{"updated-by": notes}))
    assert work.retracted is True
    assert work.notices == (
        Notice("retraction", "10.1000/note", date(2022, 5, 1), "Crossref"),
        Notice("retraction", "10.1000/note", date(2022, 5, 1), "Retraction Watch"),
        Notice("correction", "10.1000/fix", None, "Crossref"),
    )


def pages(asked: Asked) -> Reply:
    start = {"*": 0, "AA+/=": 100, "end": 200}[asked.parameters["cursor"]]
    works = [crossref_work(f"10.1000/{number}") for number in range(start, min(start + 100, 150))]
    return json_reply(crossref_page(works, 150, "AA+/=" if start == 0 else "end"))


def test_every_page_is_walked_and_the_cursor_is_sent_as_it_came(
    client: Client, everywhere: LocalService
) -> None:
    everywhere.answers = pages
    done = crossref.search(
        "parenting", client=client, from_date=date(2019, 1, 1), filters=["type:report"]
    ).all()
    assert (len(done.items), done.state, len(everywhere.asked)) == (150, "whole", 2)
    assert everywhere.asked[0].parameters["query.bibliographic"] == "parenting"
    assert everywhere.asked[0].parameters["filter"] == "type:report,from-pub-date:2019-01-01"
    assert everywhere.asked[1].parameters["cursor"] == "AA+/="


def test_the_services_own_explanation_is_passed_on(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [
        json_reply(
            {"status": "failed", "message": [{"type": "x", "message": "No such filter 'colour'"}]}, 400
        )
    ]
    assert "No such filter 'colour'" in crossref.search("x", client=client).all().account


def test_one_work_by_its_doi(client: Client, everywhere: LocalService) -> None:
    everywhere.answers = lambda asked: (
        json_reply(crossref_one(crossref_work("10.1000/one")))
        if asked.path.endswith("one")
        else Reply(b"Resource not found.", 404)
    )
    work = crossref.work_by_doi("10.1000/one", client=client)
    assert work is not None
    assert everywhere.asked[0].path == "/works/10.1000%2Fone"
    assert crossref.work_by_doi("10.1000/other", client=client) is None


def test_a_file_downloaded_by_hand_is_read() -> None:
    page = crossref_page([crossref_work("10.1000/1")], 2)
    one = crossref_one(crossref_work("10.1000/2"))
    bare = crossref_work("10.1000/3")
    content = "\n".join(json.dumps(value) for value in (page, one, bare))
    assert [work.doi for work in crossref.read_file(content.encode())] == [
        "10.1000/1",
        "10.1000/2",
        "10.1000/3",
    ]


def test_another_services_file_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        crossref.read_file(json.dumps(europepmc_page([], 0, None)).encode())
    assert caught.value.problems[0].found == "an answer of Europe PMC"
