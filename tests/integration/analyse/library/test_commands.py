from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from wherewithal.analyse.library import write_edition
from wherewithal.errors import BadInput, NothingThere
from wherewithal_web import commands as workbench
from wherewithal_web.analyse.library.commands import bring_in, held
from wherewithal_web.analyse.library.models import StoredEdition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def django_is_running(monkeypatch) -> None:
    monkeypatch.setattr(workbench, "start_django", lambda *, demo=False: None)


@pytest.fixture
def file(tmp_path: Path, newer_toolkit) -> Path:
    path = tmp_path / "2026-04-02.csv"
    path.write_text(write_edition(newer_toolkit), encoding="utf-8")
    return path


def run(*arguments: object, **options):
    return CliRunner().invoke(bring_in, [str(each) for each in arguments], **options)


def test_the_difference_is_shown_and_applied_with_yes(library, file: Path) -> None:
    done = run(file, "--register", "eef-toolkit", "--yes")
    assert done.exit_code == 0, done.output
    assert "EEF Teaching and Learning Toolkit, 2 April 2026: 28 new and 2 changed." in done.stdout
    assert "  changed    Social and emotional learning" in done.stdout
    assert "months: 4 -> 3" in done.stdout
    assert StoredEdition.objects.filter(register="eef-toolkit").count() == 2


def test_it_asks_first(library, file: Path) -> None:
    done = run(file, "--register", "EEF Teaching and Learning Toolkit", input="n\n")
    assert done.exit_code == 0
    assert "Nothing was changed." in done.stdout
    assert run(file, "--register", "eef-toolkit").exit_code == 1
    assert StoredEdition.objects.filter(register="eef-toolkit").count() == 1
    assert "Applied." in run(file, "--register", "eef-toolkit", input="y\n").stdout


def test_json_is_one_object_and_applies_only_with_yes(library, file: Path) -> None:
    said = json.loads(run(file, "--register", "eef-toolkit", "--json").stdout)
    assert (said["register"], said["edition"], said["applied"]) == ("eef-toolkit", "2026-04-02", False)
    assert len(said["new"]) == 28
    changed = {each["programme"]: each["fields"] for each in said["changed"]}
    assert changed["Social and emotional learning"]["rating"] == ["1", "3"]
    assert not StoredEdition.objects.filter(date="2026-04-02").exists()
    assert json.loads(run(file, "--register", "eef-toolkit", "--json", "--yes").stdout)["applied"] is True


def test_a_wrong_register_names_those_there_are(library, file: Path) -> None:
    done = run(file, "--register", "maudsley")
    assert isinstance(done.exception, NothingThere)
    assert "foundations-guidebook" in str(done.exception)


def test_a_file_of_the_wrong_register_changes_nothing(library, file: Path) -> None:
    done = run(file, "--register", "blueprints", "--yes")
    assert isinstance(done.exception, BadInput)
    assert "row 2, column 'rating'" in str(done.exception)
    assert StoredEdition.objects.filter(register="blueprints").count() == 1


def test_without_a_day_it_is_dated_today_and_says_so(library, file: Path) -> None:
    undated = file.rename(file.with_name("toolkit.csv"))
    done = run(undated, "--register", "eef-toolkit", "--yes")
    assert done.exit_code == 0, done.output
    assert "The day of the copy was not given, so it is dated today, 23 November 2026." in done.stdout
    stored = StoredEdition.objects.get(register="eef-toolkit", date="2026-11-23")
    assert stored.when == "brought in on 23 November 2026; the day of the copy was not given"
    assert run(undated, "--register", "eef-toolkit", "--yes", "--edition", "2026-04-02").exit_code == 0
    assert run(undated, "--register", "eef-toolkit", "--edition", "soon").exit_code == 2
    no_day = undated.rename(undated.with_name("2026-06-31.csv"))
    assert isinstance(run(no_day, "--register", "eef-toolkit").exception, BadInput)


def test_the_same_file_again_changes_nothing(library, file: Path) -> None:
    assert run(file, "--register", "eef-toolkit", "--yes").exit_code == 0
    again = run(file, "--register", "eef-toolkit", "--yes")
    assert again.exit_code == 0
    assert "this very file is in already" in again.stdout
    assert "Nothing was changed." in again.stdout
    assert StoredEdition.objects.filter(register="eef-toolkit").count() == 2


def test_the_list(library) -> None:
    lines = CliRunner().invoke(held, []).stdout.splitlines()
    assert any(line.startswith("foundations-guidebook") and "61 rows" in line for line in lines)
    said = json.loads(CliRunner().invoke(held, ["--json"]).stdout)
    assert {each["key"] for each in said["registers"]} >= {"blueprints", "eef-toolkit"}


def test_help_gives_an_example() -> None:
    assert "Example: wherewithal registers import" in CliRunner().invoke(bring_in, ["--help"]).stdout
