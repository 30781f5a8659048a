"""What every page of a review stands in."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse

from wherewithal.charts.chart import Chart
from wherewithal_web.cases.models import Case, CaseShare
from wherewithal_web.cases.views.case import case_frame

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def review_frame(request: HttpRequest, case: Case, share: CaseShare | None = None) -> dict:
    """The case's frame, with the way back to the review. ``share``: the person's place, where it was read already."""
    frame = case_frame(request, case, share)
    return {**frame, "crumbs": [*frame["crumbs"], ("Studies", f"{case.get_absolute_url()}reviews/")]}


def notes_on(case: Case) -> tuple[str, ...]:
    """What a file about a case has to say of its numbers before any is read."""
    return ("Made up for the demonstration.",) if case.made_up_figures else ()


def download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    kind = f"{kind}; charset=utf-8" if isinstance(content, str) else kind
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def chart_file(charts: Mapping[str, Chart], name: str, ending: str, *, case: Case, file: str) -> HttpResponse:
    """The figures of the chart of that name as CSV, or its drawing as SVG. Raises Http404 where there is none."""
    if name not in charts:
        raise Http404("There is no such chart.")
    if ending == "svg":
        return download(charts[name].file(), "image/svg+xml", f"{file}.svg")
    return download(charts[name].csv(source=case.title), "text/csv", f"{file}.csv")
