"""What options add to a case: its needs, its pages, its box, the paper's table and the decision's choices."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wherewithal.plan.options import Kind
from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Choice, Contribution, Panel, PaperTable, Tool, contribute
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.outgoing import plain_rows
from wherewithal_web.plan.options.models import Horizon
from wherewithal_web.plan.options.queries import (
    comparison_of,
    horizon_of,
    library_horizon,
    library_option,
    options_of,
)
from wherewithal_web.plan.options.research import research_cell

RANGES = (
    "In brackets: every figure at its good end and every figure at its bad end. It shows how far the result "
    "could go, not how likely that is."
)


def _compare(case: Case) -> str:
    return reverse("options:compare", args=[case.slug])


def _present(case: Case) -> set[str]:
    rows = options_of(case)
    if not rows:
        return set()
    years = horizon_of(case).years
    options = [library_option(row, years) for row in rows]
    others = [option for option in options if option.kind is not Kind.BUSINESS_AS_USUAL]
    found = {
        "business as usual": len(others) < len(options),
        "two alternatives": len(others) >= 2,
        "costed": all(option.is_costed for option in options),
        "staffed": all(option.is_staffed for option in options),
    }
    return {key for key, there in found.items() if there}


def _tools(case: Case) -> list[Tool]:
    return [
        Tool(
            Stage.PLAN,
            "Compare the options",
            _compare(case),
            "What each costs, reaches and needs, beside carrying on as now",
        )
    ]


def _panels(case: Case) -> list[Panel]:
    comparison = comparison_of(case)
    if not comparison.columns:
        return []
    items = tuple((column.name, column.row.get_absolute_url()) for column in comparison.columns)
    return [Panel("Options so far", items, ("Compare costs, staff and evidence", _compare(case)))]


def _tables(case: Case) -> list[PaperTable]:
    comparison = comparison_of(case)
    if comparison.appraisal is None:
        return []
    notes = [comparison.words, RANGES, *comparison.pack.cautions]
    if not comparison.on_thread:
        notes.insert(0, "Some of these figures have changed since they were last put on the thread.")
    rows = [("What the research says", *(research_cell(column).lines for column in comparison.columns))]
    rows += [(row.label, *(cell.lines for cell in row.cells)) for row in comparison.rows]
    by_year = [
        (label, *(cell.text for cell in cells))
        for label, cells in zip(
            library_horizon(comparison.horizon).labels, comparison.cost_by_year, strict=True
        )
    ]
    names = tuple(column.name for column in comparison.columns)
    return [
        PaperTable("options", "The options compared", ("", *names), tuple(rows), tuple(notes)),
        PaperTable(
            "money",
            "Cost of each option by year",
            ("Year", *names),
            tuple(by_year),
            (f"{library_horizon(comparison.horizon).price_base}, not discounted.",),
        ),
    ]


def _choices(case: Case) -> list[Choice]:
    return [Choice(row.key, row.name) for row in options_of(case)]


def _export(case: Case) -> dict[str, Any]:
    years = horizon_of(case).years
    options = [library_option(row, years).as_dict() for row in options_of(case)]
    return {"horizon": plain_rows(Horizon.objects.filter(case=case)), "options": options} if options else {}


def register() -> None:
    contribute(
        Contribution(
            room="options",
            present=_present,
            need_links=dict.fromkeys(
                ("business as usual", "two alternatives", "costed", "staffed"), _compare
            ),
            tools=_tools,
            panels=_panels,
            tables=_tables,
            choices=_choices,
            export=_export,
        )
    )
