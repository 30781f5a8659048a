"""A baseline and a result on the thread, as delivery puts them there: a review reads nothing but the thread."""

from __future__ import annotations

from datetime import date

from wherewithal.do.delivery import (
    FigureKind,
    OutcomeMeasure,
    Polarity,
    Reading,
    ReadingKind,
    reading_finding,
)
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.people.models import User

MEASURE = OutcomeMeasure(
    key="conduct",
    name="Children with high conduct problems",
    kind=FigureKind.SHARE,
    polarity=Polarity.LOWER,
    how="Parents fill in the questionnaire",
    validated=True,
)


def put(by: User, case: Case, kind: ReadingKind, count: int, families: int) -> StoredFinding:
    on = date(2024, 9, 1) if kind is ReadingKind.BASELINE else date(2025, 9, 1)
    reading = Reading(MEASURE, kind, on, families, count=count)
    link = f"/cases/{case.slug}/delivery/#measure-conduct"
    return add_finding(
        by=by, case=case, finding=reading_finding(reading, case=case.slug, found_on=on, link=link)
    )


def put_both(by: User, case: Case) -> None:
    put(by, case, ReadingKind.BASELINE, 56, 70)
    put(by, case, ReadingKind.RESULT, 48, 80)
