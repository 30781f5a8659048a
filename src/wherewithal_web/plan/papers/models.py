"""The one living paper of a case. Its sentences are the case's own: nothing is written twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from wherewithal.plan.papers import BUSINESS_CASE
from wherewithal_web.cases.models import Case


class Paper(models.Model):
    """Somebody started a paper for this case, in the order of ``template``."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="paper")
    template = models.CharField(max_length=60, default=BUSINESS_CASE)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Paper of {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("papers:paper", args=[self.case.slug])
