"""One indicator of an area, its charts as downloads, and the way onto a case's thread."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.needs.pictures import beside_chart, over_time_chart
from wherewithal.errors import NothingThere
from wherewithal.sources.fingertips import LICENCE
from wherewithal_web.analyse.needs import actions, addresses, queries
from wherewithal_web.analyse.needs.forms import AddForm
from wherewithal_web.analyse.needs.views.frame import asked_case, frame, nothing_there, with_case
from wherewithal_web.cases.queries import case_for, cases_seen_by
from wherewithal_web.people.permissions import may
from wherewithal_web.people.roles import Permission

_CHARTS = {"beside": beside_chart, "over-time": over_time_chart}


@require_GET
def indicator(request: HttpRequest, area: str, indicator: str) -> HttpResponse:
    try:
        shown = queries.reading_of(
            area, indicator, sex=request.GET.get("sex", ""), age=request.GET.get("age", "")
        )
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    reading = shown.reading
    finding = actions.finding_of(shown)
    charts = {key: draw(reading) for key, draw in _CHARTS.items()}
    cases = cases_seen_by(request.user, Permission.CONTRIBUTE)
    case = asked_case(request)
    key = reading.series.key
    return render(
        request,
        "needs/indicator.jinja",
        {
            **frame(request),
            "reading": reading,
            "made_up": shown.made_up,
            "files": shown.files,
            "charts": {name: chart for name, chart in charts.items() if chart},
            "csv_of": lambda name: addresses.chart_csv(key, name),
            "choices": [
                (
                    choice.who,
                    with_case(addresses.indicator(choice), case),
                    choice == key,
                )
                for choice in shown.choices
            ],
            "revisions": queries.revisions_of(reading),
            "resting": queries.cases_resting_on(request.user, finding.subject),
            "form": AddForm(cases=cases, initial={"case": case.slug if case else None}) if cases else None,
            "add_to": case,
            "source": finding.sources[0],
            "look_again": finding.look_again,
            "licence": LICENCE,
            "may_curate": may(request.user, Permission.CURATE),
        },
    )


@require_POST
def add(request: HttpRequest, area: str, indicator: str) -> HttpResponse:
    form = AddForm(request.POST, cases=cases_seen_by(request.user, Permission.CONTRIBUTE))
    # One who may see the case but not add to it is told so; to anybody else there is no such case.
    asked = request.POST.get("case", "")
    case = form.cleaned_data["case"] if form.is_valid() else case_for(request.user, asked)
    try:
        stored = actions.add_indicator_to_case(
            by=request.user,
            case=case,
            area_code=area,
            indicator_id=indicator,
            sex=request.POST.get("sex", ""),
            age=request.POST.get("age", ""),
        )
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    messages.info(request, f"On the thread: {stored.title}. Now write the sentence that rests on it.")
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}&section=why-here")


@require_GET
def chart_csv(request: HttpRequest, area: str, indicator: str, chart: str) -> HttpResponse:
    if chart not in _CHARTS:
        raise Http404
    try:
        shown = queries.reading_of(
            area, indicator, sex=request.GET.get("sex", ""), age=request.GET.get("age", "")
        )
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    drawn = _CHARTS[chart](shown.reading)
    if drawn is None:
        raise Http404
    name = slugify(f"{shown.reading.series.area.name} {indicator} {chart}")
    return HttpResponse(
        # The mark tells spreadsheets that this is UTF-8.
        "\ufeff" + drawn.csv(source=f"{drawn.title}: {shown.edition}"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
