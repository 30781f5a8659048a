"""The review of a case: its decision and date, before beside after, and the verdict."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.errors import NothingThere
from wherewithal.review.outcomes import BEFORE_AND_AFTER, when_due
from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for, lines_of, stages_and_needs, thread_of
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.clock import today
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission
from wherewithal_web.review.outcomes import actions, queries
from wherewithal_web.review.outcomes.forms import VerdictForm


@require_GET
def outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    stages, _to_do = stages_and_needs(case, lines_of(case))
    review = queries.review_of(case)
    drift = review.decision.snapshot.drift(thread_of(case), today=today()) if review.decision else []
    return render(
        request,
        "outcomes/outcomes.jinja",
        {
            **case_frame(request, case),
            "crumb": "Outcomes and review",
            "stages": stages,
            "state": next(state for state in stages if state.stage is Stage.REVIEW),
            "review": review,
            "overdue": review.is_overdue(today()),
            "due_words": when_due(review.due, today()) if review.due else "",
            "changed": len({each.claim for each in drift}),
            "pairs": queries.pairs_of(case),
            "verdicts": queries.verdicts_of(case),
            "honest": BEFORE_AND_AFTER,
            "measure_href": _link(case, "measure"),
            "baseline_href": _link(case, "baseline"),
            "has_measure": any("measure" in room.present(case) for room in rooms()),
        },
    )


def _link(case: Case, need: str) -> str:
    """Where another room lets that need be filled; nothing where no room does."""
    return next((room.need_links[need](case) for room in rooms() if need in room.need_links), "")


@require_POST
def add_comparison(request: HttpRequest, slug: str, measure: str) -> HttpResponse:
    case = case_for(request.user, slug)
    try:
        stored = actions.add_comparison(by=request.user, case=case, measure=measure)
    except NothingThere as nothing:
        raise Http404(str(nothing)) from nothing
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}&section=review")


@require_http_methods(["GET", "POST"])
def verdict(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.PROPOSE, case))
    form = VerdictForm(posted(request))
    if form.is_valid():
        actions.record_verdict(by=request.user, case=case, **form.cleaned_data)
        messages.info(request, "Recorded, with what it rests on.")
        return redirect("outcomes:outcomes", case.slug)
    frame = case_frame(request, case)
    frame["crumbs"].append(("Outcomes and review", f"{case.get_absolute_url()}outcomes/"))
    return render(
        request,
        "outcomes/verdict.jinja",
        {
            **frame,
            "form": form,
            "pairs": queries.pairs_of(case),
            "review": queries.review_of(case),
            "crumb": "Record the verdict",
        },
    )
