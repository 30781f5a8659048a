"""Home, the case itself, its stages, its history and its download."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wherewithal.thread.stages import Stage
from wherewithal_web.audit.queries import history_of
from wherewithal_web.cases import actions, permissions, queries
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.forms import CaseForm, StartForm
from wherewithal_web.cases.models import Case, CaseShare
from wherewithal_web.cases.outgoing import whole_case
from wherewithal_web.cases.past import told
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import may as may_at_all
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

SHOWN_TO_DO = 5


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    rows = []
    for case in queries.cases_seen_by(request.user).select_related("organisation"):
        lines = queries.lines_of(case)
        stages, _to_do = queries.stages_and_needs(case, lines)
        changed = {line.sentence.pk for line in lines if line.drift}
        rows.append(
            {
                "case": case,
                "stages": stages,
                "changed": len(changed),
                "decision": queries.standing_decision(case),
                "review_on": queries.next_review(case),
            }
        )
    shared = queries.cases_seen_by(request.user, Permission.VIEW_SHARED)
    return render(
        request,
        "cases/home.jinja",
        {
            "nav": "cases",
            "rows": rows,
            "shared": shared,
            "may_start": may_at_all(request.user, Permission.START_CASE),
            "may_curate": may_at_all(request.user, Permission.CURATE),
            "to_know": [line for room in rooms() for line in room.start(request.user)],
        },
    )


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    require(may_at_all(request.user, Permission.START_CASE))
    form = StartForm(posted(request), user=request.user)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        answers["started_in"] = Stage(answers["started_in"])
        case = actions.start_case(by=request.user, **answers)
        return redirect("cases:stage", case.slug, case.started_in.lower())
    return render(request, "cases/start.jinja", {"nav": "cases", "form": form})


@require_GET
def case(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.cases_seen_by(request.user).filter(slug=slug).select_related("organisation").first()
    if found is None:
        return _shared_only(request, slug)
    lines = queries.lines_of(found)
    stages, to_do = queries.stages_and_needs(found, lines)
    return render(
        request,
        "cases/case.jinja",
        {
            **case_frame(request, found),
            "stages": stages,
            "sections": queries.by_section(lines),
            "changed": [line for line in lines if line.drift],
            "to_do": to_do[:SHOWN_TO_DO],
            "more_to_do": max(0, len(to_do) - SHOWN_TO_DO),
            "panels": [panel for room in rooms() for panel in room.panels(found)],
            "unused": unused_findings(found, lines),
            "decision": queries.standing_decision(found),
            "review_on": queries.next_review(found),
            "waiting": queries.waiting_decision(found),
            "paper_href": next(
                (tool.href for room in rooms() for tool in room.tools(found) if room.room == "papers"), ""
            ),
        },
    )


def case_frame(request: HttpRequest, case: Case, share: CaseShare | None = None) -> dict:
    """What every page of a case knows: the case, what this person may do on it, and the way back.

    ``share`` is the person's place on the case, where the page has read it already.
    """
    share = share or permissions.share_of(request.user, case)
    held = share.role_now.permissions if share else frozenset()
    return {
        "nav": "cases",
        "case": case,
        "can": {permission.name.lower(): permission in held for permission in Permission},
        "crumbs": [(case.title, case.get_absolute_url())],
    }


def unused_findings(case: Case, lines: list[queries.Line]) -> list:
    """Findings on the thread that no sentence rests on yet, newest result on a subject only."""
    used = {row.subject for line in lines for row in line.findings}
    newest = {row.subject: row for row in queries.stored_findings_of(case).values()}
    return [row for subject, row in newest.items() if subject not in used]


def _shared_only(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.case_for(request.user, slug, Permission.VIEW_SHARED)
    share = CaseShare.objects.get(case=found, user=request.user)
    chosen = {sentence.pk for sentence in share.sentences.all()}
    sentences = [wording.text for sentence, wording in queries.sentences_of(found) if sentence.pk in chosen]
    return render(request, "cases/shared_only.jinja", {"nav": "cases", "case": found, "sentences": sentences})


@require_GET
def stage(request: HttpRequest, slug: str, stage: str) -> HttpResponse:
    found = queries.case_for(request.user, slug)
    named = next((each for each in Stage if each.lower() == stage), None)
    if named is None:
        raise Http404
    lines = queries.lines_of(found)
    stages, _to_do = queries.stages_and_needs(found, lines)
    links = {key: link(found) for room in rooms() for key, link in room.need_links.items()}
    return render(
        request,
        "cases/stage.jinja",
        {
            **case_frame(request, found),
            "stages": stages,
            "state": next(state for state in stages if state.stage is named),
            "links": links,
            "tools": [tool for room in rooms() for tool in room.tools(found) if tool.stage is named],
            "crumb": named,
        },
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.case_for(request.user, slug)
    require(permissions.may(request.user, Permission.SHARE, found))
    now = {
        "title": found.title,
        "question": found.question,
        "decision_body": found.decision_body,
        "decision_due": found.decision_due,
        "partners": [partner.pk for partner in found.partners.all()],
    }
    form = CaseForm(posted(request), initial=now, user=request.user)
    if form.is_valid():
        actions.change_case(by=request.user, case=found, **form.cleaned_data)
        return redirect(found)
    return render(
        request, "cases/change.jinja", {**case_frame(request, found), "form": form, "crumb": "Change"}
    )


@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.case_for(request.user, slug)
    return render(
        request,
        "cases/history.jinja",
        {
            **case_frame(request, found),
            "events": list(told(found, history_of(found.slug))),
            "crumb": "History",
        },
    )


@require_GET
def handover(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.case_for(request.user, slug)
    lines = queries.lines_of(found)
    stages, to_do = queries.stages_and_needs(found, lines)
    return render(
        request,
        "cases/handover.jinja",
        {
            **case_frame(request, found),
            "stages": stages,
            "to_do": to_do,
            "lines": lines,
            "changed": [line for line in lines if line.drift],
            "shares": found.shares.select_related("user"),
            "decision": queries.standing_decision(found),
            "review_on": queries.next_review(found),
            "waiting": queries.waiting_decision(found),
            "events": list(told(found, history_of(found.slug)[:10])),
            "crumb": "Handover",
        },
    )


@require_GET
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the case holds, as JSON: the data is the council's, and can leave at any time."""
    found = queries.case_for(request.user, slug)
    body = json.dumps(whole_case(found), indent=2, ensure_ascii=False, default=str)
    return HttpResponse(
        body,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.slug}.json"'},
    )
