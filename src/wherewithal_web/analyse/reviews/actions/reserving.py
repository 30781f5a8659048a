"""Which record a person reads next: the first in the order of reading that nobody else is reading.

A reservation is a row that ends by itself. It is made while the record is locked, so that two people who ask at the
same moment never get the same one, unless two are to decide about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import (
    Copy,
    RankingOrder,
    Record,
    Reservation,
    ScreeningDecision,
    Standing,
)
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

HELD = timedelta(minutes=10)
"""How long a record stays somebody's who does not decide. Opening it again begins anew."""

FIRST_CHUNK = 40
GROWS = 8


@transaction.atomic
def reserve_next(*, by: User, case: Case, stage: str = queries.ABSTRACT) -> Record | None:
    """The record this person should read next, kept for them for a while; None where there is none.

    Asking again without deciding gives the same record.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    now = timezone.now()
    protocol = queries.protocol_of(case)
    held = Reservation.objects.filter(case=case, stage=stage, user=by, until__gt=now)
    for each in held.order_by("-until").select_related("record__file__case")[:1]:
        if _still_open(each.record, by, stage):
            Reservation.objects.filter(pk=each.pk).update(until=now + HELD)
            return each.record
    Reservation.objects.filter(case=case, stage=stage, user=by).delete()
    for number in _open_records(case, stage, by, now, protocol):
        if _taken(number, case, by, stage, now, protocol):
            return Record.objects.select_related("file__case").get(pk=number)
    return None


@transaction.atomic
def reserve(*, by: User, record: Record, stage: str = queries.ABSTRACT) -> bool:
    """Keep one record for a person who opened it, if nobody else is reading it. Whether it is theirs."""
    case = record.file.case
    if not may(by, Permission.CONTRIBUTE, case) or not _still_open(record, by, stage):
        return False
    now = timezone.now()
    mine = Reservation.objects.filter(record=record, stage=stage, user=by)
    if mine.filter(until__gt=now).update(until=now + HELD):
        return True
    return _taken(record.pk, case, by, stage, now, queries.protocol_of(case))


def _still_open(record: Record, by: User, stage: str) -> bool:
    if Copy.objects.filter(record=record).exists():
        return False
    stands = queries.standing(record, stage)
    if stands is None:
        return True
    if stands.outcome != Outcome.WAITING:
        return False
    decisions = ScreeningDecision.objects.filter(queries.of_work(record), stage=stage, decided_by=by)
    return not decisions.exists()


def _taken(number: int, case: Case, by: User, stage: str, now: datetime, protocol: Protocol) -> bool:
    """Reserve a record while it is locked. Whether it could be."""
    Record.objects.select_for_update(of=("self",)).only("pk").get(pk=number)
    reading = Reservation.objects.filter(record=number, stage=stage, until__gt=now).exclude(user=by).count()
    stands = Standing.objects.filter(record=number, stage=stage).first()
    if stands is not None and stands.outcome != Outcome.WAITING:
        return False
    if Copy.objects.filter(record=number).exists():
        return False
    if reading + (stands.people if stands else 0) >= queries.needed_for(number, stage, protocol):
        return False
    Reservation.objects.update_or_create(
        record_id=number, stage=stage, user=by, defaults={"case": case, "until": now + HELD}
    )
    return True


def _open_records(case: Case, stage: str, by: User, now: datetime, protocol: Protocol) -> Iterator[int]:
    """Numbers of records this person could read, the first to read first."""
    yielded: set[int] = set()
    for chunk in _chunks(_order(case, stage)):
        for number in _open_among(chunk, case, stage, by, now, protocol):
            yielded.add(number)
            yield number
    # Records that came after the newest order was learnt, or before there is any.
    settled = Standing.objects.filter(record=OuterRef("pk"), stage=stage).exclude(
        outcome=Outcome.WAITING.value
    )
    decisions = ScreeningDecision.objects.filter(stage=stage, decided_by=by)
    mine = decisions.filter(record=OuterRef("pk"))
    # Worked out once, and not for every record of the pile: a person's decisions may be thousands.
    of_a_duplicate = Copy.objects.filter(record__in=decisions.values("record")).values("of")
    rest = queries.pile_of(case, stage).filter(~Exists(settled), ~Exists(mine))
    rest = rest.exclude(pk__in=of_a_duplicate).values_list("pk", flat=True)
    for chunk in _chunks(rest):
        for number in _open_among(chunk, case, stage, by, now, protocol):
            if number not in yielded:
                yield number


def _order(case: Case, stage: str) -> np.ndarray:
    """The newest order of reading on title and abstract; full texts are read in the order in which they came."""
    if stage == queries.ABSTRACT and (check := queries.checking(case)) is not None:
        return check.numbers
    stored = (
        RankingOrder.objects.filter(ranking__case=case).only("order").order_by("-ranking__number").first()
    )
    if stage == queries.FULL_TEXT or stored is None:
        return np.zeros(0, dtype=np.int64)
    return stored.numbers


def _chunks(numbers) -> Iterator[list[int]]:
    """A few numbers, then more and more: the first is nearly always among the few."""
    start, size = 0, FIRST_CHUNK
    while chunk := [int(number) for number in numbers[start : start + size]]:
        yield chunk
        start, size = start + size, min(size * GROWS, 5_000)


def _open_among(
    numbers: list[int], case: Case, stage: str, by: User, now: datetime, protocol: Protocol
) -> list[int]:
    """Those of ``numbers`` that stand for a work, and are not decided, not by this person, and not being read by
    enough others.
    """
    stands = dict(Standing.objects.filter(record__in=numbers, stage=stage).values_list("record", "outcome"))
    waiting = [number for number, outcome in stands.items() if outcome == Outcome.WAITING]
    mine: set[int] = set()
    if waiting:
        rows = ScreeningDecision.objects.filter(stage=stage, decided_by=by)
        mine = set(rows.filter(record__in=waiting).values_list("record", flat=True))
        mine |= set(rows.filter(record__copy__of__in=waiting).values_list("record__copy__of", flat=True))
    duplicates = set(Copy.objects.filter(record__in=numbers).values_list("record", flat=True))
    reading: dict[int, int] = {}
    others = Reservation.objects.filter(case=case, stage=stage, until__gt=now).exclude(user=by)
    for number in others.values_list("record", flat=True):
        reading[number] = reading.get(number, 0) + 1
    return [
        number
        for number in numbers
        if stands.get(number, Outcome.WAITING) == Outcome.WAITING
        and number not in mine
        and number not in duplicates
        and (
            number not in reading
            or reading[number] + (number in stands) < queries.needed_for(number, stage, protocol)
        )
    ]
