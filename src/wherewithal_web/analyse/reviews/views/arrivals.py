"""A search on its way in: brought in at once, or by a worker, or once somebody has said which column is which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wherewithal.analyse.reviews import records as library
from wherewithal.analyse.reviews.records.headings import WRITTEN_AS
from wherewithal.analyse.reviews.records.table_heads import TableHead, head_of
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import actions
from wherewithal_web.analyse.reviews.arrivals.asking import BRING_IN
from wherewithal_web.analyse.reviews.arrivals.bringing import put_together
from wherewithal_web.analyse.reviews.models import ColumnChoice, WaitingSearch
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.jobs.models import Run
from wherewithal_web.jobs.queries import newest_run
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

USUAL = ("title", "authors", "year", "abstract", "journal", "doi")
"""Fields that most tables have; the others are asked about below them."""

AT_ONCE_BYTES = 3 * 1024 * 1024
"""What is brought in while the person waits: some two thousand records with abstracts, a second or two."""


def arriving_in(case: Case) -> list[tuple[WaitingSearch, Run | None]]:
    """The searches of a case that are not in yet, each with the run that brings it in."""
    return [(row, newest_run(BRING_IN, str(row.pk))) for row in case.waiting_searches.all()]


def bring(request: HttpRequest, case: Case, answers: Mapping[str, Any]) -> HttpResponse:
    """Bring in what somebody uploaded: at once, in the background where it is large, or after a question.

    Raises BadInput where it cannot be read.
    """
    upload = answers["file"]
    said = {name: answers[name] for name in ("database", "search", "searched_on")}
    head = head_of(upload.file, name=upload.name, largest=settings.LARGEST_UPLOAD)
    remembered = _remembered(case, head)
    if (
        head is not None
        and not head.proposal(remembered).can_be_read
        and not _reads(upload.file, upload.name, remembered)
    ):
        kept = actions.keep_search(by=request.user, case=case, source=upload.file, name=upload.name, **said)
        return redirect("reviews:columns", case.slug, kept.pk)
    if upload.size > AT_ONCE_BYTES:
        kept = actions.keep_search(
            by=request.user, case=case, source=upload.file, name=upload.name, columns=remembered, **said
        )
        return _later(request, kept)
    made = actions.import_records(
        by=request.user, case=case, source=upload.file, name=upload.name, columns=remembered, **said
    )
    messages.info(
        request,
        f"{counted(made.record_count, 'record')} brought in from {made.name}. The machine is now looking for those "
        "that were here already; this page then says how many are new.",
    )
    return redirect("reviews:home", case.slug)


def _reads(source: IO[bytes], name: str, columns: Mapping[str, str]) -> bool:
    """Whether a first record can be read without asking anybody."""
    try:
        source.seek(0)
        records = library.RecordFile(source, name=name, largest=settings.LARGEST_UPLOAD, columns=columns)
        return next(iter(records), None) is not None
    except BadInput:
        return False
    finally:
        source.seek(0)


def _remembered(case: Case, head: TableHead | None) -> dict[str, str]:
    """Which column is which, as somebody of the organisation said for a table with the same headings."""
    if head is None:
        return {}
    rows = ColumnChoice.objects.filter(
        organisation=case.organisation, fingerprint=actions.header_fingerprint(head)
    )
    newest = rows.first()
    return newest.columns if newest else {}


def _later(request: HttpRequest, kept: WaitingSearch) -> HttpResponse:
    actions.bring_in_later(by=request.user, waiting=kept)
    messages.info(request, f"{kept.name} is being brought in. You can go on meanwhile.")
    return redirect("reviews:home", kept.case.slug)


def _waiting(request: HttpRequest, slug: str, pk: int) -> WaitingSearch:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    row = case.waiting_searches.filter(pk=pk).select_related("case__organisation").first()
    if row is None:
        raise Http404("No such file waits in this case: it was brought in, or taken away.")
    return row


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Which column holds the titles, which the authors, …; with the first rows to see it by."""
    waiting = _waiting(request, slug, pk)
    head = head_of(put_together(waiting), name=waiting.name, largest=settings.LARGEST_UPLOAD)
    if head is None:
        raise Http404("This file is no table, so it has no columns.")
    error: BadInput | None = None
    proposal = head.proposal(_remembered(waiting.case, head))
    chosen = {**proposal.guesses, **proposal.columns}
    if request.method == "POST":
        chosen = {field: request.POST.get(field, "") for field in WRITTEN_AS}
        try:
            actions.choose_columns(by=request.user, waiting=waiting, head=head, columns=chosen)
            return _later(request, waiting)
        except BadInput as bad:
            error = bad
    return render(
        request,
        "reviews/columns.jinja",
        {
            **review_frame(request, waiting.case),
            "waiting": waiting,
            "head": head,
            "fields": WRITTEN_AS,
            "usual": USUAL,
            "rest_chosen": any(chosen.get(field) for field in WRITTEN_AS if field not in USUAL),
            "chosen": chosen,
            "error": error,
        },
        status=400 if error else 200,
    )


@require_POST
def drop_search(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a file away that was brought and is not in."""
    waiting = _waiting(request, slug, pk)
    actions.drop_search(by=request.user, waiting=waiting)
    messages.info(request, f"{waiting.name} was taken away. Nothing of it was brought in.")
    return redirect("reviews:home", slug)
