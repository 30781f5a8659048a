"""The studies of a review, one study with its reports and arms, and what was extracted as a file."""

from __future__ import annotations

import csv
import io
import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.extraction.effect_words import effect_words, favours_words, measure_words
from wherewithal.analyse.reviews.extraction.rows import cell, table_of
from wherewithal.analyse.reviews.records.csv_table import harmless
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Study
from wherewithal_web.analyse.reviews.views.frame import download, review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

ARMS_SHOWN = 4


def studies_frame(
    request: HttpRequest, case: Case, study: Study | None = None, *, itself: bool = False
) -> dict:
    """The review's frame, with the way back to its studies and to one of them.

    ``itself``: for the page of the studies or of the study, which is not a way back.
    """
    frame = review_frame(request, case)
    crumbs = list(frame["crumbs"])
    if study is not None or not itself:
        crumbs.append(("Extraction", f"{case.get_absolute_url()}reviews/studies/"))
    if study is not None and not itself:
        crumbs.append((study.name, study.get_absolute_url()))
    return {
        **frame,
        "crumbs": crumbs,
        "study": study,
        "effect_words": effect_words,
        "favours_words": favours_words,
        "measure_words": measure_words,
    }


@require_GET
def studies(request: HttpRequest, slug: str) -> HttpResponse:
    """What was kept and which studies it became, how far each is, and what is missing."""
    case = case_for(request.user, slug)
    placed = queries.placements_of(case)
    kept = list(queries.kept_for_extraction(case))
    progress = queries.progress_of(case, request.user)
    return render(
        request,
        "reviews/studies.jinja",
        {
            **studies_frame(request, case, itself=True),
            "kept": kept,
            "unplaced": [row for row in kept if row.pk not in placed],
            "progress": progress,
            "plan": queries.plan_of(case),
            "has_plan": queries.newest_plan(case) is not None,
            "results": sum(each.results for each in progress),
            "agreement": queries.extraction_agreement(case),
        },
    )


@require_POST
def make_studies(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    try:
        made = actions.make_studies(by=request.user, case=case)
        said = (
            f"Made {counted(len(made), 'study', 'studies')} of what was kept."
            if made
            else "Nothing new was kept."
        )
        messages.info(request, said)
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:studies", slug)


@require_GET
def study(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = queries.study_for(request.user, slug, number)
    case = found.case
    plan = queries.plan_of(case)
    lines = [
        each for each in queries.lines_of(case, request.user, plan) if each.comparison.study_id == found.pk
    ]
    others = [each for each in queries.studies_of(case) if each.pk != found.pk]
    return render(
        request,
        "reviews/study.jinja",
        {
            **studies_frame(request, case, found, itself=True),
            "plan": plan,
            "lines": [each for each in lines if not each.withdrawn],
            "fields": queries.fields_of(found, plan, request.user),
            "left": queries.answers_left(found, plan),
            "others": others,
            "suggestions": queries.suggestions_of(found),
            "texts": queries.has_texts(found),
            "differ": _differ(found, plan, request, lines),
        },
    )


def _differ(found: Study, plan, request: HttpRequest, lines: list[queries.Line]) -> int:
    fields = queries.fields_of(found, plan, request.user).values()
    states = [each.standing.state for each in (*fields, *lines)]
    return states.count("differ")


@require_POST
def join_study(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The reports of this study report another one too: they are one study."""
    found = queries.study_for(request.user, slug, number)
    require(may(request.user, Permission.CONTRIBUTE, found.case))
    number_into = request.POST.get("into", "")
    try:
        if not number_into.isdigit():
            raise BadInput("Choose the study it is the same as.")
        into = queries.study_for(request.user, slug, int(number_into))
        actions.join_studies(by=request.user, study=found, into=into, why=request.POST.get("why", ""))
        messages.info(request, f"{found.name} and {into.name} are one study now.")
        return redirect(into)
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(found)


@require_POST
def take_apart(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One of the reports is of a study of its own after all."""
    found = queries.study_for(request.user, slug, number)
    require(may(request.user, Permission.CONTRIBUTE, found.case))
    record = next((row for row in found.records if str(row.pk) == request.POST.get("record")), None)
    try:
        if record is None:
            raise BadInput("Choose one of the reports.")
        made = actions.take_apart(
            by=request.user, study=found, record=record, why=request.POST.get("why", "")
        )
        messages.info(request, f"{made.name} is a study of its own now.")
        return redirect(made)
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def arms(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = queries.study_for(request.user, slug, number)
    require(may(request.user, Permission.CONTRIBUTE, found.case))
    errors: list[str] = []
    rows = [(row.number, row.name, row.role, row.people) for row in found.arms]
    rows += [(None, "", "programme" if not rows else "comparison", None)] * max(1, 2 - len(rows))
    if request.method == "POST":
        rows = _posted_arms(request)
        try:
            actions.write_arms(by=request.user, study=found, arms=[_whole(row) for row in rows])
            return redirect(found)
        except BadInput as error:
            errors = words_of(error)
    return render(
        request,
        "reviews/study_arms.jinja",
        {
            **studies_frame(request, found.case, found),
            "rows": rows[: len(found.arms) + ARMS_SHOWN],
            "errors": errors,
        },
        status=400 if errors else 200,
    )


Posted = tuple[int | None, str, str, str | int | None]


def _posted_arms(request: HttpRequest) -> list[Posted]:
    rows: list[Posted] = []
    for place in range(len(request.POST.getlist("name"))):
        number = request.POST.getlist("number")[place] if place < len(request.POST.getlist("number")) else ""
        rows.append(
            (
                int(number) if number.isdigit() else None,
                request.POST.getlist("name")[place],
                request.POST.get(f"role{place}", ""),
                request.POST.getlist("people")[place].strip()
                if place < len(request.POST.getlist("people"))
                else "",
            )
        )
    return rows


def _whole(row: Posted) -> tuple[int | None, str, str, int | None]:
    """The row with its people as a whole number. Raises BadInput where it is none."""
    number, name, role, people = row
    text = str(people or "").replace(",", "")
    if text and not text.isdigit():
        raise BadInput(f"People in {name or 'an arm'} are a whole number, not “{text[:40]}”.")
    return number, name, role, int(text) if text else None


# --- what was extracted, as a file ----------------------------------------------------------------------


@require_GET
def extracted_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every result that holds, in the shape that the synthesis commands read."""
    case = case_for(request.user, slug)
    columns, rows = table_of(queries.extracted_rows(case, request.user))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        # Numbers stay numbers, minus and all: only words can be a formula.
        writer.writerow(
            [harmless(value) if isinstance(value := row[name], str) else cell(value) for name in columns]
        )
    return download(out.getvalue(), "text/csv", f"{case.slug}-extracted.csv")


@require_GET
def extracted_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON, with the form's answers that hold."""
    case = case_for(request.user, slug)
    plan = queries.plan_of(case)
    _columns, rows = table_of(queries.extracted_rows(case, request.user))
    answers = [
        {
            "study": each.name,
            "study_number": each.number,
            "answers": {
                key: {"question": field.question.words, "answer": field.held.value, "page": field.held.page,
                      "quotation": field.held.quotation}
                for key, field in queries.fields_of(each, plan, request.user).items()
                if field.held is not None
            },
        }
        for each in queries.studies_of(case)
    ]  # fmt: skip
    body = json.dumps({"results": rows, "studies": answers}, ensure_ascii=False, indent=1)
    return download(body, "application/json", f"{case.slug}-extracted.json")
