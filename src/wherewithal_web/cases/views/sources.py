"""Recording what happened to a source, so that everything resting on it says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wherewithal.thread import Kind
from wherewithal_web.cases import actions, queries
from wherewithal_web.cases.forms import SourceEventForm
from wherewithal_web.clock import today
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    form = SourceEventForm(posted(request), initial={"on": today()})
    form.fields["source_key"].choices = queries.sources_seen_by(request.user)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        actions.record_source_event(by=request.user, kind=Kind(answers.pop("kind")), **answers)
        messages.info(request, "Recorded. Every sentence and decision that rests on it now says so.")
        return redirect("cases:home")
    return render(
        request, "cases/source_changed.jinja", {"nav": "cases", "form": form, "crumbs": [("Cases", "/")]}
    )
