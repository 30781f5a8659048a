"""A refusal becomes a page that gives its reason, wherever in a request it was raised."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wherewithal_web.people.permissions import Refused


class RefusalMiddleware:
    """Turns ``Refused`` into a 403 page with the reason. Anything else passes through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "components/refused.jinja", {"reason": exception.reason}, status=403)
