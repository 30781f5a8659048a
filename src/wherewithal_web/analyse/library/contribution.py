"""What the library adds to a case: where to look up what research says."""

from __future__ import annotations

from django.urls import reverse

from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Contribution, Tool, contribute
from wherewithal_web.cases.models import Case


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


def register() -> None:
    contribute(Contribution(room="library", need_links={"research": _library}, tools=_tools))
