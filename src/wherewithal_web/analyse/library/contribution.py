"""What the library adds to a case: where to look up what research says."""

from __future__ import annotations

from django.urls import reverse

from wherewithal.plain_english import counted
from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Contribution, Tool, contribute
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may
from wherewithal_web.people.roles import Permission


def _library(case: Case) -> str:
    return f"{reverse('library:home')}?case={case.slug}"


def _tools(case: Case) -> list[Tool]:
    return [
        Tool(
            Stage.ANALYSE,
            "Look up what research says",
            _library(case),
            "Programmes, what registers say of them, and where they disagree",
        )
    ]


def _start(user: User) -> list[tuple[str, str]]:
    """For whoever keeps the library: how much of what decisions rest on is to be looked at again."""
    from wherewithal_web.analyse.library.queries import decisions_wait_on

    due = decisions_wait_on(user) if may(user, Permission.CURATE) else 0
    if not due:
        return []
    words = counted(due, "thing that decisions rest on is", "things that decisions rest on are")
    return [(f"{words} due another look", reverse("library:recheck"))]


def register() -> None:
    contribute(Contribution(room="library", need_links={"research": _library}, tools=_tools, start=_start))
