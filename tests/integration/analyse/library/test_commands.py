from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.integration.conftest import PASSWORD
from wherewithal.analyse.library import write_edition
from wherewithal.analyse.library.gathered import COLUMNS
from wherewithal.errors import BadInput, NothingThere
from wherewithal_web import commands as workbench
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.commands import bring_in, difference, held, show, starter
from wherewithal_web.analyse.library.models import StoredEdition
from wherewithal_web.audit.models import Event
from wherewithal_web.people.actions import first_administrator
from wherewithal_web.people.models import User

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


# --- A file that gathers several registers ---------------------------------------------------------------


@pytest.fixture
def gathered(tmp_path: Path) -> Path:
    path = tmp_path / "gathered-2026-11-20.csv"
    path.write_text(
        f"{','.join(COLUMNS)}\n"
        "Made-up,Blueprints,promising,,,,,,,,https://register.example/b,\n"
        "Made-up,EIF/Foundations Guidebook,3,,,,,,,,https://register.example/f,\n",
        encoding="utf-8",
    )
    return path


def test_all_registers_of_a_gathered_file_come_in_together(library, gathered: Path) -> None:
    done = run(gathered, "--yes")
    assert done.exit_code == 0, done.output
    assert "2 registers, 20 November 2026." in done.stdout
    assert "Foundations Guidebook: 1 new and 61 not mentioned." in done.stdout
    assert "say --whole" in done.stdout
    assert "Applied. 2 registers are in." in done.stdout
    assert StoredEdition.objects.filter(date="2026-11-20").count() == 2


def test_one_register_of_a_gathered_file_by_any_of_its_names(library, gathered: Path) -> None:
    told = json.loads(run(gathered, "--register", "eif/foundations guidebook", "--json", "--whole").stdout)
    (only,) = told["registers"]
    assert (only["register"], only["new"], only["complete"]) == ("foundations-guidebook", ["Made-up"], True)
    assert len(only["withdrawn"]) == 61
    assert told["applied"] is False


def test_one_wrong_row_keeps_a_gathered_file_out(library, gathered: Path) -> None:
    gathered.write_text(gathered.read_text().replace("promising", "superb"), encoding="utf-8")
    done = run(gathered, "--yes")
    assert isinstance(done.exception, BadInput)
    assert "row 2, column 'evidence_rating'" in str(done.exception)
    assert not StoredEdition.objects.filter(date="2026-11-20").exists()


@pytest.mark.shared
def test_the_programmes_we_started_from_change_nothing(people, library, shared: Path) -> None:
    actions.load_starter_editions(by=people.admin)
    file = shared / "programmes" / "programmes.csv"
    told = json.loads(run(file, "--json", "--yes").stdout)
    assert told["applied"] is True
    assert sum(each["rows"] for each in told["registers"]) >= 330
    changed = {each["register"]: each["changed"] for each in told["registers"] if each["changed"]}
    assert not changed
    assert not any(each["withdrawn"] for each in told["registers"])


@pytest.mark.shared
def test_an_edited_later_edition_shows_one_change_and_reaches_the_case(
    people, library, case, shared: Path, tmp_path: Path
) -> None:
    actions.add_reading(by=people.commissioner, case=case, slug="incredible-years-preschool")
    text = (shared / "programmes" / "programmes.csv").read_text(encoding="utf-8-sig")
    was = "Incredible Years Preschool (Basic),EIF/Foundations Guidebook,4+,"
    assert was in text
    later = tmp_path / "programmes.csv"
    later.write_text(text.replace(was, was.replace("4+", "3")), encoding="utf-8")
    done = run(later, "--yes")
    assert done.exit_code == 0, done.output
    assert "rating: 4+ -> 3" in done.stdout
    assert (
        "on a case  Incredible Years Preschool (Basic): Foundations Guidebook: was 4+, now 3" in done.stdout
    )
    assert "1 newer finding went to the cases that rest on" in done.stdout


# --- What is held ---------------------------------------------------------------------------------------


def test_one_register_with_its_editions(library) -> None:
    said = CliRunner().invoke(show, ["EEF Teaching and Learning Toolkit"]).stdout
    assert "2026-03-31" in said
    assert "How to get in" in said
    told = json.loads(CliRunner().invoke(show, ["eef-toolkit", "--json"]).stdout)
    assert [each["day"] for each in told["editions"]] == ["2026-03-31"]
    assert isinstance(CliRunner().invoke(show, ["maudsley"]).exception, NothingThere)


def test_two_editions_held_are_compared(library, file: Path) -> None:
    assert run(file, "--register", "eef-toolkit", "--yes").exit_code == 0
    days = ["eef-toolkit", "--from", "2026-03-31", "--to", "2026-04-02"]
    said = CliRunner().invoke(difference, days).stdout
    assert "28 new and 2 changed" in said
    told = json.loads(CliRunner().invoke(difference, [*days, "--json"]).stdout)
    assert (told["from"], told["to"], len(told["new"])) == ("2026-03-31", "2026-04-02", 28)
    absent = CliRunner().invoke(difference, ["eef-toolkit", "--from", "1999-01-01", "--to", "2026-04-02"])
    assert isinstance(absent.exception, NothingThere)
    assert "2026-03-31" in str(absent.exception)


# --- A new installation ---------------------------------------------------------------------------------


def test_a_terminal_can_begin_where_there_is_nobody_yet(db, gathered: Path) -> None:
    first = run(gathered, "--yes")
    assert first.exit_code == 0, first.output
    assert "Make the first administrator with: wherewithal setup" in first.stderr
    assert StoredEdition.objects.count() == 2
    started = CliRunner().invoke(starter, [])
    assert started.exit_code == 0
    assert "Foundations Guidebook" in started.stdout
    assert "held already" in CliRunner().invoke(starter, []).stdout
    account = User.objects.get()
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert Event.objects.filter(actor_name="The terminal of this machine").exists()
    admin = first_administrator(
        email="ada@north.example", name="Ada", password=PASSWORD, organisation="North", kind="council"
    )
    assert workbench.person_at_the_terminal() == admin
