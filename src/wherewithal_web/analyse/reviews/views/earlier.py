"""Bringing in what an earlier review decided, looking at it, using it, and withdrawing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import EarlierForm
from wherewithal_web.analyse.reviews.models import EarlierFile
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import too_large, words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    form = EarlierForm(posted(request), request.FILES if request.method == "POST" else None)
    try:
        if getattr(request, "upload_too_large", False):
            raise too_large()
        if form.is_valid():
            brought = form.cleaned_data["file"]
            actions.preview_earlier(
                by=request.user,
                case=case,
                source=brought.file,
                name=brought.name,
                label=form.cleaned_data["label"],
                whole_file=form.whole_file,
            )
            return redirect("reviews:earlier", slug)
    except BadInput as error:
        form.full_clean()
        form.errors.pop("file", None)
        form.add_error("file", words_of(error))
    return render(
        request,
        "reviews/earlier.jinja",
        {
            **review_frame(request, case),
            "form": form,
            "preview": queries.preview_of(case, request.user),
            "files": queries.earlier_files(case),
            "counts": queries.counts_of(case),
        },
        status=400 if form.errors else 200,
    )


@require_POST
def use_earlier(request: HttpRequest, slug: str) -> HttpResponse:
    """Use the file that was looked at, or not."""
    case = case_for(request.user, slug)
    try:
        if request.POST.get("use") == "yes":
            made = actions.use_earlier(by=request.user, case=case)
            labels = counted(made.labels.count(), "record")
            messages.info(request, f"What was decided about {labels} now teaches the order of reading.")
        else:
            actions.drop_earlier(by=request.user, case=case)
            messages.info(request, "The file is not used.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:earlier", slug)


@require_POST
def withdraw_earlier(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    case = case_for(request.user, slug)
    file = get_object_or_404(EarlierFile, case=case, pk=pk)
    try:
        actions.withdraw_earlier(by=request.user, file=file, why=request.POST.get("why", ""))
        messages.info(request, f"{file.name} is used no longer. The order is learnt again without it.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:earlier", slug)
