from __future__ import annotations

from datetime import date

import pytest

from tests.unit.sources.made import OAI_HEAD, OAI_IDENTIFY, oai_deleted, oai_error, oai_page, oai_record
from tests.unit.sources.serving import WEB_PAGE, Asked, LocalService, Reply
from wherewithal.errors import BadInput
from wherewithal.sources import oai_pmh
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed


def pages(asked: Asked) -> Reply:
    said = asked.parameters
    if said["verb"] == "Identify":
        return Reply(OAI_IDENTIFY)
    token = said.get("resumptionToken", "")
    return Reply(
        {
            "": oai_page([oai_record(1), oai_deleted(2)], "page two|x", 5),
            "page two|x": oai_page([oai_record(3), oai_record(4)], "page&amp;three"),
            "page&three": oai_page([oai_record(5)], ""),
        }[token]
    )


def test_a_repository_says_who_it_is(client: Client, local: LocalService) -> None:
    local.answers = pages
    who = oai_pmh.identify(f"{local.address}/oai?", client=client)
    assert (who.name, who.version, who.deleted, who.granularity) == (
        "A University",
        "2.0",
        "persistent",
        "YYYY-MM-DD",
    )
    assert (who.earliest, who.contact) == ("2001-01-01", ("repository@example.org",))


def test_every_page_is_walked_deleted_records_included(client: Client, local: LocalService) -> None:
    local.answers = pages
    done = oai_pmh.records(
        f"{local.address}/oai", client=client, from_date=date(2024, 1, 1), set_name="reports"
    ).all()
    assert [record.identifier for record in done.items] == [f"oai:example:{number}" for number in range(1, 6)]
    assert [record.deleted for record in done.items] == [False, True, False, False, False]
    assert done.items[1].work is None
    assert (done.total, done.state) == (5, "whole")
    assert local.asked[0].parameters == {
        "verb": "ListRecords",
        "metadataPrefix": "oai_dc",
        "from": "2024-01-01",
        "set": "reports",
    }
    assert local.asked[1].parameters == {"verb": "ListRecords", "resumptionToken": "page two|x"}


def test_a_record_is_read(client: Client) -> None:
    (record,) = oai_pmh.read_file(oai_page([oai_record(1)]))
    assert (record.stamped, record.sets) == (date(2024, 5, 2), ("reports",))
    work = record.work
    assert work is not None
    assert (work.title, work.authors, work.type) == ("Report 1", ("Berg, Ada",), "report")
    assert (work.year, work.published) == (2024, date(2024, 4, 30))
    assert (work.doi, work.link) == ("10.1000/report.1", "https://repository.example/1")
    assert work.abstract == "What families said.\nIn two lines."
    assert (work.venue, work.language, work.keywords) == ("A University", "en", ("Families",))


def test_an_abstract_without_an_open_licence_is_left_out() -> None:
    (record,) = oai_pmh.read_file(oai_page([oai_record(1, rights="All rights reserved")]))
    assert record.work is not None
    assert record.work.abstract == ""


def test_an_address_that_has_parameters_keeps_them(client: Client, local: LocalService) -> None:
    local.replies = [Reply(OAI_IDENTIFY)]
    oai_pmh.identify(f"{local.address}/oai?repository=2", client=client)
    assert local.asked[0].target == "/oai?repository=2&verb=Identify"


def test_nothing_that_matches_is_no_error(client: Client, local: LocalService) -> None:
    local.replies = [Reply(oai_error("noRecordsMatch"))]
    done = oai_pmh.records(local.address, client=client).all()
    assert (done.state, done.items, done.total) == ("whole", (), 0)


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("badResumptionToken", "not accepted", "Start again without resuming."),
        ("badArgument", "not accepted", "(badArgument: from is later than until)"),
        ("badVerb", "not accepted", "does not know the question"),
        ("cannotDisseminateFormat", "not accepted", "it has no Dublin Core"),
        ("idDoesNotExist", "not there", ""),
        ("noMetadataFormats", "not there", ""),
        ("noSetHierarchy", "not accepted", "it has no sets"),
        ("somethingNew", "broken", "(somethingNew"),
    ],
)
def test_each_error_of_the_protocol_is_said(
    client: Client, local: LocalService, code: str, kind: str, words: str
) -> None:
    local.replies = [Reply(oai_error(code, "from is later than until"))]
    failure = oai_pmh.records(local.address, client=client).all().failure
    assert failure is not None
    assert failure.kind == kind
    assert words in str(failure)


def test_a_token_that_is_forgotten_keeps_what_came(client: Client, local: LocalService) -> None:
    local.answers = lambda asked: (
        Reply(oai_error("badResumptionToken")) if "resumptionToken" in asked.parameters else pages(asked)
    )
    done = oai_pmh.records(local.address, client=client).all()
    assert (done.state, len(done.items)) == ("failed", 2)
    assert done.account.startswith(
        "2 of 5 fetched. The repository answered that it has forgotten where this was"
    )


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">&b;</OAI-PMH>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">&a;</OAI-PMH>'
)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (BILLION_LAUGHS, "XML with a document type or entities"),
        (OUTSIDE, "XML with a document type or entities"),
        (WEB_PAGE.body, "a web page titled 'Access denied'"),
        (b'{"a": 1}', "JSON"),
        (b"busy", "text that is not XML"),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "XML of another kind (<feed>)"),
        (b"<a><b></a>", "broken XML"),
        (b"", "nothing at all"),
    ],
)
def test_what_is_not_oai_pmh_is_said(client: Client, local: LocalService, body: bytes, found: str) -> None:
    local.replies = [Reply(body)]
    failure = oai_pmh.records(local.address, client=client).all().failure
    assert failure is not None
    assert (failure.kind, len(local.asked)) == ("wrong content", 1)
    assert found in failure.said
    with pytest.raises(BadInput) as caught:
        oai_pmh.read_file(body, name="records.xml")
    assert found in caught.value.problems[0].found or "empty" in str(caught.value)


def test_half_an_answer_is_tried_again(client: Client, local: LocalService) -> None:
    local.replies = [Reply(oai_page([oai_record(1)])[:-150]), Reply(oai_page([oai_record(1)]))]
    assert len(oai_pmh.records(local.address, client=client).all().items) == 1
    with pytest.raises(BadInput) as caught:
        oai_pmh.read_file(oai_page([oai_record(1)])[:-150])
    assert "download it again" in caught.value.problems[0].do


def test_an_answer_without_who_it_is_is_said(client: Client, local: LocalService) -> None:
    local.replies = [Reply(f"{OAI_HEAD}</OAI-PMH>".encode())]
    with pytest.raises(SourceFailed, match="did not say who it is"):
        oai_pmh.identify(local.address, client=client)
    assert oai_pmh.read_file(f"{OAI_HEAD}</OAI-PMH>".encode()) == ()
    bare = f"{OAI_HEAD}<ListRecords><record/></ListRecords></OAI-PMH>".encode()
    assert oai_pmh.read_file(bare)[0].identifier == ""


def test_a_saved_error_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        oai_pmh.read_file(oai_error("badVerb"))
    assert "an error" in caught.value.problems[0].found


def test_the_environments_repository_is_asked_where_none_is_named(
    client: Client, everywhere: LocalService
) -> None:
    everywhere.answers = pages
    assert oai_pmh.identify("", client=client).name == "A University"
