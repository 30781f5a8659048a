from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.unit.sources.made import NICE_INDEX, govuk_page
from tests.unit.sources.serving import WEB_PAGE, Asked, LocalService, Reply, json_reply
from wherewithal.errors import BadInput
from wherewithal.sources import nice
from wherewithal.sources.client import Client


@pytest.fixture
def service(everywhere: LocalService, monkeypatch: pytest.MonkeyPatch) -> LocalService:
    monkeypatch.setenv("WHEREWITHAL_NICE_KEY", "the-councils-own")
    return everywhere


def test_guidance_is_read_with_the_councils_key(client: Client, service: LocalService) -> None:
    service.replies = [json_reply(NICE_INDEX)]
    done = nice.search(client=client).all()
    assert [page.reference for page in done.items] == ["NG225", "NG26"]
    page = done.items[0]
    assert page.title == "Self-harm: assessment, management and preventing recurrence"
    assert page.link == "https://www.nice.org.uk/guidance/ng225"
    assert (page.published, page.updated, page.kind) == (date(2022, 9, 7), date(2022, 9, 7), "NICE guideline")
    assert (done.total, done.state) == (2, "whole")
    asked = service.asked[0]
    assert asked.path == "/guidance/index"
    assert asked.headers["api-key"] == "the-councils-own"
    assert asked.headers["accept"] == nice.ACCEPT


def test_words_and_a_date_choose(client: Client, service: LocalService) -> None:
    service.replies = [json_reply(NICE_INDEX)]
    assert [page.reference for page in nice.search("CHILDREN attachment", client=client).all().items] == [
        "NG26"
    ]
    recent = nice.search("", client=client, from_date=date(2020, 1, 1)).all()
    assert [page.reference for page in recent.items] == ["NG225"]
    assert (
        nice.search("nothing like it", client=client).all().account.startswith("NICE syndication has nothing")
    )


def test_its_text_is_never_kept(client: Client, service: LocalService, tmp_path: Path) -> None:
    service.answers = lambda asked: (
        Reply(status=304)
        if "if-none-match" in asked.headers
        else json_reply(NICE_INDEX, ETag='"one"')
    )  # fmt: skip
    first = nice.search(client=client)
    (batch,) = list(first)
    assert "never be kept" not in json.dumps(batch.raw)
    kept = [file.read_bytes() for file in (tmp_path / "answers").iterdir()]
    assert len(kept) == 1
    assert b"never be kept" not in kept[0]
    assert nice.search(client=client).all().items == batch.items
    assert len(service.asked) == 2


def test_the_next_page_is_followed(client: Client, service: LocalService) -> None:
    def answers(asked: Asked) -> Reply:
        if asked.target == "/guidance/index":
            links = [{"Rel": "next", "Uri": "/guidance/index?page=2"}]
            return json_reply({**NICE_INDEX, "Links": links})
        item = {"Id": "ph40", "title": "Early years", "LastModified": "2012-10-24"}
        return json_reply({"IndexItems": [item, {"Title": "Without a number"}, "x"]})

    service.answers = answers
    done = nice.search(client=client).all()
    assert [page.reference for page in done.items] == ["NG225", "NG26", "PH40"]
    assert service.asked[1].target == "/guidance/index?page=2"
    assert service.asked[1].headers["api-key"] == "the-councils-own"


def test_without_a_key_it_is_not_asked(client: Client, everywhere: LocalService) -> None:
    done = nice.search(client=client).all()
    assert done.failure is not None
    assert done.failure.kind == "needs a key"
    assert "WHEREWITHAL_NICE_KEY" in done.failure.do
    assert everywhere.asked == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_not_known_is_said(client: Client, service: LocalService, status: int) -> None:
    service.replies = [json_reply({"message": "the-councils-own is wrong"}, status)]
    failure = nice.search(client=client).all().failure
    assert failure is not None
    assert failure.kind == "needs a key"
    assert "the-councils-own" not in str(failure)


@pytest.mark.parametrize(
    "reply",
    [WEB_PAGE, json_reply({"Links": []}), json_reply({"IndexItems": [{"Name": "x"}]}), json_reply("x")],
)
def test_what_is_no_index_is_said(client: Client, service: LocalService, reply: Reply) -> None:
    service.replies = [reply]
    failure = nice.search(client=client).all().failure
    assert failure is not None
    assert failure.kind == "wrong content"


def test_an_index_downloaded_by_hand_is_read() -> None:
    assert len(nice.read_file(json.dumps(NICE_INDEX).encode())) == 2
    for content in (json.dumps(govuk_page([], 0, 0)), "<html></html>", '{"IndexItems": [{"Title'):
        with pytest.raises(BadInput):
            nice.read_file(content.encode())
