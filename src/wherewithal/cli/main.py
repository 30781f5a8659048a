"""``wherewithal``: the same work from a terminal.

Commands of the library are listed here. Other packages (the workbench) add theirs through the entry point
group ``wherewithal.commands``: a function that takes the root group and adds to it.
"""

from __future__ import annotations

import importlib
import sys

import click

from wherewithal.errors import BadInput, NothingThere

LIBRARY_GROUPS = ("records", "screening", "sources", "synthesis")


class _Commands(click.Group):
    """Loads a group of commands when it is asked for: each brings libraries that the others do without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load_others()
        return sorted({*LIBRARY_GROUPS, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in LIBRARY_GROUPS:
            module = importlib.import_module(f"wherewithal.cli.{cmd_name}")
            group: click.Command = getattr(module, cmd_name)
            return group
        self._load_others()
        return self.commands.get(cmd_name)

    def _load_others(self) -> None:
        """What other packages add, once."""
        if not self.commands:
            # Slow to import, and most commands of the library do without it.
            from importlib.metadata import entry_points

            for point in entry_points(group="wherewithal.commands"):
                point.load()(self)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: wherewithal serve --demo",
)
@click.version_option(package_name="wherewithal", prog_name="wherewithal")
def root() -> None:
    """Evidence for commissioning decisions, from a question to a decision and its review."""


def main() -> None:
    """Run a command: exit 0 when done, 1 with a clear message when it failed, 2 for bad usage."""
    try:
        root(standalone_mode=True)
    except (BadInput, NothingThere) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
