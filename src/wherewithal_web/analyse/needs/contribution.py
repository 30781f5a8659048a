"""What this room adds to a case: a way to put a local figure on its thread."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Contribution, Tool, contribute
from wherewithal_web.cases.models import Case


def page_for(case: Case) -> str:
    """Where to look for figures for a case: its own area where it has one, else the choice of area."""
    page = reverse("needs:area", args=[case.area_code]) if case.area_code else reverse("needs:home")
    return f"{page}?{urlencode({'case': case.slug})}"


def _tools(case: Case) -> list[Tool]:
    where = case.area_name or "the area"
    return [
        Tool(
            Stage.ANALYSE,
            "Add a local figure",
            page_for(case),
            f"What the figures say about {where}, beside England",
        )
    ]


def register() -> None:
    contribute(Contribution(room="needs", need_links={"local data": page_for}, tools=_tools))
