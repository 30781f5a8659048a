"""Pages that belong to no room: errors that say what to do, the accessibility page, and a sign of life."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "components/accessibility.jinja")


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Whether the workbench answers and its database too."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "components/failed.jinja", {"title": "That request could not be read"}, status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = getattr(exception, "reason", "You may not do this here.")
    return render(request, "components/refused.jinja", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "components/not_found.jinja", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "components/failed.jinja", {"title": "Something went wrong here"}, status=500)
