"""The plan of extraction: outcomes, their measures, the form's questions, how many people."""

from __future__ import annotations

import re
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wherewithal.analyse.reviews.extraction.form import from_lines
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import InstrumentForm, OutcomeForm, PlanForm
from wherewithal_web.analyse.reviews.views.studies import studies_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return render(
        request,
        "reviews/plan.jinja",
        {
            **studies_frame(request, case),
            "plan": queries.plan_of(case),
            "versions": queries.plan_versions(case),
        },
    )


@require_http_methods(["GET", "POST"])
def write_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The form's questions and how many people extract."""
    case = _able(request, slug)
    holds = queries.plan_of(case)
    form = PlanForm(posted(request), plan=holds)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            made = replace(
                holds, people=int(answers["people"]), form=from_lines(answers["lines"], holds.form)
            )
            actions.write_plan(by=request.user, case=case, plan=made, why=answers["why"])
            return redirect("reviews:plan", slug)
        except BadInput as error:
            form.add_error(None, words_of(error))
    return _page(request, case, form, "Change the form", "The form and who fills it in")


@require_http_methods(["GET", "POST"])
def plan_outcome(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """Add an outcome, or change the one with that key."""
    case = _able(request, slug)
    holds = queries.plan_of(case)
    there = holds.outcome(key)
    if key and there is None:
        raise Http404("The plan has no such outcome.")
    initial = there.as_dict() if there else {"better": "lower", "measure": "SMD"}
    form = OutcomeForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            new = key or _key(form.cleaned_data["name"], [each.key for each in holds.outcomes])
            made = form.outcome(new)
            outcomes = [made if each.key == new else each for each in holds.outcomes]
            outcomes += [] if there else [made]
            actions.write_plan(by=request.user, case=case, plan=replace(holds, outcomes=tuple(outcomes)))
            return redirect("reviews:plan", slug)
        except BadInput as error:
            form.add_error(None, words_of(error))
    return _page(request, case, form, "Keep the outcome", there.name if there else "Add an outcome")


@require_http_methods(["GET", "POST"])
def plan_instrument(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """Add a measure of an outcome, or change the one with that key."""
    case = _able(request, slug)
    holds = queries.plan_of(case)
    there = holds.instrument(key)
    if key and there is None:
        raise Http404("The plan has no such measure.")
    if not holds.outcomes:
        return redirect("reviews:plan_outcome", slug)
    form = InstrumentForm(
        posted(request), plan=holds, initial=_shown(there.as_dict()) if there else {"more": "higher"}
    )
    if form.is_valid():
        try:
            new = key or _key(form.cleaned_data["name"], [each.key for each in holds.instruments])
            made = form.instrument(new)
            instruments = [made if each.key == new else each for each in holds.instruments]
            instruments += [] if there else [made]
            actions.write_plan(
                by=request.user, case=case, plan=replace(holds, instruments=tuple(instruments))
            )
            return redirect("reviews:plan", slug)
        except BadInput as error:
            form.add_error(None, words_of(error))
    return _page(request, case, form, "Keep the measure", there.name if there else "Add a measure")


def _shown(plain: dict) -> dict:
    numbers = {key: f"{plain[key]:g}" for key in ("lowest", "highest") if plain[key] is not None}
    return {**plain, "lowest": "", "highest": "", "items": plain["items"] or "", **numbers}


def _able(request: HttpRequest, slug: str) -> Case:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    return case


def _page(request: HttpRequest, case: Case, form, button: str, title: str) -> HttpResponse:
    return render(
        request,
        "reviews/plan_part.jinja",
        {**studies_frame(request, case), "form": form, "button": button, "heading": title},
        status=400 if form.errors else 200,
    )


def _key(name: str, there: list[str]) -> str:
    """A key of its own for a name: what it says, with a number where it is taken."""
    plain = "-".join(re.findall(r"[a-z0-9]+", name.casefold()))[:50] or "measure"
    return next(
        key
        for number in range(len(there) + 1)
        if (key := plain if not number else f"{plain}-{number + 1}") not in there
    )
