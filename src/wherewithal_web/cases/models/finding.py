"""Findings as they are kept, and what happened to their sources. All of it is only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from wherewithal.thread import Finding, Lane
from wherewithal.thread.drift import OF_A_SOURCE
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models.case import Case


class StoredFinding(AppendOnlyModel):
    """One finding. ``body`` is the whole of it; the other columns are for looking it up.

    Without a case it is seen by the whole installation (the library's findings are). With one, it came from
    that case's own material and is seen by those who may see the case. ``supersedes`` points back at the
    row it replaces, so that an older row is never touched.
    """

    fingerprint = models.CharField(max_length=64, db_index=True)
    lane = models.CharField(max_length=20, choices=[(lane.value, lane.value) for lane in Lane])
    subject = models.CharField(max_length=300, db_index=True)
    title = models.CharField(max_length=300)
    body = models.JSONField()
    found_on = models.DateField()
    look_again = models.DateField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="own_findings")
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(case__isnull=True, supersedes__isnull=True),
                name="one_first_finding_a_subject",
            ),
            models.UniqueConstraint(
                fields=["case", "subject"],
                condition=Q(case__isnull=False, supersedes__isnull=True),
                name="one_first_finding_a_subject_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def finding(self) -> Finding:
        return Finding.from_dict(self.body)


class CaseFinding(AppendOnlyModel):
    """A finding put on a case's thread, by whom and when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    finding = models.ForeignKey(StoredFinding, on_delete=models.PROTECT, related_name="on_cases")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "finding"], name="a_finding_once_a_case")]

    def __str__(self) -> str:
        return f"{self.finding} on {self.case}"


class SourceEvent(AppendOnlyModel):
    """A source was withdrawn, retracted or re-rated, or a notice about it was published."""

    source_key = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in OF_A_SOURCE])
    on = models.DateField()
    words = models.CharField(max_length=500)
    url = models.URLField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.source_key} {self.kind}"
