"""Studies and reports that people added, and what was published about them since."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal_web.audit.models import AppendOnlyModel


class Study(models.Model):
    """A study or report worth keeping at hand. ``work`` is what the service or the file said of it.

    ``says`` is what the person who added it says it found, in a sentence; ``programmes`` are slugs.
    """

    key = models.CharField(max_length=200, unique=True, help_text="doi:..., or a hash of its title and year")
    slug = models.SlugField(max_length=80, unique=True)
    work = models.JSONField()
    doi = models.CharField(max_length=200, blank=True, db_index=True)
    says = models.CharField(max_length=1000, blank=True)
    programmes = models.JSONField(default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, help_text="when services were last asked for notices")
    known = models.BooleanField(null=True, help_text="whether any of them knew it")

    class Meta:
        ordering = ["-added_at"]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return str(self.work.get("title", self.key))


class StudyNotice(AppendOnlyModel):
    """A retraction, correction or expression of concern about a DOI that the library or a thread names."""

    doi = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=40)
    notice_doi = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True)
    source = models.CharField(max_length=60)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["doi", "kind", "notice_doi", "source"], name="one_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.doi}"


class PracticeExample(models.Model):
    """Who else has done this: told by a person here. ``contact`` is a post or a shared address, with consent."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    programmes = models.JSONField(default=list)
    topics = models.CharField(max_length=300, blank=True)
    ages = models.CharField(max_length=100, blank=True)
    done = models.TextField(help_text="what was done")
    happened = models.TextField(blank=True, help_text="what came of it")
    year = models.PositiveIntegerField(null=True)
    contact = models.CharField(max_length=200, blank=True)
    contact_agreed = models.BooleanField(default=False)
    link = models.URLField(max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
