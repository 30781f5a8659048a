"""What two people took differently from a study, side by side, and what holds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.reconciling import State, differences
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Study
from wherewithal_web.analyse.reviews.views.studies import studies_frame
from wherewithal_web.cases.permissions import may
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def reconcile(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    study = queries.study_for(request.user, slug, number)
    errors: list[str] = []
    if request.method == "POST":
        require(may(request.user, Permission.CONTRIBUTE, study.case))
        try:
            _settle(request, study)
            messages.info(request, "Settled.")
            return redirect("reviews:reconcile", slug, number)
        except BadInput as error:
            errors = words_of(error)
    plan = queries.plan_of(study.case)
    fields = [
        field
        for field in queries.fields_of(study, plan, request.user).values()
        if field.standing.state is State.DIFFER
    ]
    lines = [
        (line, _apart(line))
        for line in queries.lines_of(study.case, request.user, plan)
        if line.comparison.study_id == study.pk and line.standing.state is State.DIFFER
    ]
    return render(
        request,
        "reviews/reconcile.jinja",
        {
            **studies_frame(request, study.case, study),
            "fields": fields,
            "lines": lines,
            "errors": errors,
            "two": plan.people == 2,
            "agreement": queries.extraction_agreement(study.case),
        },
        status=400 if errors else 200,
    )


def _apart(line: queries.Line) -> list:
    """Field by field, what the newest two results say differently."""
    shown = line.shown[-2:]
    if len(shown) < 2:
        return []
    return differences(Given.from_dict(shown[0].given), Given.from_dict(shown[1].given))


def _settle(request: HttpRequest, study: Study) -> None:
    note = request.POST.get("note", "")
    question = request.POST.get("question", "")
    if question:
        text = request.POST.get("other", "").strip() or request.POST.get("value", "")
        actions.settle_answer(by=request.user, study=study, question=question, text=text, note=note)
        return
    place = request.POST.get("result", "")
    line = queries.line_for(study, int(place) if place.isdigit() else 0, request.user)
    chosen = next((row for row in line.shown if str(row.pk) == request.POST.get("chosen")), None)
    actions.settle_result(by=request.user, comparison=line.comparison, chosen=chosen, note=note)
