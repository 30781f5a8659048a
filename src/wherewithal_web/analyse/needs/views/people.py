"""From need to people: how many a service would be for, reach and see through. Everything is in the address."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.needs import cohort
from wherewithal.errors import BadInput, NothingThere
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.analyse.needs.cohort_form import CohortForm
from wherewithal_web.analyse.needs.forms import AddForm
from wherewithal_web.analyse.needs.views.frame import asked_case, frame, nothing_there
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for, cases_seen_by
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def people(request: HttpRequest, area: str) -> HttpResponse:
    try:
        found = queries.area_named(area)
        begun = queries.cohort_begun(found, request.GET.get("indicator", ""))
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    sent = "people" in request.GET
    form = CohortForm(request.GET if sent else None, initial=begun)
    result = None
    if sent and form.is_valid():
        try:
            result = cohort(form.start(), form.steps())
        except BadInput as error:
            form.add_error(None, words_of(error))
    cases = cases_seen_by(request.user, Permission.CONTRIBUTE)
    case = asked_case(request)
    return render(
        request,
        "needs/cohort.jinja",
        {
            **frame(request),
            "area": found,
            "form": form,
            "result": result,
            "kept": [(name, value) for name, value in request.GET.items() if name in form.fields],
            "add_form": AddForm(cases=cases, initial={"case": case.slug if case else None})
            if cases
            else None,
        },
        status=422 if form.errors else 200,
    )


@require_POST
def add_people(request: HttpRequest, area: str) -> HttpResponse:
    """Put the cohort on a case's thread."""
    try:
        found = queries.area_named(area)
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    form = CohortForm(request.POST)
    chosen = AddForm(request.POST, cases=cases_seen_by(request.user, Permission.CONTRIBUTE))
    case = (
        chosen.cleaned_data["case"]
        if chosen.is_valid()
        else case_for(request.user, request.POST.get("case", ""))
    )
    require(may(request.user, Permission.CONTRIBUTE, case))
    if not form.is_valid():
        return redirect("needs:people", found.code)
    stored = actions.add_cohort_to_case(
        by=request.user, case=case, area_code=found.code, start=form.start(), steps=form.steps()
    )
    messages.info(request, f"On the thread: {stored.title}. Now write the sentence that rests on it.")
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}&section=why-here")
