"""What this room adds to a case: its review, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from wherewithal.plain_english import long_date
from wherewithal.review.outcomes import BEFORE_AND_AFTER, when_due
from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Contribution, Panel, PaperTable, Tool, contribute
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.outgoing import plain_rows
from wherewithal_web.clock import today
from wherewithal_web.review.outcomes.models import Verdict
from wherewithal_web.review.outcomes.queries import current_verdict, pairs_of, review_of


def _page(case: Case) -> str:
    return reverse("outcomes:outcomes", args=[case.slug])


def _verdict(case: Case) -> str:
    return reverse("outcomes:outcomes", args=[case.slug]) + "#verdict"


def _tools(case: Case) -> list[Tool]:
    return [
        Tool(
            Stage.REVIEW,
            "Before beside after, and the verdict",
            _page(case),
            "What changed, how sure that is, and whether to continue, adapt or stop",
        )
    ]


def _panels(case: Case) -> list[Panel]:
    """A box on the case only when there is something to know: a review overdue, or what the last one came to."""
    review = review_of(case)
    items = []
    if review.verdict:
        items.append((f"{review.verdict.verdict.capitalize()}, {long_date(review.verdict.on)}", ""))
    if review.due and (review.verdict or review.is_overdue(today())):
        words = when_due(review.due, today())
        items.append((f"{'Next review ' if review.verdict else 'Review '}{words}", ""))
    return (
        [Panel("The review", tuple(items), ("Before, after and the verdict", _page(case)))] if items else []
    )


def _tables(case: Case) -> list[PaperTable]:
    compared = [pair.comparison for pair in pairs_of(case) if pair.comparison]
    if not compared:
        return []
    made_up = any(side.finding.made_up for each in compared for side in (each.baseline, each.result))
    return [
        PaperTable(
            "review",
            "Before and after",
            ("Measure", "Before", "After", "What it shows"),
            tuple(
                (
                    each.baseline.name,
                    each.baseline.finding.statement,
                    each.result.finding.statement,
                    each.statement,
                )
                for each in compared
            ),
            (BEFORE_AND_AFTER, *(("The figures are made up, for demonstration.",) if made_up else ())),
        )
    ]


def _export(case: Case) -> dict[str, Any]:
    verdicts = plain_rows(Verdict.objects.filter(case=case))
    return {"verdicts": verdicts} if verdicts else {}


def _next_review(case: Case) -> date | None:
    review = review_of(case)
    return review.due if review.verdict else None


def register() -> None:
    contribute(
        Contribution(
            room="outcomes",
            present=lambda case: {"verdict"} if current_verdict(case) else set(),
            need_links={"verdict": _verdict},
            tools=_tools,
            panels=_panels,
            tables=_tables,
            export=_export,
            review_on=_next_review,
        )
    )
