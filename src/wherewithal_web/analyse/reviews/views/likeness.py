"""Which studies are like our area: the page, our area, one study, the thread."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.transferability.outcomes import (
    AFTER,
    BEFORE,
    NOT_PLACES,
    few,
    picture,
)
from wherewithal.analyse.reviews.transferability.tables import ANSWERS, resemblance_csv
from wherewithal.charts import Chart
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import AreaForm, LikenessForm
from wherewithal_web.analyse.reviews.queries.likeness import LikenessNow
from wherewithal_web.analyse.reviews.views.frame import chart_file, download, review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def alike(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    now = queries.likeness_of(case, request.user)
    return render(
        request,
        "reviews/alike.jinja",
        {
            **review_frame(request, case),
            "now": now,
            "charts": _charts(now),
            "few": few,
            "answers": ANSWERS,
            "when": AFTER if now.after_results else BEFORE,
            "not_places": NOT_PLACES,
            "versions": list(case.area_versions.select_related("written_by")),
            "guess": queries.area_guess(case),
        },
    )


@require_GET
def alike_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Each study beside our area. Not found where nobody has described it."""
    case = case_for(request.user, slug)
    now = queries.likeness_of(case, request.user)
    if now.ours is None:
        raise Http404("Nobody has described our area yet.")
    text = resemblance_csv(now.ours, [each.likeness for each in now.studies])
    return download(text, "text/csv", f"{case.slug}-studies-like-us.csv")


@require_GET
def alike_chart_csv(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The figures of one outcome's chart. Not found where there is none."""
    case = case_for(request.user, slug)
    charts = _charts(queries.likeness_of(case, request.user))
    return chart_file(charts, key, "csv", case=case, file=f"{case.slug}-{key}-like-us")


@require_http_methods(["GET", "POST"])
def describe_area(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    form = AreaForm(
        posted(request),
        form=queries.form_of(case),
        ours=queries.area_of(case),
        guess=queries.area_guess(case),
        area_name=case.area_name,
        seen=queries.likeness_told(case),
    )
    if form.is_valid():
        try:
            actions.describe_area(
                by=request.user, case=case, ours=form.ours(), why=form.cleaned_data.get("why", "")
            )
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Saved. Every study is compared with it below.")
            return redirect("reviews:alike", slug)
    return render(request, "reviews/alike_area.jinja", {**_frame(request, case), "form": form})


@require_http_methods(["GET", "POST"])
def judge_likeness(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.likeness_of(case, request.user)
    if now.ours is None:
        messages.info(request, "Describe our area first: then studies can be compared with it.")
        return redirect("reviews:alike", slug)
    one = next((each for each in now.studies if each.study.number == number), None)
    if one is None:
        raise Http404("There is no such study in this review.")
    form = LikenessForm(posted(request), likeness=one.likeness)
    if form.is_valid():
        try:
            actions.rule_on_likeness(by=request.user, study=one.study, answers=form.answers())
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Saved.")
            return redirect("reviews:alike", slug)
    return render(
        request,
        "reviews/alike_study.jinja",
        {**_frame(request, case), "now": now, "one": one, "form": form},
    )


@require_POST
def add_alike(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    before = queries.likeness_told(case)
    try:
        stored = actions.add_likeness_to_thread(by=request.user, case=case)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect("reviews:alike", slug)
    if before:
        messages.info(
            request, "The thread now has the newest answer. Sentences that rest on the older one say so."
        )
        return redirect("reviews:alike", slug)
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}")


def _frame(request: HttpRequest, case: Case) -> dict:
    frame = review_frame(request, case)
    crumb = ("Which studies are like us", f"{case.get_absolute_url()}reviews/alike/")
    return {**frame, "crumbs": [*frame["crumbs"], crumb]}


def _charts(now: LikenessNow) -> dict[str, Chart]:
    """A chart an outcome that has a number, by its key."""
    if now.ours is None:
        return {}
    return {
        outcome.outcome.key: picture(beside, now.ours.name, key=f"alike-{outcome.outcome.key}")
        for outcome, beside in now.beside
    }
