"""Searches that are asked again by themselves, and what came of each time. Both are only ever added to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.reviews.living import EVERY, LivingSource, source_of
from wherewithal_web.analyse.reviews.models.searches import RecordFile
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class LivingSearch(AppendOnlyModel):
    """One version of a search that is asked again; the newest of a ``number`` holds. ``every`` counts months."""

    class State(models.TextChoices):
        ON = "on", "asked again"
        PAUSED = "paused", "paused"
        STOPPED = "stopped", "stopped"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="living_searches")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    source = models.CharField(max_length=20)
    query = models.TextField()
    every = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ON)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number", "version"], name="living_searches_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.service.name}: {self.query}"

    @property
    def service(self) -> LivingSource:
        return source_of(self.source)

    @property
    def how_often(self) -> str:
        return EVERY[self.every] if self.state == self.State.ON else self.get_state_display()


class LivingRun(AppendOnlyModel):
    """One asking: also where nothing was new, or the service could not be reached (``failed``, with ``words``).

    ``turn`` counts the askings of a search, so that none is written twice. ``since`` is the day from which additions
    were asked for; None is all there was. ``file`` has what was brought in.
    """

    search = models.ForeignKey(LivingSearch, on_delete=models.CASCADE, related_name="runs")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="living_runs")
    number = models.PositiveIntegerField()
    turn = models.PositiveIntegerField()
    since = models.DateField(null=True)
    found = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    file = models.OneToOneField(RecordFile, null=True, on_delete=models.CASCADE, related_name="asked")
    failed = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    ran_on = models.DateField()
    ran_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number", "turn"], name="a_living_search_takes_turns")
        ]

    def __str__(self) -> str:
        return f"{self.search}, {self.ran_on}"
