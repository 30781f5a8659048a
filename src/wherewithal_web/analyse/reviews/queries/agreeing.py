"""Where two people differ, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.analyse.reviews.screening.agreement import Agreement, agreement_of
from wherewithal.analyse.reviews.screening.settling import Judgement, Outcome
from wherewithal_web.analyse.reviews.models import Record, ScreeningDecision, Standing
from wherewithal_web.analyse.reviews.queries.protocol import protocol_of
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT
from wherewithal_web.cases.models import Case


@dataclass(frozen=True)
class Difference:
    """A record that two people differ on, with what each decided."""

    record: Record
    decisions: tuple[ScreeningDecision, ...]


def differences_of(case: Case, stage: str = ABSTRACT) -> list[Difference]:
    """The records of a stage that wait to be settled, in the order in which they came."""
    rows = Standing.objects.filter(case=case, stage=stage, outcome=Outcome.CONFLICT.value)
    records = Record.objects.filter(pk__in=rows.values("record")).select_related("file__case").order_by("pk")
    decisions: dict[int, dict[int, ScreeningDecision]] = {}
    made = ScreeningDecision.objects.filter(record__in=records, stage=stage).select_related("decided_by")
    for each in made.order_by("pk"):
        decisions.setdefault(each.record_id, {})[each.decided_by_id] = each
    return [Difference(record, tuple(decisions[record.pk].values())) for record in records]


def agreement(case: Case, stage: str = ABSTRACT) -> Agreement | None:
    """How far people agree who decided about the same records of a stage; None where none did.

    Records that a second person has still to decide about take no part.
    """
    several = Standing.objects.filter(case=case, stage=stage, people__gt=1).values("record")
    made = ScreeningDecision.objects.filter(record__in=several, stage=stage).order_by("pk")
    by_record: dict[int, list[Judgement]] = {}
    for each in made:
        by_record.setdefault(each.record_id, []).append(each.judgement)
    return agreement_of(list(by_record.values()), seed=protocol_of(case).seed)
