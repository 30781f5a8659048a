"""What people decided and said about records, what holds, and who is reading what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from wherewithal.analyse.reviews.screening.decisions import Decision, Verdict, reason
from wherewithal.analyse.reviews.screening.findings import decision_words
from wherewithal.analyse.reviews.screening.settling import Judgement, Outcome
from wherewithal_web.analyse.reviews.models.searches import Record
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class ScreeningStage(models.TextChoices):
    """On what a decision rests."""

    ABSTRACT = "abstract", "Title and abstract"
    FULL_TEXT = "full-text", "Full text"


class ScreeningDecision(AppendOnlyModel):
    """What one person decided about one record. Later ones never delete earlier ones; ``Standing`` says what holds.

    ``settles``: made knowing what others had decided, so it ends what was before it. ``token`` is the form's own,
    so that a form sent twice is one decision. ``ranking`` is the number of the ranking that put the record before
    the person, where one did. ``words`` are the reason in their own words, or how a conflict was resolved.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="decisions")
    stage = models.CharField(
        max_length=10, choices=ScreeningStage.choices, default=ScreeningStage.ABSTRACT.value
    )
    verdict = models.CharField(max_length=10, choices=[(v.value, v.words) for v in Verdict])
    reason = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500, blank=True)
    settles = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    token = models.CharField(max_length=40, blank=True)
    ranking = models.PositiveIntegerField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="a_form_decides_once")
        ]

    def __str__(self) -> str:
        return decision_words(self.decision)

    @property
    def reason_words(self) -> str:
        return reason(self.reason).words if self.reason else ""

    def judgement(self, also: frozenset[int] = frozenset()) -> Judgement:
        """The decision as what holds is worked out from it; ``also``: the duplicates it was made for as well."""
        return Judgement(
            self.decided_by_id, Verdict(self.verdict), self.reason, self.settles, self.record_id, also
        )

    @property
    def decision(self) -> Decision:
        return Decision(
            str(self.record_id),
            Verdict(self.verdict),
            self.decided_by.name,
            self.decided_at,
            self.reason,
            self.words,
        )


class Standing(models.Model):
    """What holds about a record at a stage, worked out from its decisions: they are the truth, this is for counting.

    ``people`` is how many decided on their own, ``holding`` the decision that holds where one does.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="standings")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=ScreeningStage.choices)
    outcome = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Outcome])
    reason = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500, blank=True)
    people = models.PositiveSmallIntegerField()
    holding = models.ForeignKey(
        ScreeningDecision, null=True, on_delete=models.CASCADE, related_name="holds_for"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "stage"], name="a_record_stands_once_a_stage")
        ]
        indexes = [models.Index(fields=["case", "stage", "outcome", "reason"], name="standings_to_count")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.outcome}"


class Reservation(models.Model):
    """A record that somebody is reading now. It ends by itself, and with their decision."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="reservations")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=ScreeningStage.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "stage", "user"], name="one_reservation_a_reader"),
        ]
        indexes = [models.Index(fields=["case", "stage", "until"], name="reservations_by_pile")]

    def __str__(self) -> str:
        return f"{self.record_id} for {self.user_id}"


class Remark(AppendOnlyModel):
    """A note on a record, a label put on it, or a label taken off."""

    NOTE, LABEL, UNLABEL = "note", "label", "unlabel"

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(
        max_length=10, choices=[(NOTE, "note"), (LABEL, "label"), (UNLABEL, "label taken off")]
    )
    words = models.CharField(max_length=1000)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class FullText(AppendOnlyModel):
    """Where the full text of a record is, or that it could not be got. The newest holds."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="full_texts")
    link = models.URLField(max_length=1000, blank=True)
    found = models.BooleanField(default=True)
    words = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.link if self.found else "could not be got"
