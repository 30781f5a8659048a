"""What the case itself offers in its stages, before any room adds to it."""

from __future__ import annotations

from django.urls import reverse

from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Contribution, Tool, contribute
from wherewithal_web.cases.models import Case


def _to(name: str):
    return lambda case: reverse(f"cases:{name}", args=[case.slug])


def _tools(case: Case) -> list[Tool]:
    return [
        Tool(
            Stage.ANALYSE, "Note what families say", _to("voice")(case), "From a session, a survey or letters"
        ),
        Tool(
            Stage.ANALYSE,
            "Note a judgement",
            _to("judgement")(case),
            "Of someone who runs or knows the service",
        ),
        Tool(Stage.PLAN, "Add a sentence", _to("write")(case), "With what it rests on, now or later"),
        Tool(Stage.PLAN, "Propose a decision", _to("propose")(case), "For a second person to confirm"),
    ]


def register() -> None:
    contribute(
        Contribution(
            room="cases",
            need_links={
                "question": _to("change"),
                "families' voice": _to("voice"),
                "judgement": _to("judgement"),
                "supported": _to("case"),
                "decided": _to("propose"),
                "review date": _to("propose"),
            },
            tools=_tools,
        )
    )
