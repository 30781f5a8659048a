"""Proposing and confirming a decision, and holding it against today."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.thread.decision import TRANSITIONS, State
from wherewithal.thread.sections import SECTIONS
from wherewithal_web.cases import actions, permissions, queries
from wherewithal_web.cases.actions.decision import is_unchanged
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.forms import DecisionForm
from wherewithal_web.cases.models import Decision
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.clock import today
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import Refused, require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    case = queries.case_for(request.user, slug)
    require(permissions.may(request.user, Permission.PROPOSE, case))
    require(permissions.can_propose(case))
    choices = [(choice.name, choice.name) for room in rooms() for choice in room.choices(case)]
    form = DecisionForm(posted(request), choices=choices)
    if form.is_valid():
        decision = actions.propose_decision(by=request.user, case=case, **form.cleaned_data)
        return redirect("cases:decision", case.slug, decision.pk)
    lines = queries.lines_of(case)
    return render(
        request,
        "cases/propose.jinja",
        {
            **case_frame(request, case),
            "form": form,
            "changed": [line for line in lines if line.drift],
            "unsupported": [line for line in lines if not line.lanes],
            "lines": lines,
            "crumb": "Propose a decision",
        },
    )


@require_GET
def decision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The decision as it was made, each sentence with what has changed under it since."""
    case = queries.case_for(request.user, slug)
    made = get_object_or_404(Decision, case=case, pk=pk)
    snapshot = made.snapshot
    drift = snapshot.drift(queries.thread_of(case), today=today())
    frozen = {finding.fingerprint: finding for finding in snapshot.findings}
    unchanged = is_unchanged(made)
    moves = [
        (transition, permissions.can_move(made, request.user, transition.to, unchanged=unchanged))
        for transition in TRANSITIONS[made.state]
    ]
    needed = {State.WITHDRAWN: Permission.PROPOSE}
    return render(
        request,
        "cases/decision.jinja",
        {
            **case_frame(request, case),
            "made": made,
            "snapshot": snapshot,
            "sections": [
                (section, [claim for claim in snapshot.claims if claim.section == section.key])
                for section in SECTIONS
                if any(claim.section == section.key for claim in snapshot.claims)
            ],
            "frozen": frozen,
            "drift": drift,
            "unchanged": unchanged,
            "waits": made.state is State.PROPOSED,
            "moves": [
                (transition, verdict)
                for transition, verdict in moves
                if permissions.may(request.user, needed.get(transition.to, Permission.CONFIRM), case)
            ],
            "crumb": "Decision",
        },
    )


@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    case = queries.case_for(request.user, slug)
    made = get_object_or_404(Decision, case=case, pk=pk)
    wanted = next((state for state in State if state.name.lower() == request.POST.get("to")), None)
    if wanted is None:
        raise Refused("Choose what is to happen to the proposal: confirm it, send it back or take it back.")
    actions.move_decision(by=request.user, decision=made, to=wanted, words=request.POST.get("words", ""))
    messages.info(request, f"This decision is now {made.state}.")
    return redirect("cases:decision", case.slug, made.pk)
