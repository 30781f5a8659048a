"""Deciding about a record, and settling what two people differ on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.decisions import Verdict, check
from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.threads import put_on_thread
from wherewithal_web.analyse.reviews.learning.asking import ask_to_learn
from wherewithal_web.analyse.reviews.models import (
    Copy,
    Record,
    Reservation,
    ScreeningDecision,
    SpokenFor,
    Standing,
)
from wherewithal_web.analyse.reviews.standings import spoken_for, worked_out
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case, CaseShare
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@dataclass(frozen=True)
class Decided:
    """A decision, and what its own transaction knew of everything round it, so that nobody has to ask again.

    ``work`` is the record that stands for the one decided about, ``stands`` what holds about it now, ``meanwhile``
    what others had decided after the newest decision that the person could see, and ``protocol`` the one that held.
    """

    made: ScreeningDecision
    work: Record
    stands: Standing | None
    meanwhile: tuple[ScreeningDecision, ...]
    protocol: Protocol


def record_decision(
    *,
    by: User,
    record: Record,
    verdict: Verdict,
    reason: str = "",
    words: str = "",
    stage: str = queries.ABSTRACT,
    seen: int | None = None,
    token: str = "",
    ranking: int | None = None,
) -> ScreeningDecision:
    """Keep a record, leave it out for a reason, or say that one is unsure. Nobody's decision is ever lost.

    ``seen`` is the newest decision about the record that the person could see (0: none; None: whatever there is).
    A decision made in the knowledge of another's replaces it. One made without, because two people are to decide
    or because the other was quicker, stands beside it, and where they differ somebody settles it. ``token`` is
    the form's own: the same form again is the same decision.

    Where the record is on the case's thread already, its finding there follows what holds. Raises BadInput where
    a record is left out without saying why, and where two people differ: that is for ``settle``.
    """
    return decide(
        by=by,
        record=record,
        verdict=verdict,
        reason=reason,
        words=words,
        stage=stage,
        seen=seen,
        token=token,
        ranking=ranking,
    ).made


@transaction.atomic
def decide(
    *,
    by: User,
    record: Record,
    verdict: Verdict,
    reason: str = "",
    words: str = "",
    stage: str = queries.ABSTRACT,
    seen: int | None = None,
    token: str = "",
    ranking: int | None = None,
    share: CaseShare | None = None,
) -> Decided:
    """``record_decision``, for whoever goes on from there: with what holds now, and what others did meanwhile.

    ``share`` is the person's place on the case, where the request has read it already.
    """
    case = record.file.case
    require(may(by, Permission.CONTRIBUTE, case, share))
    words = words.strip()[:500] if verdict is Verdict.EXCLUDE else ""
    check(verdict, reason, words)
    said = (verdict.value, reason, words, by.pk)
    there = ScreeningDecision.objects.filter(token=token).first() if token else None
    if there is not None and _said(there) == said:
        protocol = queries.protocol_of(case)
        return _decided_before(there, queries.stands_for(record), by, stage, seen, protocol)
    token = "" if there is not None else token  # the page was gone back to, and says something else now
    work, alone, earlier = _locked(record, stage)
    protocol = queries.protocol_of(case)
    if earlier and _said(earlier[-1]) == said:
        _let_go(by, work, stage)
        return _decided_before(earlier[-1], work, by, stage, seen, protocol)
    needed = queries.needed_for(work.pk, stage, protocol)
    settles = _knowing(by, work, stage, earlier, seen=seen, needed=needed)
    made = ScreeningDecision.objects.create(
        record=record,
        stage=stage,
        verdict=verdict.value,
        reason=reason,
        words=words,
        settles=settles,
        token=token[:40],
        ranking=ranking,
        decided_by=by,
    )
    also = frozenset() if alone else _speak_for_duplicates(made, work, earlier, seen)
    stands = _follow(by, work, stage, [*earlier, made], also, protocol, alone=alone)
    others = tuple(each for each in earlier if each.decided_by_id != by.pk and each.pk > (seen or 0))
    return Decided(made, work, stands, others, protocol)


def _decided_before(
    made: ScreeningDecision, work: Record, by: User, stage: str, seen: int | None, protocol: Protocol
) -> Decided:
    """The same decision sent again: it is the one there is."""
    others = tuple(each for each in queries.meanwhile(work, stage, by, seen or 0) if each.pk < made.pk)
    return Decided(made, work, queries.standing(work, stage), others, protocol)


def _said(made: ScreeningDecision) -> tuple[str, str, str, int]:
    return made.verdict, made.reason, made.words, made.decided_by_id


def _knowing(
    by: User, record: Record, stage: str, earlier: list[ScreeningDecision], *, seen: int | None, needed: int
) -> bool:
    """Whether a decision is made in the knowledge of another person's."""
    others = [each for each in earlier if each.decided_by_id != by.pk]
    own = [each for each in earlier if each.decided_by_id == by.pk]
    if not earlier or (seen is not None and others and others[-1].pk > seen):
        return False
    stands = queries.standing(record, stage)
    if stands is not None and stands.outcome == Outcome.CONFLICT:
        raise BadInput("There are two different decisions about this record. Settle it, with a note on how.")
    if not others:
        return False
    if stands is not None and stands.outcome == Outcome.WAITING:
        return False
    return not (needed > 1 and own)


@transaction.atomic
def settle(
    *,
    by: User,
    record: Record,
    verdict: Verdict,
    note: str,
    reason: str = "",
    words: str = "",
    stage: str = queries.ABSTRACT,
    token: str = "",
) -> ScreeningDecision:
    """Settle what two people differ on: as a third person, or as one of them after they agreed.

    Raises BadInput without a ``note`` that says how, and where nobody differs.
    """
    case = record.file.case
    require(may(by, Permission.CONTRIBUTE, case))
    words = words.strip()[:500] if verdict is Verdict.EXCLUDE else ""
    check(verdict, reason, words)
    said = (verdict.value, reason, words, by.pk)
    there = ScreeningDecision.objects.filter(token=token).first() if token else None
    if there is not None and _said(there) == said:
        return there
    token = "" if there is not None else token  # the page was gone back to, and says something else now
    work, alone, earlier = _locked(record, stage)
    stands = queries.standing(work, stage)
    if stands is None or stands.outcome != Outcome.CONFLICT:
        raise BadInput("Nobody differs about this record any more. Nothing was changed.")
    if not note.strip():
        raise BadInput("Say in a few words how it was settled, for example what you agreed on.")
    made = ScreeningDecision.objects.create(
        record=work,
        stage=stage,
        verdict=verdict.value,
        reason=reason,
        words=words,
        settles=True,
        note=note.strip()[:500],
        token=token[:40],
        decided_by=by,
    )
    also = frozenset() if alone else _speak_for_duplicates(made, work, earlier, None)
    _follow(by, work, stage, [*earlier, made], also, queries.protocol_of(case), alone=alone)
    return made


def _locked(record: Record, stage: str) -> tuple[Record, bool, list[ScreeningDecision]]:
    """The record that stands for this one's work, whether it is alone, and the decisions about it, oldest first.

    Until the transaction ends nobody else can add one, and no duplicate comes or goes.
    """
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=record.file.case_id)
    # Whoever is given this record to read is given it while its row is held.
    rows = Record.objects.select_for_update(of=("self",)).only("pk", "copy__of", "work__size")
    row = rows.select_related("copy", "work").get(pk=record.pk)
    among = queries.place_among(row)
    work = record
    if among.stands.pk != record.pk:
        work = queries.stands_for(record)
        Record.objects.select_for_update(of=("self",)).only("pk").get(pk=work.pk)
    decisions = ScreeningDecision.objects.filter(queries.of_work(work, alone=among.alone), stage=stage)
    return work, among.alone, list(decisions.select_related("decided_by").order_by("pk"))


def _speak_for_duplicates(
    made: ScreeningDecision, work: Record, earlier: list[ScreeningDecision], seen: int | None
) -> frozenset[int]:
    """Record which duplicates a decision was made for: all there are, but those decided about meanwhile.

    A decision about a duplicate itself, from a page that was opened before it was known to be one, speaks for it
    alone.
    """
    if made.record_id != work.pk:
        return frozenset()
    unseen = {each.record_id for each in earlier if seen is not None and each.pk > seen}
    rows = Copy.objects.filter(of=work).exclude(record__in=unseen)
    duplicates = frozenset(rows.values_list("record", flat=True))
    SpokenFor.objects.bulk_create(SpokenFor(decision=made, record_id=record) for record in sorted(duplicates))
    return duplicates


def _follow(
    by: User,
    record: Record,
    stage: str,
    decisions: list[ScreeningDecision],
    also: frozenset[int],
    protocol: Protocol,
    *,
    alone: bool,
) -> Standing:
    """What follows from the last of a work's decisions: what holds now, the audit, the thread, the next lesson.

    ``also`` are the duplicates that it was made for as well.
    """
    made, case = decisions[-1], record.file.case
    spoken: Mapping[int, frozenset[int]] = {made.pk: also}
    if len(decisions) > 1:
        earlier = SpokenFor.objects.filter(decision__in=[each.pk for each in decisions[:-1]])
        spoken = {**spoken_for(earlier), **spoken}
        Standing.objects.filter(record=record, stage=stage).delete()
    stands = worked_out(case, stage, record.pk, decisions, spoken, protocol)
    stands.save(force_insert=True)
    _let_go(by, record, stage)
    blind = stands.outcome == Outcome.WAITING
    title = record.title[:200] or record.citation
    # While a second person is to decide without knowing, the history does not tell them.
    write_down(
        by=by,
        action="reviews.settle" if made.note else "reviews.record_decision",
        summary=f"decided about '{title}', before a second person does"
        if blind
        else f"{'settled' if made.note else 'looked at'} '{title}': {made}",
        case=case.slug,
        details={"record": record.pk, "decision": made.pk, "stage": stage}
        if blind
        else {
            "record": record.pk,
            "stage": stage,
            "verdict": made.verdict,
            "reason": made.reason,
            "words": made.words,
            "note": made.note,
        },
    )
    if stands.holding is not None and queries.work_on_thread(record, alone=alone) is not None:
        put_on_thread(by, record, stands.holding)
    if stage == queries.ABSTRACT:
        ask_to_learn(by=by, case=case)
    return stands


def _let_go(by: User, record: Record, stage: str) -> None:
    Reservation.objects.filter(record=record, stage=stage, user=by).delete()
