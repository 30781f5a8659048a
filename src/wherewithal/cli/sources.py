"""``wherewithal sources``: the services outside, whether they can be reached, and what they hold."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal.sources import (
    crossref,
    europepmc,
    explore_education_query,
    fingertips_download,
    govuk,
    nice,
    nomis_query,
    oai_pmh,
    openalex,
    register_files,
    retraction_watch,
)
from wherewithal.sources.catalogue import SERVICES, service_of
from wherewithal.sources.client import CONTACT, Client
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.paging import Fetch, Progress, account
from wherewithal.sources.reach import Reached, asking_client, reach_all
from wherewithal.sources.saving import FORMS, Saving, write_whole
from wherewithal.sources.service import Service

_KEYS = [service.key for service in SERVICES]


@click.group(epilog="Example: wherewithal sources check")
def sources() -> None:
    """Outside services: list, check, fetch."""


@sources.command("list", epilog="Example: wherewithal sources list --json")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_command(as_json: bool) -> None:
    """The services that can be asked: what each covers, its licence, its limits and how sure we are of them.

    WHEREWITHAL_CONTACT is the e-mail address that services may write to when something goes wrong: those that
    ask for one serve you better. Each service can be put at another address by the variable shown with it.
    """
    if as_json:
        click.echo(json.dumps({"sources": [_about(service) for service in SERVICES]}, ensure_ascii=False))
        return
    for service in SERVICES:
        click.echo(f"{service.key}: {service.name}")
        for name, words in _told(service):
            click.echo(f"  {name:<10}{words}")
        click.echo("")
    contact = os.environ.get(CONTACT, "").strip()
    click.echo(f"Contact given to services: {contact or f'none; set {CONTACT} to your e-mail address'}.")


def _about(service: Service) -> dict[str, Any]:
    return {
        "key": service.key,
        "name": service.name,
        "covers": service.covers,
        "address": service.base,
        "usual_address": service.address,
        "address_variable": service.address_variable,
        "needs_key": service.needs_key,
        "key_variable": service.key_variable,
        "key_is_set": bool(service.secret),
        "licence": service.licence,
        "documentation": service.documentation,
        "limits": [
            {"limit": limit.words, "sure": limit.sure, "where": limit.where} for limit in service.limits
        ],
    }


def _told(service: Service) -> list[tuple[str, str]]:
    address = service.base or "each has its own"
    if service.base != service.address:
        address += f" (from {service.address_variable})"
    told = [("covers", service.covers), ("address", address), ("licence", service.licence)]
    if service.key_variable:
        wants = "needed" if service.needs_key else "allows more"
        told.append(("key", f"{wants}, from {service.key_from}: {service.key_variable}, {_set(service)}"))
    told += [("limit", f"{limit.words} ({limit.sure})") for limit in service.limits]
    told.append(("elsewhere", f"{service.address_variable} puts another address in its place"))
    return told


def _set(service: Service) -> str:
    return "set" if service.secret else "not set"


@sources.command("check", epilog="Example: wherewithal sources check openalex crossref")
@click.argument("keys", metavar="[SOURCE]...", nargs=-1, type=click.Choice(_KEYS))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check_command(keys: tuple[str, ...], as_json: bool) -> None:
    """Say which services can be reached from this machine, and why not and what to do for the others.

    All of them where none is named. The exit status is 0 whatever is found, because finding it out is what was
    asked for, and no installation reaches every service; scripts read "reached" in the JSON.
    """
    chosen = [service_of(key) for key in keys] or list(SERVICES)
    found = reach_all(chosen, make_client=asking_client)
    if as_json:
        reached = sum(one.state == "reached" for one in found)
        click.echo(
            json.dumps(
                {"reached": reached, "asked": len(found), "sources": [one.as_dict() for one in found]},
                ensure_ascii=False,
            )
        )
        return
    for one in found:
        for line in _lines(one):
            click.echo(line)
    reached = sum(one.state == "reached" for one in found)
    click.echo(
        f"{reached} of {counted(len(found), 'source')} reached. Files downloaded by hand are read as well."
    )


def _lines(one: Reached) -> list[str]:
    mark = "reached" if one.state == "reached" else f"not reached ({one.state})"
    if one.state in ("no address", "needs a key"):
        mark = one.state
    lines = [f"{one.service.key}: {mark}", f"  {one.found}"]
    if one.service.base:
        lines.insert(1, f"  {one.service.base}")
    lines += [f"  Do: {one.do}"] if one.do else []
    return lines + [f"  {name}: {text}" for name, text in one.said]


@sources.command(
    "fetch",
    epilog="Example: wherewithal sources fetch openalex 'parenting programme' --from-date 2020-01-01 --max 500 "
    "-o parenting.json",
)
@click.argument("key", metavar="SOURCE", type=click.Choice(_KEYS))
@click.argument("query")
@click.option(
    "-o", "--out", metavar="OUT", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)  # fmt: skip
@click.option(
    "--max", "maximum", metavar="N", type=click.IntRange(min=1), help="At most this many results in all."
)
@click.option(
    "--from-date", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]),
    help="Only what was published (GOV.UK, NICE, OAI-PMH: changed) on this day or later, as 2024-01-31.",
)  # fmt: skip
@click.option(
    "--set", "set_name", metavar="NAME", default="", help="OAI-PMH: only this set of the repository."
)
@click.option("--resume", is_flag=True, help="Go on where an earlier try stopped.")
@click.option("--force", is_flag=True, help="Replace OUT, or begin again, without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the account.")
def fetch_command(
    key: str,
    query: str,
    out: Path,
    maximum: int | None,
    from_date: datetime | None,
    set_name: str,
    resume: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Fetch what SOURCE has for QUERY into OUT, in the service's own form.

    QUERY is words, or the service's own syntax: for nice, words of the title ('' for everything); for oai-pmh and
    register-file, the address; for govuk-content, a page's address or path; for fingertips, an indicator and an
    area type (90362:502); for explore-education, a data set's identifier; for nomis, the address of a query as its
    site gives it; for retraction-watch, ''.

    What OpenAlex and Europe PMC give is read by 'wherewithal records convert'. Where a service stops answering,
    what it gave stays in OUT.part, and --resume goes on from there.
    """
    started = time.monotonic()
    day = from_date.date() if from_date else None
    with Client() as client:
        if key in FORMS:
            summary = _search(client, key, query, out, maximum, day, set_name, resume, force)
        else:
            summary = _download(client, key, query, out, force)
    summary["seconds"] = round(time.monotonic() - started, 3)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    elif summary["state"] != "failed":
        click.echo(f"{summary['account']} Written to {out}.")
        click.echo(f"Licence: {summary['licence']}.")
    if summary["state"] == "failed":
        click.echo(f"{summary['account']}\n{summary['next']}", err=True)
        sys.exit(1)


def _search(
    client: Client,
    key: str,
    query: str,
    out: Path,
    maximum: int | None,
    day: date | None,
    set_name: str,
    resume: bool,
    force: bool,
) -> dict[str, Any]:
    service = service_of(key)
    asked = {"source": key, "query": query, "from date": day.isoformat() if day else "", "set": set_name}
    saving = Saving(out, FORMS[key], asked, resume=resume, replace=force)
    left = None if maximum is None else max(0, maximum - saving.before)
    fetch = _fetch(client, key, query, day, set_name, saving, left)
    command = f"wherewithal sources fetch {key} {_quoted(query)}"
    command += f" --from-date {day}" if day else ""
    command += f" --set {_quoted(set_name)}" if set_name else ""
    go_on = f"Kept in {saving.part}. To go on: {command} -o {_quoted(str(out))} --resume"
    try:
        fetched = saving.run(fetch)
    except KeyboardInterrupt:
        click.echo(f"\nStopped. {go_on}", err=True)
        raise
    failed = fetch.state == "failed"
    return {
        "source": key,
        "query": query,
        "out": str(out),
        "fetched": fetched,
        "total": fetch.total,
        "state": fetch.state,
        "account": account(service.name, fetched, fetch.total, fetch.state, fetch.failure),
        "next": (go_on if fetched else "No file was written.") if failed else "",
        "part": str(saving.part) if failed and fetched else "",
        "wait": fetch.failure.wait if fetch.failure else None,
        "licence": service.licence,
        "limits": fetch.said,
    }


def _fetch(
    client: Client, key: str, query: str, day: date | None, set_name: str, saving: Saving, left: int | None
) -> Fetch[Any]:
    progress: Progress = _Says(service_of(key).name)
    if key == "oai-pmh":
        return oai_pmh.records(
            query,
            client=client,
            from_date=day,
            set_name=set_name,
            place=saving.place,
            maximum=left,
            before=saving.before,
            progress=progress,
        )
    searches: dict[str, Callable[..., Fetch[Any]]] = {
        "openalex": openalex.search,
        "europepmc": europepmc.search,
        "crossref": crossref.search,
        "govuk": govuk.search,
        "nice": nice.search,
    }
    return searches[key](
        query,
        client=client,
        from_date=day,
        place=saving.place,
        maximum=left,
        before=saving.before,
        progress=progress,
    )


def _download(client: Client, key: str, query: str, out: Path, force: bool) -> dict[str, Any]:
    """One file of a service that gives no pages."""
    if out.exists() and not force:
        raise BadInput(
            f"{out} is there already.",
            [Problem("--out", f"'{out}'", "a file that is not there yet", "Name another, or add --force.")],
        )
    service = service_of(key)
    summary = {
        "source": key,
        "query": query,
        "out": str(out),
        "fetched": 0,
        "total": None,
        "state": "failed",
        "next": "No file was written.",
        "part": "",
        "wait": None,
        "licence": service.licence,
        "limits": {},
    }
    try:
        data, account = _file(client, key, query)
    except SourceFailed as failure:
        return {**summary, "account": str(failure), "wait": failure.wait}
    write_whole(out, data)
    return {**summary, "fetched": 1, "total": 1, "state": "whole", "next": "", "account": account}


def _file(client: Client, key: str, query: str) -> tuple[bytes, str]:
    if key == "register-file":
        file = register_files.download(query, client=client)
        dated = (
            f", dated {file.dated.isoformat()} by its server" if file.dated else ", not dated by its server"
        )
        return file.data, f"{file.name} fetched{dated}."
    if key == "retraction-watch":
        return retraction_watch.download(client=client), "The Retraction Watch database was fetched."
    if key == "govuk-content":
        item = govuk.content_item(query, client=client)
        if item is None:
            raise SourceFailed(
                "GOV.UK content", "not there", f"GOV.UK has no page at {govuk.path_in(query)}."
            )
        return json.dumps(item, ensure_ascii=False).encode(), f"'{govuk.content_of(item).title}' fetched."
    if key == "explore-education":
        data = explore_education_query.download(query, client=client)
        return data, f"A data set of {counted(_rows(data), 'row')} was fetched."
    if key == "nomis":
        answer = nomis_query.ask(nomis_query.query_of(query), client=client)
        return answer.content, f"{counted(_rows(answer.content), 'row')} of '{answer.title}' fetched."
    indicator, _, area_type = query.partition(":")
    if not (indicator.strip().isdigit() and area_type.strip().isdigit()):
        raise BadInput(
            "Fingertips is asked for an indicator and an area type.",
            [
                Problem(
                    "QUERY",
                    f"'{query}'",
                    "two numbers such as 90362:502",
                    "Look both up on the Fingertips page.",
                )
            ],
        )
    data, export = fingertips_download.download(int(indicator), int(area_type), client=client)
    return data, f"{counted(len(export.rows), 'row')} of Fingertips fetched."


def _rows(table: bytes) -> int:
    """How many lines a table has under its header."""
    return len(table.splitlines()) - 1


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


class _Says:
    """Says on standard error how far it is, from the third second on: often on a screen, seldom in a log."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.next = time.monotonic() + 2
        self.end = "\r" if sys.stderr.isatty() else "\n"

    def __call__(self, fetched: int, total: int | None) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + (0.5 if self.end == "\r" else 10)
            of = f" of {total:,}" if total is not None else ""
            click.echo(f"{self.name}: {fetched:,}{of} fetched …{self.end}", err=True, nl=False)
