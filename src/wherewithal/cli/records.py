"""``wherewithal records``: bibliographic records from one format to another."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import click

from wherewithal.analyse.reviews.records import FORMATS, HEADINGS, WRITABLE, Converted, Format, convert
from wherewithal.plain_english import counted

_READ = ", ".join(candidate.name for candidate in FORMATS)


def _columns(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> Mapping[str, str]:
    """``title="Article name"`` and the like as field and heading."""
    columns: dict[str, str] = {}
    for text in given:
        field, sign, heading = (part.strip() for part in text.partition("="))
        if not sign or field not in HEADINGS:
            raise click.BadParameter(
                f"'{text}' does not read FIELD=HEADING. Fields: {', '.join(HEADINGS)}.", context, parameter
            )
        columns[field] = heading
    return columns


_column = click.option(
    "--column", "columns", metavar="FIELD=HEADING", multiple=True, callback=_columns,
    help="Which column of a table holds a field, such as title=\"Article name\". May be given several times.",
)  # fmt: skip
_sheet = click.option(
    "--sheet", metavar="NAME", default="", help="The sheet of a workbook to read, if not the first."
)


@click.group(epilog="Example: wherewithal records convert search.ris -o search.csv")
def records() -> None:
    """Bibliographic records: read, convert, find duplicates."""


@records.command(
    "convert",
    epilog="Example: wherewithal records convert pubmed.nbib psycinfo.ris -o everything.ris",
    help=(
        "Convert one or more files of records IN... into one file OUT.\n\n"
        f"Reads {_READ}, told apart by their content. Fields that the new format has no place for "
        "travel in its notes, so nothing is lost. A file with broken records is refused with the lines "
        "named, and OUT is then left as it was."
    ),
)
@click.argument(
    "sources",
    metavar="IN...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "-o", "--out", "target", metavar="OUT", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write. Its ending says the format: .ris, .nbib, .bib, .json (CSL), .csv or .xlsx.",
)  # fmt: skip
@_column
@_sheet
@click.option(
    "--to", "key", type=click.Choice([candidate.key for candidate in WRITABLE]),
    help="The format to write, whatever OUT ends with.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the counts.")
def convert_command(
    sources: tuple[Path, ...],
    target: Path,
    columns: Mapping[str, str],
    sheet: str,
    key: str | None,
    force: bool,
    as_json: bool,
) -> None:
    started = time.monotonic()
    to = _format_to_write(target, key)
    done = convert(sources, target, to, replace=force, progress=_Progress(), columns=columns, sheet=sheet)
    seconds = time.monotonic() - started
    for file in done:
        for notice in file.notices:
            click.echo(f"{file.name}: {notice}", err=True)
    if as_json:
        click.echo(json.dumps(_figures(done, target, to, seconds), ensure_ascii=False))
        return
    for file in done:
        click.echo(f"{file.name}: {counted(file.records, 'record')} ({file.format})")
    click.echo(f"{counted(sum(file.records for file in done), 'record')} written to {target} as {to.name}.")


@records.command(
    "dedupe",
    epilog="Example: wherewithal records dedupe pubmed.nbib psycinfo.ris -o rows.csv --merged unique.ris",
    help=(
        "Find the records in IN... that are records of one work, and say why.\n\n"
        f"Reads {_READ}, told apart by their content. OUT is a table of every record that came in, in its order: "
        "its cluster, the row it is a duplicate of, why, the rows that a person should compare it with, and the "
        "rows it belongs with without being a duplicate (a preprint, a correction, a conference abstract). "
        "Nothing is removed; --merged also writes one record a work."
    ),
)
@click.argument(
    "sources",
    metavar="IN...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "-o", "--out", "target", metavar="OUT", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The table to write, as CSV.",
)  # fmt: skip
@click.option(
    "--merged", "merged_target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Also write one record a work, with the best of each field: .ris, .nbib, .bib, .json (CSL), .csv or .xlsx.",
)  # fmt: skip
@_column
@_sheet
@click.option("--force", is_flag=True, help="Replace the files to write if they exist.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object with the counts and the pairs to look at."
)
def dedupe_command(
    sources: tuple[Path, ...],
    target: Path,
    merged_target: Path | None,
    columns: Mapping[str, str],
    sheet: str,
    force: bool,
    as_json: bool,
) -> None:
    # Only this command needs the packages behind it.
    from wherewithal.cli.dedupe import Opening, dedupe

    started = time.monotonic()
    _expect_table(target, "--merged")
    to = _format_to_write(merged_target, None) if merged_target else None
    opened = Opening(columns, sheet)
    done = dedupe(sources, target, merged_target, to, opened, replace=force, progress=_Progress())
    figures = {**done, "seconds": round(time.monotonic() - started, 3)}
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    click.echo(f"{counted(figures['records'], 'record')} of {counted(figures['clusters'], 'work')}: "
               f"{counted(figures['merged'], 'duplicate')} merged, "
               f"{counted(figures['doubtful'], 'pair')} for a person to look at.")  # fmt: skip
    for kind, number in figures["linked"].items():
        click.echo(f"{counted(number, 'pair')} linked, not merged: {kind}.")
    click.echo(f"Every record with its cluster and the reason: {target}.")
    if merged_target:
        click.echo(f"One record a work: {merged_target}.")


@records.command(
    "new",
    epilog="Example: wherewithal records new held.csv --search october.ris -o rows.csv --only-new october-new.ris",
    help=(
        "Say what a new search brings to the records in HELD... that are there already.\n\n"
        "OUT is a table of every record of the new search, in its order: held already (with which record and "
        "why), the same as another new one, perhaps held (for a person to compare), new but belonging with a "
        "held one, or new. The rules are those of `records dedupe`; the clusters of a table that it wrote are "
        "kept as they are. --only-new writes one record for each work that is not surely held."
    ),
)
@click.argument(
    "held",
    metavar="HELD...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--search", "searches", metavar="NEW", multiple=True, required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of the new search. Give it several times for several files.",
)  # fmt: skip
@click.option(
    "-o", "--out", "target", metavar="OUT", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The table to write, as CSV.",
)  # fmt: skip
@click.option(
    "--only-new", "new_target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the works that are new or perhaps new: .ris, .nbib, .bib, .json (CSL), .csv or .xlsx.",
)  # fmt: skip
@_column
@_sheet
@click.option("--force", is_flag=True, help="Replace the files to write if they exist.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the counts.")
def new_command(
    held: tuple[Path, ...],
    searches: tuple[Path, ...],
    target: Path,
    new_target: Path | None,
    columns: Mapping[str, str],
    sheet: str,
    force: bool,
    as_json: bool,
) -> None:
    # Only this command needs the packages behind it.
    from wherewithal.cli.arrivals import arrivals
    from wherewithal.cli.dedupe import Opening

    started = time.monotonic()
    _expect_table(target, "--only-new")
    to = _format_to_write(new_target, None) if new_target else None
    opened = Opening(columns, sheet)
    done = arrivals(held, searches, target, new_target, to, opened, replace=force, progress=_Progress())
    figures = {**done, "seconds": round(time.monotonic() - started, 3)}
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    click.echo(f"{counted(figures['records'], 'record')} beside {figures['held_records']:,} that are held: "
               f"{figures['held']:,} held already, {figures['again']:,} twice in the search, "
               f"{figures['doubtful']:,} perhaps held, {figures['linked']:,} new and linked to one that is held, "
               f"{figures['new']:,} new.")  # fmt: skip
    click.echo(f"Every record with how it stands and why: {target}.")
    if new_target:
        click.echo(f"{counted(figures['to_look_at'], 'work')} to look at: {new_target}.")


def _expect_table(target: Path, other: str) -> None:
    if target.suffix.lower() != ".csv":
        raise click.UsageError(f"'{target.name}' is a table and ends in .csv. For other formats use {other}.")


def _format_to_write(target: Path, key: str | None) -> Format:
    for candidate in WRITABLE:
        if candidate.key == key or (key is None and target.suffix.lower() in candidate.endings):
            return candidate
    endings = ", ".join(ending for candidate in WRITABLE for ending in candidate.endings)
    raise click.UsageError(
        f"The ending of '{target.name}' does not say which format to write. Use one of {endings}, or --to."
    )


class _Progress:
    """Says on standard error how far it is, from the third second on: often on a screen, seldom in a log."""

    def __init__(self) -> None:
        self.next = time.monotonic() + 2
        self.end = "\r" if sys.stderr.isatty() else "\n"

    def __call__(self, name: str, read: int) -> None:
        self.say(f"{name}: {read:,} records read …")

    def say(self, words: str) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + (0.5 if self.end == "\r" else 10)
            click.echo(f"{words:<60}{self.end}", err=True, nl=False)


def _figures(done: list[Converted], target: Path, to: Format, seconds: float) -> dict[str, object]:
    return {
        "out": str(target),
        "format": to.key,
        "records": sum(file.records for file in done),
        "seconds": round(seconds, 3),
        "files": [
            {
                "file": file.name,
                "format": file.format,
                "records": file.records,
                "encoding": file.encoding,
                "sha256": file.sha256,
                "notices": list(file.notices),
            }
            for file in done
        ],
    }
