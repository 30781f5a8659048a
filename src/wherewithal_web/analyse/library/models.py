"""Register editions as they were brought in, and the programmes they speak of.

Editions and their rows are only ever added to: what stands today is worked out from them by
``wherewithal.analyse.library.standing``. ``Programme`` and ``RegisterLine`` are a listing made from that
for searching, and can be made again at any time.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.analyse.library import Band, Edition, Rating, Register, registers
from wherewithal_web.audit.models import AppendOnlyModel


class StoredEdition(AppendOnlyModel):
    """One dated copy of a register, by whom and when it was brought in."""

    register = models.CharField(max_length=60)
    date = models.DateField()
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
        ordering = ["register", "-date"]
        constraints = [models.UniqueConstraint(fields=["register", "date"], name="one_edition_a_day")]

    def __str__(self) -> str:
        return f"{self.register_now.name}, {self.when}"

    @property
    def register_now(self) -> Register:
        return registers()[self.register]

    @property
    def when(self) -> str:
        return self.edition(()).when

    def edition(self, rows: tuple[Rating, ...]) -> Edition:
        """The pure edition, holding these rows of it."""
        return Edition(self.register, self.date, rows, self.as_of, self.complete, self.origin, self.sha256)


class StoredRating(AppendOnlyModel):
    """One row of an edition. ``slug`` is the programme it is about; ``body`` the row as it was read."""

    edition = models.ForeignKey(StoredEdition, on_delete=models.PROTECT, related_name="rows")
    slug = models.CharField(max_length=80, db_index=True)
    body = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.body['programme']} in {self.edition}"

    @property
    def rating(self) -> Rating:
        return Rating(**self.body)


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


class Programme(models.Model):
    """A programme as it is listed: worked out from every register's newest word on it."""

    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=250)
    family = models.CharField(max_length=60, blank=True, db_index=True)
    family_name = models.CharField(max_length=200, blank=True)
    band = models.CharField(max_length=20, choices=[(band.value, band.value) for band in Band])
    disagree = models.BooleanField(default=False)
    outcomes = models.TextField(blank=True)
    youngest = models.FloatField(null=True)
    oldest = models.FloatField(null=True)
    named = models.TextField(help_text="its names, folded for searching")
    searched = models.TextField(help_text="names, outcomes, family and more, folded for searching")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RegisterLine(models.Model):
    """What one register says of a programme, for the listing."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="lines")
    register = models.CharField(max_length=60, db_index=True)
    native = models.CharField(max_length=1200)
    reviewed = models.CharField(max_length=40, blank=True)
    silent = models.BooleanField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.register}: {self.native}"

    @property
    def register_now(self) -> Register:
        return registers()[self.register]
