"""The pages of figures: what is held, an area, an indicator of an area, and bringing in a file."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.needs import Area, Reading
from wherewithal.analyse.needs.pictures import beside_chart, over_time_chart
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.fingertips import LICENCE, SITE, export_of
from wherewithal_web.analyse.needs import actions, addresses, queries
from wherewithal_web.analyse.needs.forms import AddForm, AreaForm, ImportForm, NeighboursForm
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import case_for, cases_seen_by
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import too_large, words_of
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission

_CHARTS = {"beside": beside_chart, "over-time": over_time_chart}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("area", "")
    form = AreaForm(request.GET if "area" in request.GET else None)
    if asked.strip():
        try:
            found = queries.area_named(asked.strip())
        except NothingThere as nothing:
            return _nothing_there(request, nothing)
        return redirect(_with_case(reverse("needs:area", args=[found.code]), _asked_case(request)))
    held = queries.areas()
    own = request.user.organisation
    own_area = held.get(own.area_code) if own else None
    return render(
        request,
        "needs/home.jinja",
        {
            **_frame(request),
            "form": form,
            "files": queries.files(),
            "areas": held,
            "indicators": queries.indicators(),
            "own": queries.profile_of(own_area.code) if own_area else None,
            "may_curate": may(request.user, Permission.CURATE),
            "site": SITE,
        },
    )


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    form = ImportForm(posted(request), request.FILES or None)
    if getattr(request, "upload_too_large", False):
        form = ImportForm({}, {})
        form.errors["file"] = form.error_class(words_of(too_large()))
    elif form.is_valid():
        try:
            done = actions.import_file(by=request.user, export=export_of(form.cleaned_data["file"]))
        except BadInput as error:
            form.add_error("file", words_of(error))
        else:
            messages.info(request, done.words)
            return redirect("needs:home")
    return render(
        request,
        "needs/import.jinja",
        {**_frame(request), "form": form, "site": SITE},
        status=422 if form.errors else 200,
    )


@require_GET
def area(request: HttpRequest, area: str) -> HttpResponse:
    try:
        profile = queries.profile_of(area)
    except NothingThere as nothing:
        return _nothing_there(request, nothing)
    neighbours = queries.neighbours_of(profile.area.code)
    held = queries.areas()
    frame = _frame(request)
    return render(
        request,
        "needs/area.jinja",
        {
            **frame,
            "area": profile.area,
            "edition": profile.edition,
            "readings": sorted(profile.readings, key=_what_matters_first),
            "made_up": any(reading.measure.made_up for reading in profile.readings),
            "address_of": lambda reading: frame["with_case"](addresses.indicator(reading.series.key)),
            "neighbours": neighbours,
            "neighbour_names": _names(neighbours.codes if neighbours else (), held),
            "may_curate": may(request.user, Permission.CURATE),
        },
    )


def _what_matters_first(reading: Reading) -> tuple[int, str, str]:
    """Worse and getting worse, then worse, then getting worse, then the rest; everybody before one sex."""
    worse = reading.comparison == "Worse"
    worsening = reading.trend.label.endswith("worse")
    return (
        -2 * worse - worsening,
        reading.series.indicator,
        {"Persons": ""}.get(reading.series.key.sex, "x"),
    )


@require_GET
def indicator(request: HttpRequest, area: str, indicator: str) -> HttpResponse:
    try:
        shown = queries.reading_of(
            area, indicator, sex=request.GET.get("sex", ""), age=request.GET.get("age", "")
        )
    except NothingThere as nothing:
        return _nothing_there(request, nothing)
    reading = shown.reading
    finding = actions.finding_of(shown)
    charts = {key: draw(reading) for key, draw in _CHARTS.items()}
    cases = cases_seen_by(request.user, Permission.CONTRIBUTE)
    case = _asked_case(request)
    key = reading.series.key
    return render(
        request,
        "needs/indicator.jinja",
        {
            **_frame(request),
            "reading": reading,
            "made_up": shown.made_up,
            "files": shown.files,
            "charts": {name: chart for name, chart in charts.items() if chart},
            "csv_of": lambda name: addresses.chart_csv(key, name),
            "choices": [
                (
                    choice.who,
                    _with_case(addresses.indicator(choice), case),
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
        return _nothing_there(request, nothing)
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
        return _nothing_there(request, nothing)
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


@require_http_methods(["GET", "POST"])
def neighbours(request: HttpRequest, area: str) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    try:
        found = queries.area_named(area)
    except NothingThere as nothing:
        return _nothing_there(request, nothing)
    now = queries.neighbours_of(found.code)
    form = NeighboursForm(
        posted(request),
        area=found,
        held=queries.areas(),
        initial={"neighbours": list(now.codes), "source": now.source} if now else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_neighbours(by=request.user, area_code=found.code, **form.cleaned_data)
        except BadInput as error:
            form.add_error("source", words_of(error))
        else:
            messages.info(request, f"The neighbours of {found.name} are set.")
            return redirect("needs:area", found.code)
    return render(request, "needs/neighbours.jinja", {**_frame(request), "area": found, "form": form})


# --- what the pages share -------------------------------------------------------------------------------


def _frame(request: HttpRequest) -> dict:
    """What every page of this room knows: the way back, and the case it was entered for."""
    case = _asked_case(request)
    return {"nav": "area", "for_case": case, "with_case": lambda href: _with_case(href, case)}


def _asked_case(request: HttpRequest) -> Case | None:
    """The case named in the address, where the person may add to it."""
    slug = request.GET.get("case", "")
    if not slug:
        return None
    return cases_seen_by(request.user, Permission.CONTRIBUTE).filter(slug=slug).first()


def _with_case(href: str, case: Case | None) -> str:
    """An address that remembers which case a figure is wanted for."""
    if case is None:
        return href
    return f"{href}{'&' if '?' in href else '?'}{urlencode({'case': case.slug})}"


def _names(codes: Iterable[str], held: dict[str, Area]) -> list[str]:
    return [held[code].name if code in held else code for code in codes]


def _nothing_there(request: HttpRequest, nothing: NothingThere) -> HttpResponse:
    """What was asked for is not held: said with what is."""
    return render(request, "needs/nothing.jinja", {**_frame(request), "nothing": nothing}, status=404)
