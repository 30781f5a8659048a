"""What our area is like, and what people say of how alike a study is. Both are only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.reviews.transferability.resemblance import Ruling
from wherewithal_web.analyse.reviews.models.extraction import Study
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class AreaVersion(AppendOnlyModel):
    """One version of what counts as alike for our area, with where each thing is from; the newest holds."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="area_versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    why = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="area_versions_are_numbered")]

    def __str__(self) -> str:
        return f"Our area, version {self.number}"


class LikenessRuling(AppendOnlyModel):
    """What a person says of one characteristic of one study, where the rule cannot tell or gets it wrong.

    ``alike`` None: nobody can tell. It holds for what was compared then (``compared`` is its fingerprint); the newest
    counts. ``withdrawn``: left to the rule again.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="likeness_rulings")
    characteristic = models.CharField(max_length=60)
    alike = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    compared = models.CharField(max_length=64)
    withdrawn = models.BooleanField(default=False)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["study", "characteristic"], name="rulings_by_study")]

    def __str__(self) -> str:
        return f"{self.study.name}, {self.characteristic}"

    @property
    def ruling(self) -> Ruling:
        return Ruling(self.alike, self.reason, self.ruled_by.name)
