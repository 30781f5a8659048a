"""The three services that give figures, asked at a local address that answers in their documented form."""

from __future__ import annotations

import pytest

from tests.unit.sources import figures
from tests.unit.sources.serving import LocalService, Reply, json_reply
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources import explore_education_query as education
from wherewithal.sources import fingertips_download as fingertips
from wherewithal.sources import nomis_query as nomis
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed


@pytest.fixture
def services(everywhere: LocalService) -> LocalService:
    everywhere.answers = figures.answers
    return everywhere


# --- Fingertips -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "having", "found"),
    [
        ("counties and unitary authorities", None, 777),
        ("Upper tier local authorities", None, 777),
        ("UTLA", {102, 402}, 402),
        ("Counties & UAs (pre Apr 2019)", {102}, 102),
        ("districts", None, 501),
        ("402", None, 402),
    ],
)
def test_a_type_of_area_is_looked_up_and_the_newest_taken(
    services: LocalService, client: Client, wanted: str, having: set[int] | None, found: int
) -> None:
    types = fingertips.area_types(client)
    assert fingertips.area_type_called(wanted, types, having).number == found


def test_a_type_of_area_that_is_not_there_is_said_with_those_that_are(
    services: LocalService, client: Client
) -> None:
    types = fingertips.area_types(client)
    with pytest.raises(NothingThere, match="no type of area called 'wards'") as caught:
        fingertips.area_type_called("wards", types)
    assert "Districts & UAs (from Apr 2023)" in caught.value.exists
    with pytest.raises(NothingThere, match="that it has these figures for"):
        fingertips.area_type_called("districts", types, fingertips.types_with(90284, client))
    with pytest.raises(NothingThere, match="does not hold GPs against England"):
        fingertips.england_of(fingertips.area_type_called("GPs", types))


def test_a_profile_is_known_by_name_key_or_number(services: LocalService, client: Client) -> None:
    every = fingertips.profiles(client)
    for wanted in ("child and maternal health", "child-health-profiles", "105", "maternal"):
        assert fingertips.profile_called(wanted, every).number == 105
    with pytest.raises(NothingThere, match="several profiles") as caught:
        fingertips.profile_called("health", every)
    assert len(caught.value.exists) == 2
    with pytest.raises(NothingThere, match="no profile called 'roads'"):
        fingertips.profile_called("roads", every)


def test_an_indicator_is_downloaded_against_england(services: LocalService, client: Client) -> None:
    data, export = fingertips.download(90284, 777, client=client)
    assert data == figures.export("90284")
    assert [row.area_name for row in export.rows] == ["England", "Trafford"]
    asked = services.asked[-1]
    assert asked.path == "/all_data/csv/by_indicator_id"
    assert (asked.parameters["child_area_type_id"], asked.parameters["parent_area_type_id"]) == ("777", "15")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"An error has occurred"), "does not begin with 'Indicator ID'"),
        (Reply(b"<!DOCTYPE html><title>Sign in</title>"), "a web page titled 'Sign in'"),
        (Reply(b""), "empty|nothing"),
        (Reply(status=404), "404"),
    ],
)
def test_what_is_no_export_is_refused(
    everywhere: LocalService, client: Client, reply: Reply, said: str
) -> None:
    everywhere.replies = [reply]
    with pytest.raises(SourceFailed, match=said):
        fingertips.download(2, 502, client=client, parent_area_type=15)


def test_a_list_of_something_else_is_refused(everywhere: LocalService, client: Client) -> None:
    for odd in ({"message": "no"}, ["one"], [{"Name": "no number"}]):
        everywhere.replies = [json_reply(odd)]
        with pytest.raises(SourceFailed):
            fingertips.area_types(client)


# --- Explore Education Statistics -----------------------------------------------------------------------


def test_every_page_of_a_query_is_read(services: LocalService, client: Client) -> None:
    told: list[tuple[int, int | None]] = []
    address = (
        f"https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/{figures.DATA_SET}"
    )
    found = education.ask(
        address,
        client=client,
        indicators=["overall absence rate (percent)"],
        since=2023,
        progress=lambda done, total: told.append((done, total)),
    )
    assert len(found.data_set.rows) == 5
    assert (found.title, found.version, found.published) == ("Absence rates", "1.2", "2026-05-21")
    asked = services.asked[-1].parameters
    assert (asked["indicators"], asked["geographicLevels.in"]) == ("i1", "NAT,LA")
    assert asked["timePeriods.in"] == "2023/2024|AY"
    assert told == [(3, 5), (5, 5)]
    assert "page=" not in found.address
    assert found.address.startswith(f"{services.address}/v1/data-sets/{figures.DATA_SET}/query?")


@pytest.mark.parametrize(
    ("more", "said", "exists"),
    [
        ({"indicators": ["attendance"]}, "no indicator called attendance", "Number of sessions"),
        ({"levels": ["REG"]}, "no figures of Regional level", "Local authority"),
        ({"since": 2030}, "no such years", "2022/2023"),
    ],
)
def test_what_a_data_set_does_not_have_is_said_with_what_it_has(
    services: LocalService, client: Client, more: dict, said: str, exists: str
) -> None:
    with pytest.raises(NothingThere, match=said) as caught:
        education.ask(figures.DATA_SET, client=client, **more)
    assert exists in caught.value.exists


def test_what_names_no_data_set_is_refused_before_anybody_is_asked(
    services: LocalService, client: Client
) -> None:
    with pytest.raises(BadInput, match="names no data set"):
        education.ask("absence", client=client)
    assert services.asked == []


def test_a_whole_data_set_is_downloaded(services: LocalService, client: Client) -> None:
    assert education.download(figures.DATA_SET, client=client).startswith(b"time_period")
    services.answers = lambda _asked: Reply(b"nothing of the kind")
    with pytest.raises(SourceFailed, match="without the column 'time_period'"):
        education.download("a" * 8 + "-aaaa-aaaa-aaaa-" + "a" * 12, client=client)


def test_a_data_set_that_is_gone_is_said(services: LocalService, client: Client) -> None:
    with pytest.raises(SourceFailed, match="404"):
        education.ask("00000000-0000-0000-0000-000000000000", client=client)


# --- Nomis ----------------------------------------------------------------------------------------------


def test_a_query_is_paged_until_every_row_is_there(services: LocalService, client: Client) -> None:
    found = nomis.ask(nomis.query_of(f"{figures.NOMIS}&uid=0xsecret&recordlimit=5"), client=client)
    assert found.content.decode().count("\n") == 1 + 4
    assert found.title == "Population estimates - local authority based by single year of age"
    assert found.address == (
        f"{services.address}/dataset/NM_2002_1.data.csv?geography=1%2C2&date=latest&c_age=1...2"
    )
    offsets = [each.parameters["recordoffset"] for each in services.asked if each.path.endswith(".csv")]
    assert offsets == ["0", "3"]
    assert "secret" not in " ".join(each.target for each in services.asked)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://example.org/api/v01/dataset/NM_1_1.data.csv?geography=1", "one at example"),
        ("https://www.nomisweb.co.uk/home", "one that names no data set"),
        ("file:///etc/passwd", "not the address of a query"),
        ("https://www.nomisweb.co.uk/api/v01/dataset/NM_1_1.data.csv?date=latest", "names no areas"),
    ],
)
def test_only_queries_of_nomis_are_asked(address: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        nomis.query_of(address)


def test_rows_that_stop_coming_are_said(services: LocalService, client: Client) -> None:
    row = figures.NOMIS_ROWS[0].format(place=0)
    pages = [Reply(f"{figures.NOMIS_HEADER}\n{row}".encode()), Reply(figures.NOMIS_HEADER.encode())]
    services.answers = lambda asked: pages.pop(0)
    with pytest.raises(SourceFailed, match="gave 1 of 4 rows and then none"):
        nomis.ask(nomis.query_of(figures.NOMIS), client=client)


def test_a_data_set_whose_name_is_not_known_keeps_its_number(services: LocalService, client: Client) -> None:
    def answers(asked):
        return Reply(status=404) if "def.sdmx" in asked.path else figures.answers(asked)

    services.answers = answers
    assert nomis.ask(nomis.query_of(figures.NOMIS), client=client).title == "NM_2002_1"


def test_a_refusal_of_nomis_in_words_is_shown(services: LocalService, client: Client) -> None:
    services.answers = lambda _asked: Reply(b"Error: geography not recognised")
    with pytest.raises(SourceFailed, match="geography not recognised"):
        nomis.ask(nomis.query_of(figures.NOMIS), client=client)
