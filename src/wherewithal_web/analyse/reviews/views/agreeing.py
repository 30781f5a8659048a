"""What two people differ on, and how far they agree."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.reviews.screening.decisions import REASONS, Verdict
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import ScreeningStage
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

AT_A_TIME = 20


@require_GET
def differ(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    stages = [
        (stage, queries.differences_of(case, stage.value), queries.agreement(case, stage.value))
        for stage in ScreeningStage
    ]
    return render(
        request,
        "reviews/differ.jinja",
        {
            **review_frame(request, case),
            "stages": stages,
            "at_a_time": AT_A_TIME,
            "protocol": queries.protocol_of(case),
            "waiting": queries.counts_of(case).waiting,
            "reasons": REASONS,
            "token": uuid.uuid4().hex,
        },
    )


@require_POST
def settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Settle what two people differ on: keep the record, or leave it out for a reason, with a note on how."""
    found = queries.record_for(request.user, slug, pk)
    require(may(request.user, Permission.CONTRIBUTE, found.file.case))
    stage = queries.FULL_TEXT if request.POST.get("stage") == queries.FULL_TEXT else queries.ABSTRACT
    what = request.POST.get("what", "")
    try:
        if not what:
            raise BadInput("Choose whether the record is kept or left out.")
        made = actions.settle(
            by=request.user,
            record=found,
            verdict=Verdict.INCLUDE if what == Verdict.INCLUDE.value else Verdict.EXCLUDE,
            reason="" if what == Verdict.INCLUDE.value else what,
            note=request.POST.get("note", ""),
            words=request.POST.get("note", "") if what == "other" else "",
            stage=stage,
            token=request.POST.get("token", ""),
        )
        said = str(made)
        messages.info(request, f"Settled, {said}. {found.citation}, {found.title[:80]}")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:differ", slug)
