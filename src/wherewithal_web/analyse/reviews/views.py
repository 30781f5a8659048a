"""The pages of the evidence review in a case."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.records import TYPE_WORDS, by_key
from wherewithal.analyse.reviews.records.csv_table import harmless
from wherewithal.analyse.reviews.screening.decisions import REASONS, Verdict
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.forms import SearchForm
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import too_large
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

A_PAGE = 25
KEPT_SHOWN = 10


def _frame(request: HttpRequest, case: Case) -> dict:
    frame = case_frame(request, case)
    return {**frame, "crumbs": [*frame["crumbs"], ("Studies", f"{case.get_absolute_url()}reviews/")]}


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    now = queries.screening_now(case)
    on_thread = queries.screening_on_thread(case)
    kept = queries.records_of(case, "kept")
    return render(
        request,
        "reviews/home.jinja",
        {
            **case_frame(request, case),
            "searches": queries.searches_of(case),
            "counts": queries.counts_of(case),
            "now": now,
            "on_thread": on_thread,
            "up_to_date": bool(now and on_thread and on_thread.fingerprint == now.fingerprint),
            "kept": kept[:KEPT_SHOWN],
            "keys_on_thread": queries.keys_on_thread(case),
        },
    )


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    form = SearchForm(posted(request), request.FILES if request.method == "POST" else None)
    problems: tuple[Problem, ...] = ()
    try:
        if getattr(request, "upload_too_large", False):
            raise too_large()
        if form.is_valid():
            file = _import(request, case, form)
            messages.info(request, f"{counted(file.record_count, 'record')} brought in from {file.name}.")
            return redirect("reviews:home", slug)
    except BadInput as error:
        form.full_clean()
        form.errors.pop("file", None)
        form.add_error("file", error.message)
        problems = error.problems
    return render(
        request,
        "reviews/bring_in.jinja",
        {**_frame(request, case), "form": form, "problems": problems},
        status=400 if form.errors else 200,
    )


def _import(request: HttpRequest, case: Case, form: SearchForm):
    answers = form.cleaned_data
    return actions.import_records(
        by=request.user,
        case=case,
        source=answers["file"].file,
        name=answers["file"].name,
        database=answers["database"],
        search=answers["search"],
        searched_on=answers["searched_on"],
    )


@require_GET
def records(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    counts = queries.counts_of(case)
    show = request.GET.get("show") or ("to-look-at" if counts.to_look_at else "all")
    page = Paginator(queries.records_of(case, show), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reviews/records.jinja",
        {
            **_frame(request, case),
            "counts": counts,
            "show": show,
            "piles": [(key, words, counts.of(key)) for key, (words, _which) in queries.SHOWS.items()],
            "page": page,
            "reason_words": {reason.key: reason.words for reason in REASONS},
        },
    )


@require_GET
def next_record(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    following = queries.next_to_look_at(case)
    return redirect(following or f"{case.get_absolute_url()}reviews/")


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = queries.record_for(request.user, slug, pk)
    case = found.file.case
    error: BadInput | None = None
    if request.method == "POST":
        require(may(request.user, Permission.CONTRIBUTE, case))
        try:
            return _decided(request, case, found)
        except BadInput as bad:
            error = bad
    place = queries.place_of(found)
    return render(
        request,
        "reviews/record.jinja",
        {
            **_frame(request, case),
            "row": found,
            "record": found.record,
            "place": place,
            "to_look_at": queries.counts_of(case).to_look_at,
            "reasons": REASONS,
            "decisions": queries.decisions_about(found),
            "same": queries.same_article(found),
            "type_words": TYPE_WORDS,
            "on_thread": queries.record_on_thread(case, found.key),
            "error": error,
            "words": request.POST.get("words", ""),
        },
        status=400 if error else 200,
    )


def _decided(request: HttpRequest, case: Case, found) -> HttpResponse:
    """Store the decision and go on: to the next record, or, for one decided before, stay with it."""
    verdict = next((each for each in Verdict if each.value == request.POST.get("verdict")), None)
    if verdict is None:
        raise BadInput("Choose one: keep it, leave it out for a reason, or say that you are unsure.")
    before = found.verdict
    made = actions.record_decision(
        by=request.user,
        record=found,
        verdict=verdict,
        reason=request.POST.get("reason", ""),
        words=request.POST.get("words", ""),
    )
    said = str(made)
    messages.info(request, f"{said[:1].upper()}{said[1:]}. {found.citation}, {found.title[:80]}")
    if before is not None:
        return redirect(found)
    following = queries.next_to_look_at(case, after=found)
    if following is None:
        messages.info(request, "That was the last one. Everything has been looked at.")
        return redirect("reviews:home", case.slug)
    return redirect(following)


@require_GET
def left_out(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    return render(
        request,
        "reviews/left_out.jinja",
        {
            **_frame(request, case),
            "counts": queries.counts_of(case),
            "page": Paginator(queries.exclusions_of(case), 100).get_page(request.GET.get("page")),
        },
    )


@require_GET
def left_out_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every record that was left out, with why, by whom and when: for the appendix of a report."""
    case = case_for(request.user, slug)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Citation", "Title", "Journal", "DOI", "Reason", "In their words", "By", "When", "Search"]
    )
    for each in queries.exclusions_of(case):
        row = each.record
        writer.writerow(
            harmless(text)
            for text in (
                row.citation,
                row.title,
                row.journal,
                row.record.doi,
                each.reason_words,
                each.words,
                each.decided_by.name,
                f"{each.decided_at:%Y-%m-%d}",
                row.file.name,
            )
        )
    return _download(out.getvalue(), "text/csv", f"{case.slug}-left-out.csv")


@require_GET
def kept_ris(request: HttpRequest, slug: str) -> HttpResponse:
    """The studies that were kept, for a reference manager."""
    case = case_for(request.user, slug)
    out = io.StringIO()
    write = by_key("ris").write
    write((row.record for row in queries.records_of(case, "kept").iterator(500)), out)
    return _download(out.getvalue(), "application/x-research-info-systems", f"{case.slug}-kept.ris")


def _download(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)


@require_POST
def add_screening(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    before = queries.screening_on_thread(case)
    try:
        stored = actions.add_screening_to_thread(by=request.user, case=case)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect("reviews:home", slug)
    if before is not None:
        messages.info(
            request, "The thread now has the newest account. Sentences that rest on the older one say so."
        )
        return redirect("reviews:home", slug)
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}")


@require_POST
def add_record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = queries.record_for(request.user, slug, pk)
    try:
        stored = actions.add_record_to_thread(by=request.user, record=found)
    except BadInput as error:
        messages.info(request, error.message)
        return redirect(found)
    return redirect(f"{found.file.case.get_absolute_url()}sentences/new/?finding={stored.pk}")
