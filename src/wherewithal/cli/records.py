"""``wherewithal records``: bibliographic records from one format to another."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from wherewithal.analyse.reviews.records import FORMATS, WRITABLE, Converted, Format, convert
from wherewithal.plain_english import counted

_READ = ", ".join(candidate.name for candidate in FORMATS)


@click.group(epilog="Example: wherewithal records convert search.ris -o search.csv")
def records() -> None:
    """Bibliographic records: read, convert."""


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
    help="The file to write. Its ending says the format: .ris, .nbib, .bib, .json (CSL) or .csv.",
)  # fmt: skip
@click.option(
    "--to", "key", type=click.Choice([candidate.key for candidate in WRITABLE]),
    help="The format to write, whatever OUT ends with.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the counts.")
def convert_command(
    sources: tuple[Path, ...], target: Path, key: str | None, force: bool, as_json: bool
) -> None:
    started = time.monotonic()
    to = _format_to_write(target, key)
    done = convert(sources, target, to, replace=force, progress=_Progress())
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
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + (0.5 if self.end == "\r" else 10)
            click.echo(f"{name}: {read:,} records read …{self.end}", err=True, nl=False)


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
