"""Sentences and their wordings, and how people answered what changed under them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.thread import Claim
from wherewithal.thread.sections import SECTIONS
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models.case import Case
from wherewithal_web.cases.models.finding import StoredFinding


class Sentence(models.Model):
    """One claim of a case. What it says is its newest wording; only its place in the paper changes here."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sentences")
    section = models.CharField(max_length=20, choices=[(s.key, s.title) for s in SECTIONS])
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"Sentence {self.pk} of {self.case}"

    @property
    def key(self) -> str:
        return f"s{self.pk}"


class Wording(AppendOnlyModel):
    """What a sentence said from one moment on, and what it rested on. ``removed`` takes it out of the case."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    text = models.TextField()
    judgement_by = models.CharField(max_length=150, blank=True)
    removed = models.BooleanField(default=False)
    cites = models.JSONField(default=list, help_text="primary keys of stored findings, in order")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sentence", "number"], name="one_wording_a_number")]

    def __str__(self) -> str:
        return self.text

    def claim(self, findings: dict[int, StoredFinding]) -> Claim:
        """The pure claim, given the stored findings by primary key."""
        return Claim(
            key=self.sentence.key,
            text=self.text,
            section=self.sentence.section,
            rests_on=tuple(findings[pk].fingerprint for pk in self.cites),
            judgement_by=self.judgement_by,
        )


class DriftAnswer(AppendOnlyModel):
    """A person looked at a change and kept or reworded the sentence. Quiet until the next change."""

    class Answer(models.TextChoices):
        KEPT = "kept", "kept as it is"
        REWORDED = "reworded", "reworded"

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="answers")
    change_key = models.CharField(max_length=64)
    change_words = models.TextField()
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.answer}: {self.change_words}"
