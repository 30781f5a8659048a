"""``serve`` aside (the browser tests start it), the commands of the workbench on the contract of the design."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner, Result

from tests.integration.conftest import PASSWORD
from wherewithal.cli.main import root
from wherewithal_web.people.models import User

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(root, list(arguments))


def test_help_comes_with_an_example() -> None:
    def every(command, name: str):
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for key in command.list_commands(context):
                yield from every(command.get_command(context, key), f"{name} {key}")

    for name, command in every(root, "wherewithal"):
        if not isinstance(command, click.Group):
            shown = run(*name.split()[1:], "--help")
            assert shown.exit_code == 0, name
            assert "Example" in shown.output, name


def test_bad_usage_ends_with_2() -> None:
    assert run("serve", "--port", "many").exit_code == 2
    assert run("no-such-command").exit_code == 2


def test_doctor_says_what_to_do_and_prints_one_object() -> None:
    result = run("doctor", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["ok"] is False
    people = next(check for check in told["checks"] if check["what"] == "people")
    assert people["do"] == "Run: wherewithal setup"


def test_setting_up_makes_the_first_administrator_with_a_library() -> None:
    arguments = ["setup", "--email", "ada@north.example", "--name", "Ada", "--organisation", "North"]
    assert "at least 12" in run(*arguments, "--password", "short").output
    assert User.objects.count() == 0
    done = run(*arguments, "--password", PASSWORD)
    assert done.exit_code == 0, done.output
    assert (
        "Foundations Guidebook" in run("registers", "list").output or run("registers", "list").exit_code == 0
    )
    again = run(*arguments, "--password", PASSWORD)
    assert (again.exit_code, "people here already" in again.output) == (1, True)
    assert json.loads(run("doctor", "--json").stdout)["ok"] is True


def test_a_command_acts_as_somebody(people, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEREWITHAL_AS", "nobody@north.example")
    result = run("registers", "import", "x.csv", "--register", "foundations-guidebook")
    assert result.exit_code != 0
