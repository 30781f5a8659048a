"""Working out what holds about records from the decisions about them."""

from __future__ import annotations

from collections.abc import Sequence

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.settling import standing_of
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import ScreeningDecision, Standing
from wherewithal_web.cases.models import Case

AT_ONCE = 2_000


def worked_out(
    case: Case, stage: str, decisions: Sequence[ScreeningDecision], protocol: Protocol
) -> Standing:
    """What holds about one record, from all decisions about it at a stage, oldest first. It is not stored here."""
    record = decisions[0].record_id
    found = standing_of(
        [each.judgement for each in decisions], needed=queries.needed_for(record, stage, protocol)
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


def work_out_all(case: Case) -> None:
    """Work out every record of a case anew, inside the caller's transaction."""
    protocol = queries.protocol_of(case)
    by_record: dict[tuple[int, str], list[ScreeningDecision]] = {}
    for each in ScreeningDecision.objects.filter(record__file__case=case).order_by("pk"):
        by_record.setdefault((each.record_id, each.stage), []).append(each)
    Standing.objects.filter(case=case).delete()
    Standing.objects.bulk_create(
        [worked_out(case, stage, rows, protocol) for (_record, stage), rows in by_record.items()],
        batch_size=AT_ONCE,
    )
