"""How far each study can be relied on: the table, one appraisal, its questions, and settling what two differ on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.appraisal.appraising import (
    OVERALL,
    overall,
    standings,
    unanswered,
    unsupported,
    without_information,
)
from wherewithal.analyse.reviews.appraisal.instrument import OVERALL_RULES, SURENESS
from wherewithal.analyse.reviews.appraisal.pictures import summary_picture, traffic_light_picture
from wherewithal.errors import BadInput, NothingThere
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import BeginAppraisalForm, DomainForm
from wherewithal_web.analyse.reviews.models import StudyAppraisal
from wherewithal_web.analyse.reviews.views.frame import download, review_frame
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def appraisals(request: HttpRequest, slug: str) -> HttpResponse:
    """Every appraisal of the review, what holds as a table, and beginning another."""
    case = case_for(request.user, slug)
    studies = queries.studies_of(case)
    if request.method == "POST":
        require(may(request.user, Permission.CONTRIBUTE, case))
    form = BeginAppraisalForm(posted(request), studies=studies)
    if form.is_valid():
        data = form.cleaned_data
        study = next(each for each in studies if each.number == data["study"])
        try:
            made = actions.begin_appraisal(
                by=request.user,
                study=study,
                instrument_key=data["instrument"],
                outcome=data["outcome"],
                people=data["people"],
            )
            return redirect(made)
        except BadInput as error:
            form.add_error(None, words_of(error))
    states = queries.states_of(case)
    return render(
        request,
        "reviews/appraisals.jinja",
        {
            **review_frame(request, case),
            "studies": studies,
            "states": states,
            "form": form,
            "tables": [
                (
                    instrument,
                    traffic_light_picture(light, key=f"light-{instrument.key}"),
                    summary_picture(light, key=f"summary-{instrument.key}"),
                )
                for instrument, light in queries.traffic_lights(states)
            ],
        },
        status=400 if form.errors else 200,
    )


@require_GET
def appraisals_csv(request: HttpRequest, slug: str, instrument: str) -> HttpResponse:
    """What holds by one instrument, as a CSV."""
    case = case_for(request.user, slug)
    for each, light in queries.traffic_lights(queries.states_of(case)):
        if each.key == instrument:
            return download(light.as_csv(), "text/csv", f"{slug}-{instrument}.csv")
    raise Http404("Nothing has been appraised to the end by this instrument.")


@require_GET
def appraisal(request: HttpRequest, slug: str, study: int, number: int) -> HttpResponse:
    row = queries.appraisal_for(request.user, slug, study, number)
    return _page(request, slug, row)


def _frame(request: HttpRequest, row: StudyAppraisal, *, itself: bool = True) -> dict:
    """The review's frame, with the way back to its appraisals, and to this one from a page below it."""
    frame = review_frame(request, row.study.case)
    crumbs = [*frame["crumbs"], ("Appraisals", f"{row.study.case.get_absolute_url()}reviews/appraisals/")]
    if not itself:
        crumbs.append((row.study.name, row.get_absolute_url()))
    return {**frame, "crumbs": crumbs}


def _page(
    request: HttpRequest, slug: str, row: StudyAppraisal, error: str = "", status: int = 200
) -> HttpResponse:
    state = queries.state_of(row)
    mine = state.of(request.user)
    whole = overall(mine)
    return render(
        request,
        "reviews/appraisal.jinja",
        {
            **_frame(request, row),
            "row": row,
            "state": state,
            "mine_empty": not mine.answers and not mine.own,
            "instrument": mine.instrument,
            "lines": list(zip(mine.instrument.domains, standings(mine), strict=True)),
            "whole": whole,
            "overall_key": OVERALL,
            "overall_rule": OVERALL_RULES[mine.instrument.overall_rule],
            "seen": state.seen_by(request.user),
            "standings_of": standings,
            "overall_of": overall,
            "compared": state.compared,
            "unanswered": unanswered(mine),
            "no_information": without_information(mine),
            "unsupported": unsupported(mine),
            "history": queries.history_of(state, request.user),
            "sureness": SURENESS,
            "error": error,
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
def appraise(request: HttpRequest, slug: str, study: int, number: int, domain: str) -> HttpResponse:
    """The questions of one domain."""
    row = queries.appraisal_for(request.user, slug, study, number)
    require(may(request.user, Permission.CONTRIBUTE, row.study.case))
    state = queries.state_of(row)
    mine = state.of(request.user)
    try:
        which = mine.instrument.domain(domain)
    except NothingThere as error:
        raise Http404(str(error)) from error
    form = DomainForm(posted(request), appraisal=mine, domain=which)
    if form.is_valid():
        try:
            actions.answer_domain(by=request.user, appraisal=row, domain=which, answers=form.answers())
            after = queries.next_domain(mine, which)
            if "next" in request.POST and after is not None:
                return redirect("reviews:appraise", slug, study, number, after.key)
            return redirect(row)
        except BadInput as error:
            form.add_error(None, words_of(error))
    return render(
        request,
        "reviews/appraise.jinja",
        {
            **_frame(request, row, itself=False),
            "row": row,
            "instrument": mine.instrument,
            "domain": which,
            "form": form,
            "standing": next(each for each in standings(mine) if each.key == which.key),
            "after": queries.next_domain(mine, which),
            "sureness": SURENESS,
        },
        status=400 if form.errors else 200,
    )


@require_POST
def judge_appraisal(request: HttpRequest, slug: str, study: int, number: int) -> HttpResponse:
    """Judge a domain, or the study, otherwise than the rules propose; or leave it to the rules again."""
    row = queries.appraisal_for(request.user, slug, study, number)
    require(may(request.user, Permission.CONTRIBUTE, row.study.case))
    try:
        actions.judge_domain(
            by=request.user,
            appraisal=row,
            domain=request.POST.get("domain", ""),
            judgement=request.POST.get("judgement", ""),
            reason=request.POST.get("reason", ""),
        )
    except (BadInput, NothingThere) as error:
        return _page(request, slug, row, str(error), 400)
    return redirect(row)


@require_POST
def settle_appraisal(request: HttpRequest, slug: str, study: int, number: int) -> HttpResponse:
    """Settle what two people differ on."""
    row = queries.appraisal_for(request.user, slug, study, number)
    require(may(request.user, Permission.CONTRIBUTE, row.study.case))
    chosen = {
        name.removeprefix("judgement-"): value
        for name, value in request.POST.items()
        if name.startswith("judgement-")
    }
    try:
        actions.settle_appraisal(
            by=request.user, appraisal=row, judgements=chosen, note=request.POST.get("note", "")
        )
    except BadInput as error:
        return _page(request, slug, row, str(error), 400)
    messages.info(request, f"Settled: {row}.")
    return redirect(row)
