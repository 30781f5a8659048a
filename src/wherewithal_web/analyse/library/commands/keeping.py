"""``wherewithal library notices | recheck``: what happened to what we hold, and what to look at again."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wherewithal.plain_english import counted, long_date
from wherewithal.sources import retraction_watch
from wherewithal_web.commands import on_the_workbench, person_at_the_terminal

if TYPE_CHECKING:
    from wherewithal_web.analyse.library.actions import Asked

STATES = ("retracted", "has notices", "no notice found", "not known", "not checked")


@click.command(epilog="Example: wherewithal library notices --json")
@click.option(
    "--file",
    "watch_file",
    type=click.Path(path_type=Path),
    help="Look into this copy of the Retraction Watch database (a CSV) instead of asking services.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@on_the_workbench
def notices(watch_file: Path | None, as_json: bool) -> None:
    """Ask whether the papers that the library and cases name were retracted or corrected, and tell the cases.

    Ends with 1 where nobody could be asked; what was known before stays.
    """
    from wherewithal_web.analyse.library import actions

    watch = retraction_watch.read_file(watch_file) if watch_file else None
    asked = actions.ask_for_notices(
        by=person_at_the_terminal(),
        watch=watch,
        online=watch is None,
        progress=lambda done, of: click.echo(f"{done} of {of} questions answered", err=True),
    )
    if as_json:
        click.echo(json.dumps(_as_json(asked), ensure_ascii=False))
    else:
        _say(asked)
    if asked.nobody_answered:
        sys.exit(1)


def _say(asked: Asked) -> None:
    if not asked.statuses:
        click.echo("Nothing here names a paper by its DOI yet, so there was nothing to ask.")
        return
    count = counted(len(asked.statuses), "paper")
    click.echo(f"{count}: " + ", ".join(f"{asked.counts[state]:,} {state}" for state in STATES) + ".")
    for notice in asked.fresh:
        when = f", {long_date(notice.date)}" if notice.date else ""
        click.echo(f"  new  {notice.kind} of {notice.doi}{when} ({notice.source})")
    if asked.refreshed:
        click.echo(f"{counted(len(asked.refreshed), 'newer finding')} went to the cases that rest on them.")
    for problem in asked.problems:
        click.echo(f"  could not be asked: {problem}", err=True)


def _as_json(asked: Asked) -> dict[str, Any]:
    return {
        "papers": len(asked.statuses),
        "counts": {state: asked.counts[state] for state in STATES},
        "new": [
            {
                "doi": notice.doi,
                "kind": notice.kind,
                "notice": notice.notice_doi,
                "date": notice.date.isoformat() if notice.date else None,
                "source": notice.source,
            }
            for notice in asked.fresh
        ],
        "findings_refreshed": len(asked.refreshed),
        "problems": list(asked.problems),
    }


@click.command(epilog="Example: wherewithal library recheck --most 10")
@click.option("--most", default=25, show_default=True, help="How many to print. --json gives all of them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@on_the_workbench
def recheck(most: int, as_json: bool) -> None:
    """What to look at again: first what decisions rest on, then sentences, then what has waited longest."""
    from wherewithal_web.analyse.library import queries

    found = queries.recheck_queue(person_at_the_terminal())
    if as_json:
        told = [{**asdict(each.due), "since": each.due.since.isoformat()} for each in found]
        click.echo(json.dumps({"due": told}, ensure_ascii=False))
        return
    click.echo(f"{counted(len(found), 'thing')} to look at again.")
    for each in found[:most]:
        due = each.due
        click.echo(f"{due.name}: {due.why}")
        if due.link.startswith("http"):
            click.echo(f"  {due.link}")
    if len(found) > most:
        click.echo(f"And {len(found) - most:,} more: --most or --json shows them.")
