"""Asking a service for figures, and what came of earlier questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wherewithal.analyse.needs.asking import ASKED
from wherewithal.errors import BadInput, NothingThere
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.analyse.needs.asking_forms import FORMS
from wherewithal_web.analyse.needs.views.frame import frame, said_of
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    chosen = request.POST.get("service", "")
    given = {
        key: form(request.POST if key == chosen else None, auto_id=f"{key}-%s") for key, form in FORMS.items()
    }
    asked = given.get(chosen)
    if asked is not None and asked.is_valid():
        try:
            run = actions.ask_service(by=request.user, question=asked.question())
        except (BadInput, NothingThere) as error:
            asked.add_error("wanted", said_of(error))
        else:
            messages.info(
                request,
                f"{ASKED[chosen].name} is being asked. You can go on working: what came of it stands on this page."
                if run.is_open
                else "That was asked already.",
            )
            return redirect("needs:ask")
    return render(
        request,
        "needs/ask.jinja",
        {
            **frame(request),
            "forms": [(ASKED[key], form) for key, form in given.items()],
            "form": asked,
            "asked": queries.asked_for(),
        },
        status=422 if asked is not None and asked.errors else 200,
    )
