"""Which record a person reads next: the first in the order of reading that nobody else is reading.

A reservation is a row that ends by itself. It is made while the record is locked, so that two people who ask at the
same moment never get the same one, unless two are to decide about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
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
from wherewithal_web.cases.models import Case, CaseShare
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

HELD = timedelta(minutes=10)
"""How long a record stays somebody's who does not decide. Opening it again begins anew."""

RENEWED_AFTER = timedelta(minutes=1)
"""Opening a record that was kept for the person less than this ago changes nothing."""

FIRST_CHUNK = 12
GROWS = 8


@transaction.atomic
def reserve_next(
    *,
    by: User,
    case: Case,
    stage: str = queries.ABSTRACT,
    protocol: Protocol | None = None,
    share: CaseShare | None = None,
) -> Record | None:
    """The record this person should read next, kept for them for a while; None where there is none.

    Asking again without deciding gives the same record. ``protocol``, the one that holds, and ``share``, the person's
    place on the case, are given where the request has just read them.
    """
    require(may(by, Permission.CONTRIBUTE, case, share))
    now = timezone.now()
    protocol = protocol or queries.protocol_of(case)
    mine = Reservation.objects.filter(case=case, stage=stage, user=by)
    newest = mine.order_by("-until").values_list("pk", "record", "until").first()
    if newest is not None:
        pk, number, until = newest
        record = Record.objects.select_related("file__case").get(pk=number)
        if until > now and _still_open(record, by, stage):
            Reservation.objects.filter(pk=pk).update(until=now + HELD)
            return record
        mine.delete()
    for number in _open_records(case, stage, by, now, protocol):
        if (taken := _taken(number, case, by, stage, now, protocol)) is not None:
            return taken
    return None


def to_renew(kept_until: datetime | None) -> bool:
    """Whether a record that its reader opens is to be kept for them anew: not where that was done a moment ago."""
    return kept_until is None or kept_until < timezone.now() + HELD - RENEWED_AFTER


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
    return _taken(record.pk, case, by, stage, now, queries.protocol_of(case)) is not None


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


def _taken(number: int, case: Case, by: User, stage: str, now: datetime, protocol: Protocol) -> Record | None:
    """Reserve a record while it is locked, and give it; None where it could not be."""
    record = Record.objects.select_for_update(of=("self",)).select_related("file", "copy").get(pk=number)
    record.file.case = case
    if getattr(record, "copy", None) is not None:
        return None
    stands = Standing.objects.filter(record=number, stage=stage).only("outcome", "people").first()
    if stands is not None and stands.outcome != Outcome.WAITING:
        return None
    kept = Reservation.objects.filter(record=number, stage=stage)
    until = dict(kept.values_list("user", "until"))
    reading = sum(user != by.pk and ends > now for user, ends in until.items())
    if reading + (stands.people if stands else 0) >= queries.needed_for(number, stage, protocol):
        return None
    if by.pk in until:
        kept.filter(user=by).update(until=now + HELD)
    else:
        Reservation.objects.create(record=record, case=case, stage=stage, user=by, until=now + HELD)
    return record


def _open_records(case: Case, stage: str, by: User, now: datetime, protocol: Protocol) -> Iterator[int]:
    """Numbers of records this person could read, the first to read first."""
    yielded: set[int] = set()
    for chunk in _handfuls(_in_order(case, stage)):
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
    # A file at a time, in its own order, for which there is an index: all at once would be sorted at every asking.
    for file in case.record_files.order_by("pk").values_list("pk", flat=True):
        for chunk in _pages(rest.filter(file=file).order_by("number")):
            for number in _open_among(chunk, case, stage, by, now, protocol):
                if number not in yielded:
                    yield number


def _in_order(case: Case, stage: str) -> Iterator[int]:
    """The newest order of reading on title and abstract; full texts are read in the order in which they came.

    What was settled after the order was learnt stands at its head, and is left out.
    """
    if stage == queries.FULL_TEXT:
        return
    if (check := queries.checking(case)) is not None:
        yield from map(int, check.numbers)
        return
    rows = RankingOrder.objects.filter(ranking__case=case).order_by("-ranking__number")
    stored = rows.values_list("order", "ranking__learnt_to").first()
    if stored is None:
        return
    order, learnt_to = stored
    later = Standing.objects.filter(case=case, stage=stage, holding__gt=learnt_to)
    settled = set(later.exclude(outcome=Outcome.WAITING.value).values_list("record", flat=True))
    # One by one: of 50,000 numbers the first few are looked at.
    for number in RankingOrder(order=order).numbers:
        if int(number) not in settled:
            yield int(number)


def _sizes() -> Iterator[int]:
    """A few, then more and more: what is looked for is nearly always among the few."""
    size = FIRST_CHUNK
    while True:
        yield size
        size = min(size * GROWS, 5_000)


def _handfuls(numbers: Iterator[int]) -> Iterator[list[int]]:
    for size in _sizes():
        if not (chunk := list(islice(numbers, size))):
            return
        yield chunk


def _pages(rows: QuerySet[Record]) -> Iterator[list[int]]:
    """Numbers from the database, a few at a time."""
    start = 0
    for size in _sizes():
        if not (chunk := [int(number) for number in rows[start : start + size]]):
            return
        yield chunk
        start += size


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
