"""One indicator of an area, its charts as downloads, and the way onto a case's thread."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.needs import Across, Outlook, Parts, outlook, parts_of
from wherewithal.analyse.needs.area_pictures import indicator_charts
from wherewithal.analyse.needs.figures import ENGLAND_TYPE
from wherewithal.analyse.needs.pictures import beside_chart, outlook_chart, over_time_chart
from wherewithal.charts import Chart
from wherewithal.errors import NothingThere
from wherewithal.sources.fingertips import LICENCE
from wherewithal_web.analyse.needs import actions, addresses, queries
from wherewithal_web.analyse.needs.forms import AddForm
from wherewithal_web.analyse.needs.views.frame import asked_case, csv_file, frame, nothing_there, with_case
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.queries import case_for, cases_seen_by
from wherewithal_web.people.permissions import may
from wherewithal_web.people.roles import Permission


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
    everywhere = queries.across_of(reading, queries.neighbours_of(reading.series.key.area_code))
    parts = parts_of(shown.held.rows, reading)
    cases = cases_seen_by(request.user, Permission.CONTRIBUTE)
    case = asked_case(request)
    key = reading.series.key
    ahead = _outlook(shown)
    return render(
        request,
        "needs/indicator.jinja",
        {
            **frame(request),
            "reading": reading,
            "made_up": shown.made_up,
            "files": shown.files,
            "charts": _charts(shown, everywhere, parts),
            "across": everywhere,
            "parts": parts,
            "outlook": ahead,
            "outlook_chart": outlook_chart(ahead) if ahead else None,
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
    case = _case_to_add_to(request)
    try:
        stored = actions.add_indicator_to_case(
            by=request.user, case=case, area_code=area, indicator_id=indicator, **_whom(request)
        )
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    return _then_write(request, case, stored)


@require_POST
def add_parts(request: HttpRequest, area: str, indicator: str) -> HttpResponse:
    """Put a difference inside the area on a case's thread."""
    case = _case_to_add_to(request)
    try:
        stored = actions.add_parts_to_case(
            by=request.user,
            case=case,
            area_code=area,
            indicator_id=indicator,
            kind=request.POST.get("kind", ""),
            **_whom(request),
        )
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    return _then_write(request, case, stored)


def _case_to_add_to(request: HttpRequest) -> Case:
    """One who may see the case but not add to it is told so; to anybody else there is no such case."""
    form = AddForm(request.POST, cases=cases_seen_by(request.user, Permission.CONTRIBUTE))
    if form.is_valid():
        return form.cleaned_data["case"]
    return case_for(request.user, request.POST.get("case", ""))


def _whom(request: HttpRequest) -> dict[str, str]:
    return {"sex": request.POST.get("sex", ""), "age": request.POST.get("age", "")}


def _then_write(request: HttpRequest, case: Case, stored: StoredFinding) -> HttpResponse:
    messages.info(request, f"On the thread: {stored.title}. Now write the sentence that rests on it.")
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}&section=why-here")


@require_GET
def chart_csv(request: HttpRequest, area: str, indicator: str, chart: str) -> HttpResponse:
    try:
        shown = queries.reading_of(
            area, indicator, sex=request.GET.get("sex", ""), age=request.GET.get("age", "")
        )
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    reading = shown.reading
    everywhere = queries.across_of(reading, queries.neighbours_of(reading.series.key.area_code))
    if chart == "outlook":
        ahead = _outlook(shown)
        drawn = outlook_chart(ahead) if ahead else None
    else:
        drawn = _charts(shown, everywhere, parts_of(shown.held.rows, reading)).get(chart)
    if drawn is None:
        raise Http404
    name = slugify(f"{shown.reading.series.area.name} {indicator} {chart}")
    return csv_file(drawn, name, shown.edition)


def _outlook(shown: queries.Shown) -> Outlook | None:
    """The reading carried forward, with people by age where they are held."""
    people = queries.people_by_age(shown.reading.series.key.area_code)
    return outlook(shown.reading, rows=shown.held.rows, people=people)


def _charts(shown: queries.Shown, everywhere: Across, parts: Sequence[Parts]) -> dict[str, Chart]:
    """Every chart of the page by the name of its download, in the order in which they stand."""
    reading = shown.reading
    own = {"beside": beside_chart(reading), "over-time": over_time_chart(reading)}
    england = [row for row in shown.held.rows if row.area_type == ENGLAND_TYPE and not row.category_type]
    drawn = {name: chart for name, chart in own.items() if chart}
    return drawn | indicator_charts(everywhere, parts, england, queries.layout_brought())
