"""Who an area is held against."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wherewithal.errors import BadInput, NothingThere
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.analyse.needs.forms import NeighboursForm
from wherewithal_web.analyse.needs.views.frame import frame, nothing_there
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def neighbours(request: HttpRequest, area: str) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    try:
        found = queries.area_named(area)
    except NothingThere as nothing:
        return nothing_there(request, nothing)
    now = queries.neighbours_of(found.code)
    form = NeighboursForm(
        posted(request),
        area=found,
        held=queries.areas(),
        initial={"neighbours": list(now.codes), "source": now.source, "average": now.average.value}
        if now
        else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_neighbours(by=request.user, area_code=found.code, **form.cleaned_data)
        except BadInput as error:
            form.add_error("source", words_of(error))
        else:
            messages.info(request, f"The neighbours of {found.name} are set.")
            return redirect("needs:area", found.code)
    return render(request, "needs/neighbours.jinja", {**frame(request), "area": found, "form": form})
