"""Register editions as they were brought in: only ever added to.

What stands today is worked out from them by ``wherewithal.analyse.library.standing``.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.library import Edition, Entry, Rating, Register, Row, registers
from wherewithal_web.audit.models import AppendOnlyModel


class StoredEdition(AppendOnlyModel):
    """One dated copy of a register, by whom and when it was brought in."""

    register = models.CharField(max_length=60)
    date = models.DateField()
    number = models.PositiveSmallIntegerField(default=1, help_text="which copy of that day it is")
    as_of = models.CharField(max_length=300, blank=True)
    complete = models.BooleanField()
    origin = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200, blank=True)
    row_count = models.PositiveIntegerField()
    difference = models.CharField(max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["register", "-date", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "date", "number"], name="copies_of_a_day_are_numbered"
            ),
            models.UniqueConstraint(fields=["register", "date", "sha256"], name="one_file_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.register_now.name}, {self.when}"

    @property
    def register_now(self) -> Register:
        return registers()[self.register]

    @property
    def when(self) -> str:
        again = f", copy {self.number} of that day" if self.number > 1 else ""
        return f"{self.edition(()).when}{again}"

    @property
    def day(self) -> str:
        """Its part of an address: the day, and which copy of that day it is where there are several."""
        return f"{self.date.isoformat()}-{self.number}" if self.number > 1 else self.date.isoformat()

    def edition(self, rows: tuple[Row, ...]) -> Edition[Row]:
        """The pure edition, holding these rows of it."""
        return Edition(self.register, self.date, rows, self.as_of, self.complete, self.origin, self.sha256)


class StoredRating(AppendOnlyModel):
    """One row of an edition, as it was read in ``body``.

    ``slug`` is the programme that a rating is about; for an entry of a list its own part of an address.
    """

    edition = models.ForeignKey(StoredEdition, on_delete=models.PROTECT, related_name="rows")
    slug = models.CharField(max_length=80, db_index=True)
    body = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.row.name} in {self.edition}"

    @property
    def row(self) -> Row:
        return Rating(**self.body) if "programme" in self.body else Entry(**self.body)


class WaitingEdition(models.Model):
    """A file that somebody brought and has not yet accepted. Looked at by that person only."""

    register = models.CharField(max_length=60)
    date = models.DateField()
    complete = models.BooleanField()
    origin = models.CharField(max_length=500, blank=True)
    file_name = models.CharField(max_length=200)
    text = models.TextField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.file_name} for {self.register}, {self.date}"
