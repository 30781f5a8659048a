"""Working out what holds about works from the decisions about their records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import QuerySet

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.settling import standing_of
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import Copy, ScreeningDecision, SpokenFor, Standing
from wherewithal_web.cases.models import Case

AT_ONCE = 2_000


def worked_out(
    case: Case,
    stage: str,
    record: int,
    decisions: Sequence[ScreeningDecision],
    also: Mapping[int, frozenset[int]],
    protocol: Protocol,
) -> Standing:
    """What holds about one work, from all decisions about its records at a stage, oldest first.

    ``record`` stands for the work; ``also``: for what else a decision was made, by its number. It is not stored here.
    """
    found = standing_of(
        [each.judgement(also.get(each.pk, frozenset())) for each in decisions],
        needed=queries.needed_for(record, stage, protocol),
    )
    held = decisions[found.holding] if found.holding >= 0 else None
    return Standing(
        record_id=record,
        case=case,
        stage=stage,
        outcome=found.outcome.value,
        reason=held.reason if held else "",
        words=held.words if held else "",
        people=found.people,
        holding=held,
    )


def spoken_for(rows: QuerySet[SpokenFor]) -> dict[int, frozenset[int]]:
    """By decision, the duplicates that it was made for as well."""
    found: dict[int, set[int]] = {}
    for decision, record in rows.values_list("decision", "record"):
        found.setdefault(decision, set()).add(record)
    return {decision: frozenset(records) for decision, records in found.items()}


def work_out_all(case: Case) -> None:
    """Work out every work of a case anew, inside the caller's transaction."""
    Standing.objects.filter(case=case).delete()
    _work_out(
        case,
        ScreeningDecision.objects.filter(record__file__case=case).order_by("pk"),
        spoken_for(SpokenFor.objects.filter(decision__record__file__case=case)),
        queries.copies_of(case),
    )


def work_out_some(case: Case, records: Collection[int]) -> None:
    """Work out the works of these records anew: all records of every work among them."""
    numbers = sorted(records)
    rows: list[ScreeningDecision] = []
    also: dict[int, frozenset[int]] = {}
    copies: dict[int, int] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        Standing.objects.filter(record__in=some).delete()
        rows += ScreeningDecision.objects.filter(record__in=some)
        also |= spoken_for(SpokenFor.objects.filter(decision__record__in=some))
        copies |= dict(Copy.objects.filter(record__in=some).values_list("record", "of"))
    _work_out(case, sorted(rows, key=lambda row: row.pk), also, copies)


def _work_out(
    case: Case,
    decisions: Iterable[ScreeningDecision],
    also: Mapping[int, frozenset[int]],
    copies: Mapping[int, int],
) -> None:
    protocol = queries.protocol_of(case)
    by_work: dict[tuple[int, str], list[ScreeningDecision]] = {}
    for each in decisions:
        work = copies.get(each.record_id, each.record_id)
        by_work.setdefault((work, each.stage), []).append(each)
    Standing.objects.bulk_create(
        [worked_out(case, stage, work, rows, also, protocol) for (work, stage), rows in by_work.items()],
        batch_size=AT_ONCE,
    )
