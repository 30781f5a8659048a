"""How the interventions of an outcome are set beside each other as a network. Only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.reviews.networks import NetworkSettings
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class NetworkVersion(AppendOnlyModel):
    """One version of an outcome's network: whose arms are which intervention, how it is fitted. The newest holds."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="network_versions")
    outcome = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    why = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["outcome", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "outcome", "number"], name="network_versions_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome}, version {self.number}"

    @property
    def settings(self) -> NetworkSettings:
        return NetworkSettings.from_dict(self.body)
