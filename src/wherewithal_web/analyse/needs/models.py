"""Published figures as they were brought in, file by file. All of it is only ever added to.

A newer file never touches the figures of an older one: what a value was in an earlier edition can always be shown.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wherewithal.plain_english import long_date
from wherewithal.sources.fingertips import LONGEST_TEXT
from wherewithal_web.audit.models import AppendOnlyModel


class DataFile(AppendOnlyModel):
    """One file, which is one edition of the figures in it. ``made_up`` marks demonstration figures.

    ``said`` are sentences about it that whoever reads its figures should know; ``address`` is where a service was asked
    for it, empty for a file that a person brought.
    """

    class Provider(models.TextChoices):
        FINGERTIPS = "fingertips", "Fingertips"
        EXPLORE_EDUCATION = "explore-education", "Department for Education, Explore Education Statistics"
        LAIT = "lait", "Department for Education, local authority interactive tool"
        NOMIS = "nomis", "Office for National Statistics, Nomis"
        OWN = "own", "Our own figures"

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    provider = models.CharField(max_length=20, choices=Provider, default=Provider.FINGERTIPS)
    made_up = models.BooleanField(default=False)
    rows = models.PositiveIntegerField()
    repeated = models.PositiveIntegerField(help_text="rows left out because they said the same again")
    without_value = models.PositiveIntegerField()
    first_period = models.CharField(max_length=LONGEST_TEXT)
    last_period = models.CharField(max_length=LONGEST_TEXT)
    said = models.JSONField(default=list)
    address = models.TextField(blank=True, default="")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_on = models.DateField()
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> str:
        """Which figures these are, in words."""
        came = f"asked of {self.get_provider_display()}" if self.address else "brought in"
        return f"{self.name}, {came} on {long_date(self.imported_on)}"

    @property
    def area_count(self) -> int:
        """How many areas it holds; one that is listed under two area types counts once."""
        return len({area.code for area in self.areas.all()})


class HeldIndicator(AppendOnlyModel):
    """One indicator of one file."""

    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="indicators")
    indicator_id = models.CharField(max_length=LONGEST_TEXT, db_index=True)
    name = models.CharField(max_length=LONGEST_TEXT)
    measure = models.JSONField(
        null=True, help_text="how the file says to read it, where the library does not describe it"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "indicator_id"], name="an_indicator_once_a_file")
        ]

    def __str__(self) -> str:
        return self.name


class HeldArea(AppendOnlyModel):
    """One area of one file, under one of the area types it is listed by."""

    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=LONGEST_TEXT, db_index=True)
    name = models.CharField(max_length=LONGEST_TEXT)
    type = models.CharField(max_length=LONGEST_TEXT)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["file", "code", "type"], name="an_area_once_a_file")]

    def __str__(self) -> str:
        return self.name


class EditionTable(AppendOnlyModel):
    """The figures of one file, as ``wherewithal.analyse.needs.columns`` packs them (decision 0018)."""

    file = models.OneToOneField(DataFile, on_delete=models.CASCADE, related_name="table")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"figures of {self.file}"


class GatheredTable(models.Model):
    """The figures of many small files as one table, which pages ask instead of each file (decision 0018).

    It holds nothing that the files do not: the editions ``first`` to ``last``, which are ``files`` of them. It is made
    in the background, and the files that came since are asked beside it.
    """

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    files = models.PositiveIntegerField()
    rows = models.PositiveBigIntegerField()
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["first"]

    def __str__(self) -> str:
        return f"figures of {self.files} files"


class ColumnMapping(AppendOnlyModel):
    """Which column is which in a table of one's own, for every later file with these columns. The newest counts."""

    header = models.JSONField()
    fingerprint = models.CharField(max_length=64, db_index=True, help_text="of the header")
    columns = models.JSONField(help_text="as wherewithal.sources.own_table.Columns keeps them")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return ", ".join(self.header)


class WaitingFile(models.Model):
    """A table of one's own until somebody has said which of its columns is which. Taken away then, or after a day."""

    name = models.CharField(max_length=255)
    content = models.BinaryField()
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Neighbours(AppendOnlyModel):
    """The areas that an area is held against, and who says that they are like it. The newest row of a kind counts.

    ``closeness`` has the publisher's word for how alike each is, by code; ``average`` says which average of theirs
    sentences quote.
    """

    class Kind(models.TextChoices):
        OWN = "own", "Our own peer group"
        STATISTICAL = "statistical", "Statistical neighbours"

    area_code = models.CharField(max_length=LONGEST_TEXT, db_index=True)
    codes = models.JSONField(default=list)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OWN)
    closeness = models.JSONField(default=dict)
    average = models.CharField(max_length=20, default="median")
    source = models.CharField(max_length=LONGEST_TEXT)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "neighbours"

    def __str__(self) -> str:
        return f"neighbours of {self.area_code}"


class AreaLayout(AppendOnlyModel):
    """Where areas stand on a map of tiles, from a file that somebody brought in. The newest counts for its areas."""

    name = models.CharField(max_length=255)
    source = models.CharField(max_length=LONGEST_TEXT)
    tiles = models.JSONField(help_text="column and row of each area, by code")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
