"""``wherewithal library reindex``: make the search index of this machine anew."""

from __future__ import annotations

import json
import time

import click

from wherewithal_web.commands import on_the_workbench


def register(root: click.Group) -> None:
    group = root.commands.get("library")
    if not isinstance(group, click.Group):
        group = click.Group("library", help="The evidence library: what it holds and how it is searched.")
        root.add_command(group)
    group.add_command(reindex)


@click.command(epilog="Example: wherewithal library reindex")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@on_the_workbench
def reindex(as_json: bool) -> None:
    """Make this machine's search index anew from the database.

    The workbench does so by itself when the index is missing or broken. Do it by hand after restoring a backup.
    """
    from wherewithal_web.analyse.library.searching.machine_copy import rebuild_index
    from wherewithal_web.analyse.library.searching.renewal import refresh_everything

    start = time.perf_counter()
    refresh_everything()
    held = rebuild_index(tell=lambda done: click.echo(f"{done:,} in the index", err=True))
    seconds = round(time.perf_counter() - start, 2)
    if as_json:
        click.echo(json.dumps({"held": held, "seconds": seconds}))
    else:
        click.echo(f"{held:,} things can be found. Made anew in {seconds:.1f} seconds.")
