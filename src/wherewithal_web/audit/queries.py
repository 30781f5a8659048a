"""Reading the history. Callers check first that the person may see the case."""

from __future__ import annotations

from django.db.models import QuerySet

from wherewithal_web.audit.models import Event


def history_of(case_slug: str) -> QuerySet[Event]:
    """Everything that happened on one case, newest first."""
    return Event.objects.filter(case=case_slug)
