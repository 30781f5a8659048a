"""What to look at again, what a look found, and whether papers were retracted."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.library import registers
from wherewithal.analyse.library.recheck import RECHECK_RULE, copy_months, months_in_words
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.background import EVERYTHING, NOTICES
from wherewithal_web.analyse.library.views.reading import frame
from wherewithal_web.jobs.actions import ask
from wherewithal_web.jobs.queries import newest_run
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission

A_PAGE = 20


@require_GET
def recheck(request: HttpRequest) -> HttpResponse:
    found = queries.recheck_queue(request.user)
    return render(
        request,
        "library/recheck.jinja",
        {
            **frame(request),
            "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
            "total": len(found),
            "with_decisions": sum(1 for each in found if each.due.decisions),
            "with_sentences": sum(1 for each in found if each.due.sentences and not each.due.decisions),
            "papers": len(queries.named_dois()),
            "asked_at": queries.notices_asked_at(),
            "asking": newest_run(NOTICES, EVERYTHING),
            "rule": RECHECK_RULE,
            "intervals": _intervals(),
        },
    )


def _intervals() -> list[tuple[str, list[str]]]:
    """After how long a copy is fetched again, the shortest first, with the names of the registers."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in registers().values():
        found[copy_months(one)].append(one.name)
    return [(months_in_words(months), names) for months, names in sorted(found.items())]


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Keep what a look found. "It has changed" leads to bringing in what is so now."""
    subject, outcome = request.POST.get("subject", ""), request.POST.get("outcome", "")
    try:
        done = actions.record_check(
            by=request.user, subject=subject, outcome=outcome, note=request.POST.get("note", "")
        )
    except (NothingThere, ValidationError) as error:
        raise Http404 from error
    register = queries.register_of_subject(subject)
    if outcome == "changed" and register:
        messages.info(request, "Noted. Now bring in what it says today: until then it stays on the list.")
        return redirect(f"{reverse('library:bring_in')}?register={register}")
    messages.info(request, f"Noted: {done.get_outcome_display()}.")
    page = request.POST.get("page", "")
    return redirect(f"{reverse('library:recheck')}{f'?page={page}' if page.isdigit() else ''}")


@require_POST
def ask_notices(request: HttpRequest) -> HttpResponse:
    """Ask whether papers were retracted or corrected. Services may be slow, so it is done in the background."""
    require(may(request.user, Permission.CURATE))
    ask(by=request.user, kind=NOTICES, key=EVERYTHING, arguments={"by": request.user.pk})
    return redirect(f"{reverse('library:recheck')}#notices")
