"""The paper on a page, with what changed and what a careful reader would ask; and as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wherewithal.plan.papers import checks_of
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for, lines_of
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission
from wherewithal_web.plan.papers import actions, exports, queries


@require_GET
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The paper as it reads now, or the way to start it."""
    case = case_for(request.user, slug)
    frame = case_frame(request, case)
    context = {**frame, "crumbs": [*frame["crumbs"], ("Plan", f"/cases/{case.slug}/plan/")], "crumb": "Paper"}
    started = queries.paper_of(case)
    if started is None:
        return render(request, "papers/start.jinja", context)
    reading = queries.composed(started)
    return render(
        request,
        "papers/paper.jinja",
        {
            **context,
            "started": started,
            "paper": reading,
            "checks": checks_of(reading),
            "titles": {section.key: section.title for section in reading.sections},
            "lines": {line.sentence.key: line for line in lines_of(case)},
            "formats": exports.FORMATS,
            "address": request.path,
        },
    )


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    return redirect(actions.start_paper(by=request.user, case=case))


@require_POST
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The paper as a file. A POST, because it is kept in the history."""
    case = case_for(request.user, slug)
    started = queries.paper_of(case)
    if ending not in exports.FORMATS:
        raise Http404("There is no such format.")
    if started is None:
        messages.info(request, "Start the paper first: then it can be downloaded.")
        return redirect("papers:paper", case.slug)
    content = actions.export_paper(by=request.user, paper=started, ending=ending)
    return HttpResponse(
        content,
        content_type=exports.FORMATS[ending].media_type,
        headers={"Content-Disposition": f'attachment; filename="{exports.file_name(started, ending)}"'},
    )
