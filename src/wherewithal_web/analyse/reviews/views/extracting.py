"""Taking from a study: the form's questions, what is compared, and the result as the paper gives it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.extraction.forms_of_results import FORMS, form_named, words_of
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.errors import BadInput, NothingThere
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import ComparisonForm, ResultForm
from wherewithal_web.analyse.reviews.models import NumberSuggestion, Study
from wherewithal_web.analyse.reviews.views.studies import studies_frame
from wherewithal_web.cases.permissions import may
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of as refusal_words
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, number: int, section: int) -> HttpResponse:
    """One section of the form about one study."""
    study = queries.study_for(request.user, slug, number)
    require(may(request.user, Permission.CONTRIBUTE, study.case))
    plan = queries.plan_of(study.case)
    sections = plan.form.sections
    if not 1 <= section <= len(sections):
        raise Http404("The form has no such section.")
    asked = sections[section - 1]
    fields = queries.fields_of(study, plan, request.user)
    errors: list[str] = []
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {key: value for key, value in request.POST.items() if isinstance(value, str)}
        answers = {
            question.key: (
                typed.get(f"a-{question.key}", ""),
                Place(typed.get(f"p-{question.key}", "").strip(), typed.get(f"q-{question.key}", "").strip()),
            )
            for question in asked.questions
            if f"a-{question.key}" in typed
        }
        seen = typed.get("seen", "")
        try:
            made = actions.answer_questions(
                by=request.user, study=study, answers=answers, seen=int(seen) if seen.isdigit() else None
            )
            messages.info(
                request, f"Kept {counted(len(made), 'answer')}." if made else "Nothing was changed."
            )
            if "next" in typed and section < len(sections):
                return redirect("reviews:answer", slug, number, section + 1)
            return redirect(f"{study.get_absolute_url()}#form")
        except BadInput as error:
            errors = refusal_words(error)
    newest = study.answers.order_by("-pk").values_list("pk", flat=True).first()
    return render(
        request,
        "reviews/answer.jinja",
        {
            **studies_frame(request, study.case, study),
            "asked": asked,
            "number": section,
            "last": section == len(sections),
            "fields": fields,
            "typed": typed,
            "errors": errors,
            "seen": newest or 0,
            "two": plan.people == 2,
        },
        status=400 if errors else 200,
    )


@require_http_methods(["GET", "POST"])
def new_result(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """First what is compared and how the paper gives it; the numbers follow on the result's own page."""
    study = queries.study_for(request.user, slug, number)
    require(may(request.user, Permission.CONTRIBUTE, study.case))
    plan = queries.plan_of(study.case)
    suggestion, found = _suggestion(request, study)
    suggested = suggestion or found
    initial = {"form": suggested.numbers["form"]} if suggested and suggested.numbers["form"] else {}
    form = ComparisonForm(posted(request), plan=plan, arms=study.arms, initial=initial)
    if form.is_valid():
        try:
            made = actions.add_comparison(by=request.user, study=study, **form.what())
            more = f"&suggestion={suggestion.pk}" if suggestion else f"&found={found.key}" if found else ""
            return redirect(f"{made.get_absolute_url()}?form={form.cleaned_data['form']}{more}#numbers")
        except BadInput as error:
            form.add_error(None, refusal_words(error))
    return render(
        request,
        "reviews/new_result.jinja",
        {
            **studies_frame(request, study.case, study),
            "form": form,
            "plan": plan,
            "suggestion": suggested,
        },
        status=400 if form.errors else 200,
    )


def _suggestion(
    request: HttpRequest, study: Study
) -> tuple[NumberSuggestion | None, queries.TextNumber | None]:
    """What a machine suggests here, from an abstract or from a full text. Whoever sees the study may see both."""
    asked, found = request.GET.get("suggestion", ""), request.GET.get("found", "")
    return (
        study.suggestions.filter(pk=int(asked)).first() if asked.isdigit() else None,
        queries.number_in_text(study, found) if found else None,
    )


@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, slug: str, number: int, result: int) -> HttpResponse:
    """One result: the effect in words and how it was worked out, what is doubted, and its numbers to fill in."""
    study = queries.study_for(request.user, slug, number)
    line = queries.line_for(study, result, request.user)
    able = may(request.user, Permission.CONTRIBUTE, study.case).allowed
    if request.method == "POST":
        require(may(request.user, Permission.CONTRIBUTE, study.case))
    suggestion, found = _suggestion(request, study)
    suggested = suggestion or found
    taken = line.held or line.mine
    what = _form(
        request.GET.get("form", ""), taken.given if taken else None, one=line.comparison.arm2 is None
    )
    known = Given.from_dict(taken.given) if taken and taken.given["form"] == what.key else None
    place = taken.place if taken and known else Place()
    if known is None and suggested is not None and suggested.numbers["form"] == what.key:
        known = _suggested(suggested.numbers, what.key)
        page = f"page {found.page} of the file" if found and not suggestion else "abstract"
        place = Place(page, suggested.quotation)
    form = ResultForm(posted(request), what=what, taken=known, place=place)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            actions.give_result(
                by=request.user,
                comparison=line.comparison,
                given=form.given(),
                place=form.place(),
                suggestion=suggestion,
                found=found,
                seen=int(seen) if seen.isdigit() else None,
                token=request.POST.get("token", ""),
            )
            return redirect(line.comparison)
        except BadInput as error:
            form.add_error(None, refusal_words(error))
    return render(
        request,
        "reviews/result.jinja",
        {
            **studies_frame(request, study.case, study),
            "line": line,
            "form": form,
            "what": what,
            "forms": [each for each in FORMS if each.one_group == (line.comparison.arm2 is None)],
            "words_of": words_of,
            "suggestion": suggested,
            "asked_for": f"suggestion={suggestion.pk}"
            if suggestion
            else f"found={found.key}"
            if found
            else "",
            "token": uuid.uuid4().hex,
            "seen": line.rows[-1].pk if line.rows else 0,
            "filling": able and (not line.basis or "form" in request.GET or request.method == "POST"),
            "send_to": f"{line.comparison.get_absolute_url()}?{request.GET.urlencode()}",
        },
        status=400 if form.errors else 200,
    )


def _form(asked: str, given: dict | None, *, one: bool):
    """The form of result that was asked for, or the one it has, or the usual one."""
    key = asked or (given["form"] if given else "correlation" if one else FORMS[0].key)
    try:
        return form_named(key)
    except NothingThere as error:
        raise Http404(str(error)) from error


def _suggested(suggested: dict, form: str) -> Given | None:
    """What a machine found, as far as it fits the form."""
    what = form_named(form)
    numbers = suggested["numbers"]
    found = {key: value for key, value in numbers.items() if key in what.numbers}
    if form == "counts":
        found = {"events1": numbers["events"], "n1": numbers["n"]}
    if form == "correlation":
        found = {"r": numbers["r"]}
    choices = {"ratio": suggested["ratio"]} if form == "ratio" and suggested["ratio"] else {}
    return Given(form, found, choices)


@require_POST
def keep_in_spite(request: HttpRequest, slug: str, number: int, result: int) -> HttpResponse:
    study = queries.study_for(request.user, slug, number)
    line = queries.line_for(study, result, request.user)
    try:
        actions.keep_in_spite(
            by=request.user,
            comparison=line.comparison,
            warning=request.POST.get("warning", ""),
            reason=request.POST.get("reason", ""),
        )
        messages.info(request, "Kept, with your reason.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(f"{line.comparison.get_absolute_url()}#doubts")


@require_POST
def withdraw(request: HttpRequest, slug: str, number: int, result: int) -> HttpResponse:
    study = queries.study_for(request.user, slug, number)
    line = queries.line_for(study, result, request.user)
    try:
        actions.withdraw_result(by=request.user, comparison=line.comparison, why=request.POST.get("why", ""))
        messages.info(request, "The result was taken back. Its numbers stay in the history.")
        return redirect(study)
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(line.comparison)


@require_POST
def find_numbers(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    study = queries.study_for(request.user, slug, number)
    made = actions.find_numbers(by=request.user, study=study)
    messages.info(
        request,
        f"The machine found {counted(len(made), 'number')} in the titles and abstracts. Look each one up."
        if made
        else "The machine found nothing new in the titles and abstracts.",
    )
    return redirect(f"{reverse('reviews:study', args=[slug, number])}#found")


@require_GET
def text_numbers(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Numbers that a machine finds in the full texts of a study, page by page: suggestions, nothing more."""
    study = queries.study_for(request.user, slug, number)
    return render(
        request,
        "reviews/text_numbers.jinja",
        {
            **studies_frame(request, study.case, study),
            "texts": queries.numbers_in_texts(study),
            "plan": queries.plan_of(study.case),
        },
    )
