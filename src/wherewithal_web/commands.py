"""The commands that need the workbench. Django is loaded when one of them runs, and not before."""

from __future__ import annotations

import functools
import gc
import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import click

# By name, because a room's commands import this module: the arrow must not point back.
MODULES = (
    "serving",
    "analyse.library.commands",
    "analyse.library.search_commands",
    "analyse.needs.commands",
    "plan.papers.commands",
)


def register(root: click.Group) -> None:
    """Add the workbench's commands to the library's command line."""
    for module in MODULES:
        if find_spec(f"wherewithal_web.{module}"):
            importlib.import_module(f"wherewithal_web.{module}").register(root)


def start_django(*, demo: bool = False) -> None:
    """Load Django and bring the database up to date, which on a new machine makes it."""
    if demo:
        os.environ["WHEREWITHAL_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal_web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    with _looking_for_rubbish_seldom():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _looking_for_rubbish_seldom() -> Iterator[None]:
    """Making a database builds every model many times over; the usual search for what can go costs a tenth of it."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def on_the_workbench(command: Callable[..., Any]) -> Callable[..., Any]:
    """For a click command that works on stored data: adds ``--demo`` and starts Django first."""

    @click.option("--demo", is_flag=True, help="Work on the demo's data instead of your own.")
    @functools.wraps(command)
    def wrapped(*args: Any, demo: bool, **kwargs: Any) -> Any:
        start_django(demo=demo)
        return command(*args, **kwargs)

    return wrapped


def person_at_the_terminal() -> Any:
    """Who a command acts as: the account named in ``$WHEREWITHAL_AS``, or the first administrator.

    Whoever can run commands on the installation's machine can already read its database; the name is for
    the history. While there is no administrator yet it is the terminal's own account, and that is said.
    """
    from wherewithal_web.people.actions import terminal_account
    from wherewithal_web.people.models import User
    from wherewithal_web.people.roles import ADMINISTRATOR

    named = os.environ.get("WHEREWITHAL_AS")
    if named:
        person = User.objects.filter(email__iexact=named, is_active=True).first()
        if person is None:
            raise click.ClickException(f"nobody here signs in as {named}")
        return person
    person = User.objects.filter(memberships__role=ADMINISTRATOR.key, is_active=True).order_by("pk").first()
    if person is None:
        click.echo(
            "Nobody can sign in here yet, so the history will name the terminal. "
            "Make the first administrator with: wherewithal setup",
            err=True,
        )
        return terminal_account()
    return person
