"""Guidance and other lists: a whole list, one entry of it, and where to look for what."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wherewithal.analyse.library import Register, registers
from wherewithal.analyse.library.entry_finding import entry_subject
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.queries.places import LIST as PLACES
from wherewithal_web.analyse.library.views.adding import added, offered
from wherewithal_web.analyse.library.views.reading import frame


@require_GET
def list_page(request: HttpRequest, key: str) -> HttpResponse:
    one = _register(key)
    if one.rates:
        return redirect("library:register", key)
    if one.kind == "practice examples":
        return redirect("library:examples")
    if key == PLACES:
        return redirect("library:where_to_look")
    entries = queries.listed_entries(key)
    standing = [entry for entry in entries if not entry.gone]
    return render(
        request,
        "library/list.jinja",
        {
            **frame(request),
            "register": one,
            "copy": queries.newest_editions().get(key),
            "guides": queries.guides_in(standing) if any(entry.row.part_of for entry in standing) else [],
            "kinds": queries.by_type(standing),
            "gone": [entry for entry in entries if entry.gone],
            "count": len(standing),
            "names": queries.names_of(standing),
        },
    )


@require_GET
def entry(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    one = _register(key)
    found = queries.listed_entry(key, slug) if not one.rates else None
    if found is None:
        raise Http404
    around = frame(request)
    guide, parts = queries.guide_of(found)
    return render(
        request,
        "library/entry.jinja",
        {
            **around,
            "crumbs": [*around["crumbs"], (one.name, reverse("library:list", args=[key]))],
            "register": one,
            "entry": found,
            "guide": guide,
            "parts": parts,
            "names": queries.names_of([found]),
            **offered(request, entry_subject(key, slug)),
        },
    )


@require_POST
def add_entry(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Put an entry on a case's thread."""
    return added(request, lambda case: actions.add_entry(by=request.user, case=case, register=key, slug=slug))


@require_GET
def where_to_look(request: HttpRequest) -> HttpResponse:
    return render(request, "library/where_to_look.jinja", {**frame(request), "places": queries.places()})


def _register(key: str) -> Register:
    if key not in registers():
        raise Http404
    return registers()[key]
