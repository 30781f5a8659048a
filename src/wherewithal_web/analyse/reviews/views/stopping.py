"""Whether enough was read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.reviews.protocol_routes import route
from wherewithal.analyse.reviews.screening.standing_of_reading import AUDIT_ASSUMES, LOOKS_ASSUME
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.queries import case_for


@require_GET
def stopping(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    protocol = queries.protocol_of(case)
    return render(
        request,
        "reviews/stopping.jinja",
        {
            **review_frame(request, case),
            "reading": queries.reading(case),
            "check": queries.check_of(case),
            "checking": queries.checking(case),
            "stopped": queries.stopped(case),
            "taken": case.stop_decisions.select_related("decided_by"),
            "protocol": protocol,
            "route": route(protocol.route),
            "counts": queries.counts_of(case),
            "looks_assume": LOOKS_ASSUME,
            "audit_assumes": AUDIT_ASSUMES,
        },
    )


@require_POST
def begin_check(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    try:
        actions.begin_check(by=request.user, case=case)
        messages.info(request, "The check has begun. The next records come at random.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:stopping", slug)


@require_POST
def decide_to_stop(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    try:
        made = actions.decide_to_stop(
            by=request.user,
            case=case,
            stops=request.POST.get("stops") == "yes",
            rule=request.POST.get("rule", ""),
            why=request.POST.get("why", ""),
        )
        messages.info(request, "Reading has stopped; the numbers are kept." if made.stops else "Read on.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:stopping", slug)
