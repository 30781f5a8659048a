"""What people say about how far a study can be relied on. Everything here is only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from wherewithal.analyse.reviews.appraisal.instrument import Instrument
from wherewithal.analyse.reviews.appraisal.reading import instrument
from wherewithal_web.analyse.reviews.models.extraction import Study
from wherewithal_web.audit.models import AppendOnlyModel


def _person() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class StudyAppraisal(AppendOnlyModel):
    """That a study is appraised by an instrument, for one of its results. What anybody says of it is in the rows below.

    ``people`` is how many do it on their own. All of them see this row; none sees what another said before all have
    finished.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="appraisals")
    number = models.PositiveIntegerField()
    instrument = models.CharField(max_length=30)
    outcome = models.CharField(max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(default=2)
    begun_by = _person()
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="appraisals_are_numbered")]

    def __str__(self) -> str:
        return f"{self.study.name}, {self.read_instrument.name}{f', {self.outcome}' if self.outcome else ''}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:appraisal", args=[self.study.case.slug, self.study.number, self.number])

    @property
    def read_instrument(self) -> Instrument:
        return instrument(self.instrument)


class AppraisalAnswer(AppendOnlyModel):
    """One person's answer to one question, with where the study says so. Their newest counts."""

    appraisal = models.ForeignKey(StudyAppraisal, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=20)
    code = models.CharField(max_length=10, blank=True)
    support = models.CharField(max_length=2000, blank=True)
    page = models.CharField(max_length=60, blank=True)
    quotation = models.CharField(max_length=2000, blank=True)
    given_by = _person()
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.code}"


class AppraisalJudgement(AppendOnlyModel):
    """One person's own judgement of a domain, or of the study as a whole ("overall"). Their newest counts.

    ``proposed`` is what the rules proposed when it was made; an empty ``judgement`` leaves it to the rules again.
    ``settles``: made with everybody's answers in view.
    """

    appraisal = models.ForeignKey(StudyAppraisal, on_delete=models.CASCADE, related_name="judgements")
    domain = models.CharField(max_length=40)
    judgement = models.CharField(max_length=30, blank=True)
    proposed = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    settles = models.BooleanField(default=False)
    given_by = _person()
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.domain}: {self.judgement}"
