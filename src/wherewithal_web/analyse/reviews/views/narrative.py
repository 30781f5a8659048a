"""An outcome in words: the page, what is chosen, directions read from words, the report, how sure, the thread."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.certainty.factors import STEPS
from wherewithal.analyse.reviews.narrative.directions import count_votes_by_significance
from wherewithal.analyse.reviews.narrative.pictures import directions_picture, harvest_picture
from wherewithal.analyse.reviews.narrative.swim import still_open
from wherewithal.analyse.reviews.narrative.tables import directions_csv
from wherewithal.analyse.reviews.narrative.word import narrative_docx
from wherewithal.charts import Chart
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import CertaintyForm, DirectionForm, NarrativeForm, ReportForm
from wherewithal_web.analyse.reviews.queries.narrative import NarrativeNow
from wherewithal_web.analyse.reviews.views.frame import WORD, chart_file, download, notes_on, review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def narrative(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    now = queries.narrative_of(case, request.user, key)
    return render(
        request,
        "reviews/narrative.jinja",
        {
            **_frame(request, case),
            "now": now,
            "steps_words": STEPS,
            "charts": _charts(now),
            "still_open": still_open(now.account.swim) if now.account else "",
            "not_votes": _not_votes(),
            "history": queries.certainty_history(case, key, queries.WORDS),
            "versions": list(case.narrative_versions.filter(outcome=key).select_related("written_by")),
        },
    )


@require_GET
def narrative_file(request: HttpRequest, slug: str, key: str, ending: str) -> HttpResponse:
    """The outcome in words to take along. Not found where no study points anywhere."""
    case = case_for(request.user, slug)
    now = queries.narrative_of(case, request.user, key)
    if now.account is None:
        raise Http404("There is no answer yet.")
    name = f"{case.slug}-{key}-in-words.{ending}"
    if ending == "csv":
        return download(directions_csv(now.account), "text/csv", name)
    made = narrative_docx(now.account, title=case.title, written_at=timezone.now(), notes=notes_on(case))
    return download(made, WORD, name)


@require_GET
def narrative_csv(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """The figures of one chart. Not found where there is no such chart."""
    case = case_for(request.user, slug)
    charts = _charts(queries.narrative_of(case, request.user, key))
    return chart_file(charts, name, "csv", case=case, file=f"{case.slug}-{key}-{name}")


@require_http_methods(["GET", "POST"])
def settle_narrative(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.narrative_of(case, request.user, key)
    form = NarrativeForm(posted(request), choices=now.choices, seen=now.on_thread is not None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.settle_narrative(
                by=request.user,
                case=case,
                outcome=key,
                instead=data["instead"],
                ways=tuple(data["ways"]),
                why=data.get("why", ""),
            )
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Saved.")
            return redirect("reviews:narrative", slug, key)
    return render(
        request, "reviews/narrative_settings.jinja", {**_frame(request, case), "now": now, "form": form}
    )


@require_http_methods(["GET", "POST"])
def write_report(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.narrative_of(case, request.user, key)
    form = ReportForm(posted(request), choices=now.choices, account=now.account)
    if form.is_valid():
        try:
            actions.write_report(by=request.user, case=case, outcome=key, written=form.written())
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Kept. You can go on with it at any time.")
            return redirect("reviews:narrative", slug, key)
    return render(
        request, "reviews/narrative_report.jinja", {**_frame(request, case), "now": now, "form": form}
    )


@require_http_methods(["GET", "POST"])
def describe_direction(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.narrative_of(case, request.user, key)
    study = next((each for each in now.wordless if each.number == number), None)
    if study is None:
        messages.info(request, "This study has a result for the outcome, which goes before words.")
        return redirect("reviews:narrative", slug, key)
    there = now.described.get(number)
    if request.method == "POST" and "withdraw" in request.POST:
        try:
            actions.withdraw_direction(by=request.user, study=study, outcome=key)
        except BadInput as error:
            messages.info(request, error.message)
        else:
            messages.info(request, f"Taken back. {study.name} says nothing of it again.")
        return redirect("reviews:narrative", slug, key)
    initial = (
        {
            "direction": there.direction,
            "quotation": there.quotation,
            "page": there.page,
            "people": there.people,
        }
        if there
        else {}
    )
    form = DirectionForm(posted(request), outcome=now.outcome, initial=initial)
    if form.is_valid():
        try:
            actions.describe_direction(
                by=request.user,
                study=study,
                outcome=key,
                direction=form.cleaned_data["direction"],
                place=form.place,
                people=form.cleaned_data["people"],
            )
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Kept.")
            return redirect("reviews:narrative", slug, key)
    return render(
        request,
        "reviews/narrative_direction.jinja",
        {**_frame(request, case), "now": now, "study": study, "there": there, "form": form},
    )


@require_http_methods(["GET", "POST"])
def judge_narrative(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.narrative_of(case, request.user, key)
    if now.account is None:
        messages.info(request, "There is no answer yet that could be judged.")
        return redirect("reviews:narrative", slug, key)
    form = CertaintyForm(posted(request), grade=now.account.grade)
    if form.is_valid():
        try:
            actions.judge_narrative(by=request.user, case=case, outcome=key, judged=form.judged())
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Saved.")
            return redirect("reviews:narrative", slug, key)
    return render(
        request,
        "reviews/outcome_certainty.jinja",
        {**_frame(request, case), "now": now, "form": form, "steps_words": STEPS, "in_words": True},
    )


@require_POST
def add_narrative(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    before = queries.narrative_of(case, request.user, key).on_thread
    try:
        stored = actions.add_narrative_to_thread(by=request.user, case=case, outcome=key)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect("reviews:narrative", slug, key)
    if before is not None:
        messages.info(
            request, "The thread now has the newest answer. Sentences that rest on the older one say so."
        )
        return redirect("reviews:narrative", slug, key)
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}")


def _frame(request: HttpRequest, case: Case) -> dict:
    frame = review_frame(request, case)
    crumb = ("What the studies say", f"{case.get_absolute_url()}reviews/outcomes/")
    return {**frame, "crumbs": [*frame["crumbs"], crumb]}


def _charts(now: NarrativeNow) -> dict[str, Chart]:
    """The charts by name; none where no study points anywhere."""
    if now.account is None:
        return {}
    return {
        "directions": directions_picture(now.account.directions, key="directions"),
        "harvest": harvest_picture([now.account.harvest], key="harvest"),
    }


def _not_votes() -> BadInput:
    """Why significant results are not counted, and what is done instead."""
    try:
        count_votes_by_significance()
    except BadInput as refused:
        return refused
    raise AssertionError("counting by significance is refused")
