"""The library at a terminal, a file each idea.

``importing``   ``wherewithal registers import``: a dated file, what it would change, and applying it
``holding``     ``wherewithal registers list | show | difference | starter``: which editions are held
``keeping``     ``wherewithal library recheck | notices``: what to look at again
"""

from __future__ import annotations

import click

from wherewithal_web.analyse.library.commands.holding import difference, held, show, starter
from wherewithal_web.analyse.library.commands.importing import bring_in
from wherewithal_web.analyse.library.commands.keeping import notices, recheck


def register(root: click.Group) -> None:
    @root.group("registers", epilog="Example: wherewithal registers list")
    def registers() -> None:
        """Registers and lists: their dated editions."""

    for name, command in (
        ("import", bring_in),
        ("list", held),
        ("show", show),
        ("difference", difference),
        ("starter", starter),
    ):
        registers.add_command(command, name)

    library = root.commands.get("library")
    if not isinstance(library, click.Group):
        library = click.Group(
            "library", help="The evidence library: what to look at again, and what changed."
        )
        root.add_command(library)
    library.add_command(notices)
    library.add_command(recheck)
