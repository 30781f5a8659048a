"""Full texts that people brought as files: what was attached, what was removed, and what a machine read in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal_web.analyse.reviews.models.searches import Record
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class AttachedText(AppendOnlyModel):
    """One PDF attached to one record. The file lies in the data folder, named by its hash: see ``shelf``."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="attached_texts")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    pages = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def gone(self) -> TextRemoval | None:
        """Its removal, if it was removed."""
        return getattr(self, "removal", None)


class TextRemoval(AppendOnlyModel):
    """What stays of a full text that was removed: that it was there, who removed it, and why.

    ``deleted``: the file itself is gone. Where another record of the case has the same file, that one stays.
    """

    text = models.OneToOneField(AttachedText, on_delete=models.CASCADE, related_name="removal")
    why = models.CharField(max_length=500)
    deleted = models.BooleanField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.why


class TextWords(models.Model):
    """The words of a file as a machine read them, one text a page. Deleted with the file.

    ``missing`` says what could not be read.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    pages = models.JSONField(default=list)
    missing = models.CharField(max_length=500, blank=True)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="a_file_is_read_once_a_case")]

    def __str__(self) -> str:
        return f"{len(self.pages):,} pages"


class BroughtText(models.Model):
    """A PDF that was brought with others and waits for a person to say whose it is.

    ``suggestion`` is the record that a machine recognised it as, ``by`` its DOI or its title.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="brought_texts")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    pages = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    suggestion = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=20, blank=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "sha256"], name="a_file_waits_once_a_case")]

    def __str__(self) -> str:
        return self.name
