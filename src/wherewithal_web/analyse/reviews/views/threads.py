"""Putting a review's account, and the studies it kept, on the thread."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.cases.queries import case_for


@require_POST
def add_screening(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    before = queries.screening_on_thread(case)
    try:
        stored = actions.add_screening_to_thread(by=request.user, case=case)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect("reviews:home", slug)
    if before is not None:
        messages.info(
            request, "The thread now has the newest account. Sentences that rest on the older one say so."
        )
        return redirect("reviews:home", slug)
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}")


@require_POST
def add_record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = queries.record_for(request.user, slug, pk)
    try:
        stored = actions.add_record_to_thread(by=request.user, record=found)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect(found)
    return redirect(f"{found.file.case.get_absolute_url()}sentences/new/?finding={stored.pk}")
