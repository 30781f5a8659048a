"""``wherewithal case export``: the paper of a case, written to a file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from wherewithal_web.commands import on_the_workbench, person_at_the_terminal


def register(root: click.Group) -> None:
    """Add ``export`` to the group ``case``, making the group where no other room has."""
    group = root.commands.get("case")
    if not isinstance(group, click.Group):
        group = click.Group("case", help="Work with one case.")
        root.add_command(group)
    group.add_command(export)


@click.command(epilog="Example: wherewithal case export parenting-support -o paper.docx")
@click.argument("case")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write: .docx or .html.",
)
@on_the_workbench
def export(case: str, output: Path) -> None:
    """Write the paper of CASE to a file. CASE is the last part of the case's address."""
    from wherewithal.errors import NothingThere
    from wherewithal_web.cases.models import Case
    from wherewithal_web.plan.papers.actions import export_paper
    from wherewithal_web.plan.papers.exports import FORMATS, LATER
    from wherewithal_web.plan.papers.queries import paper_of

    ending = output.suffix.lower().removeprefix(".")
    if ending in LATER:
        raise click.ClickException(
            f".{ending} comes in a later version. Write a .docx now, and save it as {ending.upper()} in Word or "
            "LibreOffice."
        )
    if ending not in FORMATS:
        raise click.BadParameter(
            f"'{output.name}' ends with none of {', '.join(f'.{known}' for known in FORMATS)}.",
            param_hint="-o",
        )
    found = Case.objects.filter(slug=case).select_related("organisation").first()
    if found is None:
        raise NothingThere(f"There is no case '{case}'.", Case.objects.values_list("slug", flat=True))
    paper = paper_of(found)
    if paper is None:
        raise click.ClickException(
            f"nobody has started the paper of '{found.title}' yet. Open the case in the workbench, go to its "
            "paper and start it there."
        )
    content = export_paper(by=person_at_the_terminal(), paper=paper, ending=ending, at_the_terminal=True)
    _write(output, content)
    click.echo(f"{output}: {found.title}", err=True)


def _write(output: Path, content: bytes) -> None:
    """Write the whole file or leave what was there."""
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise click.ClickException(f"{output} could not be written: {error.strerror}.") from error
