"""Who is on a case, and as what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wherewithal_web.cases import actions, queries
from wherewithal_web.cases.forms import ShareForm
from wherewithal_web.cases.models import CaseShare, Sentence
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, slug: str) -> HttpResponse:
    case = queries.case_for(request.user, slug)
    require(may(request.user, Permission.SHARE, case))
    sentences = [(str(sentence.pk), wording.text) for sentence, wording in queries.sentences_of(case)]
    form = ShareForm(posted(request), by=request.user, sentences=sentences)
    if form.is_valid():
        chosen = Sentence.objects.filter(case=case, pk__in=form.cleaned_data.get("sentences", []))
        actions.share_case(
            by=request.user,
            case=case,
            user=form.cleaned_data["user"],
            role=form.cleaned_data["role"],
            sentences=chosen,
        )
        messages.info(request, f"Shared with {form.cleaned_data['user']}.")
        return redirect("cases:share", case.slug)
    shares = case.shares.select_related("user")
    return render(
        request,
        "cases/share.jinja",
        {**case_frame(request, case), "form": form, "shares": shares, "crumb": "Share"},
    )


@require_POST
def unshare(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    case = queries.case_for(request.user, slug)
    place = get_object_or_404(CaseShare, case=case, pk=pk)
    actions.unshare_case(by=request.user, case=case, user=place.user)
    messages.info(request, f"{place.user} can no longer see this case.")
    return redirect("cases:share", case.slug)
