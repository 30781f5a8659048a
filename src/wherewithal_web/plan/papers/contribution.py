"""What papers add to a case: the need for one, and the way to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Contribution, Tool, contribute
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.outgoing import plain_rows
from wherewithal_web.plan.papers.models import Paper


def _address(case: Case) -> str:
    return reverse("papers:paper", args=[case.slug])


def _present(case: Case) -> set[str]:
    return {"paper"} if Paper.objects.filter(case=case).exists() else set()


def _tools(case: Case) -> list[Tool]:
    started = bool(_present(case))
    return [
        Tool(
            Stage.PLAN,
            "Read the paper" if started else "Start the paper",
            _address(case),
            "The case's sentences in the order of a business case, as a page, in Word or as a file",
        )
    ]


def _export(case: Case) -> dict[str, Any]:
    papers = plain_rows(Paper.objects.filter(case=case))
    return {"papers": papers} if papers else {}


def register() -> None:
    contribute(
        Contribution(
            room="papers", present=_present, need_links={"paper": _address}, tools=_tools, export=_export
        )
    )
