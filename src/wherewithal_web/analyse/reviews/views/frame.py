"""What every page of a review stands in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wherewithal_web.cases.models import Case, CaseShare
from wherewithal_web.cases.views.case import case_frame

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def review_frame(request: HttpRequest, case: Case, share: CaseShare | None = None) -> dict:
    """The case's frame, with the way back to the review. ``share``: the person's place, where it was read already."""
    frame = case_frame(request, case, share)
    return {**frame, "crumbs": [*frame["crumbs"], ("Studies", f"{case.get_absolute_url()}reviews/")]}


def download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    kind = f"{kind}; charset=utf-8" if isinstance(content, str) else kind
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
