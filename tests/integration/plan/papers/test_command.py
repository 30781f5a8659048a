"""``wherewithal case export``: the contract that scripts rely on."""

import io

import click
import docx
import pytest
from click.testing import CliRunner

from wherewithal.errors import NothingThere
from wherewithal_web.audit.models import Event
from wherewithal_web.plan.papers import actions, commands

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    """Runs a command of this room on the test's own database."""
    monkeypatch.setattr("wherewithal_web.commands.start_django", lambda **_: None)
    root = click.Group("wherewithal")
    commands.register(root)

    def runner(*words):
        return CliRunner().invoke(root, [str(word) for word in words])

    return runner


@pytest.fixture
def started(people, case, options):
    return actions.start_paper(by=people.commissioner, case=case)


def test_a_word_file_and_a_web_page_are_written(run, case, started, tmp_path):
    for ending in ("docx", "html"):
        result = run("case", "export", case.slug, "-o", tmp_path / f"paper.{ending}")
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
    document = docx.Document(io.BytesIO((tmp_path / "paper.docx").read_bytes()))
    assert document.core_properties.title.endswith(case.title)
    assert (tmp_path / "paper.html").read_text().startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["paper.docx", "paper.html"]
    event = Event.objects.filter(case=case.slug).first()
    assert (event.action, event.actor_name) == ("papers.export_paper", "Ada Admin")


@pytest.mark.parametrize("ending", ["pdf", "odt"])
def test_formats_that_come_later_say_what_to_do_now(run, case, started, tmp_path, ending):
    result = run("case", "export", case.slug, "-o", tmp_path / f"paper.{ending}")
    assert result.exit_code == 1
    assert "comes in a later version. Write a .docx now" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["paper.txt", "paper", "paper.doc"])
def test_other_endings_are_bad_usage(run, case, started, tmp_path, name):
    result = run("case", "export", case.slug, "-o", tmp_path / name)
    assert result.exit_code == 2
    assert ".docx, .html" in result.output


def test_a_case_that_is_not_there_is_answered_with_those_that_are(run, case, started, tmp_path):
    result = run("case", "export", "nothing", "-o", tmp_path / "paper.docx")
    assert isinstance(result.exception, NothingThere)
    assert case.slug in str(result.exception)


def test_a_paper_that_nobody_started_is_said(run, case, people, tmp_path):
    result = run("case", "export", case.slug, "-o", tmp_path / "paper.docx")
    assert result.exit_code == 1
    assert "nobody has started the paper" in result.output


def test_a_place_that_cannot_be_written_leaves_nothing(run, case, started, tmp_path):
    result = run("case", "export", case.slug, "-o", tmp_path / "missing" / "paper.docx")
    assert result.exit_code == 1
    assert "could not be written" in result.output


def test_the_file_that_was_there_is_replaced_whole(run, case, started, tmp_path):
    target = tmp_path / "paper.html"
    target.write_text("old")
    assert run("case", "export", case.slug, "-o", target).exit_code == 0
    assert target.read_text().endswith("</html>\n")


def test_help_shows_an_example(run):
    result = run("case", "export", "--help")
    assert "Example: wherewithal case export" in result.output


def test_another_rooms_group_is_joined_and_not_replaced():
    root = click.Group("wherewithal")
    theirs = click.Group("case")
    root.add_command(theirs)
    commands.register(root)
    assert root.commands["case"] is theirs
    assert "export" in theirs.commands
