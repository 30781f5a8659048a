"""``serve``, ``worker``, ``setup`` and ``doctor``: the workbench on this machine."""

from __future__ import annotations

import errno
import gc
import io
import json
import signal
import socket
import sys
from pathlib import Path

import click

from wherewithal_web.commands import on_the_workbench, start_django


def register(root: click.Group) -> None:
    root.add_command(serve)
    root.add_command(worker)
    root.add_command(setup)
    root.add_command(doctor)


@click.command(epilog="Example: wherewithal serve --demo --port 8765")
@click.option("--demo", is_flag=True, help="With the worked demo case, in a database of its own.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, help="Port; the next free one if it is taken.")
def serve(demo: bool, host: str, port: int) -> None:
    """Start the workbench on this machine."""
    start_django(demo=demo)
    import waitress

    from wherewithal_web.jobs.worker import start_thread
    from wherewithal_web.people.models import User
    from wherewithal_web.wsgi import application

    listening = listen(host, port)
    port = listening.getsockname()[1]
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 - only compared
    if demo:
        _say_demo()
    elif not User.objects.people().exists():
        click.echo(
            "Nobody can sign in yet. Make the first administrator in another terminal: wherewithal setup"
        )
    click.echo(f"The workbench: http://{shown}:{port}/   (stop it with Ctrl+C)")
    sys.stdout.flush()
    start_thread()
    _load_pages()
    waitress.serve(application, sockets=[listening], threads=8, _quiet=True)


def _load_pages() -> None:
    """Have the code of every page loaded before the first visitor, and not looked through again for what can go.

    A full look through everything that is loaded takes a tenth of a second or more out of whichever page meets it.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


def _say_demo() -> None:
    from wherewithal_web.components.templating import DEMO_PASSWORD
    from wherewithal_web.demo.load import load_demo, write_business_case
    from wherewithal_web.people.queries import demo_accounts

    fresh = load_demo()
    click.echo(
        "The worked demo case is loaded." if fresh else "The worked demo case is there from last time."
    )
    click.echo(f"Its business case: {write_business_case()}")
    click.echo(f"Sign in with the password {DEMO_PASSWORD} as")
    for account in demo_accounts():
        click.echo(f"  {account.email:<32} {account.name}, {account.job_title}")


def listen(host: str, wanted: int) -> socket.socket:
    """A socket that listens on ``wanted`` or the next free port, taken now and kept.

    Only looking for a free port would let a second workbench, started meanwhile, take it. Raises
    click.ClickException where there is none, or where this machine does not let us listen.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, wanted + 50):
        try:
            return socket.create_server((host, port), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise click.ClickException(
                    f"cannot listen on {host}, port {port}: {error.strerror}"
                ) from error
    raise click.ClickException(f"no free port from {wanted} to {wanted + 49} on {host}")


@click.command(epilog="Example: wherewithal worker --until-idle")
@click.option("--until-idle", is_flag=True, help="End when nothing is left to do.")
@on_the_workbench
def worker(until_idle: bool) -> None:
    """Do background work, beside as many other workers as you like.

    ``serve`` does it too. Stop it with Ctrl+C: it ends what it has in hand first.
    """
    from wherewithal_web.jobs.worker import Worker

    one = Worker()
    if until_idle:
        while one.once():
            pass
        return
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: one.stopping.set())
    click.echo(f"Working as {one.name}.", err=True)
    one.forever()


@click.command(
    epilog="Example: wherewithal setup --email ada@example.gov.uk --name 'Ada Smith' --organisation Northmoor"
)
@click.option("--email", prompt="E-mail address of the first administrator")
@click.option("--name", prompt="Their name")
@click.option("--organisation", prompt="Their organisation")
@click.option(
    "--kind",
    type=click.Choice(["council", "nhs", "voluntary", "police", "school"]),
    default="council",
    show_default=True,
)
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if left out."
)
def setup(email: str, name: str, organisation: str, kind: str, password: str) -> None:
    """Make the first administrator of a new installation, with the starter registers loaded."""
    start_django()
    from django.core.exceptions import ValidationError

    from wherewithal_web.analyse.library.actions import load_starter_editions
    from wherewithal_web.people.actions import first_administrator

    try:
        person = first_administrator(
            email=email, name=name, password=password, organisation=organisation, kind=kind
        )
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    load_starter_editions(by=person)
    click.echo(f"{person} can sign in now. Start the workbench with: wherewithal serve")


@click.command(epilog="Example: wherewithal doctor --json")
@click.option("--demo", is_flag=True, help="Look at the demo's database.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def doctor(demo: bool, as_json: bool) -> None:
    """Check that this installation is in order, and say what to do where it is not."""
    checks = _checks(demo)
    if as_json:
        click.echo(json.dumps({"ok": all(c["ok"] for c in checks), "checks": checks}))
    else:
        for check in checks:
            click.echo(f"{'ok   ' if check['ok'] else 'WRONG'}  {check['what']}: {check['found']}")
            if not check["ok"]:
                click.echo(f"       {check['do']}")
    if not all(check["ok"] for check in checks):
        sys.exit(1)


def _checks(demo: bool) -> list[dict[str, object]]:
    def check(what: str, ok: bool, found: str, do: str = "") -> dict[str, object]:
        return {"what": what, "ok": ok, "found": found, "do": "" if ok else do}

    from wherewithal.home import home

    results = [
        check("Python", sys.version_info >= (3, 11), sys.version.split()[0], "Use Python 3.11 or newer.")
    ]
    folder = home()
    results.append(check("data folder", True, str(folder)))
    try:
        start_django(demo=demo)
    except Exception as error:
        return [
            *results,
            check("database", False, str(error), "Check DATABASE_URL and that the server answers."),
        ]
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError
    from django.db import connection

    results.append(check("database", True, f"{connection.vendor}, up to date"))
    try:
        call_command("check", stdout=io.StringIO())
        results.append(check("settings", True, "in order"))
    except SystemCheckError as error:
        results.append(check("settings", False, str(error), "Put right what it names."))
    built = Path(__file__).parent / "static" / "build" / "wherewithal.css"
    results.append(
        check("styles", built.exists(), "built" if built.exists() else "missing", "Run: python3 run.py setup")
    )
    from wherewithal_web.people.models import User

    people = User.objects.filter(is_active=True).count()
    results.append(check("people", people > 0, f"{people} can sign in", "Run: wherewithal setup"))
    return results
