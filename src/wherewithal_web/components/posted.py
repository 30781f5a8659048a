"""What a form was given, if it was sent at all."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The posted fields, also when there are none; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
