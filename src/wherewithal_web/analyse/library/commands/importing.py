"""``wherewithal registers import``: show what a dated register file would change, and apply it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wherewithal.analyse.library import register as register_named
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed, long_date
from wherewithal.sources.files import read_text
from wherewithal_web.analyse.library.commands.words import difference_as_json, say_difference
from wherewithal_web.commands import on_the_workbench, person_at_the_terminal

if TYPE_CHECKING:
    from wherewithal_web.analyse.library.actions import AppliedTogether, Look


@click.command(
    epilog="Example: wherewithal registers import 2026-11-01.csv --register foundations-guidebook --yes"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--register",
    "name",
    default="",
    help="Key or name of the register: see 'registers list'. A file that gathers several registers may leave it "
    "out, and then all of them are taken.",
)
@click.option(
    "--edition",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the copy is of. Left out: read from the file's name (2026-11-01.csv), or else today.",
)
@click.option(
    "--part/--whole",
    "part",
    default=None,
    help="Whether the file holds only some rows, so that none is withdrawn. Left out: the whole for a register's "
    "own file, a part for one that gathers several.",
)
@click.option("--origin", default="", help="Where the copy was read.")
@click.option("--yes", is_flag=True, help="Apply it without asking.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on standard output; applies only with --yes."
)
@on_the_workbench
def bring_in(
    file: Path, name: str, day: Any, part: bool | None, origin: str, yes: bool, as_json: bool
) -> None:
    """Show what FILE, a dated register file, would change, and apply it."""
    from wherewithal_web.analyse.library import actions

    wanted = register_named(name).key if name else ""
    text = read_text(file)
    edition_date = day.date() if day else _day_in(file)
    person = person_at_the_terminal()
    look = actions.load_file(
        file=text,
        register=wanted,
        edition_date=edition_date,
        complete=None if part is None else not part,
        origin=origin,
    )
    if not as_json:
        _show(look)
    agreed = bool(look.parts) and (yes or (not as_json and click.confirm("Apply it?", err=True)))
    applied = (
        actions.apply_editions(by=person, editions=look.editions, file_name=text.name) if agreed else None
    )
    if as_json:
        click.echo(json.dumps(_as_json(look, applied), ensure_ascii=False))
    elif applied:
        click.echo(_said(applied))
    else:
        click.echo("Nothing was changed.")


def _day_in(file: Path) -> date | None:
    """The day in the file's name, if there is one. Raises BadInput for one that is no day, such as 31 June."""
    match = re.search(r"\d{4}-\d{2}-\d{2}", file.name)
    if match is None:
        return None
    try:
        return date.fromisoformat(match[0])
    except ValueError as error:
        raise BadInput(
            "The day of this edition is not known.",
            [
                Problem(
                    file.name,
                    f"'{match[0]}' in its name, which is no day",
                    "a name such as 2026-11-01.csv, or --edition 2026-11-01",
                    "Give the day the copy was taken.",
                )
            ],
        ) from error


def _show(look: Look) -> None:
    for register in look.already:
        click.echo(f"{register.name}: this very file is in already.")
    if look.parts and not look.day_given:
        click.echo(
            f"The day of the copy was not given, so it is dated today, {long_date(look.parts[0].edition.date)}. "
            "Give the day it was taken with --edition."
        )
    if look.effects:
        click.echo(f"What it would change on cases: {counted(len(look.effects), 'finding')}.")
        for effect in look.effects:
            click.echo(f"  on a case  {effect.name}: {effect.words}")
    elif look.parts:
        click.echo("Nothing on any case would change.")
    if look.gathered and look.parts and look.day_given:
        click.echo(f"{counted(len(look.parts), 'register')}, {long_date(look.parts[0].edition.date)}.")
    for part in look.parts:
        say_difference(part.register, part.difference, dated=not look.gathered)
    if look.gathered and any(part.difference.unmentioned for part in look.parts):
        click.echo(
            "What a file that gathers several registers does not mention goes on standing. "
            "If it holds each of them whole, say --whole."
        )


def _said(applied: AppliedTogether) -> str:
    names = [stored.register_now.name for stored, _difference in applied.editions]
    registers = names[0] if len(names) == 1 else counted(len(names), "register")
    what = f"Applied. {registers} {'is' if len(names) == 1 else 'are'} in."
    if not applied.refreshed:
        return f"{what} No case rests on anything that changed."
    titles = listed([f"'{stored.title}'" for stored in applied.refreshed])
    count = counted(len(applied.refreshed), "newer finding")
    return f"{what} {count} went to the cases that rest on {titles}."


def _as_json(look: Look, applied: AppliedTogether | None) -> dict[str, Any]:
    """One register's figures at the top where the file holds one; under ``registers`` for each, in any case."""
    each = [difference_as_json(part.register, part.edition, part.difference) for part in look.parts]
    alone = each[0] if len(each) == 1 and not look.gathered else {}
    return {
        **alone,
        "file": look.file.name,
        "sha256": look.file.sha256,
        "gathered": look.gathered,
        "day_given": look.day_given,
        "already_held": [register.key for register in look.already],
        "registers": each,
        "on_cases": [
            {"programme": effect.name, "subject": effect.subject, "change": effect.words}
            for effect in look.effects
        ],
        "applied": applied is not None,
        "findings_refreshed": len(applied.refreshed) if applied else 0,
    }
