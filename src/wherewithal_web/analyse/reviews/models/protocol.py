"""Every version of a review's protocol, with who wrote it, when and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class ProtocolVersion(AppendOnlyModel):
    """One version. The newest holds; ``amends``: it was written after screening had begun, and says why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="protocol_versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    amends = models.BooleanField(default=False)
    why = models.CharField(max_length=1000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="protocol_versions_are_numbered")
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def protocol(self) -> Protocol:
        return Protocol.from_dict(self.body)
