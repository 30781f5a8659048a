"""A person's saved searches: what each finds now, and what of it is new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wherewithal.errors import BadInput
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.searching.asked import Asked
from wherewithal_web.analyse.library.searching.saved import saved_search_of, saved_searches_of
from wherewithal_web.analyse.library.views.reading import frame


@require_GET
def saved(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    kept = saved_searches_of(request.user)
    return render(request, "library/saved.jinja", {**frame(request), "kept": kept, **more}, status=status)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a search, then show it again with what was kept."""
    asked = Asked.from_address(request.POST.get("query", ""))
    try:
        kept = actions.save_search(by=request.user, name=request.POST.get("name", ""), asked=asked)
    except BadInput as error:
        return _list(request, status=422, problem=_words(error))
    messages.info(request, f"Saved as “{kept.name}”. When you run it again, it says what is new.")
    return redirect(f"{reverse('library:home')}?{kept.query}&saved={kept.pk}")


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    kept = saved_search_of(request.user, pk)
    actions.mark_seen(by=request.user, saved=kept)
    if request.POST.get("back") == "list":
        return redirect("library:saved")
    return redirect(f"{reverse('library:home')}?{kept.query}&saved={kept.pk}")


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    kept = saved_search_of(request.user, pk)
    typed = request.POST.get("name", "")
    try:
        actions.rename_search(by=request.user, saved=kept, name=typed)
    except BadInput as error:
        return _list(request, status=422, problem=_words(error), at=kept.pk, typed=typed)
    return redirect("library:saved")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    kept = saved_search_of(request.user, pk)
    actions.delete_search(by=request.user, saved=kept)
    messages.info(request, f"The search “{kept.name}” was deleted.")
    return redirect("library:saved")


def _words(error: BadInput) -> str:
    return " ".join(f"{problem.do} ({problem.where}: {problem.found})" for problem in error.problems)
