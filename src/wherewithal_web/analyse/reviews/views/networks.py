"""Three interventions or more of one outcome: who compared what, whose arms are the same, and what that says."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.networks.folder import network_folder_of
from wherewithal.analyse.reviews.networks.pictures import charts_of
from wherewithal.analyse.reviews.networks.settings import METHOD_WORDS
from wherewithal.analyse.reviews.networks.tables import beside, league, network_csv
from wherewithal.analyse.reviews.networks.word import network_docx
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import MatchingForm, NetworkForm
from wherewithal_web.analyse.reviews.queries.networks import NetworkNow
from wherewithal_web.analyse.reviews.views.frame import chart_file, download, notes_on, review_frame
from wherewithal_web.analyse.reviews.views.outcomes import WORD
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def network(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    now = queries.network_of(case, request.user, key)
    account = now.account
    return render(
        request,
        "reviews/network.jinja",
        {
            **_frame(request, case, now),
            "now": now,
            "account": account,
            "charts": charts_of(account) if account else {},
            "league": league(account) if account else None,
            "beside": beside(account) if account else (),
            "method_words": METHOD_WORDS,
            "versions": list(case.network_versions.filter(outcome=key).select_related("written_by")),
        },
    )


@require_GET
def network_chart(request: HttpRequest, slug: str, key: str, name: str, ending: str) -> HttpResponse:
    """One chart as SVG, or its figures as CSV. Not found where there is no such chart."""
    case = case_for(request.user, slug)
    now = queries.network_of(case, request.user, key)
    charts = charts_of(now.account) if now.account else {}
    return chart_file(charts, name, ending, case=case, file=f"{case.slug}-{key}-network-{name}")


@require_GET
def network_file(request: HttpRequest, slug: str, key: str, ending: str) -> HttpResponse:
    """The network as a Word file, as a table of all pairs, or as the folder that works it out again."""
    case = case_for(request.user, slug)
    now = queries.network_of(case, request.user, key)
    if now.account is None:
        raise Http404("There is no answer yet.")
    name = f"{case.slug}-{key}-network.{ending}"
    if ending == "docx":
        made = network_docx(now.account, title=case.title, written_at=timezone.now(), notes=notes_on(case))
        return download(made, WORD, name)
    if ending == "csv":
        return download(network_csv(now.account, source=case.title), "text/csv", name)
    return download(network_folder_of(now.account, title=case.title), "application/zip", name)


@require_http_methods(["GET", "POST"])
def match_arms(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.network_of(case, request.user, key)
    form = MatchingForm(
        posted(request), names=now.names, settings=now.settings, seen=now.on_thread is not None
    )
    if form.is_valid():
        try:
            actions.match_arms(
                by=request.user,
                case=case,
                outcome=key,
                nodes=form.nodes(),
                why=form.cleaned_data.get("why", ""),
            )
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Saved. What is called the same now counts as one intervention.")
            return redirect("reviews:network", slug, key)
    return render(
        request, "reviews/network_arms.jinja", {**_frame(request, case, now), "now": now, "form": form}
    )


@require_http_methods(["GET", "POST"])
def settle_network(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.network_of(case, request.user, key)
    form = NetworkForm(
        posted(request),
        settings=now.settings,
        usual="" if now.settings.reference else now.gathered.reference,
        studies=now.studies,
        seen=now.on_thread is not None,
    )
    if form.is_valid():
        try:
            actions.settle_network(
                by=request.user,
                case=case,
                outcome=key,
                settings=form.settings(),
                why=form.cleaned_data.get("why", ""),
            )
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Saved. The answer below is worked out this way.")
            return redirect("reviews:network", slug, key)
    return render(
        request, "reviews/network_settings.jinja", {**_frame(request, case, now), "now": now, "form": form}
    )


@require_POST
def add_network(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    before = queries.network_of(case, request.user, key).on_thread
    try:
        stored = actions.add_network_to_thread(by=request.user, case=case, outcome=key)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect("reviews:network", slug, key)
    if before is not None:
        messages.info(
            request, "The thread now has the newest answer. Sentences that rest on the older one say so."
        )
        return redirect("reviews:network", slug, key)
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}")


def _frame(request: HttpRequest, case: Case, now: NetworkNow) -> dict:
    frame = review_frame(request, case)
    outcomes = f"{case.get_absolute_url()}reviews/outcomes/"
    crumbs = [("What the studies say", outcomes), (now.outcome.name, f"{outcomes}{now.outcome.key}/")]
    return {**frame, "crumbs": [*frame["crumbs"], *crumbs]}
