"""Ruling on duplicates: one work, two works, not sure yet, out of a group, a group taken apart."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.duplicates.asking import ask_to_look
from wherewithal_web.analyse.reviews.groups import work_out_groups
from wherewithal_web.analyse.reviews.learning.asking import ask_to_learn
from wherewithal_web.analyse.reviews.models import Record, Ruling
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def rule_on_pair(
    *, by: User, one: Record, other: Record, kind: str, why: str = "", token: str = ""
) -> Ruling:
    """Say that two records are one work ("same"), two works ("different"), or that one is not sure yet ("unsure").

    It holds whatever the machine finds later. "Same" makes one group of both groups. The same form again is the same
    ruling. Raises BadInput where the records are in one group already (and the person may have wanted that, or
    should take one out), where they are one record, or of two cases.
    """
    case = one.file.case
    require(may(by, Permission.CONTRIBUTE, case))
    if kind not in (Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE):
        raise BadInput("Choose one: the same work, two different works, or not sure yet.")
    if one == other or other.file.case_id != case.pk:
        raise BadInput("Compare two records of the same review.")
    if there := _form_again(token):
        return there
    _hold(case)
    here, there_ = (_members(queries.stands_for(record)) for record in (one, other))
    if here == there_:
        raise BadInput(_already_one(one, other))
    sides = [here, there_] if kind == Ruling.SAME else [[one.pk], [other.pk]]
    made = _rule(by, case, kind, one, other, sides, why, token)
    said = {
        Ruling.SAME: f"said that '{_name(one)}' and '{_name(other)}' are the same work",
        Ruling.DIFFERENT: f"said that '{_name(one)}' and '{_name(other)}' are two different works",
        Ruling.UNSURE: f"was not sure whether '{_name(one)}' and '{_name(other)}' are the same work",
    }[kind]
    _follow(by, case, made, said)
    return made


@transaction.atomic
def take_out_of_group(*, by: User, record: Record, why: str, token: str = "") -> Ruling:
    """Take a record out of its group: it is another work than the rest, which stay together.

    It comes back to the pile, with what was decided about it before it was in the group. Raises BadInput without a
    reason, and where the record is in no group.
    """
    case = record.file.case
    require(may(by, Permission.CONTRIBUTE, case))
    if there := _form_again(token):
        return there
    _hold(case)
    work = queries.stands_for(record)
    rest = [number for number in _members(work) if number != record.pk]
    if not rest:
        raise BadInput("This record is in no group any more. Nothing was changed.")
    why = _reason(why)
    other = Record.objects.get(pk=rest[0])
    made = _rule(by, case, Ruling.OUT, record, other, [[record.pk], rest], why, token)
    _follow(by, case, made, f"took '{_name(record)}' out of its group of duplicates: {why}")
    return made


@transaction.atomic
def take_group_apart(*, by: User, record: Record, why: str, token: str = "") -> Ruling:
    """Take a whole group apart: each of its records is a work of its own. ``record`` is any of them.

    Raises BadInput without a reason, and where the record is in no group.
    """
    case = record.file.case
    require(may(by, Permission.CONTRIBUTE, case))
    if there := _form_again(token):
        return there
    _hold(case)
    members = _members(queries.stands_for(record))
    if len(members) < 2:
        raise BadInput("This record is in no group any more. Nothing was changed.")
    why = _reason(why)
    one, other = Record.objects.filter(pk__in=members[:2]).order_by("pk")
    made = _rule(by, case, Ruling.APART, one, other, [[number] for number in members], why, token)
    _follow(by, case, made, f"took a group of {len(members):,} duplicates of '{_name(one)}' apart: {why}")
    return made


@transaction.atomic
def look_for_duplicates(*, by: User, case: Case) -> None:
    """Have the machine look for duplicates again. Raises BadInput where there are no records."""
    require(may(by, Permission.CONTRIBUTE, case))
    if not case.record_files.exists():
        raise BadInput("No search has been brought in yet, so there is nothing to look through.")
    ask_to_look(by=by, case=case)


def _hold(case: Case) -> None:
    """Until the transaction ends nobody else rules or decides, and no look stores what it found."""
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=case.pk)


def _form_again(token: str) -> Ruling | None:
    return Ruling.objects.filter(token=token).first() if token else None


def _members(work: Record) -> list[int]:
    return sorted({work.pk, *work.copies.values_list("record", flat=True)})


def _reason(why: str) -> str:
    if not why.strip():
        raise BadInput("Say in a few words why they are not the same work.")
    return why.strip()[:500]


def _already_one(one: Record, other: Record) -> str:
    """What to tell somebody who rules on two records that are one by now: who said so, where a person did."""
    made = [
        row
        for row in queries.rulings_on(queries.stands_for(one))
        if row.kind == Ruling.SAME and {one.pk, other.pk} <= {number for side in row.sides for number in side}
    ]
    who = f"{made[0].ruled_by.name} has said meanwhile that these two are" if made else "These two are by now"
    return f"{who} the same work. Nothing was changed: if that is wrong, take one of them out of the group."


def _rule(
    by: User,
    case: Case,
    kind: str,
    one: Record,
    other: Record,
    sides: Sequence[Sequence[int]],
    why: str,
    token: str,
) -> Ruling:
    return Ruling.objects.create(
        case=case,
        kind=kind,
        one=one,
        other=other,
        sides=[list(side) for side in sides],
        match=queries.match_of(one, other),
        why=why.strip()[:500],
        token=token[:40],
        ruled_by=by,
    )


def _follow(by: User, case: Case, made: Ruling, summary: str) -> None:
    """What follows from a ruling: the groups, the audit, the next lesson."""
    changed = work_out_groups(case)
    write_down(
        by=by,
        action="reviews.rule_on_duplicates",
        summary=summary,
        case=case.slug,
        details={
            "ruling": made.pk,
            "kind": made.kind,
            "one": made.one_id,
            "other": made.other_id,
            "records": counted(sum(map(len, made.sides)), "record"),
            "why": made.why,
            "match": made.match_id,
        },
    )
    if changed:
        ask_to_learn(by=by, case=case)


def _name(record: Record) -> str:
    return record.title[:120] or record.citation
