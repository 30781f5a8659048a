"""Searches as they were brought in, and their records. Both are only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from wherewithal.analyse.reviews import records
from wherewithal.analyse.reviews.screening.findings import SearchFile
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class RecordFile(AppendOnlyModel):
    """One search of one database: the file that was brought in, and what the person said about it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="record_files")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=20)
    encoding = models.CharField(max_length=20)
    size = models.BigIntegerField()
    record_count = models.PositiveIntegerField()
    notices = models.JSONField(default=list)
    database = models.CharField(max_length=200, blank=True)
    search = models.TextField(blank=True)
    searched_on = models.DateField(null=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="a_search_once_a_case")]

    def __str__(self) -> str:
        return self.database or self.name

    @property
    def format_name(self) -> str:
        return records.by_key(self.format).name

    def as_search(self) -> SearchFile:
        return SearchFile(
            self.name, self.sha256, self.record_count, self.database, self.search, self.searched_on
        )


class Record(AppendOnlyModel):
    """One record of one search. ``body`` is the whole of it; the other columns are for lists."""

    file = models.ForeignKey(RecordFile, on_delete=models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=300, db_index=True)
    title = models.TextField()
    citation = models.CharField(max_length=300)
    journal = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="a_number_once_a_file")]

    def __str__(self) -> str:
        return self.title or self.citation

    def get_absolute_url(self) -> str:
        return reverse("reviews:record", args=[self.file.case.slug, self.pk])

    @property
    def record(self) -> records.Record:
        return records.Record.from_dict(self.body)
