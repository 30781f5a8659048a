"""Decisions, each on its frozen snapshot, and the steps they went through."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from wherewithal.thread import Snapshot
from wherewithal.thread.decision import State
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models.case import Case


class Decision(AppendOnlyModel):
    """What was proposed, on which account of the case. Its state is its newest step's."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    option = models.CharField(max_length=300)
    reason = models.TextField()
    decided_on = models.DateField(help_text="the day of the meeting that decides")
    review_on = models.DateField()
    snapshot_body = models.JSONField()
    snapshot_fingerprint = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(review_on__gt=F("decided_on")), name="review_after_decision")
        ]

    def __str__(self) -> str:
        return self.option

    @cached_property
    def snapshot(self) -> Snapshot:
        return Snapshot.from_dict(self.snapshot_body)

    @property
    def last_step(self) -> DecisionStep | None:
        return max(self.steps.all(), key=lambda step: step.pk, default=None)

    @property
    def state(self) -> State:
        step = self.last_step
        return State(step.to_state) if step else State.PROPOSED


class DecisionStep(AppendOnlyModel):
    """One move of a decision: confirmed, sent back or taken back, by whom."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="steps")
    to_state = models.CharField(max_length=40, choices=[(s.value, s.value) for s in State])
    words = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.to_state}"
