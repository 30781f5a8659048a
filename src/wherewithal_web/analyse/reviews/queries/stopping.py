"""Where the reading stands: by the rule, and by a random check of the unread."""

from __future__ import annotations

from itertools import takewhile

from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal.analyse.reviews.screening.standing_of_reading import Check, Reading, reading_of
from wherewithal.analyse.reviews.screening.stopping import Audit
from wherewithal_web.analyse.reviews.models import RandomCheck, ScreeningDecision, Standing, StopDecision
from wherewithal_web.analyse.reviews.queries.duplicates import copies_of
from wherewithal_web.analyse.reviews.queries.protocol import protocol_of
from wherewithal_web.analyse.reviews.queries.screening import counts_of
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT, SETTLED
from wherewithal_web.cases.models import Case

A_FEW = 500


def reading(case: Case) -> Reading:
    """How far the reading is. A record left unsure or differed on counts as relevant: it may be."""
    protocol = protocol_of(case)
    return reading_of(
        _in_order(case),
        records=counts_of(case).found,
        looks=protocol.looks,
        target=protocol.target,
        confidence=protocol.confidence,
    )


def _in_order(case: Case) -> list[bool]:
    """Whether each record is relevant, in the order in which records were first decided about.

    Records that wait for a second person have not been read yet.
    """
    outcomes = dict(Standing.objects.filter(case=case, stage=ABSTRACT).values_list("record", "outcome"))
    order: dict[int, bool] = {}
    rows = ScreeningDecision.objects.filter(record__file__case=case, stage=ABSTRACT).order_by("pk")
    stands_for = copies_of(case)
    for each in rows.values_list("record", flat=True):
        record = stands_for.get(each, each)
        outcome = outcomes.get(record, "")
        if record not in order and outcome not in ("", Outcome.WAITING):
            order[record] = outcome != Outcome.EXCLUDE
    return list(order.values())


def newest_check(case: Case) -> RandomCheck | None:
    return case.random_checks.select_related("begun_by").first()


def check_of(case: Case, row: RandomCheck | None = None) -> Check | None:
    """How far the newest random check is; None where none was begun.

    Drawn so far are the records of its order up to the first that nobody has settled: what is read further on
    was not drawn in turn and says nothing.
    """
    row = row or newest_check(case)
    if row is None:
        return None
    # A record that turned out to be a duplicate has left what was drawn from; the rest is still in random order.
    stands_for = copies_of(case)
    order = [number for number in row.numbers.tolist() if number not in stands_for]
    drawn = found = 0
    while chunk := order[drawn : drawn + A_FEW]:
        outcomes = dict(
            Standing.objects.filter(
                record__in=chunk, stage=ABSTRACT, outcome__in=[*SETTLED, Outcome.CONFLICT.value]
            ).values_list("record", "outcome")
        )
        read = list(takewhile(lambda number, known=outcomes: number in known, chunk))
        drawn += len(read)
        found += sum(outcomes[number] != Outcome.EXCLUDE for number in read)
        if len(read) < len(chunk):
            break
    protocol = protocol_of(case)
    return Check(Audit(len(order), drawn, found, row.earlier), protocol.target, protocol.confidence)


def stopped(case: Case) -> StopDecision | None:
    """The decision to stop, while it holds."""
    newest = case.stop_decisions.select_related("decided_by").first()
    return newest if newest is not None and newest.stops else None


def checking(case: Case) -> RandomCheck | None:
    """The random check that is going on: neither certified nor read to its end, nor followed by stopping."""
    row = case.random_checks.first()
    if row is None:
        return None
    later = case.stop_decisions.filter(decided_at__gt=row.begun_at, stops=True).exists()
    found = check_of(case, row)
    if later or found is None or found.certified or found.audit.drawn == found.audit.unread:
        return None
    return row
