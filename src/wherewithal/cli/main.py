"""``wherewithal``: the same work from a terminal.

Commands of the library are listed here. Other packages (the workbench) add theirs through the entry point
group ``wherewithal.commands``: a function that takes the root group and adds to it.
"""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import entry_points, version

import click

from wherewithal.errors import BadInput, NothingThere

LIBRARY_GROUPS = ("records",)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: wherewithal serve --demo",
)
@click.version_option(version("wherewithal"), prog_name="wherewithal")
def root() -> None:
    """Evidence for commissioning decisions, from a question to a decision and its review."""


def assembled() -> click.Group:
    """The root group with every command on it."""
    for name in LIBRARY_GROUPS:
        module = importlib.import_module(f"wherewithal.cli.{name}")
        root.add_command(getattr(module, name))
    for point in entry_points(group="wherewithal.commands"):
        point.load()(root)
    return root


def main() -> None:
    """Run a command: exit 0 when done, 1 with a clear message when it failed, 2 for bad usage."""
    try:
        assembled()(standalone_mode=True)
    except (BadInput, NothingThere) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
