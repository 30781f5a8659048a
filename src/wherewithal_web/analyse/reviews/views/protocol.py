"""The question and the protocol."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wherewithal.analyse.reviews.protocol import PARTS, asks_of
from wherewithal.analyse.reviews.protocol_routes import route
from wherewithal.analyse.reviews.screening.decisions import REASONS
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import ProtocolForm
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def protocol(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    newest = queries.newest_version(case)
    holds = queries.protocol_of(case)
    searches = queries.searches_of(case)
    return render(
        request,
        "reviews/protocol.jinja",
        {
            **review_frame(request, case),
            "newest": newest,
            "protocol": holds,
            "route": route(holds.route),
            "parts": PARTS,
            "reasons": REASONS,
            "asks": asks_of(holds, [search.as_search() for search in searches]),
            "searches": searches,
            "versions": queries.versions_of(case),
        },
    )


@require_http_methods(["GET", "POST"])
def write_protocol(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    holds = queries.protocol_of(case)
    began = queries.screening_began(case)
    form = ProtocolForm(posted(request), protocol=holds, amending=began)
    if form.is_valid():
        try:
            actions.write_protocol(
                by=request.user, case=case, protocol=form.protocol(), why=form.cleaned_data.get("why", "")
            )
            return redirect("reviews:protocol", slug)
        except BadInput as error:
            form.add_error(None, words_of(error))
    return render(
        request,
        "reviews/write_protocol.jinja",
        {
            **review_frame(request, case),
            "form": form,
            "began": began,
            "first": not case.protocol_versions.exists(),
        },
        status=400 if form.errors else 200,
    )
