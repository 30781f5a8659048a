from __future__ import annotations

import pytest

from tests.unit.sources.made import OAI_IDENTIFY
from tests.unit.sources.serving import WEB_PAGE, LocalService, Reply, json_reply
from wherewithal.errors import NothingThere
from wherewithal.sources.catalogue import NICE, OPENALEX, SERVICES, service_of
from wherewithal.sources.client import Client
from wherewithal.sources.reach import Reached, asking_client, reach, reach_all


def test_services_have_their_own_keys_and_variables() -> None:
    assert len({service.key for service in SERVICES}) == len(SERVICES)
    assert len({service.address_variable for service in SERVICES}) == len(SERVICES)
    assert service_of("oai-pmh").address_variable == "WHEREWITHAL_SOURCE_OAI_PMH"
    with pytest.raises(NothingThere, match="openalex"):
        service_of("scholar")


def test_every_limit_that_is_documented_says_where() -> None:
    for service in SERVICES:
        assert service.covers
        assert service.licence
        for limit in service.limits:
            assert limit.where or limit.sure != "documented"


def test_every_service_is_asked_the_smallest_thing(
    everywhere: LocalService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHEREWITHAL_NICE_KEY", "k")
    everywhere.answers = lambda asked: (
        Reply(OAI_IDENTIFY) if asked.parameters.get("verb") else json_reply({}, X_RateLimit_Limit="100")
    )
    seen: list[Reached] = []
    found = reach_all(progress=seen.append)
    assert [one.service for one in found] == list(SERVICES)
    assert {one.state for one in found} == {"reached"}
    assert len(seen) == len(everywhere.asked) == len(SERVICES)
    openalex = found[0]
    assert openalex.said == (("x-ratelimit-limit", "100"),)
    assert "WHEREWITHAL_OPENALEX_KEY" in openalex.do
    assert openalex.as_dict()["reached"] is True


def test_services_that_cannot_be_reached_say_why() -> None:
    found = {one.service.key: one for one in reach_all()}
    assert found["openalex"].state == "no such host"
    assert found["nice"].state == "no such host"
    assert "It needs a key too" in found["nice"].found
    assert found["oai-pmh"].state == "no address"
    assert "WHEREWITHAL_SOURCE_OAI_PMH" in found["oai-pmh"].do


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(status=429), "too many requests"),
        (Reply(status=500), "broken"),
        (WEB_PAGE, "wrong content"),
        (Reply(b'{"a"'), "cut off"),
        (Reply(status=407), "proxy"),
    ],
)
def test_each_kind_of_bad_answer_is_told_apart(everywhere: LocalService, reply: Reply, state: str) -> None:
    everywhere.replies = [reply]
    with asking_client() as client:
        found = reach(OPENALEX, client)
    assert found.state == state
    assert found.do
    assert len(everywhere.asked) == 1


def test_a_service_that_wants_a_key_says_so(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [Reply(status=401)]
    found = reach(NICE, client)
    assert (found.state, found.found) == ("needs a key", "It answered that it needs a key, and none is set.")
    assert "WHEREWITHAL_NICE_KEY" in found.do
