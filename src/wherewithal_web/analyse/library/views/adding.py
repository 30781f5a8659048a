"""Adding what a page shows to a case: what the page needs to offer it, and what happens when a person does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.forms import AddForm
from wherewithal_web.cases.models import Case, CaseFinding, StoredFinding
from wherewithal_web.cases.queries import cases_seen_by
from wherewithal_web.people.roles import Permission


def offered(request: HttpRequest, subject: str) -> dict[str, Any]:
    """What a page needs to offer adding something to a case: the person's cases, those that have it already, and
    what rests on it in the cases that they may see.
    """
    cases = cases_seen_by(request.user, Permission.CONTRIBUTE)
    having = CaseFinding.objects.filter(finding__subject=subject, case__in=cases)
    return {
        "cases": cases,
        "on_thread": set(having.values_list("case__slug", flat=True)),
        "rests": queries.resting_on(subject, request.user),
    }


def added(
    request: HttpRequest, put: Callable[[Case], StoredFinding], section: str = "what-works"
) -> HttpResponse:
    """Put it on the case that the form names, then go and write the sentence that rests on it, in ``section``.

    Raises Http404 where there is no such case or no such thing.
    """
    form = AddForm(request.POST, cases=cases_seen_by(request.user, Permission.CONTRIBUTE))
    if not form.is_valid():
        raise Http404
    case = form.cleaned_data["case"]
    try:
        stored = put(case)
    except NothingThere as error:
        raise Http404 from error
    return redirect(f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}&section={section}")
