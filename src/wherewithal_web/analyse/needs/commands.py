"""``needs import`` and ``needs profile``: figures from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from wherewithal.analyse.needs import AreaProfile, Figures, NeighbourSet, find_neighbours, profile
from wherewithal.sources.fingertips import Export, read_export
from wherewithal_web.commands import on_the_workbench, person_at_the_terminal, start_django


def register(root: click.Group) -> None:
    root.add_command(needs)


@click.group()
def needs() -> None:
    """What published figures say about an area."""


@needs.command("import", epilog="Example: wherewithal needs import ~/Downloads/indicators.csv")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@on_the_workbench
def import_(files: tuple[Path, ...], as_json: bool) -> None:
    """Bring in Fingertips exports, as downloaded. Either every file is taken or none."""
    from django.db import transaction

    from wherewithal_web.analyse.needs.actions import import_file

    person = person_at_the_terminal()
    exports = [_read(file) for file in files]
    with transaction.atomic():
        done = [import_file(by=person, export=export) for export in exports]
    if as_json:
        report = [
            {
                "file": each.file.name,
                "sha256": each.file.sha256,
                "fresh": each.fresh,
                "values": each.file.rows,
                "repeated": each.file.repeated,
                "without_value": each.file.without_value,
                "indicators": each.file.indicators.count(),
                "areas": each.file.area_count,
                "revised": each.revised,
                "changed": len(each.changed),
            }
            for each in done
        ]
        click.echo(json.dumps({"files": report}))
        return
    for each in done:
        click.echo(each.words)


@needs.command("profile", epilog="Example: wherewithal needs profile Trafford --file indicators.csv --json")
@click.argument("area")
@click.option(
    "--peers",
    multiple=True,
    metavar="AREA",
    help="A neighbour, by name or code; repeat it, or separate by commas.",
)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read this export instead of the figures held; repeat it for several, the newest last.",
)
@click.option("--demo", is_flag=True, help="Work on the demo's data instead of your own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def profile_(area: str, peers: tuple[str, ...], files: tuple[Path, ...], demo: bool, as_json: bool) -> None:
    """Every indicator of an AREA, by name or code: its value, England's, the trend, and what the file gets wrong."""
    named = [name.strip() for peer in peers for name in peer.split(",") if name.strip()]
    found = _from_files(area, named, files) if files else _from_what_is_held(area, named, demo)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False))
        return
    click.echo(f"{found.area.name} ({found.area.code}). From {found.edition}.")
    for reading in found.readings:
        click.echo(f"\n{reading.series.indicator}, {reading.who}")
        click.echo(f"  {reading.headline}.")
        click.echo(f"  {reading.statement}")
        for caution in reading.cautions:
            click.echo(f"  Careful: {caution}")


def _from_files(area: str, peers: list[str], files: tuple[Path, ...]) -> AreaProfile:
    exports = [_read(file) for file in files]
    # The first row of a kind counts, and the newest file is named last.
    figures = Figures(row for export in reversed(exports) for row in export.rows)
    edition = "; ".join(f"{export.file.name} (sha256 {export.file.sha256[:12]})" for export in exports)
    return profile(figures, area, edition=edition, neighbours=_neighbours(figures, peers))


def _from_what_is_held(area: str, peers: list[str], demo: bool) -> AreaProfile:
    start_django(demo=demo)
    from wherewithal_web.analyse.needs import queries

    neighbours = None
    if peers:
        codes = tuple(queries.area_named(name).code for name in peers)
        neighbours = NeighbourSet(codes, "named on the command line")
    return queries.profile_of(area, neighbours)


def _neighbours(figures: Figures, peers: list[str]) -> NeighbourSet | None:
    return find_neighbours(figures, peers, "named on the command line") if peers else None


def _read(file: Path) -> Export:
    click.echo(f"Reading {file.name} ...", err=True)
    return read_export(file)
