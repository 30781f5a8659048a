"""Somebody looked at a source again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal_web.audit.models import AppendOnlyModel


class SourceCheck(AppendOnlyModel):
    """One look at one thing's own page: ``subject`` is its key in the search index, or "register:" and a key."""

    OUTCOMES = {
        "same": "nothing has changed",
        "changed": "it has changed: our copy needs the new facts",
        "gone": "it is no longer there",
    }

    subject = models.CharField(max_length=200, db_index=True)
    outcome = models.CharField(max_length=20, choices=list(OUTCOMES.items()))
    note = models.CharField(max_length=500, blank=True)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} on {self.on}"
