"""Who delivers and from when, what is measured, and the readings. Readings are only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wherewithal.do import delivery
from wherewithal.do.delivery import FigureKind, Polarity, ReadingKind
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class Delivery(models.Model):
    """Who delivers what was decided, and from when. One for each case; the history keeps what it was."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="delivery")
    provider = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Delivery of {self.case}"


class OutcomeMeasure(models.Model):
    """What will show whether it works. Once there is a reading of it, it stays as it is."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcome_measures")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in FigureKind])
    polarity = models.CharField(max_length=20, choices=[(way.value, way.value) for way in Polarity])
    unit = models.CharField(max_length=40, blank=True)
    how = models.CharField(max_length=300)
    validated = models.BooleanField()
    source = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="one_outcome_measure_a_key_a_case")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pure(self) -> delivery.OutcomeMeasure:
        return delivery.OutcomeMeasure(
            key=self.key,
            name=self.name,
            kind=FigureKind(self.kind),
            polarity=Polarity(self.polarity),
            how=self.how,
            validated=self.validated,
            unit=self.unit,
            source=self.source,
            source_url=self.source_url,
        )

    @property
    def is_share(self) -> bool:
        return self.kind == FigureKind.SHARE


class Reading(AppendOnlyModel):
    """One figure of one measure on one day. A correction is a newer reading of the same kind."""

    measure = models.ForeignKey(OutcomeMeasure, on_delete=models.CASCADE, related_name="readings")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ReadingKind])
    on = models.DateField()
    families = models.PositiveIntegerField()
    count = models.PositiveIntegerField(null=True)
    mean = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(families__gte=1), name="a_reading_of_one_family_or_more"),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count__lte=F("families")),
                name="a_count_within_its_families",
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=False, mean__isnull=True, sd__isnull=True)
                | Q(count__isnull=True, mean__isnull=False),
                name="a_count_or_an_average",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.measure}"

    @property
    def pure(self) -> delivery.Reading:
        return delivery.Reading(
            measure=self.measure.pure,
            kind=ReadingKind(self.kind),
            on=self.on,
            families=self.families,
            count=self.count,
            mean=self.mean,
            sd=self.sd,
        )
