"""Deciding about a record, and settling what two people differ on."""

from __future__ import annotations

from django.db import transaction

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
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
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
    case = record.file.case
    require(may(by, Permission.CONTRIBUTE, case))
    words = words.strip()[:500] if verdict is Verdict.EXCLUDE else ""
    check(verdict, reason, words)
    said = (verdict.value, reason, words, by.pk)
    there = ScreeningDecision.objects.filter(token=token).first() if token else None
    if there is not None and _said(there) == said:
        return there
    token = "" if there is not None else token  # the page was gone back to, and says something else now
    work, earlier = _locked(record, stage)
    if earlier and _said(earlier[-1]) == said:
        _let_go(by, work, stage)
        return earlier[-1]
    needed = queries.needed_for(work.pk, stage, queries.protocol_of(case))
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
    _speak_for_duplicates(made, work, earlier, seen)
    _decided(by, case, work, stage, [*earlier, made])
    return made


def _said(made: ScreeningDecision) -> tuple[str, str, str, int]:
    return made.verdict, made.reason, made.words, made.decided_by_id


def _knowing(
    by: User, record: Record, stage: str, earlier: list[ScreeningDecision], *, seen: int | None, needed: int
) -> bool:
    """Whether a decision is made in the knowledge of another person's."""
    others = [each for each in earlier if each.decided_by_id != by.pk]
    own = [each for each in earlier if each.decided_by_id == by.pk]
    if seen is not None and others and others[-1].pk > seen:
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
    work, earlier = _locked(record, stage)
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
    _speak_for_duplicates(made, work, earlier, None)
    _decided(by, case, work, stage, [*earlier, made])
    return made


def _locked(record: Record, stage: str) -> tuple[Record, list[ScreeningDecision]]:
    """The record that stands for this one's work, and the decisions about the work so far, oldest first.

    Until the transaction ends nobody else can add one, and no duplicate comes or goes.
    """
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=record.file.case_id)
    work = queries.stands_for(record)
    # Whoever is given this record to read is given it while its row is held.
    Record.objects.select_for_update(of=("self",)).only("pk").get(pk=work.pk)
    return work, queries.decisions_about(work, stage)[::-1]


def _speak_for_duplicates(
    made: ScreeningDecision, work: Record, earlier: list[ScreeningDecision], seen: int | None
) -> None:
    """Record which duplicates a decision was made for: all there are, but those decided about meanwhile.

    A decision about a duplicate itself, from a page that was opened before it was known to be one, speaks for it
    alone.
    """
    if made.record_id != work.pk:
        return
    unseen = {each.record_id for each in earlier if seen is not None and each.pk > seen}
    duplicates = Copy.objects.filter(of=work).exclude(record__in=unseen).values_list("record", flat=True)
    SpokenFor.objects.bulk_create(SpokenFor(decision=made, record_id=record) for record in duplicates)


def _decided(by: User, case: Case, record: Record, stage: str, decisions: list[ScreeningDecision]) -> None:
    """What follows from a decision: what holds now, the audit, the thread, the next lesson."""
    made = decisions[-1]
    also = spoken_for(SpokenFor.objects.filter(decision__in=[each.pk for each in decisions]))
    stands = worked_out(case, stage, record.pk, decisions, also, queries.protocol_of(case))
    Standing.objects.filter(record=record, stage=stage).delete()
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
    if stands.holding is not None and queries.work_on_thread(record) is not None:
        put_on_thread(by, record, stands.holding)
    if stage == queries.ABSTRACT:
        ask_to_learn(by=by, case=case)


def _let_go(by: User, record: Record, stage: str) -> None:
    Reservation.objects.filter(record=record, stage=stage, user=by).delete()
