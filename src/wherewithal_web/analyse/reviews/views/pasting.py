"""A table pasted from a PDF or a spreadsheet: seen as a table, its columns named, its rows previewed, then kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wherewithal.analyse.reviews.extraction.effect import Effect
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.pasted import (
    OF_AN_ARM,
    ROLES,
    Column,
    Pasted,
    given_of,
    guess,
    read_pasted,
)
from wherewithal.analyse.reviews.extraction.working import work_out
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Study
from wherewithal_web.analyse.reviews.views.studies import studies_frame
from wherewithal_web.cases.permissions import may
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@dataclass(frozen=True)
class Choice:
    """One thing a column can hold, as the page offers it."""

    value: str
    words: str


def choices() -> list[Choice]:
    """Every role, those of an arm once for each."""
    found = []
    for key, words in ROLES.items():
        if key in OF_AN_ARM:
            found += [Choice(f"{key}@{arm}", f"Arm {arm}: {words[0].lower()}{words[1:]}") for arm in "12"]
        else:
            found.append(Choice(key, words))
    return found


@dataclass(frozen=True)
class Seen:
    """One row as it would be kept: what it gives and its effect, or why it gives none."""

    row: int
    instrument: str
    given: Given | None = None
    effect: Effect | None = None
    problems: tuple[str, ...] = ()


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Nothing is kept until the last step, and the pasted text goes along from step to step."""
    study = queries.study_for(request.user, slug, number)
    require(may(request.user, Permission.CONTRIBUTE, study.case))
    plan = queries.plan_of(study.case)
    step = request.POST.get("step", "")
    text = request.POST.get("text", "")
    table, errors, seen = None, [], []
    columns: tuple[Column, ...] = ()
    if step:
        try:
            table = read_pasted(text)
            columns = guess(table) if step == "read" else _columns(request, table)
            if step in ("preview", "keep"):
                seen = _seen(request, table, columns, plan)
            if step == "keep":
                kept = _keep(request, study, table, seen)
                messages.info(request, f"Kept {counted(kept, 'result')} from the table.")
                return redirect(f"{study.get_absolute_url()}#results")
        except BadInput as error:
            errors = words_of(error)
    chosen = {row: request.POST.get(f"row{row}", "") for row in table.body} if table else {}
    return render(
        request,
        "reviews/paste.jinja",
        {
            **studies_frame(request, study.case, study),
            "text": text,
            "table": table,
            "columns": columns,
            "choices": choices(),
            "chosen": chosen,
            "plan": plan,
            "seen": seen,
            "errors": errors,
            "posted": request.POST,
            "ready": any(each.given for each in seen) and not errors,
        },
        status=400 if errors else 200,
    )


def _columns(request: HttpRequest, table: Pasted) -> tuple[Column, ...]:
    columns = []
    for place in range(table.width):
        role, _, arm = request.POST.get(f"column{place}", "").partition("@")
        if role not in ROLES or (role in OF_AN_ARM) != (arm in ("1", "2")):
            role, arm = "", ""
        columns.append(Column(role, arm))
    twice = [each for each in columns if each.role not in ("", "label") and columns.count(each) > 1]
    if twice:
        raise BadInput(f"Two columns hold the same: {ROLES[twice[0].role].lower()}. Leave one of them out.")
    return tuple(columns)


def _seen(request: HttpRequest, table: Pasted, columns: tuple[Column, ...], plan) -> list[Seen]:
    people = tuple(_people(request, side) for side in ("1", "2"))
    found = []
    for row in table.body:
        instrument = plan.instrument(request.POST.get(f"row{row}", ""))
        if instrument is None:
            continue
        try:
            given = given_of(table, row, columns, people=people)
        except BadInput as error:
            found.append(Seen(row, instrument.key, problems=tuple(words_of(error))))
            continue
        outcome = plan.outcome(instrument.outcome)
        try:
            effect = work_out(given, outcome.measure, turned=instrument.turned)
            found.append(Seen(row, instrument.key, given, effect))
        except BadInput as error:
            found.append(Seen(row, instrument.key, given, problems=tuple(words_of(error))))
    if not found:
        raise BadInput("Choose for at least one row which measure it gives.")
    return found


def _people(request: HttpRequest, side: str) -> float | None:
    text = request.POST.get(f"people{side}", "").strip().replace(",", "")
    if not text:
        return None
    if not text.isdigit() or int(text) < 1:
        raise BadInput(f"People in arm {side} are a whole number, not “{text[:40]}”.")
    return float(text)


def _keep(request: HttpRequest, study: Study, table: Pasted, seen: list[Seen]) -> int:
    """Keep the rows that could be read, all or none of them."""
    ready = [
        (each.instrument, each.given, " | ".join(filter(None, table.rows[each.row])))
        for each in seen
        if each.given is not None
    ]
    arms = [request.POST.get(f"arm{side}", "") for side in ("1", "2")]
    if not all(text.isdigit() for text in arms):
        raise BadInput("Choose which arm of the study is arm 1 and which is arm 2.")
    made = actions.keep_table(
        by=request.user,
        study=study,
        rows=ready,
        arms=(int(arms[0]), int(arms[1])),
        time_words=request.POST.get("time_words", ""),
        page=request.POST.get("page", ""),
    )
    return len(made)
