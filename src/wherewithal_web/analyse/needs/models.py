"""Published figures as they were brought in, file by file. All of it is only ever added to.

A newer file never touches the rows of an older one: what a value was in an earlier edition can always be shown.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.plain_english import long_date
from wherewithal.sources.fingertips import LONGEST_TEXT
from wherewithal_web.audit.models import AppendOnlyModel


class DataFile(AppendOnlyModel):
    """One file, which is one edition of the figures in it. ``made_up`` marks demonstration figures."""

    class Provider(models.TextChoices):
        FINGERTIPS = "fingertips", "Fingertips"

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    provider = models.CharField(max_length=20, choices=Provider, default=Provider.FINGERTIPS)
    made_up = models.BooleanField(default=False)
    rows = models.PositiveIntegerField()
    repeated = models.PositiveIntegerField(help_text="rows left out because they said the same again")
    without_value = models.PositiveIntegerField()
    first_period = models.CharField(max_length=LONGEST_TEXT)
    last_period = models.CharField(max_length=LONGEST_TEXT)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_on = models.DateField()
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> str:
        """Which figures these are, in words."""
        return f"{self.name}, brought in on {long_date(self.imported_on)}"

    @property
    def area_count(self) -> int:
        """How many areas it holds; one that is listed under two area types counts once."""
        return len({area.code for area in self.areas.all()})


class HeldIndicator(AppendOnlyModel):
    """One indicator of one file."""

    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="indicators")
    indicator_id = models.CharField(max_length=LONGEST_TEXT, db_index=True)
    name = models.CharField(max_length=LONGEST_TEXT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "indicator_id"], name="an_indicator_once_a_file")
        ]

    def __str__(self) -> str:
        return self.name


class HeldArea(AppendOnlyModel):
    """One area of one file, under one of the area types it is listed by."""

    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=LONGEST_TEXT, db_index=True)
    name = models.CharField(max_length=LONGEST_TEXT)
    type = models.CharField(max_length=LONGEST_TEXT)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["file", "code", "type"], name="an_area_once_a_file")]

    def __str__(self) -> str:
        return self.name


class IndicatorValue(AppendOnlyModel):
    """One published value: the fields of ``wherewithal.sources.fingertips.IndicatorRow``."""

    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="values")
    area = models.ForeignKey(HeldArea, on_delete=models.CASCADE, related_name="values")
    row = models.PositiveIntegerField(help_text="the line of the file")
    indicator_id = models.CharField(max_length=LONGEST_TEXT)
    area_code = models.CharField(max_length=LONGEST_TEXT)
    parent_code = models.CharField(max_length=LONGEST_TEXT, blank=True)
    parent_name = models.CharField(max_length=LONGEST_TEXT, blank=True)
    sex = models.CharField(max_length=LONGEST_TEXT, blank=True)
    age = models.CharField(max_length=LONGEST_TEXT, blank=True)
    category_type = models.CharField(max_length=LONGEST_TEXT, blank=True)
    category = models.CharField(max_length=LONGEST_TEXT, blank=True)
    period = models.CharField(max_length=LONGEST_TEXT)
    order = models.BigIntegerField()
    value = models.FloatField(null=True)
    low95 = models.FloatField(null=True)
    high95 = models.FloatField(null=True)
    low998 = models.FloatField(null=True)
    high998 = models.FloatField(null=True)
    count = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.TextField(blank=True)
    recent_trend = models.CharField(max_length=LONGEST_TEXT, blank=True)
    compared_to_england = models.CharField(max_length=LONGEST_TEXT, blank=True)
    compared_to_parent = models.CharField(max_length=LONGEST_TEXT, blank=True)
    compared_to_goal = models.CharField(max_length=LONGEST_TEXT, blank=True)
    new_data = models.CharField(max_length=LONGEST_TEXT, blank=True)
    period_range = models.CharField(max_length=LONGEST_TEXT, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["area_code", "indicator_id"], name="values_of_an_area")]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.area_code}, {self.period}"


class Neighbours(AppendOnlyModel):
    """The areas that an area is held against, and who says that they are like it. The newest row counts."""

    area_code = models.CharField(max_length=LONGEST_TEXT, db_index=True)
    codes = models.JSONField(default=list)
    source = models.CharField(max_length=LONGEST_TEXT)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "neighbours"

    def __str__(self) -> str:
        return f"neighbours of {self.area_code}"
