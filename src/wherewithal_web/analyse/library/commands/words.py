"""The difference between two editions, as a terminal shows it and as figures."""

from __future__ import annotations

from typing import Any

import click

from wherewithal.analyse.library import Difference, Edition, Rating, Register, Row

MOST_NAMED = 5
"""How many of the rows that a file does not mention are named one by one."""


def say_difference(register: Register, difference: Difference[Row], *, dated: bool = True) -> None:
    """The count of each kind of change, then what changed field by field, then what is new and withdrawn.

    ``dated`` is false where the day stands above already, for several registers together.
    """
    first = "" if difference.old else " It is the first edition of it here."
    when = f", {difference.new.when}" if dated else ""
    click.echo(f"{register.name}{when}: {difference.words}.{first}")
    for changed in difference.changed:
        click.echo(f"  changed    {changed.name}")
        for field in changed.fields:
            was, now = field.was or "(not shown)", field.now or "(not shown)"
            stands = ", the older stands" if field.stands else ""
            click.echo(f"             {field.column.replace('_', ' ')}: {was} -> {now}{stands}")
    for row in difference.withdrawn:
        click.echo(f"  withdrawn  {row.name}: was {_says(register, row)}")
    for row in difference.added:
        click.echo(f"  new        {row.name}: {_says(register, row)}")
    for row in difference.unmentioned[:MOST_NAMED]:
        click.echo(f"  not in it  {row.name}")
    if len(difference.unmentioned) > MOST_NAMED:
        click.echo(f"  not in it  and {len(difference.unmentioned) - MOST_NAMED:,} more")


def _says(register: Register, row: Row) -> str:
    if isinstance(row, Rating):
        return row.native(register) or "without a rating in our copy"
    when = f", {row.reviewed.words}" if row.reviewed else ""
    return f"{row.type}{when}"


def difference_as_json(
    register: Register, edition: Edition[Row], difference: Difference[Row]
) -> dict[str, Any]:
    return {
        "register": register.key,
        "name": register.name,
        "edition": edition.date.isoformat(),
        "as_of": edition.when,
        "complete": edition.complete,
        "rows": len(edition.rows),
        "new": [row.name for row in difference.added],
        "changed": [
            {
                "programme": changed.name,
                "fields": {field.column: [field.was, field.now] for field in changed.fields},
            }
            for changed in difference.changed
        ],
        "withdrawn": [row.name for row in difference.withdrawn],
        "unchanged": len(difference.unchanged),
        "not_mentioned": len(difference.unmentioned),
    }
