"""Searches on their way in: kept until somebody says which column is which, or a worker has brought them in."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import Organisation


class WaitingSearch(models.Model):
    """A file that was brought and is not in yet, with what the person said about it. Taken away when it is in.

    ``columns``: for fields of a record, the heading of the column that holds them, where a person has said so.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="waiting_searches")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    database = models.CharField(max_length=200, blank=True)
    search = models.TextField(blank=True)
    searched_on = models.DateField(null=True)
    columns = models.JSONField(default=dict)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class WaitingPart(models.Model):
    """A megabyte of a file on its way in: any worker, on any machine, can put it together."""

    search = models.ForeignKey(WaitingSearch, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["search", "number"], name="a_part_once_a_search")]

    def __str__(self) -> str:
        return f"{self.search_id}, part {self.number}"


class ColumnChoice(AppendOnlyModel):
    """Which column is which in a table with these headings, for the organisation's next one. The newest counts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    header = models.JSONField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return ", ".join(self.header)
