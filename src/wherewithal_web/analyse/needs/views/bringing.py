"""Bringing in files of figures, and saying which column is which in a table of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wherewithal.analyse.needs.arrival import ColumnsUnknown, Given, read_all
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources import explore_education, fingertips, nomis
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.analyse.needs.forms import ColumnsForm, ImportForm
from wherewithal_web.analyse.needs.views.frame import frame, said_of
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import too_large, words_of
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission

SITES = {
    "fingertips": fingertips.SITE,
    "education": explore_education.SITE,
    "nomis": nomis.SITE,
}


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    form = ImportForm(posted(request), request.FILES or None)
    if getattr(request, "upload_too_large", False):
        form = ImportForm({}, {})
        form.errors["file"] = form.error_class(words_of(too_large()))
    elif form.is_valid():
        given = [Given(name, content) for name, content in form.cleaned_data["file"]]
        try:
            brought = read_all(given, mapping_of=queries.mapping_for, children=queries.children())
            done = actions.import_files(by=request.user, brought=brought)
        except ColumnsUnknown as unknown:
            waiting = actions.leave_waiting(by=request.user, given=unknown.given)
            return redirect("needs:columns", waiting.pk)
        except (BadInput, NothingThere) as error:
            form.add_error("file", said_of(error))
        else:
            for each in done:
                messages.info(request, each.words)
            if brought.neighbours:
                messages.info(request, "The statistical neighbours of every authority in the table are set.")
            return redirect("needs:home")
    return render(
        request,
        "needs/import.jinja",
        {**frame(request), "form": form, "sites": SITES},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    waiting = queries.waiting_file(request.user, pk)
    if waiting is None:
        raise Http404
    given = Given(waiting.name, bytes(waiting.content))
    header, rows, suggestion = queries.first_look(given)
    form = ColumnsForm(posted(request), header=header, suggestion=suggestion)
    if form.is_valid():
        try:
            done = actions.import_own(by=request.user, waiting=waiting, header=header, said=form.said())
        except (BadInput, NothingThere) as error:
            form.add_error(None, said_of(error))
        else:
            messages.info(request, done.words)
            return redirect("needs:home")
    return render(
        request,
        "needs/columns.jinja",
        {**frame(request), "form": form, "name": given.name, "header": header, "rows": rows},
        status=422 if form.errors else 200,
    )
