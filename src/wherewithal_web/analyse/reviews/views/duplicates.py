"""Duplicates: what the machine merged and why, pairs to settle, groups to take apart."""

from __future__ import annotations

import re
import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.records.side_by_side import side_by_side
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.duplicates.asking import LOOK
from wherewithal_web.analyse.reviews.groups import fields_of
from wherewithal_web.analyse.reviews.models import Doubt, Record, Ruling
from wherewithal_web.analyse.reviews.views.account import table
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.jobs.queries import newest_run
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

A_PAGE = 25
MEMBERS_SHOWN = 50


@require_GET
def duplicates(request: HttpRequest, slug: str) -> HttpResponse:
    case = case_for(request.user, slug)
    show = request.GET.get("show", "merged")
    doubts = queries.doubts_of(case)
    rows = doubts if show == "doubtful" else queries.works_of(case)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reviews/duplicates.jinja",
        {
            **review_frame(request, case),
            "show": "doubtful" if show == "doubtful" else "merged",
            "page": page,
            "reasons": {} if show == "doubtful" else {work.pk: _reason(work.record) for work in page},
            "removed": queries.removed_of(case),
            "waiting": queries.waiting_of(case),
            "search": queries.newest_search(case),
            "run": newest_run(LOOK, str(case.pk)),
            "counts": queries.counts_of(case),
        },
    )


def _reason(record: Record) -> str:
    """Why a group is one, in a line: the machine's first reason, or that a person said so."""
    reasons = queries.reasons_of(record, most=1)
    return next((match.words for match in reasons.values()), "")


@require_GET
def next_pair(request: HttpRequest, slug: str) -> HttpResponse:
    """On to the next pair that waits for a person."""
    case = case_for(request.user, slug)
    return _to_next(request, case, None)


def _to_next(request: HttpRequest, case: Case, after: Doubt | None) -> HttpResponse:
    following = queries.next_doubt(case, after)
    if following is None:
        put_off = queries.waiting_of(case).put_off
        messages.info(
            request,
            f"Nothing else waits. {put_off:,} were put off as not sure."
            if put_off
            else "No pair waits any more.",
        )
        return redirect("reviews:duplicates", case.slug)
    match = following.match
    return redirect("reviews:duplicate_pair", case.slug, match.one_id, match.other_id)


@require_http_methods(["GET", "POST"])
def duplicate_pair(request: HttpRequest, slug: str, one: int, other: int) -> HttpResponse:
    """Two records side by side, to say whether they are one work."""
    here, there = (queries.record_for(request.user, slug, number) for number in (one, other))
    case = here.file.case
    error: BadInput | None = None
    doubt = queries.doubt_about(here, there)
    if request.method == "POST":
        require(may(request.user, Permission.CONTRIBUTE, case))
        try:
            made = actions.rule_on_pair(
                by=request.user,
                one=here,
                other=there,
                kind=request.POST.get("kind", ""),
                why=request.POST.get("why", ""),
                token=request.POST.get("token", ""),
            )
            messages.info(request, f"{str(made).capitalize()}: {here.citation}, {here.title[:80]}")
            if doubt is None:
                return redirect("reviews:duplicates", slug)
            return _to_next(request, case, doubt if made.kind == Ruling.UNSURE and doubt.put_off else None)
        except BadInput as bad:
            error = bad
    bodies = [record.record for record in (here, there)]
    works = [queries.stands_for(record) for record in (here, there)]
    return render(
        request,
        "reviews/pair.jinja",
        {
            **review_frame(request, case),
            "one": here,
            "other": there,
            "works": works,
            "lines": side_by_side(*bodies),
            "match": queries.match_of(here, there),
            "one_work": works[0] == works[1],
            "rulings": queries.rulings_between(here, there),
            "sizes": [queries.size_of(work) for work in works],
            "decisions": [
                queries.seen_by(request.user, queries.decisions_about(work), _outcome(work)) for work in works
            ],
            "waiting": queries.waiting_of(case),
            "doubt": doubt,
            "token": uuid.uuid4().hex,
            "error": error,
            "why": request.POST.get("why", ""),
        },
        status=400 if error else 200,
    )


def _outcome(work: Record) -> str | None:
    stands = queries.standing(work)
    return stands.outcome if stands else None


@require_GET
def duplicate_group(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The records of one work: why they are one, what each gave, and how to undo it."""
    return _group(request, queries.record_for(request.user, slug, pk), None)


def _group(request: HttpRequest, record: Record, error: BadInput | None) -> HttpResponse:
    case = record.file.case
    work = queries.stands_for(record)
    stored = queries.work_of(work)
    members = queries.members_of(work, most=MEMBERS_SHOWN - 1)
    return render(
        request,
        "reviews/group.jinja",
        {
            **review_frame(request, case),
            "work": work,
            "stored": stored,
            "members": members,
            "reasons": queries.reasons_of(work),
            "by_people": queries.joined_by_people(work),
            "fields": fields_of(members) if stored else [],
            "rulings": queries.rulings_on(work),
            "search": queries.newest_search(case),
            "related": queries.related_to(work),
            "token": uuid.uuid4().hex,
            "error": error,
            "why": request.POST.get("why", ""),
        },
        status=400 if error else 200,
    )


@require_POST
def take_out_of_group(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one record out of its group."""
    record = queries.record_for(request.user, slug, pk)
    work = queries.stands_for(record)
    rest = next((each for each in queries.members_of(work, most=2) if each != record), work)
    try:
        actions.take_out_of_group(
            by=request.user,
            record=record,
            why=request.POST.get("why", ""),
            token=request.POST.get("token", ""),
        )
    except BadInput as error:
        return _group(request, record, error)
    messages.info(request, f"Taken out, and back to be looked at on its own: {record.citation}.")
    if queries.size_of(rest) > 1:
        return redirect("reviews:duplicate_group", slug, rest.pk)
    return redirect(record)


@require_POST
def take_group_apart(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a whole group apart."""
    record = queries.record_for(request.user, slug, pk)
    try:
        made = actions.take_group_apart(
            by=request.user,
            record=record,
            why=request.POST.get("why", ""),
            token=request.POST.get("token", ""),
        )
    except BadInput as error:
        return _group(request, record, error)
    messages.info(request, f"Taken apart: {len(made.sides):,} records, each to be looked at on its own.")
    return redirect("reviews:duplicates", slug)


@require_GET
def compare(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a record beside another, named by its number or by the address of its page."""
    record = queries.record_for(request.user, slug, pk)
    named = re.findall(r"\d+", request.GET.get("other", ""))
    other = Record.objects.filter(file__case=record.file.case, pk=int(named[-1])) if named and (
        len(named[-1]) < 18) else None  # fmt: skip
    if not other or not other.exists() or int(named[-1]) == record.pk:
        messages.info(
            request,
            "There is no other record of that number in this review. Its number is the last part of the address of "
            "its page.",
        )
        return redirect(record)
    return redirect("reviews:duplicate_pair", slug, record.pk, int(named[-1]))


@require_POST
def look_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the machine look again."""
    case = case_for(request.user, slug)
    try:
        actions.look_for_duplicates(by=request.user, case=case)
        messages.info(request, "The machine looks again. What people have ruled stays as it is.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(reverse("reviews:duplicates", args=[slug]))


@require_GET
def duplicates_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every duplicate with the record that stands for it, and why."""
    case = case_for(request.user, slug)
    return table(queries.DUPLICATE_COLUMNS, queries.duplicate_rows(case), f"{case.slug}-duplicates.csv")


@require_GET
def rulings_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision that people made about duplicates."""
    case = case_for(request.user, slug)
    return table(
        queries.RULING_COLUMNS, queries.ruling_rows(case), f"{case.slug}-decisions-about-duplicates.csv"
    )
