"""An area: what the figures say about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wherewithal.analyse.needs import Reading
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.needs import addresses, queries
from wherewithal_web.analyse.needs.views.frame import frame, names_of, nothing_there
from wherewithal_web.people.permissions import may
from wherewithal_web.people.roles import Permission


@require_GET
def area(request: HttpRequest, area: str) -> HttpResponse:
    try:
        profile = queries.profile_of(area)
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    neighbours = queries.neighbours_of(profile.area.code)
    held = queries.areas()
    shared = frame(request)
    return render(
        request,
        "needs/area.jinja",
        {
            **shared,
            "area": profile.area,
            "edition": profile.edition,
            "readings": sorted(profile.readings, key=_what_matters_first),
            "made_up": any(reading.measure.made_up for reading in profile.readings),
            "address_of": lambda reading: shared["with_case"](addresses.indicator(reading.series.key)),
            "neighbours": neighbours,
            "neighbour_names": names_of(neighbours.codes if neighbours else (), held),
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
