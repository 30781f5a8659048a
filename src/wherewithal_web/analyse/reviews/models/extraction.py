"""What studies are, and what people took from their reports. Everything here is only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from wherewithal.analyse.reviews.extraction.study import Arm, Place, Role
from wherewithal_web.analyse.reviews.models.searches import Record
from wherewithal_web.analyse.reviews.models.texts import AttachedText
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


def _person() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Study(AppendOnlyModel):
    """One study of a review. Which records report it is said by its ``StudyReport`` rows."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="studies")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    made_by = _person()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="studies_are_numbered")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reviews:study", args=[self.case.slug, self.number])


class StudyReport(AppendOnlyModel):
    """A record reports a study. The newest row of a record holds, so that reports can be moved and moved back."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="placements")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="placements")
    why = models.CharField(max_length=500, blank=True)
    placed_by = _person()
    placed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.study_id}"


class StudyArm(AppendOnlyModel):
    """One wording of one arm; the newest of a number holds. ``removed``: it turned out not to be one."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="arm_rows")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Role])
    people = models.PositiveIntegerField(null=True)
    removed = models.BooleanField(default=False)
    written_by = _person()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def arm(self) -> Arm:
        return Arm(self.number, self.name, self.role, self.people)


class ExtractionPlan(AppendOnlyModel):
    """One version of what is to be extracted: questions, outcomes, instruments, how many people. The newest holds."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="extraction_plans")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    why = models.CharField(max_length=1000, blank=True)
    written_by = _person()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="extraction_plans_are_numbered")
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class Answer(AppendOnlyModel):
    """What one person answered to one question of the form about one study. Their newest counts.

    ``value`` is what the form's question makes of it (text, number, choice, or "not reported"); ``settles``: made
    knowing what both said, with a ``note`` on how.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    value = models.JSONField()
    page = models.CharField(max_length=60, blank=True)
    quotation = models.CharField(max_length=2000, blank=True)
    settles = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    given_by = _person()
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["study", "question"], name="answers_by_question")]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"

    @property
    def place(self) -> Place:
        return Place(self.page, self.quotation)


class Comparison(AppendOnlyModel):
    """What is to be read: an outcome by an instrument at a time, between two arms (or of one). No numbers here.

    Both people who extract see it; what either took from the paper is in ``Result``.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="comparisons")
    number = models.PositiveIntegerField()
    instrument = models.CharField(max_length=60)
    time_words = models.CharField(max_length=120, blank=True)
    weeks = models.FloatField(null=True)
    arm1 = models.PositiveIntegerField(null=True)
    arm2 = models.PositiveIntegerField(null=True)
    made_by = _person()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="comparisons_are_numbered")]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.time_words}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:result", args=[self.study.case.slug, self.study.number, self.number])


class NumberSuggestion(AppendOnlyModel):
    """Numbers that a machine found in a record's text. Nothing holds because of it until a person takes it over."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="suggestions")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="number_suggestions")
    grammar = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    numbers = models.JSONField()
    quotation = models.CharField(max_length=500)
    start = models.PositiveIntegerField()
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["record", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "grammar", "kind", "start"], name="a_number_is_suggested_once"
            )
        ]

    def __str__(self) -> str:
        return self.quotation


class Result(AppendOnlyModel):
    """What one person took from the paper for one comparison, in the form the paper gives it. Their newest counts.

    ``given`` is the library's ``Given`` as JSON. ``withdrawn``: it was not a result after all. ``suggestion``: the
    machine's suggestion that the person took over; one from a full text is ``found_in`` that file, on a page, at a
    place in the page's words. ``token`` is the form's own, so that it counts once.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="results")
    given = models.JSONField()
    page = models.CharField(max_length=60, blank=True)
    quotation = models.CharField(max_length=2000, blank=True)
    settles = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    withdrawn = models.BooleanField(default=False)
    suggestion = models.ForeignKey(
        NumberSuggestion, null=True, on_delete=models.PROTECT, related_name="taken_over"
    )
    found_in = models.ForeignKey(
        AttachedText, null=True, on_delete=models.RESTRICT, related_name="taken_over"
    )
    found_page = models.PositiveIntegerField(null=True)
    found_start = models.PositiveIntegerField(null=True)
    token = models.CharField(max_length=40, blank=True)
    given_by = _person()
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="a_result_form_counts_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.comparison_id}: {self.given.get('form', '')}"

    @property
    def place(self) -> Place:
        return Place(self.page, self.quotation)


class WarningAnswer(AppendOnlyModel):
    """Why a person keeps numbers that a check doubts. It holds for those numbers only: ``fingerprint`` is theirs."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="warning_answers")
    warning = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    answered_by = _person()
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason
