"""Everything that changes what a case delivers and measures."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from wherewithal.do.delivery import FigureKind, Polarity, ReadingKind, reading_finding
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import long_date
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.clock import today
from wherewithal_web.do.delivery.models import Delivery, OutcomeMeasure, Reading
from wherewithal_web.do.delivery.permissions import can_record_result, can_remove
from wherewithal_web.do.delivery.queries import newest_reading
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def set_delivery(*, by: User, case: Case, provider: str, starts_on: date | None) -> Delivery:
    """Say who delivers it and from when; either can come later. The history keeps what each was.

    A baseline that turns out to have been measured after the new start says so from then on.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    delivery = Delivery.objects.filter(case=case).first() or Delivery(case=case)
    was = {"provider": delivery.provider, "starts_on": delivery.starts_on}
    delivery.provider, delivery.starts_on = provider.strip(), starts_on
    now = {"provider": delivery.provider, "starts_on": delivery.starts_on}
    if was == now:
        return delivery
    delivery.full_clean()
    delivery.save()
    changed = {name: [str(was[name] or ""), str(now[name] or "")] for name in now if was[name] != now[name]}
    said = []
    if "provider" in changed:
        said.append(
            f"that {delivery.provider} delivers it" if delivery.provider else "that no provider is named"
        )
    if "starts_on" in changed:
        said.append(f"that it starts on {long_date(starts_on)}" if starts_on else "that it has no start date")
    record(
        by=by,
        action="delivery.set_delivery",
        summary=f"noted {' and '.join(said)}",
        case=case.slug,
        details=changed,
    )
    for measure in OutcomeMeasure.objects.filter(case=case):
        baseline = newest_reading(measure, ReadingKind.BASELINE)
        if baseline:
            _put_on_thread(by, baseline, starts_on)
    return delivery


@transaction.atomic
def add_measure(
    *,
    by: User,
    case: Case,
    name: str,
    kind: FigureKind,
    polarity: Polarity,
    how: str,
    validated: bool,
    unit: str = "",
    source: str = "",
    source_url: str = "",
) -> OutcomeMeasure:
    """Choose something to measure. Raises BadInput where the name or the way of measuring is missing."""
    require(may(by, Permission.CONTRIBUTE, case))
    measure = OutcomeMeasure(
        case=case,
        key=_free_key(case, name),
        name=name.strip(),
        kind=kind.value,
        polarity=polarity.value,
        unit="" if kind is FigureKind.SHARE else unit.strip(),
        how=how.strip(),
        validated=validated,
        source=source.strip(),
        source_url=source_url,
        added_by=by,
    )
    _ = measure.pure  # refuses what is not complete
    measure.full_clean()
    measure.save()
    record(
        by=by,
        action="delivery.add_measure",
        summary=f"chose the outcome measure: {measure.name} ({measure.polarity})",
        case=case.slug,
        details={"key": measure.key, "how": measure.how, "validated": measure.validated},
    )
    return measure


def _free_key(case: Case, name: str) -> str:
    stem = slugify(name)[:50].strip("-") or "measure"
    taken = set(OutcomeMeasure.objects.filter(case=case).values_list("key", flat=True))
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in candidates if key not in taken)


@transaction.atomic
def remove_measure(*, by: User, measure: OutcomeMeasure) -> None:
    """Take out a measure that was never used. One with readings stays: something may rest on them."""
    require(may(by, Permission.CONTRIBUTE, measure.case))
    require(can_remove(measure))
    record(
        by=by,
        action="delivery.remove_measure",
        summary=f"took out the outcome measure: {measure.name}",
        case=measure.case.slug,
        details={"key": measure.key},
    )
    measure.delete()


@transaction.atomic
def record_reading(
    *,
    by: User,
    measure: OutcomeMeasure,
    kind: ReadingKind,
    on: date,
    families: int,
    count: int | None = None,
    mean: float | None = None,
    sd: float | None = None,
) -> StoredFinding:
    """Record a baseline or a result, and put it on the case's thread.

    A newer one of the same kind takes the place of the older, which stays in the history. A result needs a
    baseline, and is measured after it. Raises BadInput where the figures do not fit, Refused otherwise.
    """
    case = measure.case
    require(may(by, Permission.CONTRIBUTE, case))
    if kind is ReadingKind.RESULT:
        require(can_record_result(measure))
    row = Reading(
        measure=measure,
        kind=kind.value,
        on=on,
        families=families,
        count=count,
        mean=mean,
        sd=sd,
        recorded_by=by,
    )
    _ = row.pure  # refuses figures that do not fit
    _in_order(measure, kind, on)
    row.save()
    record(
        by=by,
        action="delivery.record_reading",
        summary=f"recorded a {kind} of {measure.name}, measured on {long_date(on)}",
        case=case.slug,
    )
    delivery = Delivery.objects.filter(case=case).first()
    return _put_on_thread(by, row, delivery.starts_on if delivery else None)


def _in_order(measure: OutcomeMeasure, kind: ReadingKind, on: date) -> None:
    """A measurement lies in the past, and a result after its baseline."""
    problem = None
    if on > today():
        problem = Problem("date", long_date(on), "a day that has been", "Record it once it is measured.")
    other = newest_reading(
        measure, ReadingKind.BASELINE if kind is ReadingKind.RESULT else ReadingKind.RESULT
    )
    if other and kind is ReadingKind.RESULT and on <= other.on:
        expected = f"a day after the baseline of {long_date(other.on)}"
        problem = Problem("date", long_date(on), expected, "Check both dates.")
    if other and kind is ReadingKind.BASELINE and on >= other.on:
        expected = f"a day before the result of {long_date(other.on)}"
        problem = Problem("date", long_date(on), expected, "Check both dates.")
    if problem:
        raise BadInput("The date does not fit.", [problem])


def _put_on_thread(by: User, row: Reading, starts_on: date | None) -> StoredFinding:
    case = row.measure.case
    page = reverse("delivery:delivery", args=[case.slug])
    return add_finding(
        by=by,
        case=case,
        finding=reading_finding(
            row.pure,
            case=case.slug,
            found_on=today(),
            starts_on=starts_on,
            judged_by=row.recorded_by.name,
            link=f"{page}#measure-{row.measure.key}",
            made_up=case.made_up_figures,
        ),
    )
