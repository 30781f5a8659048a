"""Looks at whether enough was read, random checks of the unread, and the decision to stop."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.conf import settings
from django.db import models

from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class RandomCheck(AppendOnlyModel):
    """A draw of all that was unread when it began, in an order that ``seed`` gives. The newest counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="random_checks")
    seed = models.BigIntegerField()
    unread = models.PositiveIntegerField()
    earlier = models.PositiveIntegerField(help_text="relevant records found before it began")
    begun_after = models.BigIntegerField(help_text="number of the last decision before it began")
    order = models.BinaryField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Random check of {self.unread:,} unread"

    @property
    def numbers(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.frombuffer(bytes(self.order), dtype="<i8")


class StopDecision(AppendOnlyModel):
    """Somebody looked whether enough was read, and stopped or read on. ``numbers`` are those they saw."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stop_decisions")
    stops = models.BooleanField()
    rule = models.CharField(max_length=20, help_text="looks, check, everything, or a reason of their own")
    numbers = models.JSONField()
    words = models.TextField(help_text="where it stood, as the page said it")
    assumption = models.TextField(blank=True)
    why = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return "stopped reading" if self.stops else "read on"
