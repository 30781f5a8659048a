"""Who delivers, what is measured, and recording it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.do.delivery import FEWEST_FAMILIES, ReadingKind
from wherewithal.errors import BadInput
from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for, lines_of, stages_and_needs
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.clock import today
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.do.delivery import actions, queries
from wherewithal_web.do.delivery.forms import DeliveryForm, MeasureForm, ReadingForm
from wherewithal_web.do.delivery.models import OutcomeMeasure
from wherewithal_web.do.delivery.permissions import can_record_result
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def delivery(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    stages, _to_do = stages_and_needs(case, lines_of(case))
    review = next((room.need_links["verdict"] for room in rooms() if "verdict" in room.need_links), None)
    return render(
        request,
        "delivery/delivery.jinja",
        {
            **case_frame(request, case),
            "crumb": "Delivery",
            "stages": stages,
            "state": next(state for state in stages if state.stage is Stage.DO),
            "delivery": queries.delivery_of(case),
            "measures": queries.measures_of(case),
            "fewest": FEWEST_FAMILIES,
            "review_href": review(case) if review else "",
        },
    )


def _case_to_work_on(request: HttpRequest, slug: str) -> Case:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    return case


def _frame(request: HttpRequest, case: Case, crumb: str) -> dict:
    frame = case_frame(request, case)
    frame["crumbs"].append(("Delivery", page_of(case)))
    return {**frame, "crumb": crumb}


def page_of(case: Case) -> str:
    return f"{case.get_absolute_url()}delivery/"


@require_http_methods(["GET", "POST"])
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    now = queries.delivery_of(case)
    form = DeliveryForm(posted(request), initial={"provider": now.provider, "starts_on": now.starts_on})
    if form.is_valid():
        actions.set_delivery(by=request.user, case=case, **form.cleaned_data)
        messages.info(request, "Recorded.")
        return redirect(page_of(case))
    return render(request, "delivery/provider.jinja", {**_frame(request, case, "Who and when"), "form": form})


@require_http_methods(["GET", "POST"])
def add_measure(request: HttpRequest, slug: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    form = MeasureForm(posted(request))
    if form.is_valid():
        measure = actions.add_measure(by=request.user, case=case, **form.cleaned_data)
        messages.info(request, "The measure is chosen. Next: record what it is before the service starts.")
        return redirect(f"{page_of(case)}#measure-{measure.key}")
    return render(
        request, "delivery/measure.jinja", {**_frame(request, case, "Choose a measure"), "form": form}
    )


@require_POST
def remove_measure(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    measure = get_object_or_404(OutcomeMeasure, case=case, key=key)
    actions.remove_measure(by=request.user, measure=measure)
    messages.info(request, f"'{measure.name}' is out.")
    return redirect(page_of(case))


def _likely_day(case: Case, kind: ReadingKind) -> date | None:
    """Today, but for a baseline once the service runs: today's date left standing would make it a late one."""
    starts_on = queries.delivery_of(case).starts_on
    late = kind is ReadingKind.BASELINE and starts_on is not None and starts_on < today()
    return None if late else today()


@require_http_methods(["GET", "POST"])
def record_reading(request: HttpRequest, slug: str, key: str, kind: ReadingKind) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    measure = get_object_or_404(OutcomeMeasure, case=case, key=key)
    if kind is ReadingKind.RESULT:
        require(can_record_result(measure))
    form = ReadingForm(
        posted(request),
        initial={"on": _likely_day(case, kind)},
        is_share=measure.is_share,
        kind=kind,
        name=measure.name,
    )
    if form.is_valid():
        try:
            actions.record_reading(by=request.user, measure=measure, kind=kind, **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, f"The {kind} is recorded, and on the case's thread.")
            return redirect(f"{page_of(case)}#measure-{measure.key}")
    return render(
        request,
        "delivery/reading.jinja",
        {
            **_frame(request, case, f"Record a {kind}"),
            "form": form,
            "measure": measure,
            "kind": kind,
            "was": queries.newest_reading(measure, kind),
            "baseline": queries.newest_reading(measure, ReadingKind.BASELINE),
            "starts_on": queries.delivery_of(case).starts_on,
        },
    )
