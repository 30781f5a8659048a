"""Where two people differ, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

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
    decisions: dict[int, dict[tuple[int, int], ScreeningDecision]] = {}
    made = _made_about(rows, stage).select_related("decided_by", "record__file")
    for each in made.order_by("pk"):
        # What a person decided about two duplicates before they were known to be one may differ as well.
        decisions.setdefault(each.work, {})[each.decided_by_id, each.record_id] = each
    return [Difference(record, tuple(decisions[record.pk].values())) for record in records]


def _made_about(standings: QuerySet[Standing], stage: str) -> QuerySet[ScreeningDecision]:
    """The decisions about works, duplicates among them, each with ``work``: the record that stands for it."""
    works = standings.values("record")
    about = Q(record__in=works) | Q(record__copy__of__in=works)
    rows = ScreeningDecision.objects.filter(about, stage=stage)
    return rows.annotate(work=Coalesce("record__copy__of", "record"))


def agreement(case: Case, stage: str = ABSTRACT) -> Agreement | None:
    """How far people agree who decided about the same records of a stage; None where none did.

    Records that a second person has still to decide about take no part.
    """
    several = Standing.objects.filter(case=case, stage=stage, people__gt=1)
    by_work: dict[int, list[Judgement]] = {}
    for each in _made_about(several, stage).order_by("pk"):
        by_work.setdefault(each.work, []).append(each.judgement())
    return agreement_of(list(by_work.values()), seed=protocol_of(case).seed)
