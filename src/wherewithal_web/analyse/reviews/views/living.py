"""Searches that are asked again: the list, adding and changing one, asking now, pausing and stopping."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms.living import LivingForm
from wherewithal_web.analyse.reviews.models import LivingSearch
from wherewithal_web.analyse.reviews.views.account import table
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

TURNED = {
    "pause": (actions.pause_living, "It is paused. What it brought stays."),
    "go-on": (actions.resume_living, "It is asked again from now on."),
    "stop": (actions.stop_living, "It is stopped. What it brought stays."),
}


@require_GET
def living(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return render(
        request,
        "reviews/living.jinja",
        {**review_frame(request, case), "kept": queries.living_of(case)},
    )


@require_http_methods(["GET", "POST"])
def add_living(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    form = LivingForm(posted(request), initial={"every": 3})
    try:
        if form.is_valid():
            made = actions.keep_living(by=request.user, case=case, **form.cleaned_data)
            messages.info(request, f"{made.service.name} is being asked. You can go on meanwhile.")
            return redirect("reviews:living", slug)
    except BadInput as error:
        form.add_error(None, words_of(error))
    return _form(request, case, form, None)


@require_http_methods(["GET", "POST"])
def change_living(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    search = queries.living_for(case, number)
    form = LivingForm(
        posted(request), initial={"source": search.source, "query": search.query, "every": search.every}
    )
    try:
        if form.is_valid():
            actions.change_living(by=request.user, search=search, **form.cleaned_data)
            messages.info(request, "The search is changed. What was asked before stays in the record.")
            return redirect("reviews:living", slug)
    except BadInput as error:
        form.add_error(None, words_of(error))
    return _form(request, case, form, search)


def _form(request: HttpRequest, case: Case, form: LivingForm, search: LivingSearch | None) -> HttpResponse:
    return render(
        request,
        "reviews/living_form.jinja",
        {**review_frame(request, case), "form": form, "search": search},
        status=400 if form.errors else 200,
    )


@require_POST
def run_living(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask a service now."""
    case = case_for(request.user, slug)
    search = queries.living_for(case, number)
    try:
        actions.run_living(by=request.user, search=search)
        messages.info(request, f"{search.service.name} is being asked. Load this page again in a moment.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:living", slug)


@require_POST
def turn_living(request: HttpRequest, slug: str, number: int, to: str) -> HttpResponse:
    """Pause a search, have it asked again, or stop it."""
    case = case_for(request.user, slug)
    if to not in TURNED:
        raise Http404
    act, said = TURNED[to]
    try:
        act(by=request.user, search=queries.living_for(case, number))
        messages.info(request, said)
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:living", slug)


@require_GET
def living_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every asking, also those that brought nothing."""
    case = case_for(request.user, slug)
    return table(queries.TURN_COLUMNS, queries.turn_rows(case), f"{case.slug}-asked-again.csv")
