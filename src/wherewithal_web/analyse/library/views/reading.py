"""Looking things up: a programme, and the rules by which it is read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.library import RULES, subject_of
from wherewithal.analyse.library.disagreement_finding import disagreement_subject
from wherewithal.analyse.library.fit import ages_named_in, compare_ages
from wherewithal.analyse.library.reading import ProgrammeReading, absent_registers
from wherewithal.analyse.library.rules import BAND_MEANINGS, PRINCIPLES, RULES_VERSION
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.models import Programme
from wherewithal_web.analyse.library.views.adding import added, offered
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import cases_seen_by
from wherewithal_web.people.permissions import may
from wherewithal_web.people.roles import Permission


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page of the library knows: the case it was entered from, if any, and what this person may do."""
    slug = request.GET.get("case", "")
    case = cases_seen_by(request.user, Permission.CONTRIBUTE).filter(slug=slug).first() if slug else None
    return {
        "nav": "library",
        "for_case": case,
        "and_case": f"?case={case.slug}" if case else "",
        "may_curate": bool(may(request.user, Permission.CURATE)),
        "crumbs": [("Library", f"/library/{f'?case={case.slug}' if case else ''}")],
    }


@require_GET
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    listed = get_object_or_404(Programme, slug=slug)
    reading = queries.reading_of(slug)
    if reading is None:
        raise Http404
    around = frame(request)
    approaches = all(view.register.approaches for view in reading.views)
    absent = [
        one
        for one in absent_registers(reading.views, queries.held_registers())
        if one.kind == "register" and one.approaches is approaches
    ]
    return render(
        request,
        "library/programme.jinja",
        {
            **around,
            "programme": listed,
            "reading": reading,
            "absent": absent,
            "family": queries.family_of(listed),
            "guidance": queries.entries_naming(slug, "guidance"),
            "studies": queries.studies_about(slug),
            "examples": queries.examples_about(slug),
            "disagreement_on": offered(request, disagreement_subject(slug))["on_thread"],
            "fit": _fit(around["for_case"], reading),
            **offered(request, subject_of(slug)),
        },
    )


def _fit(case: Case | None, reading: ProgrammeReading) -> list[str]:
    """How the ages a case speaks of lie to those evaluated, a line for each that a register gives."""
    wanted = ages_named_in(f"{case.title} {case.question}") if case else None
    if wanted is None:
        return []
    rows = (view.standing.row for view in reading.views)
    lines = [compare_ages(wanted, row.ages_evaluated) for row in rows if row.ages_evaluated]
    return list(dict.fromkeys(filter(None, lines)))


@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the programme's reading on a case's thread, then go and write the sentence that rests on it."""
    return added(request, lambda case: actions.add_reading(by=request.user, case=case, slug=slug))


@require_POST
def add_disagreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Put on a case's thread that registers disagree about the programme, then write the sentence that rests on it."""
    return added(request, lambda case: actions.add_disagreement(by=request.user, case=case, slug=slug))


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "library/rules.jinja",
        {
            **frame(request),
            "rules": RULES,
            "version": RULES_VERSION,
            "principles": PRINCIPLES,
            "bands": BAND_MEANINGS,
            "registers": queries.held_registers(),
        },
    )
