"""What is chosen about an outcome, in versions: the newest holds, and why it differs from the one before is said."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal_web.audit.models import AppendOnlyModel


class OutcomeChoices(AppendOnlyModel):
    """One version of choices about an outcome of a case. ``outcome`` is its key in the plan, ``body`` what was chosen.

    A model of such versions says which case it belongs to, and that its versions are numbered.
    """

    outcome = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    why = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["outcome", "number"]

    def __str__(self) -> str:
        return f"{self.outcome}, version {self.number}"


def numbered(name: str) -> models.UniqueConstraint:
    """Each version of an outcome has a number of its own."""
    return models.UniqueConstraint(fields=["case", "outcome", "number"], name=name)
