"""How an outcome is put together, and how sure people think it is. Both are only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.reviews.certainty.factors import STEPS, factor
from wherewithal.analyse.reviews.certainty.grading import Decision
from wherewithal.analyse.reviews.outcomes import OutcomeSettings
from wherewithal_web.analyse.reviews.models.versions import OutcomeChoices, numbered
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class OutcomeVersion(OutcomeChoices):
    """One version of how an outcome is put together and told; the newest holds. ``outcome`` is its key in the plan."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcome_versions")

    class Meta(OutcomeChoices.Meta):
        constraints = [numbered("outcome_versions_are_numbered")]

    @property
    def settings(self) -> OutcomeSettings:
        return OutcomeSettings.from_dict(self.body)


class CertaintyDecision(AppendOnlyModel):
    """What a person decided about one factor of certainty; the newest of an outcome and factor holds.

    ``numbers`` is the fingerprint of what they saw, so that it can be said when that has moved. ``way`` is how the
    outcome was put together: as a number or in words; the two are judged apart.
    """

    class Way(models.TextChoices):
        NUMBER = "number"
        WORDS = "words"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="certainty_decisions")
    outcome = models.CharField(max_length=60)
    factor = models.CharField(max_length=30)
    steps = models.SmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    numbers = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way, default=Way.NUMBER)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "outcome", "factor"], name="certainty_by_outcome")]

    def __str__(self) -> str:
        return f"{factor(self.factor).name}: {STEPS[self.steps]}"

    @property
    def decision(self) -> Decision:
        return Decision(self.factor, self.steps, self.reason, self.decided_by.name)
