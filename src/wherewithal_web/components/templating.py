"""How pages are made: Jinja2, the GOV.UK components as macros, and what every page needs to know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from wherewithal.plain_english import counted, listed, long_date, number, pounds
from wherewithal.thread import Lane
from wherewithal_web.clock import today
from wherewithal_web.people.queries import demo_accounts

DEMO_PASSWORD = "look-around-northmoor"  # noqa: S105 - printed for everyone; works in the demo only


class RoomTemplates(Jinja2):
    """Django's Jinja2 backend, looking in each of our own rooms' ``templates`` and nobody else's."""

    app_dirname = "templates"

    @property
    def template_dirs(self) -> tuple[Path, ...]:
        rooms = (
            Path(config.path) / self.app_dirname for config in apps.get_app_configs() if _is_ours(config.name)
        )
        return tuple(folder for folder in rooms if folder.is_dir())


def _is_ours(name: str) -> bool:
    return name.startswith("wherewithal_web.")


def environment(**options: Any) -> Environment:
    """The one Jinja2 environment: strict about our own mistakes, autoescaping everything."""
    own = options.pop("loader", None) or FileSystemLoader([])
    govuk = PackageLoader("govuk_frontend_jinja")
    options.update(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    env = Environment(  # noqa: S701 - autoescape is on, one line up
        loader=ChoiceLoader([own, PrefixLoader({"govuk_frontend_jinja": govuk})]), **options
    )
    env.globals.update(
        static=static,
        url=lambda name, *args, **kwargs: reverse(name, args=args or None, kwargs=kwargs or None),
        today=today,
        Lane=Lane,
        counted=counted,
        listed=listed,
        pounds=pounds,
        number=number,
    )
    env.filters.update(
        long_date=lambda day: long_date(day) if day else "",
        moment=lambda at: f"{long_date(localtime(at).date())}, {localtime(at):%H:%M}",
        listed=listed,
        pounds=pounds,
        number=number,
    )
    return env


def page_furniture(request: HttpRequest) -> dict[str, Any]:
    """What the frame round every page shows. Lazily: a page that fails must still be able to say so."""
    return {
        "demo": settings.DEMO,
        "person": getattr(request, "user", None),
        "said": lambda: list(get_messages(request)),
        **({"demo_accounts": demo_accounts, "demo_password": DEMO_PASSWORD} if settings.DEMO else {}),
    }
