"""The record of a review: its flow and everything behind it, to read and to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.reviews.prisma import flow_of
from wherewithal.analyse.reviews.prisma_word import flow_docx
from wherewithal.analyse.reviews.protocol_routes import route
from wherewithal.analyse.reviews.records.csv_table import harmless
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import ScreeningStage
from wherewithal_web.analyse.reviews.views.frame import download, review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.clock import today
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def account(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    protocol = queries.protocol_of(case)
    return render(
        request,
        "reviews/account.jinja",
        {
            **review_frame(request, case),
            "counts": queries.counts_of(case),
            "full": queries.counts_of(case, queries.FULL_TEXT),
            "chart": flow_of(queries.flow_now(case)),
            "searches": queries.searches_of(case),
            "removed": queries.removed_of(case),
            "protocol": protocol,
            "has_protocol": queries.newest_version(case) is not None,
            "route": route(protocol.route),
            "amendments": queries.amendments_of(case),
            "agreements": [
                (stage.label, found)
                for stage in ScreeningStage
                if (found := queries.agreement(case, stage.value)) is not None
            ],
            "ranking": case.rankings.first(),
            "again": queries.newest_check_again(case),
            "stopped": queries.stopped(case),
            "check": queries.check_of(case),
            "notes": notes_of(case),
        },
    )


def notes_of(case: Case) -> list[str]:
    """What has to be said beside the flow."""
    stop = queries.stopped(case)
    said = queries.searches_in_words(case)
    if stop is not None:
        said.append(" ".join(filter(None, [stop.words, stop.why, stop.assumption])))
    if case.made_up_figures:
        said.append("Made up for the demonstration.")
    return said


@require_POST
def ask_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the newest order to be learnt once more from the log, and compared."""
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    try:
        actions.ask_again(by=request.user, case=case)
        messages.info(request, "The order is being learnt once more. Load this page again in a moment.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:account", slug)


@require_GET
def flow_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The flow as a drawing, a table or a Word file."""
    case = case_for(request.user, slug)
    kind = {"docx": WORD, "csv": "text/csv", "svg": "image/svg+xml"}[ending]
    return download(flow_as(case, ending), kind, f"{case.slug}-flow.{ending}")


def flow_as(case: Case, ending: str) -> str | bytes:
    """The flow as "svg", "csv" or "docx"."""
    flow = queries.flow_now(case)
    if ending == "docx":
        at = datetime.combine(today(), time.min, tzinfo=UTC)
        return flow_docx(flow, title=case.title, written_at=at, notes=notes_of(case))
    chart = flow_of(flow)
    if ending == "csv":
        return chart.csv()
    # On its own the drawing has no page to give it its type.
    drawing = chart.wide.replace("<svg ", '<svg font-family="Arial, sans-serif" ', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing}'


@require_GET
def log_csv(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return table(queries.LOG_COLUMNS, queries.log_of(case), f"{case.slug}-screening-log.csv")


@require_GET
def rankings_csv(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return table(queries.RANKING_COLUMNS, queries.rankings_of(case), f"{case.slug}-rankings.csv")


@require_GET
def searches_csv(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return table(queries.SEARCH_COLUMNS, queries.search_rows(case), f"{case.slug}-searches.csv")


def table(columns: Iterable[str], rows: Iterable[tuple[str, ...]], name: str) -> HttpResponse:
    """Rows as a CSV file to keep; no cell is run by a spreadsheet."""
    return download(table_of(columns, rows), "text/csv", name)


def table_of(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as CSV in which no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(harmless(cell) for cell in row)
    return out.getvalue()
