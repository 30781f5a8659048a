"""Studies and reports: those that people keep here, one of them, and adding one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.library.study_finding import notice_in_words, study_subject
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.forms import SaysForm
from wherewithal_web.analyse.library.forms.naming import names_on_lines
from wherewithal_web.analyse.library.models import Study
from wherewithal_web.analyse.library.permissions import may_add, may_change
from wherewithal_web.analyse.library.views.adding import added, offered
from wherewithal_web.analyse.library.views.reading import frame
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import require

A_PAGE = 25


def studies_frame(request: HttpRequest) -> dict[str, Any]:
    around = frame(request)
    return {**around, "crumbs": [*around["crumbs"], ("Studies and reports", reverse("library:studies"))]}


@require_GET
def studies(request: HttpRequest) -> HttpResponse:
    page = Paginator(Study.objects.select_related("added_by"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "library/studies.jinja",
        {
            **frame(request),
            "page": page,
            "studies": queries.shown(page),
            "may_add": may_add(request.user),
        },
    )


@require_GET
def study(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Study.objects.select_related("added_by"), slug=slug)
    (shown,) = queries.shown([row])
    return render(
        request,
        "library/study.jinja",
        {
            **studies_frame(request),
            "study": shown,
            "programmes": queries.held_programmes(row.programmes),
            "notice_words": notice_in_words,
            "may_change": may_change(request.user, row.added_by_id),
            **offered(request, study_subject(row.key)),
        },
    )


@require_POST
def add_study(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the study on a case's thread."""
    row = get_object_or_404(Study, slug=slug)
    return added(request, lambda case: actions.add_study_finding(by=request.user, case=case, study=row))


@require_http_methods(["GET", "POST"])
def edit_study(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Study, slug=slug)
    require(may_change(request.user, row.added_by_id))
    initial = {"says": row.says, "programmes": names_on_lines(row.programmes)}
    form = SaysForm(posted(request), initial=initial)
    if form.is_valid():
        actions.change_study(by=request.user, study=row, **form.cleaned_data)
        messages.info(request, "What is said of the study was changed.")
        return redirect("library:study", slug)
    (shown,) = queries.shown([row])
    around = studies_frame(request)
    page = ("The study", reverse("library:study", args=[slug]))
    return render(
        request,
        "library/study_edit.jinja",
        {**around, "crumbs": [*around["crumbs"], page], "study": shown, "form": form},
        status=400 if form.errors else 200,
    )


@require_POST
def remove_study(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Study, slug=slug)
    actions.remove_study(by=request.user, study=row)
    messages.info(request, "The study was taken out of the library.")
    return redirect("library:studies")
