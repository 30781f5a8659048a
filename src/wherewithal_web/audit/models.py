"""What happened: who did what, when. Only ever added to."""

from __future__ import annotations

from django.db import models


class AppendOnly(models.QuerySet):
    """Rows that are written once. The database refuses updates too: see each app's migrations."""

    def update(self, **kwargs: object) -> int:
        raise TypeError(f"{self.model.__name__} is only ever added to")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self.model.__name__} is only ever added to")


class AppendOnlyModel(models.Model):
    """A row that is written once and never changed or removed."""

    objects = AppendOnly.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise TypeError(f"{type(self).__name__} is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{type(self).__name__} is only ever added to")


class Event(AppendOnlyModel):
    """One change. No foreign keys: it outlives what it speaks of and never stands in a deletion's way.

    ``summary`` continues the sentence that the actor's name begins. ``case`` is the slug of the case it
    belongs to, empty where it belongs to none.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=80)
    summary = models.CharField(max_length=1000)
    case = models.CharField(max_length=120, blank=True, db_index=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.summary}"
