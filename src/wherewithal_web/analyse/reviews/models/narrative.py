"""How an outcome is put together in words, and which way reports say it went. Both are only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.analyse.reviews.narrative.choices import NarrativeChoices
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.narrative.pointing import Described
from wherewithal.plain_english import listed
from wherewithal_web.analyse.reviews.models.extraction import Study
from wherewithal_web.analyse.reviews.models.versions import OutcomeChoices, numbered
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class NarrativeVersion(OutcomeChoices):
    """One version of what was chosen about an outcome in words, and of its report; the newest holds."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="narrative_versions")

    class Meta(OutcomeChoices.Meta):
        constraints = [numbered("narrative_versions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.outcome} in words, version {self.number}"

    @property
    def choices(self) -> NarrativeChoices:
        return NarrativeChoices.from_dict(self.body)


class DescribedDirection(AppendOnlyModel):
    """Which way a report says an outcome went, in its own words; the newest of a study and outcome holds.

    ``withdrawn``: it was not said after all. ``readers`` is set by whoever reads rows together: those who read it so.
    """

    readers: tuple[str, ...] = ()

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="described_directions")
    outcome = models.CharField(max_length=60)
    direction = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Direction])
    people = models.PositiveIntegerField(null=True)
    page = models.CharField(max_length=60)
    quotation = models.CharField(max_length=2000)
    withdrawn = models.BooleanField(default=False)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["study", "outcome"], name="directions_by_outcome")]

    def __str__(self) -> str:
        return f"{self.study.name}: {self.direction}"

    @property
    def described(self) -> Described:
        return Described(
            str(self.study.number),
            Direction(self.direction),
            Place(self.page, self.quotation),
            listed(self.readers or (self.read_by.name,)),
            self.people,
        )
