"""What each review of a case came to. Only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wherewithal.review.outcomes import VerdictKind
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case, Decision


class Verdict(AppendOnlyModel):
    """Continue, adapt or stop: why, on what, and when it is looked at again.

    ``decision`` is the one reviewed, if there was one; ``rests_on`` the primary keys of the stored findings
    that compared before with after on that day.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in VerdictKind])
    reason = models.TextField()
    on = models.DateField()
    next_review_on = models.DateField(null=True, blank=True)
    rests_on = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_review_on__isnull=True) | Q(next_review_on__gt=F("on")),
                name="next_review_after_this_one",
            ),
            models.CheckConstraint(
                condition=Q(verdict=VerdictKind.STOP.value) | Q(next_review_on__isnull=False),
                name="what_goes_on_is_reviewed_again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict.capitalize()}: {self.case}"
