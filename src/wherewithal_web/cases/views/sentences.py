"""Writing sentences, noting what people said, and answering what changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wherewithal_web.cases import actions, queries
from wherewithal_web.cases.forms import DriftForm, JudgementForm, SentenceForm, VoiceForm
from wherewithal_web.cases.models import Case, Sentence
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.clock import today
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


def _case_to_work_on(request: HttpRequest, slug: str) -> Case:
    case = queries.case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    return case


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    initial = {"section": request.GET.get("section", "why-here")}
    chosen = request.GET.get("finding", "")
    if chosen.isdigit():
        initial["rests_on"] = [int(chosen)]
    form = SentenceForm(posted(request), initial=initial, case=case)
    if form.is_valid():
        sentence = actions.write_sentence(by=request.user, case=case, **form.cleaned_data)
        return redirect(f"{case.get_absolute_url()}#{sentence.key}")
    return render(
        request,
        "cases/sentence.jinja",
        {**case_frame(request, case), "form": form, "crumb": "Add a sentence"},
    )


@require_http_methods(["GET", "POST"])
def reword(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    sentence = get_object_or_404(Sentence, case=case, pk=pk)
    was = queries.current_wording(sentence)
    initial = {
        "text": was.text,
        "rests_on": was.cites,
        "judgement_by": was.judgement_by,
        "section": sentence.section,
    }
    form = SentenceForm(posted(request), initial=initial, case=case)
    del form.fields["section"]
    if form.is_valid():
        actions.reword_sentence(by=request.user, sentence=sentence, **form.cleaned_data)
        return redirect(f"{case.get_absolute_url()}#{sentence.key}")
    return render(
        request,
        "cases/sentence.jinja",
        {
            **case_frame(request, case),
            "form": form,
            "sentence": sentence,
            "wordings": list(sentence.wordings.all())[:-1],
            "crumb": "Change a sentence",
        },
    )


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    actions.remove_sentence(by=request.user, sentence=get_object_or_404(Sentence, case=case, pk=pk))
    messages.info(request, "The sentence is out of the case. It stays in the history.")
    return redirect(case)


@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    sentence = get_object_or_404(Sentence, case=case, pk=pk)
    actions.move_sentence(by=request.user, sentence=sentence, earlier=request.POST.get("to") == "earlier")
    back = request.POST.get("back", "")
    return redirect(
        back if back.startswith(f"/cases/{case.slug}/") else f"{case.get_absolute_url()}#{sentence.key}"
    )


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, slug: str, pk: int, key: str) -> HttpResponse:
    """One change under one sentence: what was, what is, and the person's answer."""
    case = _case_to_work_on(request, slug)
    line = next((line for line in queries.lines_of(case) if line.sentence.pk == pk), None)
    drift = next((each for each in line.drift if each.change.key == key), None) if line else None
    if line is None or drift is None:
        raise Http404
    thread = queries.thread_of(case)
    newer = queries.stored_finding(case, drift.change.newer)
    form = DriftForm(posted(request), initial={"new_text": ""})
    if newer is None:
        del form.fields["cite_newer"]
    if form.is_valid():
        rests_on = list(line.findings)
        if form.cleaned_data.get("cite_newer") and newer:
            rests_on = [newer if row.fingerprint == drift.change.finding else row for row in rests_on]
        actions.answer_drift(
            by=request.user,
            sentence=line.sentence,
            change=drift.change,
            reason=form.cleaned_data["reason"],
            new_text=form.cleaned_data["new_text"],
            rests_on=rests_on,
        )
        messages.info(request, "Your answer is recorded. You will hear again when something else changes.")
        return redirect(f"{case.get_absolute_url()}#{line.sentence.key}")
    return render(
        request,
        "cases/changes.jinja",
        {
            **case_frame(request, case),
            "form": form,
            "line": line,
            "drift": drift,
            "was": thread.findings[drift.change.finding],
            "now": thread.findings.get(drift.change.newer),
            "crumb": "What changed",
        },
    )


@require_http_methods(["GET", "POST"])
def judgement(request: HttpRequest, slug: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    form = JudgementForm(
        posted(request),
        initial={"on": today(), "judged_by": request.user.name, "role": request.user.job_title},
    )
    if form.is_valid():
        stored = actions.note_judgement(by=request.user, case=case, **form.cleaned_data)
        return redirect(f"{write_address(case)}?finding={stored.pk}")
    return render(
        request, "cases/judgement.jinja", {**case_frame(request, case), "form": form, "crumb": "A judgement"}
    )


@require_http_methods(["GET", "POST"])
def voice(request: HttpRequest, slug: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    form = VoiceForm(posted(request), initial={"on": today()})
    if form.is_valid():
        stored = actions.note_families_voice(by=request.user, case=case, **form.cleaned_data)
        return redirect(f"{write_address(case)}?finding={stored.pk}&section=families")
    return render(
        request,
        "cases/voice.jinja",
        {**case_frame(request, case), "form": form, "crumb": "What families say"},
    )


def write_address(case: Case) -> str:
    return f"{case.get_absolute_url()}sentences/new/"
