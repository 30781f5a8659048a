"""``wherewithal registers``: bring in a dated register file, and see which editions are held."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wherewithal.analyse.library import Difference
from wherewithal.analyse.library import register as register_named
from wherewithal.errors import BadInput, Problem
from wherewithal.sources.files import read_text
from wherewithal_web.commands import on_the_workbench, person_at_the_terminal

if TYPE_CHECKING:
    from wherewithal_web.analyse.library.actions import Applied, Loaded


def _group() -> click.Group:
    @click.group(epilog="Example: wherewithal registers list")
    def registers() -> None:
        """Registers that rate programmes: their dated editions."""

    registers.add_command(bring_in, "import")
    registers.add_command(held, "list")
    return registers


def register(root: click.Group) -> None:
    root.add_command(_group(), "registers")


@click.command(
    epilog="Example: wherewithal registers import 2026-11-01.csv --register foundations-guidebook --yes"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--register", "name", required=True, help="Key or name of the register: see 'registers list'.")
@click.option(
    "--edition",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the copy is of; read from the file's name (2026-11-01.csv) if left out.",
)
@click.option("--part", is_flag=True, help="The file holds only some programmes: none is withdrawn.")
@click.option("--origin", default="", help="Where the copy was read.")
@click.option("--yes", is_flag=True, help="Apply it without asking.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on standard output; applies only with --yes."
)
@on_the_workbench
def bring_in(file: Path, name: str, day: Any, part: bool, origin: str, yes: bool, as_json: bool) -> None:
    """Show what FILE, a dated register file, would change, and apply it."""
    from wherewithal_web.analyse.library import actions

    wanted = register_named(name)
    text = read_text(file)
    edition_date = day.date() if day else _day_in(file)
    person = person_at_the_terminal()
    loaded = actions.load_edition(
        file=text, register=wanted.key, edition_date=edition_date, complete=not part, origin=origin
    )
    if not as_json:
        _show(loaded, wanted.name)
    agreed = yes or (not as_json and click.confirm("Apply it?", err=True))
    applied = (
        actions.apply_edition(by=person, edition=loaded.edition, file_name=text.name) if agreed else None
    )
    if as_json:
        click.echo(json.dumps(_as_json(loaded, applied), ensure_ascii=False))
    elif applied:
        click.echo(f"Applied. {len(applied.refreshed)} newer readings went to cases.")
    else:
        click.echo("Nothing was changed.")


def _day_in(file: Path) -> date:
    match = re.search(r"\d{4}-\d{2}-\d{2}", file.name)
    try:
        return date.fromisoformat(match[0] if match else "")
    except ValueError as error:
        raise BadInput(
            "The day of this edition is not known.",
            [
                Problem(
                    file.name,
                    "no date in its name",
                    "a name such as 2026-11-01.csv, or --edition 2026-11-01",
                    "Give the day the copy was taken.",
                )
            ],
        ) from error


def _show(loaded: Loaded, name: str) -> None:
    difference = loaded.difference
    click.echo(f"{name}, {loaded.edition.when}: {difference.words}.")
    for changed in difference.changed:
        click.echo(f"  changed    {changed.name}")
        for field in changed.fields:
            was, now = field.was or "(not shown)", field.now or "(not shown)"
            stands = ", the older stands" if field.stands else ""
            click.echo(f"             {field.column.replace('_', ' ')}: {was} -> {now}{stands}")
    for row in difference.added:
        click.echo(f"  new        {row.programme}: {row.rating or 'no rating'}")
    for row in difference.withdrawn:
        click.echo(f"  withdrawn  {row.programme}: was {row.rating or 'without a rating'}")
    for effect in loaded.effects:
        click.echo(f"  on a case  {effect.name}: {effect.words}")


def _as_json(loaded: Loaded, applied: Applied | None) -> dict[str, Any]:
    difference: Difference = loaded.difference
    return {
        "register": loaded.edition.register,
        "edition": loaded.edition.date.isoformat(),
        "complete": loaded.edition.complete,
        "new": [row.programme for row in difference.added],
        "changed": [
            {
                "programme": changed.name,
                "fields": {field.column: [field.was, field.now] for field in changed.fields},
            }
            for changed in difference.changed
        ],
        "withdrawn": [row.programme for row in difference.withdrawn],
        "unchanged": len(difference.unchanged),
        "not_mentioned": len(difference.unmentioned),
        "on_cases": [{"programme": effect.name, "change": effect.words} for effect in loaded.effects],
        "applied": applied is not None,
        "findings_refreshed": len(applied.refreshed) if applied else 0,
    }


@click.command(epilog="Example: wherewithal registers list --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@on_the_workbench
def held(as_json: bool) -> None:
    """List the registers known here and the newest edition held of each."""
    from wherewithal.analyse.library import registers
    from wherewithal_web.analyse.library import queries

    newest = queries.newest_editions()
    rows = [
        {
            "key": one.key,
            "name": one.name,
            "edition": newest[one.key].date.isoformat() if one.key in newest else None,
            "as_of": newest[one.key].when if one.key in newest else "no edition held",
            "rows": newest[one.key].row_count if one.key in newest else 0,
        }
        for one in registers().values()
    ]
    if as_json:
        click.echo(json.dumps({"registers": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['key']:<26} {row['rows']:>4} rows  {row['as_of']}")
