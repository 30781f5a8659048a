from __future__ import annotations

import json
from datetime import date

import pytest

from tests.unit.sources.made import europepmc_page, europepmc_work, openalex_page, openalex_work
from tests.unit.sources.serving import Asked, LocalService, Reply, json_reply
from wherewithal.errors import BadInput
from wherewithal.sources import europepmc
from wherewithal.sources.client import Client
from wherewithal.sources.work import Notice


def test_a_work_is_read() -> None:
    work = europepmc.work_of(europepmc_work(7))
    assert work.title == "A parenting trial 7"
    assert work.authors == ("Berg, Ada", "The Trial Group")
    assert (work.year, work.published, work.venue) == (2020, date(2020, 3, 1), "Journal of Families")
    assert (work.doi, work.pmid, work.type) == ("10.1000/work.7", "7", "article-journal")
    assert work.abstract == "Background: Parents learn."
    assert work.link == "https://europepmc.org/article/MED/7"
    assert work.open_access_link == "https://example.org/full"
    assert (work.licence, work.retracted, work.source) == ("cc by", False, "Europe PMC")


def test_an_abstract_without_an_open_licence_is_left_out() -> None:
    closed = europepmc_work(7)
    del closed["license"]
    assert europepmc.work_of(closed).abstract == ""
    assert europepmc.abstract_of(closed) == "Background: Parents learn."


def test_a_retracted_work_is_known_by_its_kind_and_by_its_notices() -> None:
    notes = {"commentCorrection": [
        {"type": "Retraction in", "doi": "10.1000/NOTE", "source": "MED"},
        {"type": "Erratum in", "reference": "J Fam 2021"},
        {"type": "Comment in", "reference": "J Fam 2022"},
        {"type": "Retraction of", "doi": "10.1000/other"},
    ]}  # fmt: skip
    work = europepmc.work_of(europepmc_work(7, commentCorrectionList=notes))
    assert work.retracted is True
    assert work.notices == (
        Notice("retraction", "10.1000/NOTE", None, "Europe PMC"),
        Notice("correction", "", None, "Europe PMC"),
    )
    typed = europepmc_work(7, pubTypeList={"pubType": ["Journal Article", "Retracted Publication"]})
    assert europepmc.work_of(typed).retracted is True


def test_a_short_record_says_nothing_about_retraction() -> None:
    short = europepmc_work(7)
    del short["pubTypeList"]
    assert europepmc.work_of(short).retracted is None
    assert europepmc.work_of({"authorString": "Berg A, Lin B."}).authors == ("Berg A", "Lin B")


def pages(asked: Asked) -> Reply:
    start = {"*": 0, "AoE1": 100, "AoE2": 200}[asked.parameters["cursorMark"]]
    works = [europepmc_work(number) for number in range(start, min(start + 100, 250))]
    return json_reply(europepmc_page(works, 250, {0: "AoE1", 100: "AoE2", 200: "AoE2"}[start]))


def test_every_page_is_walked_until_the_cursor_stays(client: Client, everywhere: LocalService) -> None:
    everywhere.answers = pages
    done = europepmc.search("parenting", client=client, from_date=date(2019, 1, 1)).all()
    assert (len(done.items), done.total, done.state) == (250, 250, "whole")
    first = everywhere.asked[0].parameters
    assert first["query"] == "(parenting) AND FIRST_PDATE:[2019-01-01 TO 3000-12-31]"
    assert (first["synonym"], first["resultType"], first["format"]) == ("TRUE", "core", "json")
    assert len(everywhere.asked) == 3


def test_an_error_with_status_200_is_said(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [json_reply({"errCode": 404, "errMsg": "Invalid cursor mark"})]
    done = europepmc.search("parenting", client=client).all()
    assert "an error ('Invalid cursor mark')" in done.account


def test_one_work_by_its_doi(client: Client, everywhere: LocalService) -> None:
    everywhere.replies = [json_reply(europepmc_page([europepmc_work(7), europepmc_work(8)], 2, None))]
    work = europepmc.work_by_doi("10.1000/WORK.8", client=client)
    assert work is not None
    assert work.pmid == "8"
    assert everywhere.asked[0].parameters["query"] == 'DOI:"10.1000/WORK.8"'
    assert europepmc.work_by_doi("10.1000/work.9", client=client) is None


def test_a_file_downloaded_by_hand_is_read() -> None:
    content = json.dumps(europepmc_page([europepmc_work(1)], 2, "x")) + "\n" + json.dumps(europepmc_work(2))
    assert [work.pmid for work in europepmc.read_file(content.encode())] == ["1", "2"]


def test_another_services_file_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        europepmc.read_file(json.dumps(openalex_page([openalex_work(1)], 1, None)).encode())
    assert caught.value.problems[0].found == "an answer of OpenAlex"
