"""``needs import``, ``needs profile`` and ``needs standings``: figures from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from wherewithal.analyse.needs import AreaProfile, Average, NeighbourSet
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
    help="Read this Fingertips export, Explore Education Statistics file or LAIT table instead of the figures "
    "held; repeat it for several, the newest last.",
)
@click.option(
    "--neighbours",
    type=click.Path(path_type=Path),
    help="With --file: the Department for Education's table of statistical neighbours.",
)
@click.option(
    "--average",
    type=click.Choice([average.value for average in Average]),
    default=Average.MEDIAN.value,
    show_default=True,
    help="With --file: which average of the neighbours sentences quote.",
)
@click.option(
    "--dictionary",
    type=click.Path(path_type=Path),
    help="With a LAIT table: its dictionary, which says units and which way is good.",
)
@click.option("--demo", is_flag=True, help="Work on the demo's data instead of your own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def profile_(
    area: str,
    peers: tuple[str, ...],
    files: tuple[Path, ...],
    neighbours: Path | None,
    average: str,
    dictionary: Path | None,
    demo: bool,
    as_json: bool,
) -> None:
    """Every indicator of an AREA, by name or code: its value, England's, the trend, and what the file gets wrong."""
    named = [name.strip() for peer in peers for name in peer.split(",") if name.strip()]
    if files:
        # Imported here, because the workbench needs neither LAIT nor the arrays behind it.
        from wherewithal.analyse.needs.files import from_files

        for file in files:
            click.echo(f"Reading {file.name} ...", err=True)
        found = from_files(
            files,
            area,
            peers=named,
            neighbours=neighbours,
            average=Average(average),
            dictionary=dictionary,
        )
    elif neighbours or dictionary:
        raise click.UsageError("--neighbours and --dictionary go with --file.")
    else:
        found = _from_what_is_held(area, named, demo)
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


@needs.command(
    "standings",
    epilog="Example: wherewithal needs standings bds_long_0.parquet --neighbours sn_model_2025_wide.csv --out all.csv",
)
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--neighbours",
    required=True,
    type=click.Path(path_type=Path),
    help="The table of statistical neighbours.",
)
@click.option("--dictionary", type=click.Path(path_type=Path), help="LAIT's dictionary: which way is good.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The CSV file to write.")
def standings_(table: Path, neighbours: Path, dictionary: Path | None, out: Path) -> None:
    """Rank, quarter and neighbours' figures of every authority, on every measure and period of a LAIT TABLE."""
    from wherewithal.analyse.needs.standings import standings
    from wherewithal.sources.lait import read_lait
    from wherewithal.sources.statistical_neighbours import read_statistical_neighbours

    click.echo(f"Reading {table.name} ...", err=True)
    near = read_statistical_neighbours(neighbours)
    found = standings(
        read_lait(table, dictionary),
        {number: [each.number for each in own.near] for number, own in near.items()},
    )
    frame = found.frame()
    frame.write_csv(out)
    click.echo(
        f"{frame.height:,} standings of {len(found.authorities)} authorities on {len(found.series):,} measures "
        f"and periods are in {out}."
    )


def _from_what_is_held(area: str, peers: list[str], demo: bool) -> AreaProfile:
    start_django(demo=demo)
    from wherewithal_web.analyse.needs import queries

    neighbours = None
    if peers:
        codes = tuple(queries.area_named(name).code for name in peers)
        neighbours = NeighbourSet(codes, "named on the command line")
    return queries.profile_of(area, neighbours)


def _read(file: Path) -> Export:
    click.echo(f"Reading {file.name} ...", err=True)
    return read_export(file)
