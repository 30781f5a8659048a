"""How the interventions of an outcome are set beside each other as a network. Only ever added to."""

from __future__ import annotations

from django.db import models

from wherewithal.analyse.reviews.networks import NetworkSettings
from wherewithal_web.analyse.reviews.models.versions import OutcomeChoices, numbered
from wherewithal_web.cases.models import Case


class NetworkVersion(OutcomeChoices):
    """One version of an outcome's network: whose arms are which intervention, how it is fitted. The newest holds."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="network_versions")

    class Meta(OutcomeChoices.Meta):
        constraints = [numbered("network_versions_are_numbered")]

    @property
    def settings(self) -> NetworkSettings:
        return NetworkSettings.from_dict(self.body)
