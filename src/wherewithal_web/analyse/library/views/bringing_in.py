"""Bringing in a register edition: the file, what it would change, and the person's yes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wherewithal.analyse.library import columns_of, register, registers
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.forms import EditionForm
from wherewithal_web.analyse.library.models import WaitingEdition
from wherewithal_web.analyse.library.views.differences import COLUMN_WORDS
from wherewithal_web.analyse.library.views.reading import frame
from wherewithal_web.clock import today
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import too_large, words_of
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.CURATE))
    initial = {"register": request.GET.get("register", ""), "edition_date": today()}
    form = EditionForm(posted(request), request.FILES or None, initial=initial)
    problems: tuple = ()
    if getattr(request, "upload_too_large", False):
        form = EditionForm({}, initial=initial)
        form.is_valid()
        form.errors.clear()
        form.add_error("file", words_of(too_large()))
    elif request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            waiting = actions.keep_for_a_look(
                by=request.user,
                file=answers["file"],
                register="" if answers["register"] == actions.EVERY else answers["register"],
                edition_date=answers["edition_date"],
                complete=answers["part"] == "whole",
                origin=answers["origin"],
            )
        except BadInput as error:
            form.add_error("file", error.message)
            problems = error.problems
        else:
            return redirect("library:look", waiting.pk)
    return render(
        request,
        "library/bring_in.jinja",
        {**frame(request), "form": form, "problems": problems, "columns": _columns(form["register"].value())},
    )


def _columns(chosen: str) -> list[tuple[str, tuple[str, ...]]]:
    """The columns of the chosen register's files, or of each of the two kinds where none is chosen."""
    if chosen in registers():
        return [(register(chosen).name, columns_of(register(chosen)))]
    rating = next(one for one in registers().values() if one.rates)
    listing = next((one for one in registers().values() if not one.rates), rating)
    return [
        ("A register that rates programmes", columns_of(rating)),
        ("A list of guidance, places to look or practice examples", columns_of(listing)),
    ]


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would change, before a person accepts it."""
    require(may(request.user, Permission.CURATE))
    waiting = get_object_or_404(WaitingEdition, pk=pk, added_by=request.user)
    again = f"{reverse('library:bring_in')}?register={waiting.register}"
    if request.method == "POST" and request.POST.get("answer") == "leave":
        actions.leave_edition(by=request.user, waiting=waiting)
        messages.info(request, "The file was left. Nothing was changed.")
        return redirect(again)
    try:
        if request.method == "POST":
            applied = actions.accept_edition(by=request.user, waiting=waiting)
            messages.info(request, _said(applied))
            return _after(applied)
        found = actions.load_waiting(waiting)
    except BadInput as error:
        messages.info(request, str(error))
        return redirect(again)
    resting = queries.Resting(request.user)
    return render(
        request,
        "library/look.jinja",
        {
            **frame(request),
            "waiting": waiting,
            "look": found,
            "effects": [(each, resting.on(each.subject)) for each in found.effects],
            "column_words": COLUMN_WORDS,
        },
    )


def _after(applied: actions.AppliedTogether) -> HttpResponse:
    """To the edition that came in; where there are several, to the registers."""
    if len(applied.editions) > 1:
        return redirect("library:registers")
    stored, _difference = applied.editions[0]
    return redirect("library:edition", stored.register, stored.day)


def _said(applied: actions.AppliedTogether) -> str:
    if len(applied.editions) == 1:
        stored, difference = applied.editions[0]
        words = f"{stored} is in: {difference.words}."
    else:
        words = f"{counted(len(applied.editions), 'edition')} are in."
    if applied.refreshed:
        count = counted(len(applied.refreshed), "newer finding")
        words += f" {count} went to the cases that rest on what changed."
    return words
