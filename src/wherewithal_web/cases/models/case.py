"""A case, and whom it is shared with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from wherewithal.thread.stages import Stage
from wherewithal_web.people.models import Organisation
from wherewithal_web.people.roles import CASE_ROLES, Role


class Case(models.Model):
    """One commissioning question worked to a decision. ``started_in`` is where it was entered: any stage will do."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    partners = models.ManyToManyField(Organisation, related_name="partner_cases", blank=True)
    area_name = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=20, blank=True)
    started_in = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in Stage], default=Stage.ANALYSE.value
    )
    decision_body = models.CharField(max_length=200, blank=True)
    decision_due = models.DateField(null=True, blank=True)
    made_up_figures = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.slug])


class CaseShare(models.Model):
    """One person's place on one case. ``sentences`` matter only to a role that sees what was shared with it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_shares")
    role = models.CharField(max_length=20, choices=[(r.key, r.name) for r in CASE_ROLES.values()])
    sentences = models.ManyToManyField("cases.Sentence", blank=True, related_name="+")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="one_role_a_person_a_case")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role_now.name}"

    @property
    def role_now(self) -> Role:
        return CASE_ROLES[self.role]
