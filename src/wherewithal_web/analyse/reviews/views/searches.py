"""Searches, lists of records, and what was kept and left out."""

from __future__ import annotations

import csv
import io

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from wherewithal.analyse.reviews.protocol import asks_of
from wherewithal.analyse.reviews.protocol_routes import route
from wherewithal.analyse.reviews.records import by_key
from wherewithal.analyse.reviews.records.csv_table import harmless
from wherewithal.analyse.reviews.screening.decisions import REASONS
from wherewithal.errors import BadInput, Problem
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.duplicates.asking import LOOK
from wherewithal_web.analyse.reviews.forms import SearchForm
from wherewithal_web.analyse.reviews.views.arrivals import arriving_in, bring
from wherewithal_web.analyse.reviews.views.frame import download, review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import too_large
from wherewithal_web.jobs.queries import newest_run
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

A_PAGE = 25
KEPT_SHOWN = 10


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    now = queries.screening_now(case)
    searches = queries.searches_of(case)
    protocol = queries.protocol_of(case)
    asks = asks_of(protocol, [search.as_search() for search in searches])
    on_thread = queries.screening_on_thread(case)
    kept = list(queries.records_of(case, "kept")[:KEPT_SHOWN])
    counts, full = queries.counts_of(case), queries.counts_of(case, queries.FULL_TEXT)
    return render(
        request,
        "reviews/home.jinja",
        {
            **case_frame(request, case),
            "searches": searches,
            "removed": queries.removed_of(case),
            "arriving": arriving_in(case),
            "living": queries.living_of(case),
            "waiting_pairs": queries.waiting_of(case),
            "run": newest_run(LOOK, str(case.pk)),
            "protocol": protocol,
            "stopped": queries.stopped(case),
            "has_protocol": queries.newest_version(case) is not None,
            "route": route(protocol.route),
            "asks_missing": [ask for ask, there in asks if not there],
            "full": full,
            "counts": counts,
            "steps": queries.steps_of(case, counts, full),
            "now": now,
            "on_thread": on_thread,
            "up_to_date": bool(now and on_thread and on_thread.fingerprint == now.fingerprint),
            "kept": kept,
            "kept_on_thread": queries.on_thread_among(case, kept),
        },
    )


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    form = SearchForm(posted(request), request.FILES if request.method == "POST" else None)
    problems: tuple[Problem, ...] = ()
    try:
        if getattr(request, "upload_too_large", False):
            raise too_large()
        if form.is_valid():
            return bring(request, case, form.cleaned_data)
    except BadInput as error:
        form.full_clean()
        form.errors.pop("file", None)
        form.add_error("file", error.message)
        problems = error.problems
    return render(
        request,
        "reviews/bring_in.jinja",
        {**review_frame(request, case), "form": form, "problems": problems},
        status=400 if form.errors else 200,
    )


@require_GET
def records(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    counts = queries.counts_of(case)
    show = request.GET.get("show") or ("to-look-at" if counts.to_look_at else "all")
    page = Paginator(queries.records_of(case, show), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reviews/records.jinja",
        {
            **review_frame(request, case),
            "counts": counts,
            "show": show,
            "piles": [(key, words, counts.of(key)) for key, (words, _which) in queries.SHOWS.items()],
            "page": page,
            "reason_words": {reason.key: reason.words for reason in REASONS},
        },
    )


@require_GET
def left_out(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return render(
        request,
        "reviews/left_out.jinja",
        {
            **review_frame(request, case),
            "counts": queries.counts_of(case),
            "page": Paginator(queries.exclusions_of(case), 100).get_page(request.GET.get("page")),
        },
    )


@require_GET
def left_out_csv(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return download(left_out_table(case), "text/csv", f"{case.slug}-left-out.csv")


def left_out_table(case: Case, stage: str = queries.ABSTRACT) -> str:
    """Every record that was left out, with why, by whom and when, as CSV: for the appendix of a report."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Citation", "Title", "Journal", "DOI", "Reason", "In their words", "By", "When", "Search"]
    )
    for each in queries.exclusions_of(case, stage):
        row = each.record
        writer.writerow(
            harmless(text)
            for text in (
                row.citation,
                row.title,
                row.journal,
                row.record.doi,
                each.reason_words,
                each.words,
                each.decided_by.name,
                f"{each.decided_at:%Y-%m-%d}",
                row.file.name,
            )
        )
    return out.getvalue()


@require_GET
def kept_ris(request: HttpRequest, slug: str) -> HttpResponse:
    """The studies that were kept, for a reference manager."""
    case = case_for(request.user, slug)
    return download(kept_as_ris(case), "application/x-research-info-systems", f"{case.slug}-kept.ris")


def kept_as_ris(case: Case) -> str:
    out = io.StringIO()
    write = by_key("ris").write
    write(queries.bodies_of(queries.records_of(case, "kept").iterator(500)), out)
    return out.getvalue()
