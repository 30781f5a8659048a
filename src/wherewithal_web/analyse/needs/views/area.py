"""An area: what the figures say about it, on one page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from wherewithal.analyse.needs import Average, Reading
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.needs import addresses, queries
from wherewithal_web.analyse.needs.models import Neighbours
from wherewithal_web.analyse.needs.views.frame import csv_file, frame, names_of, nothing_there
from wherewithal_web.people.permissions import may
from wherewithal_web.people.roles import Permission

_SHOWS = ("all", "red")
"""Which figures the table lists: all, or only those that are worse and getting worse."""


@require_GET
def area(request: HttpRequest, area: str) -> HttpResponse:
    try:
        page = _page(request, area)
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    summary = page.summary
    found = page.profile.area
    shared = frame(request)
    show = request.GET.get("show", "all")
    held = queries.areas()
    neighbours = page.neighbours
    codes = neighbours.codes if neighbours else ()

    def address_of(reading: Reading) -> str:
        return shared["with_case"](addresses.indicator(reading.series.key))

    return render(
        request,
        "needs/area.jinja",
        {
            **shared,
            "area": found,
            "page": page,
            "summary": summary,
            "edition": page.profile.edition,
            "readings": summary.worse_and_worsening if show == "red" else summary.readings,
            "show": show if show in _SHOWS else "all",
            "charts": page.charts(),
            "csv_of": lambda name: addresses.profile_csv(found.code, name, request.GET),
            "made_up": page.made_up,
            "address_of": address_of,
            "neighbours": neighbours,
            "neighbour_names": [
                (name, neighbours.closeness.get(code, "") if neighbours else "")
                for code, name in zip(codes, names_of(codes, held), strict=True)
            ],
            "sets": queries.neighbour_sets(found.code),
            "kinds": Neighbours.Kind,
            "kind": request.GET.get("beside", ""),
            "averages": list(Average),
            "may_curate": may(request.user, Permission.CURATE),
        },
    )


@require_GET
def profile_csv(request: HttpRequest, area: str, chart: str) -> HttpResponse:
    """The figures of one of the profile's charts as a download."""
    try:
        page = _page(request, area)
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    drawn = page.charts().get(chart)
    if drawn is None:
        raise Http404
    return csv_file(drawn, slugify(f"{page.profile.area.name} {chart}"), page.profile.edition)


def _page(request: HttpRequest, area: str) -> queries.ProfilePage:
    return queries.profile_page(
        area, kind=request.GET.get("beside", ""), average=request.GET.get("average", "")
    )
