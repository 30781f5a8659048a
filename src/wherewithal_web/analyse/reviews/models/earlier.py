"""Decisions of an earlier review, brought in as a start: they teach the order of reading and decide nothing here."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal_web.analyse.reviews.models.ranking import Ranking
from wherewithal_web.analyse.reviews.models.searches import Record
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class EarlierPreview(models.Model):
    """A file of earlier decisions as it was matched, until the person who brought it says whether to use it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    said_in = models.CharField(max_length=200)
    body = models.JSONField()
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    brought_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "brought_by"], name="one_earlier_preview_a_person")
        ]

    def __str__(self) -> str:
        return self.name


class EarlierFile(AppendOnlyModel):
    """A file of earlier decisions that is used. ``said_in`` tells where in it the decisions stood."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="earlier_files")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    said_in = models.CharField(max_length=200)
    unmatched = models.PositiveIntegerField(help_text="rows with a decision that no record here is")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def gone(self) -> EarlierWithdrawal | None:
        """Its withdrawal, if it was withdrawn."""
        return getattr(self, "withdrawal", None)


class EarlierLabel(AppendOnlyModel):
    """What an earlier review decided about a record; ``by`` is what it was recognised by."""

    file = models.ForeignKey(EarlierFile, on_delete=models.CASCADE, related_name="labels")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="earlier_labels")
    included = models.BooleanField()
    by = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "record"], name="a_file_labels_a_record_once")]

    def __str__(self) -> str:
        return "included" if self.included else "excluded"


class EarlierWithdrawal(AppendOnlyModel):
    """A file of earlier decisions is used no longer. Its labels stay to be read."""

    file = models.OneToOneField(EarlierFile, on_delete=models.CASCADE, related_name="withdrawal")
    why = models.CharField(max_length=500)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.why


class EarlierTaught(AppendOnlyModel):
    """Which files of earlier decisions an order of reading was learnt from, so that it can be learnt again."""

    ranking = models.OneToOneField(Ranking, on_delete=models.CASCADE, related_name="earlier")
    files = models.JSONField()

    def __str__(self) -> str:
        return str(self.ranking)
