"""Reading decisions: what holds, who decided what, and what a person may see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.decisions import REASONS, Reason, Verdict
from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal_web.analyse.reviews.models import (
    Copy,
    FullText,
    RankingOrder,
    Record,
    Remark,
    Reservation,
    ScreeningDecision,
    Standing,
)
from wherewithal_web.analyse.reviews.queries.blindness import open_remarks
from wherewithal_web.analyse.reviews.queries.duplicates import of_work
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT, FULL_TEXT, SETTLED, pile_of
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class Counts:
    """How far the looking-through is."""

    found: int
    kept: int
    left_out: int
    unsure: int
    reasons: tuple[tuple[Reason, int], ...]
    waiting: int = 0
    differ: int = 0

    @property
    def decided(self) -> int:
        return self.kept + self.left_out + self.unsure + self.differ

    @property
    def to_look_at(self) -> int:
        return self.found - self.decided

    def of(self, show: str) -> int:
        """How many records the pile ``show`` holds."""
        return {
            "to-look-at": self.to_look_at,
            "kept": self.kept,
            "left-out": self.left_out,
            "unsure": self.unsure,
            "differ": self.differ,
            "all": self.found,
        }[show]


def counts_of(case: Case, stage: str = ABSTRACT) -> Counts:
    """How many records are where, those of one work as one.

    A record that two people differ on counts as decided, and as nothing yet.
    """
    rows = (
        Standing.objects.filter(case=case, stage=stage).values_list("outcome", "reason").annotate(Count("pk"))
    )
    outcomes: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for outcome, reason, count in rows.order_by():
        outcomes[outcome] = outcomes.get(outcome, 0) + count
        if outcome == Outcome.EXCLUDE:
            reasons[reason] = reasons.get(reason, 0) + count
    return Counts(
        _found(case, stage),
        outcomes.get(Outcome.INCLUDE, 0),
        outcomes.get(Outcome.EXCLUDE, 0),
        outcomes.get(Outcome.UNSURE, 0),
        tuple((each, reasons[each.key]) for each in REASONS if each.key in reasons),
        outcomes.get(Outcome.WAITING, 0),
        outcomes.get(Outcome.CONFLICT, 0),
    )


def _found(case: Case, stage: str) -> int:
    if stage == FULL_TEXT:
        return pile_of(case, FULL_TEXT).count()
    came = sum(case.record_files.order_by().values_list("record_count", flat=True))
    return came - Copy.objects.filter(case=case).count()


def standings_of(record: Record) -> dict[str, Standing]:
    """What holds about a record, by stage."""
    return {each.stage: each for each in Standing.objects.filter(record=record)}


def standing(record: Record, stage: str = ABSTRACT) -> Standing | None:
    return Standing.objects.filter(record=record, stage=stage).first()


def holding(record: Record, stage: str = ABSTRACT) -> ScreeningDecision | None:
    """The decision that holds about a record, if one does."""
    return (
        ScreeningDecision.objects.filter(holds_for__record=record, holds_for__stage=stage)
        .select_related("decided_by")
        .first()
    )


def holding_decisions(case: Case, stage: str = ABSTRACT) -> QuerySet[ScreeningDecision]:
    """The decision that holds about each record of the case for which one does."""
    return ScreeningDecision.objects.filter(
        holds_for__case=case, holds_for__stage=stage, holds_for__outcome__in=SETTLED
    ).select_related("decided_by")


def exclusions_of(case: Case, stage: str = ABSTRACT) -> QuerySet[ScreeningDecision]:
    """The decisions that hold and leave a record out, in the order of the records."""
    rows = holding_decisions(case, stage).filter(verdict=Verdict.EXCLUDE.value)
    return rows.select_related("record__file__case", "decided_by").order_by("record__pk")


def decisions_about(record: Record, stage: str = ABSTRACT, *, alone: bool = False) -> list[ScreeningDecision]:
    """Every decision about a record and its duplicates at a stage, the newest first. ``alone``: it has none."""
    rows = ScreeningDecision.objects.filter(of_work(record, alone=alone), stage=stage)
    return list(rows.select_related("decided_by", "record__file").order_by("-pk"))


def seen_by(user: User, decisions: list[ScreeningDecision], outcome: str | None) -> list[ScreeningDecision]:
    """The decisions this person may see: all, but only their own while one of two people has still to decide."""
    if outcome == Outcome.WAITING:
        return [each for each in decisions if each.decided_by_id == user.pk]
    return decisions


def last_decided(case: Case, user: User, stage: str, before: Record | None = None) -> Record | None:
    """The record this person decided about last; given ``before``, the one before that record."""
    mine = ScreeningDecision.objects.filter(record__file__case=case, stage=stage, decided_by=user)
    if before is not None:
        own = mine.filter(record=before).order_by("-pk").first()
        mine = mine.filter(pk__lt=own.pk).exclude(record=before) if own else mine
    newest = (
        mine.order_by("-pk").select_related("record__file__case").only("record__file__case__slug").first()
    )
    return newest.record if newest else None


@dataclass(frozen=True)
class Readers:
    """Who is reading a record now: the others, by name, and until when it is kept for the person who asks."""

    others: tuple[str, ...] = ()
    kept_until: datetime | None = None


def readers_of(record: Record, stage: str, user: User, now: datetime | None = None) -> Readers:
    """Who is reading this record now, beside this person and they themselves."""
    rows = Reservation.objects.filter(record=record, stage=stage, until__gt=now or timezone.now())
    every = list(rows.values_list("user", "user__name", "until"))
    return Readers(
        tuple(name for reader, name, _until in every if reader != user.pk),
        next((until for reader, _name, until in every if reader == user.pk), None),
    )


def remarks_on(
    record: Record, user: User, *, alone: bool = False, protocol: Protocol | None = None
) -> tuple[list[Remark], list[str]]:
    """The notes on a record and its duplicates, oldest first, and their labels, as far as this person may know.

    ``alone``: it is known to have no duplicates; ``protocol``: the one that holds, where it was read already.
    """
    notes, labels = [], {}
    rows = Remark.objects.filter(of_work(record, alone=alone)).select_related("said_by")
    for each in open_remarks(record.file.case, rows, user, protocol):
        if each.kind == Remark.NOTE:
            notes.append(each)
        elif each.kind == Remark.LABEL:
            labels[each.words.casefold()] = each.words
        else:
            labels.pop(each.words.casefold(), None)
    return notes, list(labels.values())


def labels_used(case: Case, user: User, protocol: Protocol | None = None) -> list[str]:
    """Labels that were put on any record of the case, in order, as far as this person may know."""
    # From the labels to their records: from the case down, every record of a large pile is looked at for labels.
    labelled = Remark.objects.filter(kind=Remark.LABEL).values("record")
    here = Record.objects.filter(pk__in=labelled, file__case=case)
    rows = Remark.objects.filter(record__in=here, kind=Remark.LABEL)
    return sorted({each.words for each in open_remarks(case, rows, user, protocol)}, key=str.casefold)


def full_text_of(record: Record) -> FullText | None:
    """What was last said about where the full text of a work is."""
    return FullText.objects.filter(of_work(record)).select_related("added_by").order_by("-pk").first()


def meanwhile(record: Record, stage: str, by: User, seen: int) -> list[ScreeningDecision]:
    """What others decided about a record after the decision numbered ``seen``, oldest first."""
    rows = ScreeningDecision.objects.filter(of_work(record), stage=stage, pk__gt=seen).exclude(decided_by=by)
    return list(rows.select_related("decided_by").order_by("pk"))


@dataclass(frozen=True)
class Like:
    """A decided record that one still to be read is like."""

    record: Record
    outcome: str


@dataclass(frozen=True)
class Why:
    """Why a record comes now: words for and against it, and what it is like. ``ranking`` is the order's number."""

    ranking: int
    decisions: int
    towards: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    like: tuple[Like, ...] = ()


def why_of(record: Record, user: User) -> Why | None:
    """Why a record stands where it does in the newest order, as far as this person may know; None without one.

    What it is like is shown where that was settled, or where the person decided it: never what only another did.
    """
    stored = (
        RankingOrder.objects.filter(ranking__case=record.file.case)
        .order_by("-ranking__number")
        .values_list("ranking__number", "ranking__decisions", "why")
        .first()
    )
    if stored is None:
        return None
    number, decisions, all_reasons = stored
    reasons = all_reasons.get(str(record.pk))
    if reasons is None:
        return Why(number, decisions)
    like = [row[0] for row in reasons["like"]]
    settled = Standing.objects.filter(record__in=like, stage=ABSTRACT, outcome__in=SETTLED)
    rows = settled.select_related("record__file__case").only(
        "outcome", "record__title", "record__citation", "record__file__case__slug"
    )
    shown = sorted(
        (Like(row.record, row.outcome) for row in rows), key=lambda each: like.index(each.record.pk)
    )
    return Why(number, decisions, tuple(reasons["towards"]), tuple(reasons["against"]), tuple(shown))
