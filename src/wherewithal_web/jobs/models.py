"""Runs of background work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OPEN = (State.WAITING, State.RUNNING)


class Run(models.Model):
    """One piece of work. The row is the truth about it: who has it, until when, and how far it is.

    ``fence`` rises with every claim; whoever holds an older number can write nothing more. ``key`` keeps the
    same work from waiting twice: there is one open run of a kind and key at a time.
    """

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField()
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, help_text="of how many, where that is known")
    words = models.CharField(max_length=300, blank=True, help_text="what it is doing")
    result = models.JSONField(null=True)
    error = models.TextField(blank=True, help_text="why it failed, for a person")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="runs_to_claim")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=[state.value for state in OPEN]) & ~Q(key=""),
                name="one_open_run_of_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """How far it is, where that can be said."""
        return min(100, self.done * 100 // self.total) if self.total else None
