"""``needs import``, ``fetch``, ``profile``, ``profiles`` and ``standings``: figures from a terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wherewithal.analyse.needs import AreaProfile, Average, NeighbourSet
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal.sources.files import read_text
from wherewithal.sources.own_table import Columns, suggest
from wherewithal_web.commands import on_the_workbench, person_at_the_terminal, start_django

if TYPE_CHECKING:
    from wherewithal.analyse.needs.arrival import ColumnsUnknown
    from wherewithal_web.analyse.needs.actions import Imported


def register(root: click.Group) -> None:
    root.add_command(needs)


@click.group()
def needs() -> None:
    """What published figures say about an area."""


@needs.command("import", epilog="Example: wherewithal needs import ~/Downloads/indicators.csv")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help="For a table of your own: a JSON file that says which column is which. It is remembered for the next table "
    "with these columns.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@on_the_workbench
def import_(files: tuple[Path, ...], mapping: Path | None, as_json: bool) -> None:
    """Bring in files of figures, as downloaded. Either every file is taken or none.

    Fingertips exports, Explore Education Statistics files (with the population estimates among them or held), LAIT's
    long table with its dictionary, tables of Nomis, the table of statistical neighbours, and CSV files of your own are
    told apart by what is in them.
    """
    from django.db import transaction

    from wherewithal.analyse.needs.arrival import ColumnsUnknown, Given, read_all
    from wherewithal_web.analyse.needs import actions, queries

    person = person_at_the_terminal()
    said = _mapping(mapping)
    new_headers: list[Sequence[str]] = []

    def mapping_of(header: Sequence[str]) -> Columns | None:
        if said is not None:
            new_headers.append(header)
            return said
        return queries.mapping_for(header)

    given = []
    for file in files:
        click.echo(f"Reading {file.name} ...", err=True)
        given.append(Given.at(file))
    try:
        brought = read_all(given, mapping_of=mapping_of, children=queries.children())
    except ColumnsUnknown as unknown:
        raise _with_suggestion(unknown) from unknown
    with transaction.atomic():
        for header in new_headers:
            if said is not None:
                actions.say_columns(by=person, header=header, said=said)
        done = actions.import_files(by=person, brought=brought)
    _tell(done, len(brought.neighbours), as_json)


@needs.command(
    "fetch",
    epilog="Example: wherewithal needs fetch fingertips 90284 --area-type 'counties and unitary authorities'",
)
@click.argument("service", type=click.Choice(["fingertips", "explore-education", "nomis"]))
@click.argument("wanted")
@click.option(
    "--area-type", default="", help="Fingertips: the type of area in words, looked up at the service."
)
@click.option(
    "--indicator", "indicators", multiple=True, help="Explore Education Statistics: only this one; repeat it."
)
@click.option("--since", type=int, metavar="YEAR", help="Explore Education Statistics: from this year.")
@click.option("--until", type=int, metavar="YEAR", help="Explore Education Statistics: to this year.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@on_the_workbench
def fetch_(
    service: str,
    wanted: str,
    area_type: str,
    indicators: tuple[str, ...],
    since: int | None,
    until: int | None,
    as_json: bool,
) -> None:
    """Ask a SERVICE for figures and bring them in, as the downloaded file would be.

    WANTED is for fingertips the numbers of indicators or the name of a profile; for explore-education a data set, by
    identifier or address; for nomis the address of a query as its site gives it. Where the service is not reached, the
    file can be downloaded elsewhere and given to 'needs import'.
    """
    from wherewithal.analyse.needs.arrival import Brought
    from wherewithal.analyse.needs.asking import BY_HAND, Question, answers
    from wherewithal.sources.client import Client
    from wherewithal.sources.failures import SourceFailed
    from wherewithal_web.analyse.needs import actions, queries

    person = person_at_the_terminal()
    question = Question(service, wanted, area_type, indicators, since, until)
    told = ""

    def progress(_done: int, _total: int | None, words: str) -> None:
        nonlocal told
        if words != told:
            click.echo(f"{words[:1].upper()}{words[1:]} ...", err=True)
            told = words

    try:
        with Client() as client:
            arrivals = answers(question, client=client, children=queries.children(), progress=progress)
    except SourceFailed as failure:
        raise BadInput(f"{failure.said} {failure.do}\nBy hand: {BY_HAND[service]}") from failure
    _tell(actions.import_files(by=person, brought=Brought(arrivals)), 0, as_json)


def _tell(done: Sequence[Imported], neighbours: int, as_json: bool) -> None:
    """What was brought in, as sentences or as one object."""
    if as_json:
        report = [
            {
                "file": each.file.name,
                "provider": each.file.provider,
                "address": each.file.address,
                "sha256": each.file.sha256,
                "fresh": each.fresh,
                "values": each.file.rows,
                "repeated": each.file.repeated,
                "without_value": each.file.without_value,
                "indicators": each.file.indicators.count(),
                "areas": each.file.area_count,
                "revised": each.revised,
                "changed": len(each.changed),
                "said": each.file.said,
            }
            for each in done
        ]
        click.echo(json.dumps({"files": report, "neighbours": neighbours}))
        return
    for each in done:
        click.echo(each.words)
    if neighbours:
        click.echo(
            f"The statistical neighbours of {counted(neighbours, 'authority', 'authorities')} are set."
        )


def _mapping(path: Path | None) -> Columns | None:
    """The mapping in a file. Raises BadInput where it is none."""
    if path is None:
        return None
    text = read_text(path).text
    try:
        return Columns.from_dict(json.loads(text))
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path.name} is not a mapping.",
            [
                Problem(
                    path.name,
                    str(error),
                    'JSON such as {"period": "Year", "area_name": "Ward", "value": "Percent", "shape": "percentage"}',
                    "Run the import without it, to be shown a mapping to begin from.",
                )
            ],
        ) from error


def _with_suggestion(unknown: ColumnsUnknown) -> BadInput:
    """What to do about a table of nobody known: a mapping to begin from, where its columns suggest one."""
    try:
        suggested = {key: value for key, value in suggest(unknown.header).as_dict().items() if value}
    except BadInput as error:
        return BadInput(unknown.message, [*unknown.problems, *error.problems])
    suggested.setdefault("always", {"indicator": "what is measured, in words", "polarity": "not known"})
    return BadInput(
        unknown.message,
        [
            *unknown.problems,
            Problem(
                "the mapping",
                "none for these columns",
                "a JSON file given with --mapping, to begin from "
                + json.dumps(suggested, ensure_ascii=False),
                "Look at it, correct it, and run the import again with it.",
            ),
        ],
    )


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
        # Only this way needs the arrays behind it.
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
    "profiles",
    epilog="Example: wherewithal needs profiles --file bds_long_0.parquet --dictionary lait_data_dictionary.csv "
    "--neighbours sn_model_2025_wide.csv --out profiles.jsonl",
)
@click.option(
    "--file",
    "files",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="A file of figures; repeat it for several, the newest last.",
)
@click.option("--neighbours", type=click.Path(path_type=Path), help="The table of statistical neighbours.")
@click.option("--dictionary", type=click.Path(path_type=Path), help="LAIT's dictionary.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The file to write, a line a profile."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def profiles_(
    files: tuple[Path, ...], neighbours: Path | None, dictionary: Path | None, out: Path, as_json: bool
) -> None:
    """The profile of every upper-tier authority at once, a line of JSON each, as ``profile --json`` gives it."""
    from wherewithal.analyse.needs.files import together

    started = time.perf_counter()
    for file in files:
        click.echo(f"Reading {file.name} ...", err=True)
    held = together(files, neighbours=neighbours, dictionary=dictionary)
    areas = readings = 0
    part = out.with_name(f"{out.name}.part")
    with part.open("w", encoding="utf-8") as lines:
        for found in held.every_authority():
            lines.write(json.dumps(found.as_dict(), ensure_ascii=False) + "\n")
            areas, readings = areas + 1, readings + len(found.readings)
    part.replace(out)
    seconds = round(time.perf_counter() - started, 2)
    if as_json:
        report = {"areas": areas, "readings": readings, "edition": held.edition, "seconds": seconds}
        click.echo(json.dumps(report))
        return
    click.echo(f"{areas} profiles with {readings:,} readings are in {out}, after {seconds} seconds.")


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
