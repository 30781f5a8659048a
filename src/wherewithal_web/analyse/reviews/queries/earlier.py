"""What earlier reviews decided about the records here, while it is used."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal_web.analyse.reviews.models import (
    EarlierFile,
    EarlierLabel,
    EarlierPreview,
    Record,
    Standing,
)
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User


def earlier_files(case: Case) -> list[EarlierFile]:
    """Every file that was used, withdrawn ones too, each with how many records it ``included`` and ``excluded``."""
    rows = case.earlier_files.select_related("brought_by", "withdrawal__withdrawn_by")
    return list(
        rows.annotate(
            included=Count("labels", filter=Q(labels__included=True)),
            excluded=Count("labels", filter=Q(labels__included=False)),
        )
    )


def files_in_use(case: Case) -> list[int]:
    return list(case.earlier_files.filter(withdrawal=None).order_by("pk").values_list("pk", flat=True))


def earlier_labels(files: Collection[int]) -> dict[int, bool]:
    """What these files decided, by record. Where two differ about a record, neither counts."""
    said: dict[int, set[bool]] = {}
    for record, included in EarlierLabel.objects.filter(file__in=files).values_list("record", "included"):
        said.setdefault(record, set()).add(included)
    return {record: next(iter(labels)) for record, labels in said.items() if len(labels) == 1}


def earlier_of(record: Record) -> list[EarlierLabel]:
    """What earlier reviews decided about one record, where it is still used."""
    return list(record.earlier_labels.filter(file__withdrawal=None).select_related("file"))


@dataclass(frozen=True)
class Preview:
    """A file that waits for a person's word. ``against`` are records about which people here settled otherwise."""

    row: EarlierPreview
    included: int
    excluded: int
    by: dict[str, int]
    against: tuple[tuple[Record, bool], ...]

    @property
    def matched(self) -> int:
        return self.included + self.excluded


def preview_of(case: Case, user: User) -> Preview | None:
    """The file this person brought and has not used yet. What waits for a second person is compared with nothing."""
    row = EarlierPreview.objects.filter(case=case, brought_by=user).first()
    if row is None:
        return None
    labels = {record: included for record, included, _how in row.body["labels"]}
    ways: dict[str, int] = {}
    for _record, _included, how in row.body["labels"]:
        ways[how] = ways.get(how, 0) + 1
    decided = dict(
        Standing.objects.filter(
            case=case, stage=ABSTRACT, outcome__in=[Outcome.INCLUDE.value, Outcome.EXCLUDE.value]
        ).values_list("record", "outcome")
    )
    differ = [
        record
        for record, included in labels.items()
        if record in decided and (decided[record] == Outcome.INCLUDE) != included
    ]
    rows = Record.objects.filter(pk__in=differ).select_related("file__case").defer("body").order_by("pk")
    kept = sum(labels.values())
    against = tuple((each, labels[each.pk]) for each in rows)
    return Preview(row, kept, len(labels) - kept, ways, against)
