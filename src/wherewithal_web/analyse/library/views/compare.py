"""Up to five programmes side by side, on a page, as a spreadsheet and as a Word file."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from wherewithal.analyse.library.comparison import MOST, NOTE
from wherewithal.analyse.library.comparison_docx import comparison_docx
from wherewithal.analyse.library.comparison_sources import comparison_table
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.searching.beside import offered_beside
from wherewithal_web.analyse.library.views.reading import frame
from wherewithal_web.clock import today

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    now = queries.chosen_to_compare(request.GET.getlist("p"))
    around = frame(request)
    case = around["for_case"].slug if around["for_case"] else ""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    return render(
        request,
        "library/compare.jinja",
        {
            **around,
            "chosen": now,
            "case": case,
            "side": queries.side_by_side(now.slugs) if now.can_compare else None,
            "note": NOTE,
            "without": {
                slug: _address([other for other in now.slugs if other != slug], case) for slug in now.slugs
            },
            "query": urlencode([("p", slug) for slug in now.slugs]),
            "text": text,
            "offered": [] if now.too_many else offered_beside(now.programmes, text),
            "most": MOST,
        },
    )


def _address(slugs: list[str], case: str) -> str:
    query = [*(("p", slug) for slug in slugs), *((("case", case),) if case else ())]
    return f"{reverse('library:compare')}{'?' if query else ''}{urlencode(query)}"


@require_GET
def compare_csv(request: HttpRequest) -> HttpResponse:
    side = _asked_for(request)
    text = comparison_table(side.comparison, side.copies, day=today())
    return _file(text.encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


@require_GET
def compare_docx(request: HttpRequest) -> HttpResponse:
    side = _asked_for(request)
    document = comparison_docx(side.comparison, side.copies, day=today(), written_at=timezone.now())
    return _file(document, WORD, "docx")


def _asked_for(request: HttpRequest) -> queries.SideBySide:
    """The comparison of an address. Raises Http404 where fewer than two or more than five of it are here."""
    now = queries.chosen_to_compare(request.GET.getlist("p"))
    if not now.can_compare:
        raise Http404
    return queries.side_by_side(now.slugs)


def _file(data: bytes, content_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    name = f"programmes-compared-{today().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
