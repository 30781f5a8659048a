"""Reading runs."""

from __future__ import annotations

from wherewithal_web.jobs.models import Run


def newest_run(kind: str, key: str = "") -> Run | None:
    """The run of that kind and key that was asked for last, open or ended."""
    return Run.objects.filter(kind=kind, key=key).select_related("asked_by").first()


def newest_runs(kind: str, most: int) -> list[Run]:
    """The runs of that kind that were asked for last, newest first."""
    return list(Run.objects.filter(kind=kind).select_related("asked_by")[:most])
