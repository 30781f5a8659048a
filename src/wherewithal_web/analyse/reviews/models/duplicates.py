"""Duplicates: what a machine found, what people ruled, and the groups that follow from both."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.conf import settings
from django.db import models
from django.db.models import Q

from wherewithal.analyse.reviews.records import Record as Body
from wherewithal.analyse.reviews.records.deduplication.rulings import Ruling as Said
from wherewithal_web.analyse.reviews.models.screening import ScreeningDecision
from wherewithal_web.analyse.reviews.models.searches import Record
from wherewithal_web.audit.models import AppendOnlyModel
from wherewithal_web.cases.models import Case


class DuplicateSearch(AppendOnlyModel):
    """One look by the machine for duplicates among all records of a case. The newest counts.

    ``looked_to`` is the number of the newest record it knew, ``ruled_to`` that of the newest ruling. ``groups`` are
    its clusters: pairs of 64-bit integers, a record and the record that says most in its cluster.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="duplicate_searches")
    version = models.CharField(max_length=40)
    records = models.PositiveIntegerField()
    looked_to = models.BigIntegerField()
    ruled_to = models.BigIntegerField()
    groups = models.BinaryField()
    groups_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Look for duplicates among {self.records:,} records"

    @property
    def clusters(self) -> list[list[int]]:
        """The clusters of more than one record, by number."""
        return clusters_in(bytes(self.groups))


def clusters_in(groups: bytes) -> list[list[int]]:
    """The clusters that are stored as pairs of a record and the one that stands for it."""
    found: dict[int, list[int]] = {}
    pairs: np.ndarray[Any, np.dtype[np.int64]] = np.frombuffer(groups, dtype="<i8")
    for record, main in pairs.reshape(-1, 2).tolist():
        found.setdefault(main, [main]).append(record)
    return list(found.values())


class Match(AppendOnlyModel):
    """What one look found about two records: that they are one work, that it is in doubt, or that they belong together.

    ``kind`` is one of the first two, or the key of a relation. ``words`` say why. ``bits`` is the weight of the
    evidence that they are one work, where it was weighed.
    """

    SAME, DOUBT = "same", "doubt"

    search = models.ForeignKey(DuplicateSearch, on_delete=models.CASCADE, related_name="matches")
    kind = models.CharField(max_length=10)
    one = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="matches")
    other = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="matches_with")
    words = models.TextField()
    speaks_for = models.JSONField(default=list)
    speaks_against = models.JSONField(default=list)
    bits = models.FloatField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["search", "kind"], name="matches_of_a_search")]

    def __str__(self) -> str:
        return self.words


class Ruling(AppendOnlyModel):
    """What a person said: these are one work, these are two, not sure, or this one does not belong to its group.

    ``one`` and ``other`` are the records that were before the person; ``sides`` lists the records of each side as
    their groups were then. It outlasts every later look by the machine; a newer ruling about the same records takes
    its place. ``match`` is what the machine had suggested, if it had.
    """

    SAME, DIFFERENT, UNSURE, OUT, APART = "same", "different", "unsure", "out", "apart"
    KINDS = [
        (SAME, "the same work"),
        (DIFFERENT, "two different works"),
        (UNSURE, "not sure yet"),
        (OUT, "taken out of its group"),
        (APART, "group taken apart"),
    ]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rulings")
    kind = models.CharField(max_length=10, choices=KINDS)
    one = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="rulings")
    other = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="rulings_with")
    sides = models.JSONField()
    match = models.ForeignKey(Match, null=True, on_delete=models.CASCADE, related_name="rulings")
    why = models.CharField(max_length=500, blank=True)
    token = models.CharField(max_length=40, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="a_form_rules_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def said(self) -> Said:
        """The ruling as the library lays it over clusters. "Not sure" must not be asked for here."""
        return Said(self.kind == self.SAME, tuple(tuple(side) for side in self.sides))


class SpokenFor(AppendOnlyModel):
    """A duplicate that was known when its work was decided about: the decision was made for it as well."""

    decision = models.ForeignKey(ScreeningDecision, on_delete=models.CASCADE, related_name="spoken_for")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "record"], name="a_decision_speaks_once_for_a_record")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} for {self.record_id}"


class Copy(models.Model):
    """A record that another stands for, worked out from the newest look and the rulings: they are the truth.

    ``by_person``: it stands here because a person said so, not the machine.
    """

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="copy")
    of = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="copies")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    by_person = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["case", "by_person"], name="copies_to_count")]

    def __str__(self) -> str:
        return f"{self.record_id}: a duplicate of {self.of_id}"


class Work(models.Model):
    """What the records of one group say together, worked out: the best of each field. ``record`` stands for them."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="work")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    size = models.PositiveIntegerField()
    by_person = models.BooleanField(default=False)
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["case", "record"], name="works_of_a_case")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.size} records"

    @property
    def merged(self) -> Body:
        return Body.from_dict(self.body)


class Doubt(models.Model):
    """A pair that waits for a person, worked out: suggested by the newest look, and not answered by what people ruled.

    ``put_off``: somebody looked and was not sure.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="open")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    put_off = models.BooleanField(default=False)
    bits = models.FloatField()

    class Meta:
        ordering = ["put_off", "-bits", "pk"]
        indexes = [models.Index(fields=["case", "put_off", "-bits", "id"], name="doubts_in_order")]

    def __str__(self) -> str:
        return f"{self.match.one_id} and {self.match.other_id}"
