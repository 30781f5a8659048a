"""Reading runs."""

from __future__ import annotations

from wherewithal_web.jobs.models import Run


def newest_run(kind: str, key: str = "") -> Run | None:
    """The run of that kind and key that was asked for last, open or ended."""
    return Run.objects.filter(kind=kind, key=key).select_related("asked_by").first()
