"""What the search index is made from, and the searches that people keep.

The index on each machine is a copy: it catches up from ``SearchEntry`` by its numbered changes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SearchEntry(models.Model):
    """One thing that can be found. ``gone`` rows stay, so that every copy of the index hears of it."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, db_index=True)
    title = models.TextField()
    names = models.JSONField(default=list)
    text = models.TextField(blank=True)
    facets = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0)
    change = models.BigIntegerField(db_index=True)
    gone = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class SearchClock(models.Model):
    """One row, which numbers the changes: whoever writes entries takes its lock first, so numbers never cross."""

    change = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.change)


class SavedSearch(models.Model):
    """A search that a person keeps. ``seen`` are the keys it found when they last looked."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=1000, help_text="the address's query, without the question mark")
    seen = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_search_of_a_name")]

    def __str__(self) -> str:
        return self.name
