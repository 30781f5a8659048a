"""``wherewithal registers list | show | difference | starter``: which editions are held, and what they say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from wherewithal.analyse.library import compare_editions
from wherewithal.analyse.library import register as register_named
from wherewithal.plain_english import counted
from wherewithal_web.analyse.library.commands.words import difference_as_json, say_difference
from wherewithal_web.commands import on_the_workbench, person_at_the_terminal

if TYPE_CHECKING:
    from wherewithal_web.analyse.library.models import StoredEdition

AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")


@click.command(epilog="Example: wherewithal registers list --json")
@AS_JSON
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
            "kind": one.kind,
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
        click.echo(f"{row['key']:<34} {row['rows']:>4} rows  {row['as_of']}")
    if not newest:
        click.echo("\nNone is held yet. Those that come with Wherewithal: wherewithal registers starter")


@click.command(epilog="Example: wherewithal registers show 'Foundations Guidebook'")
@click.argument("name")
@AS_JSON
@on_the_workbench
def show(name: str, as_json: bool) -> None:
    """What a register is, by key or NAME, and which editions of it are held."""
    from wherewithal_web.analyse.library.models import StoredEdition

    one = register_named(name)
    editions = list(StoredEdition.objects.filter(register=one.key).order_by("-date", "-number"))
    if as_json:
        click.echo(
            json.dumps(
                {
                    **{
                        column: getattr(one, column)
                        for column in ("key", "name", "kind", "home", "covers", "access", "licence")
                    },
                    "editions": [_edition_as_json(each) for each in editions],
                },
                ensure_ascii=False,
            )
        )
        return
    click.echo(f"{one.name} ({one.key}): {one.kind}")
    for label, words in (
        ("Run by", one.run_by),
        ("Its own site", one.home),
        ("Covers", one.covers or one.judges),
        ("How to get in", one.access),
        ("What we store", one.licence),
    ):
        if words:
            click.echo(f"  {label}: {words}")
    for each in editions:
        part = "" if each.complete else ", a part of it"
        click.echo(
            f"  {each.day:<13} {each.row_count:>4} rows{part}. {each.when}. It changed: {each.difference}."
        )
    if not editions:
        click.echo("  No edition is held.")


def _edition_as_json(each: StoredEdition) -> dict[str, Any]:
    return {
        "day": each.day,
        "as_of": each.when,
        "rows": each.row_count,
        "complete": each.complete,
        "origin": each.origin,
        "file": each.file_name,
        "sha256": each.sha256,
        "difference": each.difference,
        "added_by": each.added_by.name,
        "added_at": each.added_at.isoformat(),
    }


@click.command(
    epilog="Example: wherewithal registers difference eef-toolkit --from 2026-03-31 --to 2026-04-02"
)
@click.argument("name")
@click.option(
    "--from", "older", required=True, metavar="DAY", help="The older edition: see 'registers show'."
)
@click.option("--to", "newer", required=True, metavar="DAY", help="The newer edition.")
@AS_JSON
@on_the_workbench
def difference(name: str, older: str, newer: str, as_json: bool) -> None:
    """Compare two editions held of a register, by key or NAME, row by row and field by field."""
    from wherewithal_web.analyse.library import queries

    one = register_named(name)
    was, now = (queries.edition_on(one.key, day) for day in (older, newer))
    found = compare_editions(queries.whole_edition(was), queries.whole_edition(now))
    if as_json:
        told = difference_as_json(one, found.new, found)
        click.echo(json.dumps({**told, "from": was.day, "to": now.day}, ensure_ascii=False))
        return
    click.echo(f"From {was.when} to {now.when}.")
    say_difference(one, found)


@click.command(epilog="Example: wherewithal registers starter")
@AS_JSON
@on_the_workbench
def starter(as_json: bool) -> None:
    """Bring in the editions that come with Wherewithal, where they are not held yet."""
    from wherewithal_web.analyse.library import actions

    brought = actions.load_starter_editions(by=person_at_the_terminal())
    if as_json:
        told = [{"register": each.register, **_edition_as_json(each)} for each in brought]
        click.echo(json.dumps({"brought_in": told}, ensure_ascii=False))
        return
    for each in brought:
        click.echo(f"{each.register_now.name}, {each.when}: {counted(each.row_count, 'row')}")
    if not brought:
        click.echo("All of them are held already.")
