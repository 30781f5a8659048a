"""Options as people enter them: working figures, changed freely. What they came to is kept as findings."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from wherewithal.plan.options import DEFAULT_PACK, CostKind, Kind
from wherewithal_web.cases.models import Case, StoredFinding


class Horizon(models.Model):
    """The years that a case's options are compared over, the prices they are in and the rates they use."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="horizon")
    first_year = models.PositiveSmallIntegerField(help_text="2026 for the financial year 2026/27")
    years = models.PositiveSmallIntegerField()
    price_year = models.PositiveSmallIntegerField()
    pack = models.CharField(max_length=60, default=DEFAULT_PACK)

    def __str__(self) -> str:
        return f"{self.years} years from {self.first_year}"


class Option(models.Model):
    """One option of a case. ``evidence`` are findings of the case that say what is known about it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="options")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    position = models.PositiveSmallIntegerField()
    share_low = models.FloatField(default=0)
    share_central = models.FloatField(default=0)
    share_high = models.FloatField(default=0)
    group_low = models.FloatField(null=True, blank=True)
    group_central = models.FloatField(null=True, blank=True)
    group_high = models.FloatField(null=True, blank=True)
    evidence = models.ManyToManyField(StoredFinding, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="one_option_a_key_a_case"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(kind=Kind.BUSINESS_AS_USUAL.value),
                name="one_business_as_usual_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("options:option", args=[self.case.slug, self.key])


class Figure(models.Model):
    """A quantity in one year, as expected and with its range. ``year`` counts from 1."""

    year = models.PositiveSmallIntegerField()
    low = models.FloatField()
    central = models.FloatField()
    high = models.FloatField()

    class Meta:
        abstract = True
        ordering = ["year"]

    def __str__(self) -> str:
        return f"year {self.year}: {self.central:g}"


class StartFigure(Figure):
    """Families who start an option in one year."""

    line = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="start")

    class Meta(Figure.Meta):
        constraints = [models.UniqueConstraint(fields=["line", "year"], name="one_start_a_year")]


class CostLine(models.Model):
    """What an option spends money on, and who pays."""

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="costs")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in CostKind])
    paid_by = models.CharField(max_length=120)
    from_grant = models.BooleanField(default=False)
    useful_elsewhere = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class CostFigure(Figure):
    """Pounds of one cost line in one year, in the case's prices."""

    line = models.ForeignKey(CostLine, on_delete=models.CASCADE, related_name="amounts")

    class Meta(Figure.Meta):
        constraints = [models.UniqueConstraint(fields=["line", "year"], name="one_cost_a_year")]


class StaffLine(models.Model):
    """Staff of one role that an option needs, against those in post."""

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="staff")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=120)
    in_post = models.FloatField(default=0)
    trained = models.FloatField(default=0)
    training_weeks = models.FloatField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.role


class StaffFigure(Figure):
    """Full-time equivalents of one role in one year."""

    line = models.ForeignKey(StaffLine, on_delete=models.CASCADE, related_name="fte")

    class Meta(Figure.Meta):
        constraints = [models.UniqueConstraint(fields=["line", "year"], name="one_staff_a_year")]
