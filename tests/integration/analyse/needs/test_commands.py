import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.integration.analyse.needs.conftest import AREA, NORTHMOOR, REREFERRALS
from wherewithal.errors import BadInput, NothingThere
from wherewithal_web.analyse.needs import commands
from wherewithal_web.analyse.needs.models import DataFile

CONTRACT = {
    "id", "name", "period", "value", "ci", "england", "comparison", "trend",
    "published_comparison", "published_trend", "contradictions",
}  # fmt: skip


def run(*words: object):
    result = CliRunner().invoke(commands.needs, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def started(monkeypatch):
    """The commands on the test's own database, which is there already."""
    monkeypatch.setattr("wherewithal_web.commands.start_django", lambda demo=False: None)
    monkeypatch.setattr(commands, "start_django", lambda demo=False: None)


def test_a_profile_straight_from_a_file_needs_no_database(monkeypatch):
    def never(**_: object) -> None:
        raise AssertionError("a file needs no workbench")

    monkeypatch.setattr(commands, "start_django", never)
    result = run("profile", "northmoor", "--file", NORTHMOOR, "--peers", "Ravensby, Wychmere", "--json")
    found = json.loads(result.stdout)
    assert found["area"]["code"] == AREA
    assert found["edition"].startswith("northmoor.csv (sha256 ")
    assert len(found["indicators"]) == 8
    first = found["indicators"][0]
    assert first.keys() >= CONTRACT
    assert (first["id"], first["value"], first["ci"]) == (REREFERRALS, 26.39535, [25.0994, 27.73344])
    assert (first["england"], first["comparison"], first["published_comparison"]) == (22.6, "Worse", "Worse")
    assert first["trend"] == first["published_trend"] == "Increasing and getting worse"
    assert first["neighbours"]["median"] == pytest.approx((20.81245 + 18.10416) / 2)


def test_without_json_it_reads_like_a_page():
    out = run("profile", AREA, "--file", NORTHMOOR).stdout
    assert "Northmoor (X06000001). From northmoor.csv" in out
    assert "Worse than England, and getting worse." in out


def test_what_is_wrong_is_said(tmp_path: Path):
    with pytest.raises(NothingThere, match="No area 'Atlantis'"):
        run("profile", "Atlantis", "--file", NORTHMOOR)
    with pytest.raises(BadInput, match="could not be opened"):
        run("profile", "Northmoor", "--file", tmp_path / "nothing.csv")
    assert run("profile").exit_code == 2
    assert run("import").exit_code == 2


@pytest.mark.django_db
def test_files_are_brought_in_and_profiled(started, people):
    first = json.loads(run("import", NORTHMOOR, "--json").stdout)["files"]
    assert [(file["values"], file["fresh"]) for file in first] == [(808, True)]
    assert "held already" in run("import", NORTHMOOR).stdout
    found = json.loads(run("profile", "Northmoor", "--peers", "Ravensby", "--json").stdout)
    assert found["edition"].startswith("northmoor.csv, brought in on")
    assert found["indicators"][0]["neighbours"]["median"] == 20.81245


@pytest.mark.django_db
def test_every_file_is_taken_or_none(started, people, tmp_path: Path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("nothing,here\n1,2\n")
    with pytest.raises(BadInput):
        run("import", NORTHMOOR, wrong)
    assert not DataFile.objects.exists()


@pytest.mark.django_db
def test_asking_before_anything_is_held_says_what_to_do(started, people):
    with pytest.raises(NothingThere, match="Bring in a file first"):
        run("profile", "Northmoor")


@pytest.mark.shared
def test_the_real_export_from_the_terminal(shared: Path):
    file = shared / "needs/phof/fingertips_90284_injuries_0_14.csv"
    found = json.loads(run("profile", "Trafford", "--file", file, "--json").stdout)
    assert [indicator["contradictions"] for indicator in found["indicators"]] == [[], [], []]


def test_neighbours_and_dictionary_go_with_a_file():
    result = run("profile", "Northmoor", "--neighbours", "sn.csv")
    assert result.exit_code == 2
    assert "go with --file" in result.output


@pytest.mark.shared
def test_the_standings_of_every_authority(shared: Path, tmp_path: Path):
    folder, out = shared / "needs/dfe", tmp_path / "all.csv"
    neighbours, dictionary = folder / "sn_model_2025_wide.csv", folder / "lait_data_dictionary.csv"
    table = folder / "bds_long_0.parquet"
    said = run(
        "standings", table, "--neighbours", neighbours, "--dictionary", dictionary, "--out", out
    ).stdout
    assert said.startswith("498,806 standings of 153 authorities on 3,771 measures and periods")
    with out.open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == 498_807
