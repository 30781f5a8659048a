from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.unit.sources import figures as services
from tests.unit.sources.conftest import elsewhere, everywhere, local, nothing_outside
from tests.unit.sources.made import NICE_INDEX, europepmc_page, europepmc_work, oai_page, oai_record
from tests.unit.sources.serving import WEB_PAGE, LocalService, Reply, json_reply
from tests.unit.sources.test_openalex import pages
from wherewithal.cli.records import records
from wherewithal.cli.sources import sources
from wherewithal.errors import BadInput

__all__ = ["elsewhere", "everywhere", "local", "nothing_outside"]


@pytest.fixture(autouse=True)
def in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing_outside: None) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(sources, list(words))


def figures(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_services_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEREWITHAL_NICE_KEY", "very-secret")
    monkeypatch.setenv("WHEREWITHAL_SOURCE_CROSSREF", "https://mirror.example")
    said = run("list")
    assert said.exit_code == 0
    assert "openalex: OpenAlex" in said.stdout
    assert "https://mirror.example (from WHEREWITHAL_SOURCE_CROSSREF)" in said.stdout
    assert "WHEREWITHAL_NICE_KEY, set" in said.stdout
    assert "none; set WHEREWITHAL_CONTACT" in said.stdout
    listed = {one["key"]: one for one in figures(run("list", "--json"))["sources"]}
    assert listed["nice"]["key_is_set"] is True
    assert listed["crossref"]["address"] == "https://mirror.example"
    assert all(limit["sure"] for one in listed.values() for limit in one["limits"])
    assert "very-secret" not in said.stdout + run("list", "--json").stdout


def test_what_cannot_be_reached_is_said_and_is_no_failure() -> None:
    said = run("check")
    assert said.exit_code == 0
    assert "openalex: not reached (no such host)" in said.stdout
    assert "Do: Check that this machine is on the internet." in said.stdout
    assert "0 of 12 sources reached" in said.stdout
    found = figures(run("check", "crossref", "--json"))
    assert (found["reached"], found["asked"]) == (0, 1)
    assert found["sources"][0]["state"] == "no such host"
    assert run("check", "scholar").exit_code == 2


def test_what_can_be_reached_is_said(everywhere: LocalService) -> None:
    everywhere.replies = [json_reply({})]
    assert "crossref: reached" in run("check", "crossref").stdout
    everywhere.replies = [WEB_PAGE]
    assert "a web page titled 'Access denied'" in run("check", "crossref").stdout


def test_a_search_is_fetched_into_a_file_that_records_convert_reads(
    everywhere: LocalService, tmp_path: Path
) -> None:
    everywhere.answers = pages
    said = run("fetch", "openalex", "parenting", "-o", "works.json", "--max", "150", "--json")
    assert said.exit_code == 0
    told = figures(said)
    assert (told["fetched"], told["total"], told["state"]) == (150, 250, "stopped at the maximum")
    assert told["limits"] == {"x-ratelimit-remaining": "990"}
    converted = CliRunner().invoke(records, ["convert", "works.json", "-o", "works.ris", "--json"])
    assert json.loads(converted.stdout)["records"] == 150
    everywhere.replies = [json_reply(europepmc_page([europepmc_work(1), europepmc_work(2)], 2, None))]
    everywhere.answers = everywhere._next_reply
    assert (
        "2 fetched. Written to epmc.json" in run("fetch", "europepmc", "parenting", "-o", "epmc.json").stdout
    )
    converted = CliRunner().invoke(records, ["convert", "epmc.json", "-o", "epmc.ris", "--json"])
    assert json.loads(converted.stdout)["records"] == 2


def test_a_failure_in_the_middle_exits_1_and_can_be_resumed(everywhere: LocalService, tmp_path: Path) -> None:
    everywhere.answers = lambda asked: (
        Reply(status=429, headers={"Retry-After": "600"})
        if asked.parameters["cursor"] == "third"
        else pages(asked)
    )
    words = ["fetch", "openalex", "families' voice", "--from-date", "2020-01-01", "-o", "works.json"]
    said = run(*words)
    assert said.exit_code == 1
    assert said.stdout == ""
    assert (
        "200 of 250 fetched. OpenAlex answered 429 (too many requests). Try again after 600 s." in said.stderr
    )
    assert (
        "fetch openalex 'families'\\'' voice' --from-date 2020-01-01 -o 'works.json' --resume" in said.stderr
    )
    assert not Path("works.json").exists()
    assert Path("works.json.part").exists()
    assert "add --resume" in str(run(*words).exception).lower()
    everywhere.answers = pages
    done = run(*words, "--resume", "--json")
    assert (done.exit_code, figures(done)["fetched"]) == (0, 250)
    assert sorted(file.name for file in tmp_path.glob("works*")) == ["works.json"]


def test_a_failure_at_once_leaves_no_file(tmp_path: Path) -> None:
    said = run("fetch", "crossref", "parenting", "-o", "works.json", "--json")
    assert said.exit_code == 1
    assert figures(said)["state"] == "failed"
    assert "No file was written." in said.stderr
    assert list(tmp_path.glob("works*")) == []


def test_nice_is_written_without_its_text(everywhere: LocalService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEREWITHAL_NICE_KEY", "very-secret")
    everywhere.replies = [json_reply(NICE_INDEX)]
    assert run("fetch", "nice", "", "-o", "nice.json").exit_code == 0
    assert "never be kept" not in Path("nice.json").read_text()
    assert len(json.loads(Path("nice.json").read_text())["IndexItems"]) == 2


def test_a_repository_is_fetched(local: LocalService) -> None:
    local.replies = [Reply(oai_page([oai_record(1), oai_record(2)]))]
    said = run("fetch", "oai-pmh", local.address, "--set", "reports", "-o", "records.xml")
    assert said.exit_code == 0
    assert local.asked[0].parameters["set"] == "reports"
    assert Path("records.xml").read_text().count("<ns0:record") == 2


def test_single_files_are_fetched(everywhere: LocalService, local: LocalService) -> None:
    everywhere.replies = [
        Reply(b"name,rating\nA,3\n", headers={"Last-Modified": "Sun, 15 Jun 2025 15:06:40 GMT"})
    ]
    said = run("fetch", "register-file", f"{local.address}/register.csv", "-o", "register.csv")
    assert "dated 2025-06-15 by its server" in said.stdout
    assert Path("register.csv").read_bytes() == b"name,rating\nA,3\n"
    everywhere.replies = [json_reply({"base_path": "/a", "title": "A page"})]
    assert "'A page' fetched." in run("fetch", "govuk-content", "/a", "-o", "page.json").stdout
    everywhere.replies = [Reply(status=404)]
    gone = run("fetch", "govuk-content", "/b", "-o", "gone.json")
    assert (gone.exit_code, Path("gone.json").exists()) == (1, False)
    again = run("fetch", "register-file", f"{local.address}/register.csv", "-o", "register.csv")
    assert isinstance(again.exception, BadInput)
    everywhere.answers = services.answers
    said = run("fetch", "fingertips", "90284:777", "-o", "f.csv")
    assert "2 rows of Fingertips fetched." in said.stdout
    said = run("fetch", "explore-education", services.DATA_SET, "-o", "e.csv")
    assert "A data set of 1 row was fetched." in said.stdout
    said = run("fetch", "nomis", services.NOMIS, "-o", "n.csv")
    assert "4 rows of 'Population estimates" in said.stdout
    assert Path("n.csv").read_text().count("\n") == 5
    odd = run("fetch", "fingertips", "obesity", "-o", "g.csv")
    assert isinstance(odd.exception, BadInput)


def test_bad_usage_exits_2() -> None:
    assert run("fetch", "openalex", "x").exit_code == 2
    assert run("fetch", "openalex", "x", "-o", "a.json", "--max", "0").exit_code == 2
    assert run("fetch", "openalex", "x", "-o", "a.json", "--from-date", "soon").exit_code == 2
    assert run("fetch", "scholar", "x", "-o", "a.json").exit_code == 2


def test_every_command_has_help_with_an_example() -> None:
    for words in (["--help"], ["list", "--help"], ["check", "--help"], ["fetch", "--help"]):
        assert "Example: wherewithal sources" in run(*words).stdout
