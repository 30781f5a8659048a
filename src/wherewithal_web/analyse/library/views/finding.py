"""The search over everything the library holds."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import Programme
from wherewithal_web.analyse.library.views.reading import frame

A_PAGE = 25


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").split())[:200]
    rows = Programme.objects.filter(name__icontains=text).prefetch_related("lines")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "library/home.jinja",
        {
            **frame(request),
            "crumbs": [],
            "text": text,
            "page": page,
            "all_of_them": Programme.objects.count(),
            "registers": queries.held_registers(),
            "newest": queries.newest_editions(),
        },
    )
