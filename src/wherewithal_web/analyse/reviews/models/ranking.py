"""The order of reading, as a model learnt it."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db import models

from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class Ranking(AppendOnlyModel):
    """One lesson: which model, from which decisions, and the fingerprint of the order it gave.

    Kept for ever, so that anybody can learn the same again from the log and see the same order. ``learnt_to`` is
    the number of the last decision it knew, ``records`` how many it put in order, ``protocol`` the version whose
    words it started from (0: none); ``duplicate_search`` and ``ruled_to`` tell which records were one work.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rankings")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    seed = models.BigIntegerField()
    protocol = models.PositiveIntegerField(default=0)
    decisions = models.PositiveIntegerField()
    learnt_to = models.BigIntegerField()
    records = models.PositiveIntegerField()
    order_sha256 = models.CharField(max_length=64)
    duplicate_search = models.ForeignKey(
        "reviews.DuplicateSearch", null=True, on_delete=models.CASCADE, related_name="+"
    )
    ruled_to = models.BigIntegerField(default=0, help_text="number of the newest ruling about duplicates")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="rankings_are_numbered")]

    def __str__(self) -> str:
        return f"Ranking {self.number}, learnt from {self.decisions:,} decisions"


class RankingOrder(models.Model):
    """The order itself, kept for the newest ranking only: unread records' numbers as 64-bit integers, and why.

    ``why`` gives for the first records what speaks for and against each, and what it is like.
    """

    ranking = models.OneToOneField(Ranking, on_delete=models.CASCADE, related_name="stored")
    order = models.BinaryField()
    why = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.ranking)

    @property
    def numbers(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.frombuffer(bytes(self.order), dtype="<i8")
