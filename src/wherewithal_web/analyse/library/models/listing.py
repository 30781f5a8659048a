"""Programmes as they are listed: worked out from every register's newest word, and made again at any time."""

from __future__ import annotations

from django.db import models

from wherewithal.analyse.library import Band, Register, registers


class Programme(models.Model):
    """A programme as it is listed: worked out from every register's newest word on it."""

    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=250)
    family = models.CharField(max_length=60, blank=True, db_index=True)
    family_name = models.CharField(max_length=200, blank=True)
    band = models.CharField(max_length=20, choices=[(band.value, band.value) for band in Band])
    disagree = models.BooleanField(default=False)
    outcomes = models.TextField(blank=True)

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
