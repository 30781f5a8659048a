"""What is held, and the way to an area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from wherewithal.errors import NothingThere
from wherewithal.sources.fingertips import SITE
from wherewithal_web.analyse.needs import queries
from wherewithal_web.analyse.needs.forms import AreaForm
from wherewithal_web.analyse.needs.views.frame import asked_case, frame, nothing_there, with_case
from wherewithal_web.people.permissions import may
from wherewithal_web.people.roles import Permission


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("area", "")
    form = AreaForm(request.GET if "area" in request.GET else None)
    if asked.strip():
        try:
            found = queries.area_named(asked.strip())
        except NothingThere as nothing:
            return nothing_there(request, nothing)
        return redirect(with_case(reverse("needs:area", args=[found.code]), asked_case(request)))
    held = queries.areas()
    own = request.user.organisation
    own_area = held.get(own.area_code) if own else None
    return render(
        request,
        "needs/home.jinja",
        {
            **frame(request),
            "form": form,
            "files": queries.files(),
            "areas": held,
            "indicators": queries.indicators(),
            "own": queries.profile_of(own_area.code) if own_area else None,
            "may_curate": may(request.user, Permission.CURATE),
            "site": SITE,
        },
    )
