from __future__ import annotations

import json
from datetime import date

import pytest

from tests.unit.sources.made import crossref_page, govuk_page, govuk_result
from tests.unit.sources.serving import Asked, LocalService, Reply, json_reply
from wherewithal.errors import BadInput
from wherewithal.sources import govuk
from wherewithal.sources.client import Client

CONTENT = {
    "base_path": "/government/publications/working-together",
    "content_id": "1ae5b3e4-0000-4000-8000-000000000000",
    "title": "Working together to safeguard children",
    "document_type": "statutory_guidance",
    "first_published_at": "2015-03-26T00:00:00.000+00:00",
    "public_updated_at": "2023-12-15T09:30:00.000+00:00",
    "links": {"organisations": [{"title": "Department for Education"}]},
}


def test_a_result_is_read() -> None:
    page = govuk.result_of(govuk_result(1))
    assert page.title == "Working together 1"
    assert page.link == "https://www.gov.uk/government/publications/working-together-1"
    assert (page.kind, page.published, page.updated) == ("statutory_guidance", None, date(2023, 12, 15))
    assert page.organisations == ("Department for Education",)
    assert "Open Government Licence" in page.licence
    assert (
        govuk.result_of(govuk_result(1, link="https://www.example.org/x")).link == "https://www.example.org/x"
    )


def pages(asked: Asked) -> Reply:
    start = int(asked.parameters["start"])
    return json_reply(govuk_page([govuk_result(n) for n in range(start, min(start + 100, 230))], 230, start))


def test_every_page_is_walked(client: Client, everywhere: LocalService) -> None:
    everywhere.answers = pages
    done = govuk.search(
        "safeguarding",
        client=client,
        from_date=date(2020, 1, 1),
        filters=[("filter_organisations", "department-for-education")],
    ).all()
    assert (len(done.items), done.total, done.state) == (230, 230, "whole")
    first = everywhere.asked[0]
    assert first.path == "/api/search.json"
    assert first.parameters["filter_public_timestamp"] == "from:2020-01-01"
    assert first.parameters["filter_organisations"] == "department-for-education"
    assert first.parameters["fields"].split(",") == list(govuk.FIELDS)
    assert [asked.parameters["start"] for asked in everywhere.asked] == ["0", "100", "200"]


def test_a_parameter_that_is_not_taken_is_said_in_the_services_words(
    client: Client, everywhere: LocalService
) -> None:
    everywhere.replies = [json_reply({"error": 'Unexpected parameters: "colour"'}, 422)]
    done = govuk.search("x", client=client, filters=[("colour", "red")]).all()
    assert done.failure is not None
    assert (done.failure.kind, done.failure.status) == ("not accepted", 422)
    assert 'Unexpected parameters: "colour"' in done.account


@pytest.mark.parametrize(
    "address",
    [
        "/government/publications/working-together",
        "https://www.gov.uk/government/publications/working-together#contents",
        "https://www.gov.uk/api/content/government/publications/working-together",
        "www.gov.uk/government/publications/working-together",
    ],
)
def test_one_page_by_its_address(client: Client, everywhere: LocalService, address: str) -> None:
    everywhere.replies = [json_reply(CONTENT)]
    page = govuk.content(address, client=client)
    assert page is not None
    assert everywhere.asked[0].path == "/api/content/government/publications/working-together"
    assert (page.published, page.updated) == (date(2015, 3, 26), date(2023, 12, 15))
    assert (page.kind, page.organisations, page.withdrawn) == (
        "statutory_guidance",
        ("Department for Education",),
        "",
    )


def test_a_withdrawn_page_says_so(client: Client, everywhere: LocalService) -> None:
    notice = {"explanation": "<p>Replaced.</p>", "withdrawn_at": "2024-02-01T10:00:00Z"}
    everywhere.replies = [json_reply({**CONTENT, "withdrawn_notice": notice})]
    page = govuk.content("/a", client=client)
    assert page is not None
    assert page.withdrawn == "withdrawn on 1 February 2024"
    assert govuk.content_of({**CONTENT, "withdrawn_notice": {"explanation": "x"}}).withdrawn == "withdrawn"


def test_a_page_that_is_not_there_is_none(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [Reply(status=404)]
    assert govuk.content("/none", client=client) is None
    everywhere.replies = [json_reply({"results": []})]
    with pytest.raises(Exception, match="no page of GOV"):
        govuk.content("/other", client=client)


@pytest.mark.parametrize("address", ["https://www.example.org/a", "", "https://www.gov.uk/"])
def test_an_address_elsewhere_is_refused(client: Client, address: str) -> None:
    with pytest.raises(BadInput, match="not a page of GOV"):
        govuk.content(address, client=client)


def test_a_file_downloaded_by_hand_is_read() -> None:
    content = json.dumps(govuk_page([govuk_result(1)], 1, 0)) + "\n" + json.dumps(CONTENT)
    assert [page.title for page in govuk.read_file(content.encode())] == [
        "Working together 1",
        "Working together to safeguard children",
    ]
    with pytest.raises(BadInput):
        govuk.read_file(json.dumps(crossref_page([], 0)).encode())
