"""Reading what a case delivers and measures. Callers have found the case through ``cases.queries`` first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wherewithal.do.delivery import Reading as PureReading
from wherewithal.do.delivery import ReadingKind, subject_of
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.queries import stored_findings_of
from wherewithal_web.do.delivery.models import Delivery, OutcomeMeasure, Reading


def delivery_of(case: Case) -> Delivery:
    """The case's delivery, or an empty one that is not saved yet."""
    return Delivery.objects.filter(case=case).first() or Delivery(case=case)


@dataclass(frozen=True)
class ShownReading:
    """A reading as a page shows it. ``newest`` of its kind: the one that counts. ``stored`` is its finding."""

    row: Reading
    pure: PureReading
    newest: bool
    stored: StoredFinding | None
    late: bool


@dataclass(frozen=True)
class ShownMeasure:
    row: OutcomeMeasure
    readings: tuple[ShownReading, ...]

    def newest(self, kind: str) -> ShownReading | None:
        return next((each for each in self.readings if each.newest and each.row.kind == kind), None)


def measures_of(case: Case) -> list[ShownMeasure]:
    """Every measure of the case with all its readings, oldest first, baselines before results."""
    starts_on = delivery_of(case).starts_on
    newest_on_thread = {row.subject: row for row in stored_findings_of(case).values()}
    rows = OutcomeMeasure.objects.filter(case=case).prefetch_related("readings__recorded_by")
    return [ShownMeasure(row, tuple(_shown(row, starts_on, newest_on_thread))) for row in rows]


def _shown(
    measure: OutcomeMeasure, starts_on: date | None, on_thread: dict[str, StoredFinding]
) -> list[ShownReading]:
    readings = sorted(measure.readings.all(), key=lambda row: (row.kind, row.pk))
    newest = {row.kind: row.pk for row in readings}
    return [
        ShownReading(
            row=row,
            pure=row.pure,
            newest=newest[row.kind] == row.pk,
            stored=on_thread.get(subject_of(measure.case.slug, measure.key, ReadingKind(row.kind))),
            late=row.kind == ReadingKind.BASELINE and starts_on is not None and row.on > starts_on,
        )
        for row in readings
    ]


def newest_reading(measure: OutcomeMeasure, kind: ReadingKind) -> Reading | None:
    return measure.readings.filter(kind=kind.value).order_by("-pk").first()
