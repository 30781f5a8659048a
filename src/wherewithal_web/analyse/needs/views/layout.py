"""Where areas stand on a map of tiles: a file brought in for areas that no map knows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wherewithal.errors import BadInput
from wherewithal_web.analyse.needs import actions
from wherewithal_web.analyse.needs.forms import LayoutForm
from wherewithal_web.analyse.needs.views.frame import frame
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def layout(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    form = LayoutForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.set_layout(
                by=request.user,
                name=file.name,
                content=file.text.encode(),
                source=form.cleaned_data["source"],
            )
        except BadInput as error:
            form.add_error("file", words_of(error))
        else:
            messages.info(request, f"{kept.name} is in: {len(kept.tiles)} tiles.")
            return redirect("needs:home")
    return render(
        request,
        "needs/layout.jinja",
        {**frame(request), "form": form},
        status=422 if form.errors else 200,
    )
