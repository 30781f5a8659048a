from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sources.made import europepmc_page, europepmc_work, openalex_page, openalex_work
from tests.unit.sources.serving import Asked, LocalService, Reply, json_reply
from wherewithal.analyse.reviews import living
from wherewithal.analyse.reviews.records import RecordFile
from wherewithal.errors import BadInput
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalService]:
    service = LocalService()
    for key in ("OPENALEX", "EUROPEPMC"):
        monkeypatch.setenv(f"WHEREWITHAL_SOURCE_{key}", service.address)
    yield service
    service.close()


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(keep_in=None, attempts=1) as made:
        yield made


def test_what_is_not_held_is_a_file_that_can_be_read(local: LocalService, client: Client) -> None:
    source = living.source_of("openalex")
    local.replies = [json_reply(openalex_page([openalex_work(n) for n in (1, 2, 2, 3)], 4, None))]
    got = living.gather(source, "groups", client=client, held={"https://openalex.org/W1"})
    assert (got.found, got.held, got.new) == (4, 2, 2)
    file = RecordFile(got.content, name="got.jsonl")
    records = list(file)
    assert [record.title for record in records] == [
        "Parenting programme trial 2",
        "Parenting programme trial 3",
    ]
    assert file.format.key == source.format
    assert living.held_ids(records, source) == {"https://openalex.org/W2", "https://openalex.org/W3"}


def test_the_same_for_europe_pmc(local: LocalService, client: Client) -> None:
    source = living.source_of("europepmc")
    local.replies = [json_reply(europepmc_page([europepmc_work(7), europepmc_work(8)], 2, None))]
    got = living.gather(source, "groups", client=client, held={"MED/7"}, day=date(2026, 5, 3))
    assert (got.found, got.held) == (2, 1)
    file = RecordFile(got.content, name="got.jsonl")
    assert living.held_ids(list(file), source) == {"MED/8"}
    assert file.format.key == source.format
    assert local.asked[0].parameters["query"] == "(groups) AND CREATION_DATE:[2026-05-03 TO 3000-12-31]"


def test_nothing_found_is_an_empty_file(local: LocalService, client: Client) -> None:
    local.replies = [json_reply(openalex_page([], 0, None))]
    assert living.gather(living.source_of("openalex"), "groups", client=client) == living.Gathered(b"", 0, 0)


def test_a_page_that_fails_gives_nothing(local: LocalService, client: Client) -> None:
    def pages(asked: Asked) -> Reply:
        first = asked.parameters["cursor"] == "*"
        return json_reply(openalex_page([openalex_work(1)], 2, "next")) if first else json_reply({}, 404)

    local.answers = pages
    with pytest.raises(SourceFailed):
        living.gather(living.source_of("openalex"), "groups", client=client)


def test_too_much_is_refused(local: LocalService, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(living, "MOST", 2)
    local.replies = [json_reply(openalex_page([openalex_work(n) for n in (1, 2, 3)], 3, None))]
    with pytest.raises(BadInput, match="more than 2 records"):
        living.gather(living.source_of("openalex"), "groups", client=client)


def test_an_unknown_source_says_which_there_are() -> None:
    with pytest.raises(BadInput) as caught:
        living.source_of("psycinfo")
    assert caught.value.problems[0].expected == "openalex or europepmc"


def test_only_a_source_that_can_say_so_is_asked_for_additions() -> None:
    day = date(2026, 11, 26)
    assert living.since(day, living.source_of("openalex")) is None
    assert living.since(day, living.source_of("europepmc")) == date(2026, 10, 27)
    assert living.since(None, living.source_of("europepmc")) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(living.EVERY)), st.booleans())
def test_the_next_day_is_later_and_sooner_after_a_failure(day: date, months: int, failed: bool) -> None:
    due = living.next_day(day, months, failed=failed)
    assert due > day
    assert (due - day).days <= (7 if failed else 31 * months)
