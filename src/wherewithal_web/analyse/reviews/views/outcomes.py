"""What the studies say together: all outcomes, one outcome, how it is put together, how sure it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.certainty.factors import STEPS
from wherewithal.analyse.reviews.findings_table.csv import findings_csv
from wherewithal.analyse.reviews.findings_table.word import findings_docx
from wherewithal.analyse.reviews.narrative.directions import harvest
from wherewithal.analyse.reviews.narrative.pictures import directions_picture, harvest_picture
from wherewithal.analyse.reviews.outcomes.exported import more_charts
from wherewithal.analyse.reviews.outcomes.folder import folder_of
from wherewithal.analyse.reviews.outcomes.pictures import forest, funnel, without_each
from wherewithal.analyse.reviews.outcomes.spread import further_tests, movers, spread_of
from wherewithal.analyse.reviews.outcomes.word import outcome_docx
from wherewithal.charts import Chart
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import CertaintyForm, PoolingForm
from wherewithal_web.analyse.reviews.queries.outcomes import OutcomeNow
from wherewithal_web.analyse.reviews.views.frame import WORD, chart_file, download, notes_on, review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_GET
def outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    now = queries.outcomes_of(case, request.user)
    return render(
        request,
        "reviews/outcomes.jinja",
        {
            **review_frame(request, case),
            "outcomes": now,
            "table": queries.summary_of_findings(case, request.user, now),
            "across": _across(case, request),
        },
    )


@require_GET
def across_csv(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Which way studies point by outcome. Not found where fewer than two outcomes have a direction."""
    case = case_for(request.user, slug)
    charts = _across(case, request)
    return chart_file(charts, name, "csv", case=case, file=f"{case.slug}-by-outcome-{name}")


def _across(case: Case, request: HttpRequest) -> dict[str, Chart]:
    plot = queries.directions_across(case, request.user)
    if plot is None:
        return {}
    return {
        "directions": directions_picture(plot, key="directions"),
        "harvest": harvest_picture([harvest(plot, each) for each in plot.outcomes], key="harvest"),
    }


@require_GET
def findings_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The summary of findings to take along. Not found where no outcome is planned: the page says what to do."""
    case = case_for(request.user, slug)
    now = queries.outcomes_of(case, request.user)
    table = queries.summary_of_findings(case, request.user, now)
    if table is None:
        raise Http404("There is no outcome yet.")
    name = f"{case.slug}-summary-of-findings.{ending}"
    if ending == "csv":
        return download(findings_csv(table), "text/csv", name)
    return download(findings_docx(table, written_at=timezone.now()), WORD, name)


@require_GET
def outcome(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    now = queries.outcome_of(case, request.user, key)
    return render(
        request,
        "reviews/outcome.jinja",
        {
            **_frame(request, case),
            "now": now,
            "steps_words": STEPS,
            "arms_differ": queries.arms_differ(case, key),
            "mixed": count if (count := queries.interventions_of(case, key)) > 2 else 0,
            "charts": _charts(now),
            "more_charts": _more_charts(case, now),
            "movers": movers(now.account.whole) if now.account else (),
            "spread": spread_of(now.account.whole) if now.account else (),
            "further_tests": further_tests(now.account.whole)
            if now.account and now.account.checks.small
            else (),
            "differences": queries.what_differs(case, now),
            "history": queries.certainty_history(case, key),
            "versions": list(case.outcome_versions.filter(outcome=key).select_related("written_by")),
        },
    )


@require_GET
def outcome_csv(request: HttpRequest, slug: str, key: str, name: str, ending: str = "csv") -> HttpResponse:
    """The figures of one chart, or its drawing as SVG. Not found where the outcome has no such chart."""
    case = case_for(request.user, slug)
    now = queries.outcome_of(case, request.user, key)
    charts = _charts(now)
    if name not in charts:
        charts |= _more_charts(case, now)
    if name.startswith("by-"):
        drawn = {f"by-{each.trait.key}": each.chart for each in queries.what_differs(case, now)}
        charts |= {name: chart for name, chart in drawn.items() if chart is not None}
    return chart_file(charts, name, ending, case=case, file=f"{case.slug}-{key}-{name}")


@require_GET
def outcome_file(request: HttpRequest, slug: str, key: str, ending: str) -> HttpResponse:
    """The outcome as a Word file, or the packed folder that works it out again. Not found where there is no answer."""
    case = case_for(request.user, slug)
    now = queries.outcome_of(case, request.user, key)
    if now.account is None:
        raise Http404("There is no answer yet.")
    if ending == "docx":
        made = outcome_docx(now.account, title=case.title, written_at=timezone.now(), notes=notes_on(case))
        return download(made, WORD, f"{case.slug}-{key}.docx")
    packed = folder_of(now.account.whole, title=case.title, traits=queries.traits_of(case, now))
    return download(packed, "application/zip", f"{case.slug}-{key}.zip")


@require_http_methods(["GET", "POST"])
def settle_outcome(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.outcome_of(case, request.user, key)
    form = PoolingForm(
        posted(request),
        outcome=now.outcome,
        settings=now.settings,
        effects=now.effects,
        seen=now.on_thread is not None,
        questions=queries.questions_to_look_at(case),
    )
    if form.is_valid():
        try:
            actions.settle_outcome(
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
            return redirect("reviews:outcome", slug, key)
    return render(
        request, "reviews/outcome_settings.jinja", {**_frame(request, case), "now": now, "form": form}
    )


@require_http_methods(["GET", "POST"])
def judge_certainty(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    now = queries.outcome_of(case, request.user, key)
    if now.account is None:
        messages.info(request, "There is no answer yet that could be judged.")
        return redirect("reviews:outcome", slug, key)
    form = CertaintyForm(posted(request), grade=now.account.grade)
    if form.is_valid():
        try:
            actions.judge_certainty(by=request.user, case=case, outcome=key, judged=form.judged())
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            messages.info(request, "Saved.")
            return redirect("reviews:outcome", slug, key)
    return render(
        request,
        "reviews/outcome_certainty.jinja",
        {**_frame(request, case), "now": now, "form": form, "steps_words": STEPS},
    )


@require_POST
def add_outcome(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = case_for(request.user, slug)
    before = queries.outcome_of(case, request.user, key).on_thread
    try:
        stored = actions.add_outcome_to_thread(by=request.user, case=case, outcome=key)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect("reviews:outcome", slug, key)
    if before is not None:
        messages.info(
            request, "The thread now has the newest answer. Sentences that rest on the older one say so."
        )
        return redirect("reviews:outcome", slug, key)
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}")


def _frame(request: HttpRequest, case: Case) -> dict:
    frame = review_frame(request, case)
    crumb = ("What the studies say", f"{case.get_absolute_url()}reviews/outcomes/")
    return {**frame, "crumbs": [*frame["crumbs"], crumb]}


def _charts(now: OutcomeNow) -> dict[str, Chart]:
    """The charts of an outcome by name; none where there is no answer."""
    if now.account is None:
        return {}
    whole, checks = now.account.whole, now.account.checks
    drawn = {"forest": forest(whole), "without": without_each(whole, checks), "funnel": funnel(whole, checks)}
    return {name: chart for name, chart in drawn.items() if chart is not None}


def _more_charts(case: Case, now: OutcomeNow) -> dict[str, Chart]:
    """Charts for those who ask for more; none where there is no answer."""
    return more_charts(now.account.whole, queries.years_of(case)) if now.account else {}
